"""What the commands print: outlines, gaps, figures and the coverage as a table.

What holds afterwards: no control character of an act reaches the terminal, and none of its words
is read as markup.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nis2_align.errors import UnknownRequirementError

if TYPE_CHECKING:
    from nis2_align.concordance import Counts, Row, Table
    from nis2_align.messages import Messages
    from nis2_align.model import Provision, Segmentation
    from nis2_align.official_text import OfficialText

__all__ = [
    "figure_lines",
    "gap_lines",
    "official_lines",
    "one_line",
    "outline_lines",
    "print_coverage",
    "printable",
    "provision_text",
]

_WORDS = 60
_WIDTH = 120


def printable(text: str) -> str:
    """Drop control characters: a draft must not steer the terminal that it is shown on."""
    return "".join(char for char in text if char in "\n\t\xa0" or char.isprintable())


def one_line(text: str) -> str:
    """Return printable text with its white space collapsed."""
    return " ".join(printable(text).split())


def print_coverage(table: Table, say: Messages) -> None:
    """Print how much is covered, in whole and by chapter, to stdout."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    from nis2_align.export.words import grade, group_name, sentences
    from nis2_align.model import Coverage

    console = Console(
        file=sys.stdout,
        width=None if sys.stdout.isatty() else _WIDTH,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for act in table.acts:
        place = ", ".join(part for part in (act.language, act.country) if part)
        line = say.text("act_line", title=act.title, place=place, articles=act.articles)
        console.print(Text(one_line(line)))
    grid = Grid()
    grid.add_column(say.text("column_chapter"))
    heads = (*(grade(one, say) for one in Coverage), say.text("column_full_share"))
    for head in heads:
        grid.add_column(head, justify="right", max_width=12)
    for group in table.chapters:
        grid.add_row(Text(group_name(group.key, say, chapter=True)), *_figures(group.counts, say))
    grid.add_section()
    grid.add_row(say.text("column_total"), *_figures(table.counts, say))
    console.print(grid)
    for sentence in sentences(table.counts, say):
        console.print(Text(sentence))


def _figures(counts: Counts, say: Messages) -> list[str]:
    numbers = (
        counts.full,
        counts.partial,
        counts.none,
        counts.not_applicable,
        counts.uncertain,
    )
    share = say.number(counts.percent_full, 1) if counts.assessed else "–"
    return [*map(str, numbers), share]


def gap_lines(table: Table, say: Messages, official: OfficialText | None = None) -> Iterator[str]:
    """Yield the gaps of every requirement that has some or is not found, as text.

    Args:
        table: The table of concordance.
        say: Words of the grades and kinds of gap.
        official: An official text, the beginning of which is shown with each requirement.
    """
    from nis2_align.export.words import gap, grade, provisions

    shown = 0
    for row in table.rows:
        if not _lacks(row):
            continue
        if shown:
            yield ""
        shown += 1
        heading = f"  {row.heading}" if row.heading else ""
        yield f"{row.requirement}{heading}  [{grade(row.coverage, say)}]"
        if official and (words := official.text(row.requirement)):
            yield f"  {say.text('column_official')}: “{_first(words, 160)}”"
        yield from (f"  {one_line(gap(entry, say))}" for entry in row.gaps)
        places = zip(provisions(row, table, say), row.clauses, strict=True)
        yield from (
            f"  {one_line(place)}: “{_first(clause.quote, 160)}”" for place, clause in places
        )
    if not shown:
        yield say.text("no_gaps")


def _lacks(row: Row) -> bool:
    from nis2_align.model import Coverage

    return bool(row.gaps) or row.coverage is Coverage.NONE


def official_lines(official: OfficialText) -> Iterator[str]:
    """Yield how an official text was read: name, language and share found, then what was not.

    What seems to stand in the text of another provision is shown with an arrow to that one.
    """
    total = len(official.texts) + len(official.missing)
    yield f"{one_line(official.name)}  {official.language}  {len(official.texts)}/{total}"
    for id_ in official.missing:
        holder = official.within.get(id_)
        yield f"  – {id_}" + (f" → {holder}" if holder else "")


def outline_lines(segmentation: Segmentation) -> Iterator[str]:
    """Yield one line per provision: ref, label, heading and the first words, indented by depth."""
    text = segmentation.document.text
    depth: dict[str, int] = {}
    for node in segmentation.provisions:
        depth[node.ref] = depth[node.parent] + 1 if node.parent in depth else 0
        words = _first(node.own.of(text), _WORDS)
        parts = (node.ref, one_line(node.label), one_line(node.heading or ""), words)
        yield "  " * depth[node.ref] + "  ".join(part for part in parts if part)


def provision_text(segmentation: Segmentation, ref: str) -> str:
    """Return the text of one provision, with its label, heading and children.

    Args:
        segmentation: The act, cut into provisions.
        ref: The project's notation; white space around it does not matter.

    Returns:
        The slice of the act's text, without white space at its end.

    Raises:
        UnknownRequirementError: The act has no such provision; names the nearest.
    """
    wanted = " ".join(ref.split())
    held: dict[str, Provision] = {node.ref: node for node in segmentation.provisions}
    if wanted not in held:
        near = ", ".join(difflib.get_close_matches(wanted, held, n=3, cutoff=0.4))
        raise UnknownRequirementError(
            f'"{segmentation.document.name}" has no provision "{wanted}".',
            f"The nearest are {near}." if near else "List them with: nis2-align show ACT.",
        )
    return held[wanted].span.of(segmentation.document.text).rstrip()


def figure_lines(figures: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    """Yield nested figures as indented lines; floats with three digits."""
    for name, value in figures.items():
        indent = "  " * depth
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from figure_lines(value, depth + 1)
        else:
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            yield f"{indent}{name}: {shown}"


def _first(text: str, limit: int) -> str:
    flat = one_line(text)
    if len(flat) <= limit:
        return flat
    return (flat[: limit + 1].rpartition(" ")[0] or flat[:limit]) + " …"
