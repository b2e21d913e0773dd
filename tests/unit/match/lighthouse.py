"""An invented field, lighthouses: a tiny act, and requirements with statements of their own.

The chain is the real one from the text to the assessments; only the catalogue is another, so that
these tests stand still while the catalogue grows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from nis2_align.directive import Directive, ElementSpec, Figure, Requirement, Statements
from nis2_align.grade.assess import assess
from nis2_align.grade.rules import grade_rules
from nis2_align.languages import language
from nis2_align.match import queries as module
from nis2_align.match.blend import Blend, blend, weights
from nis2_align.match.clauses import Clause, ClauseSet, clause_set
from nis2_align.match.queries import Query
from nis2_align.match.terms import TermSpace
from nis2_align.messages import messages
from nis2_align.model import Assessment, DutyKind, Segmentation
from nis2_align.segment import segment
from nis2_align.text.analyse import analyser
from tests.segment_guarantees import document

ACT = """LIGHTHOUSE ACT
Article 1
Subject
(1) This Act governs the lamps that guide ships along the coast.
(2) It applies to all towers, old and new.
Article 2
Words
(1) A lamp is any light seen from the sea.
(2) A breakdown is the loss of that light.
Article 3
Reports of breakdowns
(1) The keeper shall report a breakdown of the lamp to the harbour office within 24 hours.
(2) The message shall describe the cause of the breakdown.
(3) The harbour office shall confirm receipt of the report and send a craftsman.
Article 4
Care of the tower
(1) The keeper shall put in place these measures:
(a) painting of the tower;
(b) storage of spare oil;
(c) training of assistants.
(2) The storeroom is kept dry.
Article 5
Penalties
(1) The harbour office may impose a fine of up to EUR 10 000 000 for leaving a lighthouse dark.
(2) The money goes to the treasury.
Article 6
Logbook
(1) The Minister shall prescribe the form of the logbook by ordinance.
(2) Old books are sent to the museum.
Article 7
Visitors
(1) Guests climb the stairs in groups.
(2) Dogs stay outside the gate.
(3) Tickets are sold on weekdays.
Article 8
Boats
(1) The crew dresses in red.
(2) Ropes are checked before each voyage.
(3) Nets are mended ashore.
Article 9
Entry into force
(1) This Act enters into force on the first day of spring.
(2) The former decree loses its effect.
"""


def element(name: str, kind: str, *, core: bool = False, figure: Figure | None = None) -> Any:
    """An element without its id, which its requirement gives it."""
    return name, kind, core, figure


def requirement(
    id_: str,
    *elements: Any,
    duty: str = "must",
    modality: str = "duty",
    chapeau: bool = False,
    parent: str | None = None,
    children: tuple[str, ...] = (),
    addressee: tuple[str, ...] = (),
) -> Requirement:
    """A requirement of an invented directive."""
    specs = tuple(
        ElementSpec(id=f"{id_}#{name}", kind=kind, core=core, figure=figure)
        for name, kind, core, figure in elements
    )
    return Requirement(
        id=id_, heading="-", duty=DutyKind(duty), modality=modality, chapeau=chapeau,  # type: ignore[arg-type]
        addressee=addressee, elements=specs, parent=parent, children=children,
    )  # fmt: skip


DAY = Figure(direction="at_most", value=24, unit="hour")
TEN_MILLION = Figure(direction="at_least", value=10_000_000, unit="EUR")

REQUIREMENTS = (
    requirement(
        "60(1)",
        element("report", "measure", core=True),
        element("hours", "deadline", figure=DAY),
        element("cause", "content"),
    ),
    requirement("60(2)", element("receipt", "measure", core=True)),
    requirement("61(2)", chapeau=True, children=("61(2)(a)", "61(2)(b)", "61(2)(c)")),
    requirement("61(2)(a)", element("painting", "measure", core=True), parent="61(2)"),
    requirement("61(2)(b)", element("oil", "measure", core=True), parent="61(2)"),
    requirement("61(2)(c)", element("training", "measure", core=True), parent="61(2)"),
    requirement(
        "62(1)",
        element("fine", "power", core=True),
        element("amount", "amount", figure=TEN_MILLION),
        modality="power",
    ),
    requirement("63(1)", element("reward", "measure", core=True), duty="option"),
    requirement("64(1)", element("logbook", "content", core=True)),
    requirement("65(1)", element("commission", "duty", core=True), duty="none"),
    requirement("66(1)", element("wreck", "measure", core=True)),
)
DIRECTIVE = Directive(
    requirements=MappingProxyType({r.id: r for r in REQUIREMENTS}), version="invented"
)

SAYS: Mapping[str, tuple[str, ...]] = {
    "60(1)": (
        "Whoever keeps a lamp reports every breakdown of the lamp to the harbour office in a day.",
        "The keeper shall report the breakdown and its cause.",
    ),
    "60(2)": ("The harbour office confirms receipt of a report and sends a craftsman.",),
    "61(2)": ("The keeper shall put in place measures of care for the tower.",),
    "61(2)(a)": ("The tower is painted regularly.", "painting of the tower"),
    "61(2)(b)": ("Spare oil is stored beside the lamp.", "storage of spare oil"),
    "61(2)(c)": ("Assistants are trained by the keeper.", "training of assistants"),
    "62(1)": ("A fine is imposed for leaving a lighthouse dark.",),
    "63(1)": ("A reward is paid to those who rescue the shipwrecked.",),
    "64(1)": ("The logbook names every passing ship and its harbour of origin.",),
    "65(1)": ("The Commission watches over the coasts.",),
}
PHRASINGS: Mapping[str, tuple[str, ...]] = {
    "60(1)#report": ("report a breakdown", "breakdown reported to the office"),
    "60(1)#hours": ("report within 24 hours",),
    "60(1)#cause": ("cause of the breakdown",),
    "60(2)#receipt": ("confirm receipt of the report",),
    "61(2)(a)#painting": ("painting of the tower",),
    "61(2)(b)#oil": ("storage of spare oil",),
    "61(2)(c)#training": ("training of assistants",),
    "62(1)#fine": ("impose a fine",),
    "62(1)#amount": ("a fine of up to",),
    "63(1)#reward": ("reward for rescue",),
    "64(1)#logbook": ("ships entered with origin and cargo",),
    "65(1)#commission": ("the Commission watches",),
}
HEADINGS = {"60": ("reporting of breakdowns",), "62": ("penalties",), "61(2)": ("tower care",)}
DELEGATED = {"64(1)": ("form of the logbook",)}
STATEMENTS = Statements(
    language="en", headings=HEADINGS, says=SAYS, elements=PHRASINGS, delegated=DELEGATED, defines={}
)
# The rules of one day, so that fitting them anew moves no test.
RULES = replace(
    grade_rules(),
    met=0.6,
    absent=0.52,
    presence=MappingProxyType(
        {
            "core_max": 2.2, "core_mean": 1.0, "score": 5.8, "ownership": 6.7, "neighbours": 2.4,
            "rivals": 3.0, "intercept": -15.0,
        }
    ),
    completeness=MappingProxyType(
        {"core_mean": -1.3, "weakest": 4.9, "mean": 0.9, "intercept": -2.9}
    ),
    none_below=0.47,
    present_from=0.53,
    full_from=0.7,
)  # fmt: skip


def asked(
    directive: Directive = DIRECTIVE, statements: Statements = STATEMENTS
) -> tuple[Query, ...]:
    """Prepare the requirements as the real catalogue's are prepared."""
    with (
        patch.object(module, "load_directive", lambda: directive),
        patch.object(module, "load_statements", lambda _: statements),
    ):
        return module._stated.__wrapped__(statements.language)


def defining(*terms: str | Sequence[str], code: str = "en") -> tuple[Query, ...]:
    """Prepare one definition for each term, 70(1), 70(2) ...; a term may have several forms."""
    made = {
        f"70({number})": ((term,) if isinstance(term, str) else tuple(term))
        for number, term in enumerate(terms, 1)
    }
    held = {id_: requirement(id_, element("term", "term", core=True)) for id_ in made}
    statements = Statements(
        language=code, headings={}, says=made, elements={}, delegated={}, defines=made
    )
    return asked(Directive(requirements=MappingProxyType(held), version="-"), statements)


def cut(text: str, code: str = "en", name: str = "act.txt") -> Segmentation:
    """Cut one invented act."""
    return segment(document(text, name), language(code))


def clauses(text: str = ACT, code: str = "en") -> ClauseSet:
    """The clauses of one invented act."""
    return clause_set([cut(text, code)], [analyser(code)])


def space(text: str = ACT, queries: Sequence[Query] | None = None, code: str = "en") -> TermSpace:
    """The space of an invented act and the requirements."""
    return TermSpace(clauses(text, code), asked() if queries is None else queries)


def blended(text: str = ACT, queries: Sequence[Query] | None = None) -> Blend:
    """All scores of an invented act, with the weights that ship."""
    return blend(space(text, queries), weights())


def graded(text: str = ACT, directive: Directive = DIRECTIVE) -> dict[str, Assessment]:
    """Requirement id → assessment of an invented act."""
    found = assess(directive, [blended(text, asked(directive))], messages("en"), RULES)
    return {assessment.requirement: assessment for assessment in found}


def row(space: TermSpace, id_: str) -> int:
    """The row of a requirement."""
    return next(i for i, q in enumerate(space.queries) if q.requirement.id == id_)


def clause(space: TermSpace | ClauseSet, ref: str, act: str = "act") -> Clause:
    """The clause with a ref."""
    held = space.clauses if isinstance(space, TermSpace) else space
    return held.clauses[held.by_ref[act, ref]]
