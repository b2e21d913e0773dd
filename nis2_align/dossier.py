"""What a dossier says of its acts: a file that names them, or bare files.

::

    # dossier.yaml; paths are relative to it
    acts:
      - {file: law.docx, title: Law on cybersecurity, kind: law, jurisdiction: BA-FED}
      - {file: bylaw.pdf, kind: by_law, planned: 2027-03-01}
    elsewhere:
      - {requirement: "22(1)", title: Law on ..., gazette: 12/2024, article: "5"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeGuard, cast

import yaml

from nis2_align.directive import load_directive
from nis2_align.errors import UnreadableFileError
from nis2_align.model import Document, Elsewhere
from nis2_align.notices import Value, error

__all__ = ["ENDINGS", "JURISDICTION", "KINDS", "Dossier", "Entry", "dossier_of", "load_dossier"]

ENDINGS = frozenset({".yaml", ".yml"})
KINDS = ("law", "by_law", "penalties", "amending")
_MOST_BYTES = 1_000_000
# More than anyone mends at once; a file of short acts could else fill a page with megabytes.
_TOLD = 50
# What YAML writes for nothing.
_EMPTY = ("", "~", "null")
JURISDICTION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_KEYS = ("acts", "elsewhere")
_ENTRY_KEYS = ("file", "title", "kind", "jurisdiction", "language", "country", "planned")
_ELSEWHERE_KEYS = ("requirement", "title", "gazette", "article", "celex", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said of one act; None where nothing is said, so that it is found in the text.

    Attributes:
        path: The file; only its name counts where its content is given.
        content: Its bytes, where it stands nowhere on the disk.
        document: What was read from it before; the file is then not read again.
        title: Title for tables.
        kind: One of :data:`KINDS`.
        jurisdiction: ``BA``, ``BA-SRP`` ... (ISO 3166); acts of two parts of one state never
            complete each other, those of the state count for all its parts.
        language: Code of a language pack.
        country: ISO 3166 code.
        planned: ISO date on which the act is due; it covers nothing yet.
    """

    path: Path
    content: bytes | None = field(default=None, repr=False)
    document: Document | None = field(default=None, repr=False)
    title: str | None = None
    kind: str | None = None
    jurisdiction: str | None = None
    language: str | None = None
    country: str | None = None
    planned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The acts that together transpose.

    Attributes:
        entries: The acts, the main one first.
        elsewhere: Requirement → clauses in acts that are not loaded.
    """

    entries: tuple[Entry, ...]
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def dossier_of(paths: Sequence[Path]) -> Dossier:
    """Return the dossier that files make; a YAML file among them names further acts.

    Raises:
        UnreadableFileError: A dossier file is broken, or names something unknown.
    """
    entries: list[Entry] = []
    elsewhere: dict[str, tuple[Elsewhere, ...]] = {}
    for path in paths:
        if path.suffix.lower() not in ENDINGS:
            entries.append(Entry(path=path))
            continue
        named = load_dossier(path)
        entries += named.entries
        for requirement, places in named.elsewhere.items():
            elsewhere[requirement] = (*elsewhere.get(requirement, ()), *places)
    return Dossier(entries=tuple(entries), elsewhere=MappingProxyType(elsewhere))


def load_dossier(path: Path) -> Dossier:
    """Read a dossier file.

    Args:
        path: A YAML file.

    Returns:
        The dossier; paths are absolute or relative to the working directory, as ``path`` is.

    Raises:
        UnreadableFileError: It is no such file; all faults are listed in one report, beyond fifty
            faulty acts and entries only how many more there are.
    """
    data = _mapping(path)
    faults: list[UnreadableFileError] = []
    _refuse_unknown(data, _KEYS, faults)
    acts = _listed(data, "acts", faults)
    places = _listed(data, "elsewhere", faults)
    _refuse_lacking(data, ("acts",), faults)
    entries = [_entry(path, number, act, faults) for number, act in enumerate(acts, 1)]
    elsewhere: dict[str, tuple[Elsewhere, ...]] = {}
    for number, place in enumerate(places, 1):
        requirement, found = _elsewhere(number, place, faults)
        elsewhere[requirement] = (*elsewhere.get(requirement, ()), found)
    if faults:
        more = len(faults) - _TOLD
        then = "more_faulty" if more > 0 else ""
        values: dict[str, Value] = {"name": path.name, "more": more, "then": then}
        raise error(UnreadableFileError, "dossier_faults", values, reasons=faults[:_TOLD])
    return Dossier(entries=tuple(entries), elsewhere=MappingProxyType(elsewhere))


class _Texts(yaml.BaseLoader):
    """Reads every scalar as the text it is: ``NO`` stays a country, ``1.10`` a number as printed.

    Aliases are refused, because they let a few bytes grow without end.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "an alias", None)
        return super().compose_node(parent, index)


def _mapping(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            raise error(UnreadableFileError, "dossier_none", {"name": path.name})
        data = yaml.load(raw, Loader=_Texts)
    except (OSError, yaml.YAMLError, UnicodeDecodeError, RecursionError) as broken:
        raise error(UnreadableFileError, "dossier_yaml", {"name": path.name}) from broken
    if not isinstance(data, dict):
        raise error(UnreadableFileError, "dossier_none", {"name": path.name})
    return cast("dict[str, object]", data)


def _refuse_unknown(
    data: Mapping[str, object], known: Sequence[str], faults: list[UnreadableFileError]
) -> None:
    unknown = [key for key in data if key not in known]
    if unknown:
        told = {"fields": ", ".join(unknown), "known": ", ".join(known)}
        faults.append(error(UnreadableFileError, "dossier_unknown", told))


def _refuse_lacking(
    data: Mapping[str, object], needed: Sequence[str], faults: list[UnreadableFileError]
) -> None:
    lacking = [key for key in needed if not data.get(key) or data[key] in _EMPTY]
    if lacking:
        told = {"fields": ", ".join(lacking)}
        faults.append(error(UnreadableFileError, "dossier_lacks", told))


def _listed(
    data: Mapping[str, object], key: str, faults: list[UnreadableFileError]
) -> list[dict[str, object]]:
    listed = data.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        faults.append(error(UnreadableFileError, "dossier_list", {"field": key}))
        return []
    return cast("list[dict[str, object]]", listed)


def _entry(
    path: Path, number: int, act: Mapping[str, object], faults: list[UnreadableFileError]
) -> Entry:
    own: list[UnreadableFileError] = []
    told = _told(act, _ENTRY_KEYS, own)
    _refuse_lacking(act, ("file",), own)
    kind, jurisdiction = told.get("kind"), told.get("jurisdiction")
    if kind is not None and kind not in KINDS:
        values = {"field": "kind", "value": kind, "choices": ", ".join(KINDS)}
        own.append(error(UnreadableFileError, "value_unlisted", values))
    if jurisdiction is not None and not JURISDICTION.fullmatch(jurisdiction):
        own.append(_wrong("jurisdiction", jurisdiction, "BA, BA-SRP"))
    planned = _date(told, own)
    if own:
        faults.append(error(UnreadableFileError, "dossier_act", {"number": number}, reasons=own))
    return Entry(
        path=path.parent / told.get("file", ""),
        title=told.get("title"),
        kind=kind,
        jurisdiction=jurisdiction,
        language=told.get("language"),
        country=told.get("country"),
        planned=planned,
    )


def _elsewhere(
    number: int, place: Mapping[str, object], faults: list[UnreadableFileError]
) -> tuple[str, Elsewhere]:
    own: list[UnreadableFileError] = []
    told = _told(place, _ELSEWHERE_KEYS, own)
    _refuse_lacking(place, ("requirement", "title"), own)
    requirement = told.get("requirement", "")
    if requirement and requirement not in load_directive().requirements:
        own.append(_wrong("requirement", requirement, "22(1), 21(2)(j), I(1)(a)"))
    planned = _date(told, own)
    if own:
        which = {"number": number}
        faults.append(error(UnreadableFileError, "dossier_elsewhere", which, reasons=own))
    return requirement, Elsewhere(
        title=told.get("title", ""),
        gazette=told.get("gazette"),
        article=told.get("article"),
        celex=told.get("celex"),
        planned=planned,
    )


def _told(
    data: Mapping[str, object], known: Sequence[str], faults: list[UnreadableFileError]
) -> dict[str, str]:
    """Return the texts of a mapping; what is left empty is not told."""
    _refuse_unknown(data, known, faults)
    held = {key: value for key, value in data.items() if key in known}
    told = {key: value for key, value in held.items() if _is_text(value)}
    if wrong := [key for key in held if key not in told]:
        fields = {"fields": ", ".join(wrong)}
        faults.append(error(UnreadableFileError, "dossier_text", fields))
    return {key: value for key, value in told.items() if value not in _EMPTY}


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and "\0" not in value


def _wrong(field: str, value: str, like: str) -> UnreadableFileError:
    values = {"field": field, "value": value, "like": like}
    return error(UnreadableFileError, "value_wrong", values)


def _date(told: Mapping[str, str], faults: list[UnreadableFileError]) -> str | None:
    if "planned" not in told:
        return None
    try:
        return date.fromisoformat(told["planned"]).isoformat()
    except ValueError:
        faults.append(_wrong("planned", told["planned"], "2027-03-01"))
        return None
