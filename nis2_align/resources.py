"""Where the data is: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nis2_align.errors import CatalogueError

__all__ = ["accuracy_file", "corpus_dir", "load_yaml", "mappings_dir"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def _data_root() -> Path:
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def mappings_dir() -> Path:
    """Return the folder that holds languages, glossary, messages, weights and the catalogue."""
    return _data_root() / "mappings"


def corpus_dir() -> Path:
    """Return the folder that holds the bundled samples and their labels."""
    return _data_root() / "corpus"


def accuracy_file() -> Path:
    """Return the file with the published figures of accuracy."""
    return _data_root() / "docs" / "accuracy.json"


def load_yaml(path: Path) -> dict[str, object]:
    """Read one YAML file whose top is a mapping with text keys.

    Args:
        path: The file.

    Returns:
        The mapping; empty for an empty file.

    Raises:
        CatalogueError: The file is missing, is not YAML, or its top is not a mapping.
    """
    import yaml  # not where a process reads one file and needs no data

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(
            f"The data file {path.name} cannot be read.", "Restore it from the release."
        ) from error
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise CatalogueError(
            f"The top of the data file {path.name} is not a mapping with text keys.",
            "Quote its keys and indent its entries.",
        )
    return data
