"""The arguments and options of the command line that say which acts are read, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Act", "Acts", "Country", "Language", "OneAct", "Words"]

_KINDS = "PDF, DOCX, HTML, AKN, text, DOC, ODT or RTF"
_DOSSIER = f"{_KINDS}; or a dossier.yaml that names several."


def _one(act: Path) -> Path:
    """Refuse a dossier where a single act is shown."""
    from nis2_align.dossier import ENDINGS  # Here, so that --help answers at once.

    if act.suffix.lower() in ENDINGS:
        raise typer.BadParameter("name one act of the dossier")
    return act


Acts = Annotated[list[Path], typer.Argument(metavar="ACT", help=f"Acts: {_DOSSIER}")]
Act = Annotated[Path, typer.Argument(metavar="ACT", help=f"An act: {_DOSSIER}")]
OneAct = Annotated[Path, typer.Argument(metavar="ACT", help=f"An act: {_KINDS}.", callback=_one)]
Language = Annotated[
    str | None, typer.Option("--language", help="Language of the acts, e.g. sr; else found out.")
]
Country = Annotated[
    str | None, typer.Option("--country", help="Country of the acts, e.g. RS; else found out.")
]
Words = Annotated[
    str | None,
    typer.Option(
        "--words",
        metavar="CODE",
        help="Language of what is printed and written, e.g. sr; else the acts'.",
    ),
]
