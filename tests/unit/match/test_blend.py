"""The score is the sum of its evidence, relative to the act, with weights that add up to 1."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.errors import CatalogueError
from nis2_align.grade.wording import said
from nis2_align.match import blend as module
from nis2_align.match.blend import Blend, Weights, blend, relative, weights
from nis2_align.messages import messages
from tests.unit.match import lighthouse
from tests.unit.match.lighthouse import clause, row


@pytest.fixture(scope="module")
def blended() -> Blend:
    return lighthouse.blended()


def test_weights_add_up_to_one_and_each_has_its_signal(blended: Blend) -> None:
    """A misspelt name would silently take its weight out of every score."""
    shipped = weights()
    assert sum(shipped.signals.values()) == pytest.approx(1.0, abs=1e-12)
    assert [signal.name for signal in blended.signals] == list(shipped.signals)
    assert all(weight > 0 for weight in shipped.signals.values())
    assert shipped.half > 0


def test_weights_that_do_not_add_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_yaml", lambda _: {"signals": {"bm25": 0.9}, "half": 4})
    with pytest.raises(CatalogueError, match=r"match\.yaml"):
        weights.__wrapped__()


@given(data=st.data())
def test_contributions_sum_to_the_score(blended: Blend, data: st.DataObject) -> None:
    rows, columns = blended.scores.shape
    at = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    evidence = blended.evidence(*at)
    assert abs(sum(e.contribution for e in evidence) - blended.scores[at]) <= 1e-9
    assert all(e.contribution > 0 and said(e.why, messages("en")) for e in evidence)
    shares = [e.contribution for e in evidence]
    assert shares == sorted(shares, reverse=True)
    assert len({e.signal for e in evidence}) == len(evidence)


def test_evidence_quotes_the_clause(blended: Blend) -> None:
    space = blended.space
    held = clause(space, "3(1)")
    evidence = blended.evidence(row(space, "60(1)"), held.index)
    spans = [e.why.span for e in evidence if e.why.span is not None]
    assert spans
    for span in spans:
        assert held.provision.span.start <= span.start < span.end <= held.provision.span.end


def test_scores_and_values_stay_below_one(blended: Blend) -> None:
    for numbers in (blended.values, blended.shares, blended.scores):
        assert numbers.min() >= 0.0 and numbers.max() < 1.0


def test_the_weights_of_each_requirement_add_up_to_one(blended: Blend) -> None:
    """A signal that a requirement cannot have gives its weight to the others."""
    for r in range(len(blended.space.queries)):
        spread = []
        for place in range(len(blended.signals)):
            column = int(blended.values[r, :, place].argmax())
            value = blended.values[r, column, place]
            spread.append(blended.shares[r, column, place] / value if value else 0.0)
        assert sum(spread) == pytest.approx(1.0)


def test_a_signal_without_weight_is_not_computed() -> None:
    chosen = Weights(MappingProxyType({"bm25": 0.75, "heading": 0.25, "rivals": 0.0}), 4.0)
    found = blend(lighthouse.space(), chosen)
    assert [signal.name for signal in found.signals] == ["bm25", "heading"]
    assert found.value("rivals", 0, 0) == 0.0


def test_the_order_is_that_of_the_scores(blended: Blend) -> None:
    for r, order in enumerate(blended.order):
        ranked = blended.scores[r][list(order)]
        assert (np.diff(ranked) <= 0).all()
        assert sorted(order) == list(range(len(blended.space.clauses.clauses)))


@pytest.mark.parametrize(("id_", "ref"), [("60(1)", "3(1)"), ("62(1)", "5(1)")])
def test_the_blend_ranks_the_right_clause_first(blended: Blend, id_: str, ref: str) -> None:
    first = blended.order[row(blended.space, id_)][0]
    assert blended.space.clauses.clauses[first].provision.ref == ref


def test_relative_counts_deviations_above_the_mean() -> None:
    values = np.array([[0.0, 0.0, 0.0, 4.0], [2.0, 2.0, 2.0, 2.0]])
    above = 3 / 3**0.5  # (4 - 1) / sqrt(3)
    expected = above / (above + 4)
    assert relative(values, 4.0) == pytest.approx(np.array([[0, 0, 0, expected], [0, 0, 0, 0]]))


@given(
    row_=st.lists(st.floats(0, 100), min_size=2, max_size=30),
    scale=st.floats(0.01, 1000),
    half=st.floats(0.5, 10),
)
def test_relative_forgets_the_scale_and_keeps_the_order(
    row_: list[float], scale: float, half: float
) -> None:
    values = np.array([row_])
    found = relative(values, half)[0]
    assert ((found >= 0) & (found < 1)).all()
    order = np.argsort(values[0], kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()
    if values.std() > 1e-3 and (values * scale).std() > 1e-3:
        assert relative(values * scale, half)[0] == pytest.approx(found, abs=1e-9)
