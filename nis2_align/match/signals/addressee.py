"""Whether the clause speaks of those whom the requirement binds, with the force it needs."""

from __future__ import annotations

import numpy as np

from nis2_align.match.clauses import Clause
from nis2_align.match.terms import TermSpace
from nis2_align.match.why import Why
from nis2_align.text.analyse import ModalMention

__all__ = ["Addressee"]


class Addressee:
    """Share of the addressees named, and a modal of the right kind."""

    name = "addressee"

    def values(self, space: TermSpace) -> np.ndarray:
        """Return half for an addressee named and half for a fitting modal."""
        clauses = space.clauses.clauses
        kinds = [{m.kind for m in _modals(c)} for c in clauses]
        fits = {k: np.array([k in held for held in kinds]) for k in (None, "duty", "option")}
        named = {
            q.requirement.addressee: space.names(q.requirement.addressee) for q in space.queries
        }
        values = np.zeros((len(space.queries), len(clauses)))
        for row, query in enumerate(space.queries):
            fitting = {"duty": "duty", "power": "option"}.get(query.requirement.modality)
            values[row] = 0.5 * fits[fitting] + 0.5 * named[query.requirement.addressee]
        return values

    def why(self, space: TermSpace, row: int, column: int) -> Why:
        """Name what fits, and quote the modal."""
        query, clause = space.queries[row], space.clauses.clauses[column]
        fitting = {"duty": "duty", "power": "option"}.get(query.requirement.modality)
        modal = next((m for m in _modals(clause) if m.kind == fitting), None)
        span = clause.text.span(modal.first, modal.last) if modal is not None else None
        return Why("why_addressee", span=span)


def _modals(clause: Clause) -> list[ModalMention]:
    return [m for place in (clause.body, *clause.context) for m in clause.text.modals_in(*place)]
