"""The table of concordance, its summaries, and the reverse listing."""

from nis2_align.concordance.backward import Reverse, reverse, unmatched
from nis2_align.concordance.forward import (
    ANNEXES,
    Clause,
    Counts,
    Group,
    Row,
    Table,
    article_of,
    chapter_of,
    table,
)
from nis2_align.concordance.reviewed import final, reviewed_coverage

__all__ = [
    "ANNEXES",
    "Clause",
    "Counts",
    "Group",
    "Reverse",
    "Row",
    "Table",
    "article_of",
    "chapter_of",
    "final",
    "reverse",
    "reviewed_coverage",
    "table",
    "unmatched",
]
