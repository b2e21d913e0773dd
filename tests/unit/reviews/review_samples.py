"""Decisions and drafts built by hand; the law and its country are invented."""

import hashlib
from dataclasses import replace

from nis2_align.languages import language
from nis2_align.model import Act, Assessment, ClauseRef, Coverage, Document, DutyKind, Match, Result
from nis2_align.reviews import Basis, Decision, Fingerprint
from nis2_align.segment import segment

DRAFT = """Član 1.
Ovaj zakon uređuje svetionike.
Član 2.
(1) Čuvar prijavljuje kvar u roku od 24 časa.
(2) Čuvar obezbeđuje:
1) zaštićen glas;
2) zaštićenu sliku.
Član 3.
Zakon stupa na snagu osmog dana.
"""


def a_print(words, act="svetionik", ref="2(1)"):
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Fingerprint(clause=ClauseRef(act=act, ref=ref), sha256=digest)


def decision(**changes):
    held = Decision(
        dossier="Svetionici",
        requirement="21(2)(j)",
        grade=Coverage.FULL,
        who="Ana",
        when="2026-03-01T09:30:00Z",
        before_coverage=Coverage.PARTIAL,
        basis=Basis(clauses=(a_print("glas"),), acts=(a_print("act").sha256,)),
    )
    return replace(held, **changes)


def draft(text=DRAFT, identifier="svetionik", accepted=None, coverage=Coverage.PARTIAL):
    """A result on a draft: for each requirement the refs of its accepted clauses."""
    return dossier([(identifier, text)], accepted or {"21(2)(j)": ["2(2)"]}, coverage)


def dossier(texts, accepted, coverage=Coverage.PARTIAL):
    cuts = [segment(document(name, text), language("sr")) for name, text in texts]
    nodes = {(cut.document.id, node.ref): (cut, node) for cut in cuts for node in cut.provisions}

    def match(ref):
        cut, node = nodes[ref if isinstance(ref, tuple) else (cuts[0].document.id, ref)]
        return Match(
            act=node.act, ref=node.ref, label=node.label, score=1.0, selected_by="best",
            quote=node.span.of(cut.document.text), page=None, span=node.span,
        )  # fmt: skip

    return Result(
        celex="32022L2555",
        catalogue_version="abc",
        acts=tuple(act(cut.document) for cut in cuts),
        assessments=tuple(
            Assessment(
                requirement=requirement, duty=DutyKind.MUST, coverage=coverage, confidence=0.7,
                provisions=tuple(map(match, refs)),
            )
            for requirement, refs in accepted.items()
        ),
        segmentations=tuple(cuts),
    )  # fmt: skip


def document(name, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=name, name=f"{name}.txt", text=text, format="text", sha256=digest, text_sha256=digest
    )


def act(source):
    return Act(
        id=source.id, title=source.id, language="sr", script="Latn", country=None,
        jurisdiction=None, sha256=source.sha256, text_sha256=source.text_sha256, articles=3,
    )  # fmt: skip


def clause(ref, act="svetionik"):
    return ClauseRef(act=act, ref=ref)
