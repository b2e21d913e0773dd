"""A result built by hand over the whole catalogue, and a stand-in for the pipeline.

The act holds what a page must never run: markup, Markdown, a formula, a symbol name.
"""

import hashlib
from dataclasses import replace

from nis2_align.alignment import Alignment
from nis2_align.directive import load_directive, load_statements
from nis2_align.errors import NoArticlesError
from nis2_align.model import (
    Act,
    Assessment,
    Coverage,
    Document,
    DutyKind,
    ElementResult,
    ElementState,
    Evidence,
    Gap,
    Issue,
    Match,
    Page,
    Place,
    Provision,
    Reason,
    RestsOn,
    Result,
    Segmentation,
    Span,
)
from nis2_align.pipeline import Progress

HOSTILE = (
    "=1+1 <script>window.hit=1</script> <b>lamp</b> **bold** [link](http://x.invalid) $a$ :smile:"
)
TEXT = f"Article 1\n(1) The keeper reports a fault within 48 hours.\n(2) {HOSTILE}\n"
SHARES = (0.2004, 0.1004, 0.1004, -0.0505)
STAGES = ("read", "segment", "match", "grade")


def align(paths, language=None, country=None, on_stage=None, words=None, **_further):
    """Stand in for ``nis2_align.align`` with a dossier: same errors, no work."""
    acts, contents, issues = [], [], []
    for entry in paths.entries:
        content = entry.content
        if b"Article" in content or content.startswith(b"%PDF"):
            acts.append(entry)
            contents.append(content)
        else:
            issues.append(entry.path.name)
    if not acts:
        raise NoArticlesError(f"No article was found in {issues[0]}.", "Give the text of an act.")
    for stage in STAGES:
        for done in (0, 1, 2):
            if on_stage:
                act = acts[0].path.stem
                on_stage(Progress(stage=stage, act=act, done=done, total=2))
    made = [
        result(one.path.stem, content, one.language, one.country, words)
        for one, content in zip(acts, contents, strict=True)
    ]
    told = tuple(
        replace(act, jurisdiction=one.jurisdiction, kind=one.kind, planned=one.planned)
        for one, each in zip(acts, made, strict=True)
        for act in each.acts
    )
    left_out = tuple(Issue(code="act_left_out", message=f"{name}: no article.") for name in issues)
    return Alignment(
        replace(
            made[0],
            acts=told,
            segmentations=tuple(cut for each in made for cut in each.segmentations),
            issues=(*left_out, *(issue for each in made for issue in each.issues)),
        )
    )


def result(act="lamp", content=b"lamp", language=None, country=None, words=None):
    cut = segmentation(act)
    cut = replace(cut, document=replace(cut.document, sha256=hashlib.sha256(content).hexdigest()))
    code = language or "en"
    assessments = tuple(
        _assessment(act, requirement, place, requirement.id in load_statements(code).says)
        for place, requirement in enumerate(load_directive().requirements.values())
    )
    return Result(
        celex="32022L2555",
        catalogue_version="test",
        acts=(
            Act(
                id=act, title="Act on **lamps** <i>and</i> keepers", language=code, script="Latn",
                country=country, jurisdiction=country, sha256=hashlib.sha256(content).hexdigest(),
                text_sha256=cut.document.text_sha256, articles=1,
                detected={"language": 1.0 if language else 0.93},
            ),
        ),
        assessments=assessments,
        segmentations=(cut,),
        issues=(Issue(code="odd", message="Page 7 is <b>empty</b>; upload another.", act=act),),
        words=words or "en",
    )  # fmt: skip


def segmentation(act):
    end = TEXT.index("\n(2)")
    spans = (
        ("1", "Article 1", "article", None, Span(start=0, end=len(TEXT))),
        ("1(1)", "(1)", "paragraph", "1", Span(start=TEXT.index("(1)"), end=end)),
        ("1(2)", "(2)", "paragraph", "1", Span(start=end + 1, end=len(TEXT) - 1)),
    )
    document = Document(
        id=act, name=f"{act}.txt", text=TEXT, format="text", sha256="0" * 64, text_sha256="1" * 64,
        pages=(Page(number=1, span=Span(start=0, end=len(TEXT))),),
    )  # fmt: skip
    provisions = tuple(
        Provision(
            act=act, ref=ref, label=label, kind=kind, parent=parent, span=span, own=span, page=1
        )
        for ref, label, kind, parent, span in spans
    )
    return Segmentation(document=document, language="en", provisions=provisions)


def match(act, ref):
    start = TEXT.index("(1)") if ref == "1(1)" else TEXT.index("(2)")
    end = TEXT.index("\n", start)
    quoted = Span(start=start + 4, end=start + 14)
    return Match(
        act=act, ref=ref, label=ref[1:], score=sum(SHARES), selected_by="best",
        quote=TEXT[start:end], page=1, span=Span(start=start, end=end),
        evidence=tuple(
            Evidence(signal=name, contribution=share, why="shares *words*", span=quoted)
            for name, share in zip(("bm25", "heading", "figures", "odd"), SHARES, strict=True)
        ),
    )  # fmt: skip


def _assessment(act, requirement, place, stated):
    if requirement.duty is DutyKind.NONE:
        return Assessment(
            requirement=requirement.id, duty=requirement.duty, coverage=Coverage.NOT_APPLICABLE,
            confidence=1.0, reason=Reason.UNION_BODY,
        )  # fmt: skip
    if not stated:
        return Assessment(
            requirement=requirement.id, duty=requirement.duty, coverage=Coverage.UNCERTAIN,
            confidence=0.0, reason=Reason.NO_STATEMENT,
        )  # fmt: skip
    grade = (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNCERTAIN)[place % 4]
    clauses = () if grade is Coverage.NONE else (match(act, "1(2)"), match(act, "1(1)"))
    span = Span(start=TEXT.index("48"), end=TEXT.index("48") + 8)
    states = (ElementState.MET, ElementState.WEAKER, ElementState.ABSENT, ElementState.UNSURE)
    elements = tuple(
        ElementResult(
            id=element.id,
            state=ElementState.MET if grade is Coverage.FULL else states[i % 4],
            spans=(Place(act=act, ref="1(1)", span=span),) if i % 2 == 0 else (),
        )
        for i, element in enumerate(requirement.elements)
    )
    gaps = (
        Gap(kind="figure", message=f"24 hours required, {HOSTILE} found", expected="24 h"),
        Gap(kind="element", message='"training" was not found in the acts given.'),
    )
    return Assessment(
        requirement=requirement.id, duty=requirement.duty, coverage=grade, confidence=0.5,
        elements=elements, provisions=clauses, candidates=(match(act, "1(2)"),),
        gaps=gaps if grade in (Coverage.PARTIAL, Coverage.NONE) else (),
        rests_on=(RestsOn(without=("1(2)",), coverage=Coverage.NONE),) if clauses else (),
        supported=bool(clauses), rationale=f"1 of 2 elements, {HOSTILE}",
    )  # fmt: skip


def align_text(content=b"Article 1\nThe keeper reports."):
    """Return what the stand-in makes of an upload."""
    return Alignment(result("lamp", content))
