"""A file → :class:`~nis2_align.official_text.OfficialText`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from nis2_align.directive import CELEX
from nis2_align.errors import NoArticlesError, UnknownLanguageError, UnreadableFileError
from nis2_align.model import Document, Issue
from nis2_align.notices import error, issue
from nis2_align.official.align import Laid, Setting, lay
from nis2_align.official.division import Division, divide, text_lines
from nis2_align.official.lengths import assign, grown, ratio
from nis2_align.official.marks import alphabet_of, mark_at
from nis2_align.official.skeleton import (
    Node,
    annexes,
    articles,
    chapters,
    measures,
    order,
    parts,
)
from nis2_align.official.units import Unit, article_units, letters_of, row_units
from nis2_align.official_text import OfficialText
from nis2_align.read.limits import DEFAULT, Limits
from nis2_align.read.safely import read_safely
from nis2_align.text.detect import detect

__all__ = ["MOST_CHARACTERS", "issues", "official_of", "read_official"]

MOST_CHARACTERS = 2_000_000
"""So long may a text be; with recitals and annexes the directive has some 300,000 characters."""
_LEAST_ARTICLES, _LEAST_CITED = 5, 0.5
_SAMPLE = 60_000
_NAMED = 12
"""So many ids are named in an issue; the whole list stands in the result."""


def read_official(
    source: Path | bytes, limits: Limits = DEFAULT, *, name: str | None = None
) -> OfficialText:
    """Read an official text of the directive; the file is opened in a process of its own.

    Args:
        source: The file, or its bytes: any format that acts are read in.
        limits: Bounds on what opening it may cost.
        name: File name for messages; the path's own name where it is a path.

    Returns:
        The text; see :func:`official_of`. What was not found stands in ``missing``.

    Raises:
        UnreadableFileError: The file cannot be read, or holds another text than the directive.
        NoArticlesError: No articles with rising numbers stand in it.
    """
    return official_of(read_safely(source, limits, name=name))


def official_of(document: Document) -> OfficialText:
    """Find the provisions of the directive in a document.

    What holds afterwards: every id of the inventory is in ``texts`` or in ``missing``; a text is a
    stretch of the file with white space collapsed and its number left out; no stretch stands
    under two ids of the articles.

    Args:
        document: The file as text.

    Returns:
        The text, provision by provision; see :func:`issues` for what was not found.

    Raises:
        UnreadableFileError: It is another text than the directive.
        NoArticlesError: No articles with rising numbers stand in it.
    """
    if len(document.text) > MOST_CHARACTERS:
        length = f"{len(document.text):,}".replace(",", "\N{NO-BREAK SPACE}")
        told = {"name": document.name, "characters": length}
        raise error(UnreadableFileError, "official_too_long", told)
    division = divide(text_lines(document))
    if len(division.articles) < _LEAST_ARTICLES:
        raise error(NoArticlesError, "official_without_articles", {"name": document.name})
    _check(document, division)
    return _official(document, dict(_texts(division)))


def issues(official: OfficialText) -> tuple[Issue, ...]:
    """Say what was not found in an official text, for the list of issues of a result.

    Args:
        official: The text.

    Returns:
        Nothing where all was found; else one note that counts and names what was not.
    """
    if not official.missing:
        return ()
    more = len(official.missing) - _NAMED
    refs = ", ".join([*official.missing[:_NAMED], *([f"… (+{more})"] if more > 0 else [])])
    held = [f"{id_} ({holder})" for id_, holder in official.within.items()][:_NAMED]
    return (
        issue(
            "official_text_missing",
            severity="info",
            count=len(official.missing),
            total=len(order()),
            name=official.name,
            refs=refs,
            then="official_run_on" if held else "",
            held=", ".join(held),
        ),
    )


def _texts(division: Division) -> Iterator[tuple[str, str]]:
    setting = _setting(division)
    laid: dict[str, list[list[Unit]]] = {}
    for number, part in division.articles.items():
        last = number == division.last
        titled = not last and (not setting.below or number + 1 in chapters())
        below = setting.below and not part.heading
        way = Setting(alphabet=setting.alphabet, below=below, last=last)
        found = lay(article_units(part, titled=titled), articles()[number], way)
        if found.sure:
            laid |= {node.id: [list(held)] for node, held in found.units}
    known = {id_: _joined(blocks) for id_, blocks in laid.items()}
    scale = ratio(known, measures().lengths)
    for number in division.articles:
        yield from _settled(articles()[number], laid, scale)
    for name, part in division.annexes.items():
        rows = lay(row_units(part), annexes()[name], Setting(setting.alphabet, table=True))
        yield from _rows(rows)


def _setting(division: Division) -> Setting:
    """Find out how the file is set: its alphabet, and where headings stand."""
    above = below = 0
    for number, part in division.articles.items():
        if not part.lines or part.heading or articles()[number][0].kind == "bare":
            continue
        marked = mark_at(part.lines[0].text) is not None
        above, below = above + marked, below + (not marked)
    return Setting(
        alphabet=alphabet_of(letters_of(division.articles.values())), below=below >= above
    )


def _settled(
    nodes: Sequence[Node], laid: Mapping[str, list[list[Unit]]], scale: float
) -> Iterator[tuple[str, str]]:
    """Yield the texts of an article; runs of unnumbered subparagraphs are settled by length."""
    place = 0
    while place < len(nodes):
        end = place + 1
        while end < len(nodes) and nodes[end].kind == "sub":
            end += 1
        yield from _run(nodes[place:end], laid, scale)
        place = end


def _run(
    nodes: Sequence[Node], laid: Mapping[str, list[list[Unit]]], scale: float
) -> Iterator[tuple[str, str]]:
    units = [unit for node in nodes for block in laid.get(node.id, ()) for unit in block]
    ids = [node.id for node in nodes]
    found = [id_ for id_ in ids if id_ in laid]
    lengths = measures().lengths
    if len(found) == len(ids) or ids[0] not in laid or not all(id_ in lengths for id_ in ids):
        # Nothing to settle, or nothing to settle it by.
        for id_ in found:
            yield id_, _joined(laid[id_])
        return
    blocks = _blocks(units)
    way = assign([len(_joined([block])) for block in blocks], [lengths[i] * scale for i in ids])
    for opened in dict.fromkeys(way):
        held = [block for block, at in zip(blocks, way, strict=True) if at == opened]
        yield ids[opened], _joined(held)


def _blocks(units: Sequence[Unit]) -> list[list[Unit]]:
    """Return the paragraphs of a run of units: one ends where the next unit may open another."""
    blocks: list[list[Unit]] = []
    for unit in units:
        if not blocks or (unit.mark is None and blocks[-1][-1].closed):
            blocks.append([unit])
        else:
            blocks[-1].append(unit)
    return blocks


def _joined(blocks: Sequence[Sequence[Unit]]) -> str:
    units = [unit for block in blocks for unit in block]
    return " ".join([units[0].text, *(unit.raw for unit in units[1:])]).strip()


def _rows(laid: Laid) -> Iterator[tuple[str, str]]:
    """Yield the rows of an annex: sector and subsector on a line, then the kinds of entity."""
    known = set(order())
    sector: tuple[str, list[str]] = ("", [])
    for node, units in laid.units:
        lines = _row_lines(units)
        if node.kind == "number":
            sector = (node.id, lines)
        elif sector[0] and node.id.startswith(sector[0]):
            lines = [" – ".join([*sector[1][:1], *lines[:1]]), *lines[1:]]
        else:
            continue  # A letter whose sector was not found may be any sector's.
        if node.id in known:
            yield node.id, "\n".join(lines)


def _row_lines(units: Sequence[Unit]) -> list[str]:
    lines = [units[0].text]
    for before, unit in pairwise(units):
        opens = unit.inline or unit.mark is not None or before.closed or before is units[0]
        if opens or unit.raw[:1].isupper():
            lines.append(unit.raw)
        else:
            lines[-1] += f" {unit.raw}"
    return lines


def _check(document: Document, division: Division) -> None:
    """Refuse a text that is not the directive: its articles do not cite the acts they should."""
    expected = held = 0
    for article, acts in measures().cites.items():
        part = division.articles.get(int(article))
        if part is None:
            continue
        words = " ".join(line.text for line in part.lines)
        expected += len(acts)
        held += sum(act in words for act in acts)
    if held < expected * _LEAST_CITED:
        raise error(
            UnreadableFileError,
            "official_other_text",
            {"name": document.name, "held": held, "expected": expected, "celex": CELEX},
        )


def _official(document: Document, texts: Mapping[str, str]) -> OfficialText:
    # A number without words is printed where a table was not read; it is as good as missing.
    texts = {id_: text for id_, text in texts.items() if text}
    missing = tuple(id_ for id_ in order() if id_ not in texts)
    return OfficialText(
        celex=CELEX,
        name=document.name,
        sha256=document.sha256,
        language=_language(document.text[:_SAMPLE]),
        texts={id_: texts[id_] for id_ in order() if id_ in texts},
        missing=missing,
        within=dict(_within(texts, missing)),
        parts=parts(),
    )


def _within(texts: Mapping[str, str], missing: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the missing provisions that the one before them seems to hold."""
    lengths = measures().lengths
    scale = ratio(texts, lengths)
    lost: dict[str, list[str]] = {}
    holder = ""
    for id_ in order():
        if id_ in texts:
            holder = id_
        elif holder and id_.split("(")[0].split("#")[0] == holder.split("(")[0].split("#")[0]:
            lost.setdefault(holder, []).append(id_)
    for holder, ids in lost.items():
        if not all(id_ in lengths for id_ in (holder, *ids)):
            continue
        others = sum(lengths[id_] for id_ in ids) * scale
        if grown(len(texts[holder]), lengths[holder] * scale, others):
            yield from ((id_, holder) for id_ in ids)


def _language(text: str) -> str:
    try:
        return detect(text).language
    except UnknownLanguageError:
        import py3langid

        return str(py3langid.classify(text)[0])
