"""The public value: an analysis that answers the next question.

``align`` reads the acts and grades them; the :class:`Alignment` it returns gives the table, the
gaps and the reasons, and writes the outputs. This is what a notebook uses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nis2_align.concordance import Row, Table, table
from nis2_align.explanation import Explanation, explain
from nis2_align.model import Result

if TYPE_CHECKING:
    import pandas as pd

    from nis2_align.compare.drafts import Drafts
    from nis2_align.dossier import Dossier
    from nis2_align.export import Listed
    from nis2_align.official_text import OfficialText
    from nis2_align.pipeline import Progress
    from nis2_align.read.limits import Limits
    from nis2_align.trial import Trial

__all__ = ["Alignment", "align", "catalogue_headings"]

_GAP_COLUMNS = (
    "requirement", "heading", "coverage", "kind", "element", "message", "expected", "found",
    "provisions", "quotes",
)  # fmt: skip


# So long may a summary be that is taken from a statement.
_HEADING = 120


def catalogue_headings(language: str = "en") -> Mapping[str, str]:
    """Return our own short summary of every requirement of the catalogue.

    Args:
        language: Code of a language.

    Returns:
        Id of a requirement → in English its heading; in another language the first sentence of
        its statement, shortened to about 120 characters, or the English heading where the
        catalogue has no statement in that language.
    """
    from nis2_align.directive import load_directive, load_statements

    entries = load_directive().requirements
    says = {} if language == "en" else load_statements(language).says
    return {
        id_: _shortened(says[id_][0]) if id_ in says else entry.heading
        for id_, entry in entries.items()
    }


def _shortened(sentence: str) -> str:
    if len(sentence) <= _HEADING:
        return sentence
    kept = sentence[:_HEADING].rpartition(" ")[0] or sentence[:_HEADING]
    return kept.rstrip(" ,;:–-(") + "…"


@dataclass(frozen=True, slots=True)
class Alignment:
    """An analysis of one dossier beside the directive.

    Attributes:
        result: The whole result, as immutable values.

    Examples:
        >>> from nis2_align import align
        >>> alignment = align("law.pdf")  # doctest: +SKIP
        >>> alignment.gaps()[["requirement", "message"]]  # doctest: +SKIP
        >>> print(alignment.explain("23(4)(a)"))  # doctest: +SKIP
        >>> alignment.save("law.xlsx")  # doctest: +SKIP
    """

    result: Result

    def table(self) -> Table:
        """Return the table of concordance with its summaries and the reverse listing."""
        return table(self.result, catalogue_headings(self.result.words))

    def to_frame(self) -> pd.DataFrame:
        """Return the table of concordance, one line per requirement.

        Returns:
            See :meth:`nis2_align.concordance.Table.to_frame` for the columns.
        """
        return self.table().to_frame()

    def gaps(self) -> pd.DataFrame:
        """Return what is missing or weaker, one line per gap.

        Returns:
            Columns ``requirement``, ``heading``, ``coverage``, ``kind``, ``element``,
            ``message``, ``expected``, ``found``, ``provisions`` (``act:ref``) and ``quotes``; in
            the order of the catalogue; no line where nothing is missing.
        """
        import pandas as pd

        records = [record for row in self.table().rows for record in _gap_records(row)]
        return pd.DataFrame(records, columns=list(_GAP_COLUMNS))

    def explain(self, requirement: str, language: str | None = None) -> Explanation:
        """Explain one verdict.

        Args:
            requirement: Id such as ``21(2)(j)`` or ``I(1)(a)``.
            language: Language of the printed words; that of the gaps where None.

        Returns:
            The waterfall of each clause, the elements, and what the verdict rests on; print it.

        Raises:
            UnknownRequirementError: There is no such requirement; names the nearest ids.
        """
        headings = catalogue_headings(language or self.result.words)
        return explain(self.result, requirement, headings, language)

    def try_clause(
        self,
        requirement: str,
        text: str,
        after: str,
        act: str | None = None,
        on_stage: Callable[[Progress], None] | None = None,
        *,
        others: bool = False,
    ) -> Trial:
        """Say what would become of a requirement if a clause stood in an act.

        The requirement is graded again with the clause in it, by the same code, in about a
        second. Nothing is changed.

        Args:
            requirement: Id such as ``21(2)(j)``.
            text: The clause, with its number where it is to have one.
            after: The provision below which it is to stand, e.g. ``12(3)``.
            act: Id of its act; the first act where None.
            on_stage: Told how far the work is; an exception it raises cancels the work.
            others: Grade all other requirements too, which takes as long as the first analysis.

        Returns:
            The trial: grade, elements and gaps with the clause; with ``others`` also what else
            would change.

        Raises:
            UnknownRequirementError: There is no such requirement or provision.
            Nis2AlignError: The clause is empty or too long.
        """
        from nis2_align.match.memory import Memory
        from nis2_align.model import ClauseRef
        from nis2_align.trial import find_provision, others_changed, try_clause

        cut, _ = find_provision(self.result, after, act)
        place = ClauseRef(act=cut.document.id, ref=after)
        memory = Memory()
        trial = try_clause(self.result, requirement, text, place, on_stage, memory)
        if not others:
            return trial
        return replace(trial, others=others_changed(self.result, trial, on_stage, memory))

    def changes_since(self, earlier: Alignment) -> Drafts:
        """Lay an earlier draft of the same law beside this one.

        Args:
            earlier: The analysis of the earlier draft.

        Returns:
            Which gaps were closed or opened, and what became of each provision.
        """
        from nis2_align.compare.drafts import compare_drafts

        return compare_drafts((earlier.result, earlier.table()), (self.result, self.table()))

    def save(
        self,
        path: str | os.PathLike[str],
        language: str | None = None,
        *,
        listing: Listed = "all",
        form: str | None = None,
    ) -> None:
        """Write the analysis to a file, whole or not at all.

        Args:
            path: Where to; its ending, ``.docx``, ``.xlsx``, ``.csv`` or ``.json``, says which
                format.
            language: Language of heads and grades; where None that of the form, and without a
                form that of the gaps; JSON has none.
            listing: ``concordance`` (directive → national law), ``reverse``, ``gaps`` or ``all``.
            form: Code of a country's form, e.g. ``rs``; see :func:`nis2_align.export.form_codes`.

        Raises:
            Nis2AlignError: The ending or the form is unknown, the form has no table of that
                direction, or the file cannot be written.
        """
        from nis2_align.export import Layout, save

        headings = catalogue_headings(language or self.result.words)
        layout = Layout(listing=listing, form=form)
        save(self.result, Path(path), headings, language, layout)


def _gap_records(row: Row) -> list[dict[str, object]]:
    return [
        {
            "requirement": row.requirement,
            "heading": row.heading,
            "coverage": row.coverage.value,
            "kind": gap.kind,
            "element": gap.element,
            "message": gap.message,
            "expected": gap.expected,
            "found": gap.found,
            "provisions": [f"{clause.act}:{clause.ref}" for clause in row.clauses],
            "quotes": [clause.quote for clause in row.clauses],
        }
        for gap in row.gaps
    ]


def align(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | Dossier,
    language: str | None = None,
    country: str | None = None,
    on_stage: Callable[[Progress], None] | None = None,
    words: str | None = None,
    limits: Limits | None = None,
    directive_text: str | os.PathLike[str] | OfficialText | None = None,
) -> Alignment:
    """Read national acts and grade how they transpose the directive. Uses no network.

    Args:
        paths: One act or several that together transpose (PDF, DOCX, HTML or text); or a dossier
            that says what each of them is.
        language: Code of their language, e.g. ``sr``; None finds it out, act by act.
        country: ISO 3166 code, e.g. ``RS``; None finds it out.
        on_stage: Called with a :class:`nis2_align.pipeline.Progress` as the work goes on.
        words: Language of the gaps, rationales and outputs: ``en``, ``hr`` or ``sr``; None takes
            the acts' language where there are messages in it, else English.
        limits: Bounds on reading each file; None takes :data:`nis2_align.read.limits.DEFAULT`.
        directive_text: An official text of the directive, in any language: a page of EUR-Lex, or a
            translation with the directive's own numbering; or what was read from it. It is shown
            beside our summaries.

    Returns:
        The alignment. Oddities that did not stop the work are in ``result.issues``; so is every
        file that was not read where another one was.

    Raises:
        UnreadableFileError: Each file is missing, empty, encrypted, damaged, over a limit or of no
            known kind.
        NoArticlesError: A text holds no article.
        UnknownLanguageError: No language pack serves the language, or no messages the words.
        CatalogueError: The data in ``mappings/`` contradicts itself.
    """
    from nis2_align.dossier import Dossier
    from nis2_align.official_text import OfficialText
    from nis2_align.pipeline import run
    from nis2_align.read.limits import DEFAULT

    official = directive_text
    if official is not None and not isinstance(official, OfficialText):
        official = Path(official)
    bounds = limits or DEFAULT
    if isinstance(paths, Dossier):
        return Alignment(run(paths, language, country, on_stage, words, bounds, official))
    chosen = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    files = [Path(path) for path in chosen]
    return Alignment(run(files, language, country, on_stage, words, bounds, official))
