"""What Coverage and Gaps have in common: the filters, and the way on to Review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from nis2_align.concordance import Row, reviewed_coverage
from nis2_align.concordance.belonging import addressees
from nis2_align.directive import element_name
from nis2_align.export.words import group_name
from nis2_align.glossary import glossary
from nis2_align.messages import Messages
from nis2_align.model import DutyKind
from nis2_align.ui import session
from nis2_align.ui.choice import pick
from nis2_align.ui.words import standing, standing_name

__all__ = ["sift", "stands", "way_to_review"]

_ALL = ""
_BOX_PIXELS = 225


def stands(row: Row) -> str:
    """Return where a requirement stands, a person's grade over the tool's."""
    given = reviewed_coverage(row)
    return given.value if given is not None else standing(row)


def sift(rows: Sequence[Row], page: str, grades: Sequence[str], say: Messages) -> list[Row]:
    """Show the filters and return the rows that pass them.

    Args:
        rows: Rows of the table of concordance.
        page: Name of the page; each keeps its own choice.
        grades: Standings to choose from.
        say: The words.

    Returns:
        Rows in the same order; at first the duties alone.
    """
    bound = Counter(concept for row in rows for concept in addressees(row.requirement))

    def either(name: Callable[[str], str]) -> Callable[[str], str]:
        return lambda key: name(key) if key else say.text("ui_all")

    boxes: tuple[tuple[str, str, Sequence[str], Callable[[str], str]], ...] = (
        (
            "duty",
            "ui_coverage_duty",
            [*(kind.value for kind in DutyKind), _ALL],
            lambda key: say.text(f"duty_{key}"),
        ),
        (
            "addressee",
            "ui_coverage_addressee",
            [_ALL, *(concept for concept, _ in bound.most_common())],
            lambda key: _concept(key, say),
        ),
        (
            "chapter",
            "column_chapter",
            [_ALL, *dict.fromkeys(row.chapter for row in rows)],
            lambda key: group_name(key, say, chapter=True),
        ),
        ("grade", "column_coverage", [_ALL, *grades], lambda key: standing_name(key, say)),
    )
    chosen: dict[str, str] = {}
    # A row that wraps: on a narrow screen columns would cut the words off.
    with st.container(horizontal=True):
        for name, label, options, words in boxes:
            with st.container(width=_BOX_PIXELS):
                chosen[name] = pick(f"{page}_{name}", say.text(label), options, either(words), say)
    return [row for row in rows if _passes(row, chosen)]


def _passes(row: Row, chosen: dict[str, str]) -> bool:
    return (
        chosen["duty"] in (_ALL, row.duty.value)
        and chosen["addressee"] in (_ALL, *addressees(row.requirement))
        and chosen["chapter"] in (_ALL, row.chapter)
        and chosen["grade"] in (_ALL, stands(row))
    )


def _concept(concept: str, say: Messages) -> str:
    term = next(iter(glossary(say.language).get(concept, ())), "") or element_name(concept)
    return term[:1].upper() + term[1:]


def way_to_review(rows: Sequence[Row], page: str, say: Messages) -> str:
    """Show a box with the rows and a button that opens the chosen one; for keys as for the mouse.

    Args:
        rows: The rows that the page shows; at least one.
        page: Name of the page.
        say: The words.

    Returns:
        The requirement chosen.
    """
    named = {
        row.requirement: f"{row.requirement} {standing_name(stands(row), say)}: {row.heading}"
        for row in rows
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=2 * _BOX_PIXELS):
            chosen = pick(
                f"{page}_requirement",
                say.text("ui_choose"),
                list(named),
                named.__getitem__,
                say,
            )
        st.button(
            say.text("ui_coverage_open"),
            key=f"{page}_open",
            icon=":material/rate_review:",
            on_click=session.open_requirement,
            args=(chosen,),
        )
    return chosen
