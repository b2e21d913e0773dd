"""The words of screens, exports and gaps in each language: ``mappings/messages/*.yaml``.

A message is looked up by key and filled by name with :meth:`str.format`; values are never read as
templates, so a brace in a quoted clause stays a brace. Every language file holds the same keys
with the same placeholders; :func:`faults` lists every deviation at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from nis2_align.errors import CatalogueError, UnknownLanguageError
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["REFERENCE", "Messages", "available", "faults", "messages", "placeholders"]

#: The language that every other file is compared with.
REFERENCE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The messages of one language.

    Attributes:
        language: Code of the language, e.g. ``en``.
        texts: Key → template.
    """

    language: str
    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return the message ``key`` with its placeholders filled.

        Args:
            key: Name of the message, e.g. ``gap_figure``.
            values: One value for each placeholder of the message; further ones are ignored.

        Returns:
            The message.

        Raises:
            CatalogueError: There is no such message, or a placeholder has no value.
        """
        template = self.texts.get(key)
        if template is None:
            raise CatalogueError(
                f'There is no message "{key}" in messages/{self.language}.yaml.',
                "Add the message to every file in mappings/messages.",
            )
        missing = sorted(placeholders(template) - values.keys())
        if missing:
            raise CatalogueError(
                f'The message "{key}" was given no value for {", ".join(missing)}.',
                f"Pass one, or change the message in messages/{self.language}.yaml.",
            )
        return template.format(**values)

    def number(self, value: float, digits: int) -> str:
        """Return a number with so many decimals, with the decimal mark of the language."""
        return f"{value:.{digits}f}".replace(".", self.text("decimal_mark"))

    def counted(self, key: str, number: str) -> str:
        """Return the form of a message that a number asks for: ``1 hour``, ``24 hours``.

        Args:
            key: Name of the message without ``_one``, ``_few`` or ``_many``.
            number: The number as it is shown; fills the placeholder ``number``. Which form it
                asks for, the patterns ``plural_one`` and ``plural_few`` of the language say.

        Returns:
            The message.

        Raises:
            CatalogueError: There is no such message.
        """
        forms = ("one", "few")
        fitting = (form for form in forms if re.search(self.text(f"plural_{form}"), number))
        return self.text(f"{key}_{next(fitting, 'many')}", number=number)


@cache
def placeholders(template: str) -> frozenset[str]:
    """Return the names of the placeholders of ``template``."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def available() -> tuple[str, ...]:
    """Return the codes of the languages that have messages, sorted."""
    return tuple(sorted(path.stem for path in (mappings_dir() / "messages").glob("*.yaml")))


@cache
def messages(language: str) -> Messages:
    """Load the messages of one language.

    Args:
        language: Code of the language, e.g. ``en``, ``hr`` or ``sr``.

    Returns:
        Its messages; loaded once.

    Raises:
        UnknownLanguageError: No file serves the language.
        CatalogueError: The file cannot be read, or one of its entries is not text.
    """
    if language not in available():
        raise UnknownLanguageError(
            f'There are no messages in the language "{language}".',
            f"Choose one of {', '.join(available())}.",
        )
    texts: dict[str, str] = {}
    wrong: list[str] = []
    for key, value in load_yaml(mappings_dir() / "messages" / f"{language}.yaml").items():
        if isinstance(value, str) and _parses(value):
            texts[key] = value
        else:
            wrong.append(key)
    if wrong:
        raise CatalogueError(
            f"messages/{language}.yaml holds entries that are no message: {', '.join(wrong)}.",
            "Quote them, and close every brace.",
        )
    return Messages(language=language, texts=texts)


def _parses(template: str) -> bool:
    try:
        return all(name == "" or name.isidentifier() for name in placeholders(template) | {""})
    except ValueError:
        return False


def faults() -> tuple[str, ...]:
    """Compare every language with the reference.

    Returns:
        One sentence per missing, additional or differently filled message; empty when all agree.
    """
    reference = messages(REFERENCE).texts
    found: list[str] = []
    for language in available():
        texts = messages(language).texts
        found += [f"{language}: {key} is missing" for key in sorted(reference.keys() - texts)]
        found += [f"{language}: {key} is unknown" for key in sorted(texts.keys() - reference)]
        found += [
            f"{language}: {key} has other placeholders"
            for key in sorted(reference.keys() & texts.keys())
            if placeholders(reference[key]) != placeholders(texts[key])
        ]
    return tuple(found)
