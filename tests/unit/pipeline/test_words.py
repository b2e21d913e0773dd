"""In which language an analysis speaks."""

import hashlib

import pytest

from nis2_align.directive import load_directive, load_statements
from nis2_align.errors import UnknownLanguageError
from nis2_align.messages import available, messages
from nis2_align.model import Document
from nis2_align.pipeline import run, run_documents

TEXT = """Члан 1.
Оператор пријављује сваки значајан инцидент надлежном органу у року од 48 часова.
Члан 2.
Оператор примењује мере заштите и спроводи обуку запослених.
"""
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
ACT = Document(
    id="svetionik", name="svetionik.txt", text=TEXT, format="text", sha256=DIGEST,
    text_sha256=DIGEST,
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words", "spoken"), [("sr", None, "sr"), ("sr", "en", "en"), ("cnr", None, "cnr")]
)
def test_it_speaks_the_acts_language_unless_asked_otherwise(language, words, spoken):
    result = run_documents([ACT], language, words=words)
    say, statements = messages(spoken), load_statements(spoken)
    assert result.words == spoken
    keys = [key for key in say.texts if key.startswith("selected_")]
    plain = {say.texts[key] for key in keys if "{" not in say.texts[key]}
    filled = {say.texts[key].split("{")[0] for key in keys if "{" in say.texts[key]}
    clauses = [c for item in result.assessments for c in (*item.provisions, *item.candidates)]
    assert clauses
    assert all(
        c.selected_by in plain or any(c.selected_by.startswith(part) for part in filled)
        for c in clauses
    )
    elements = [element for item in result.assessments for element in item.elements]
    assert all(element.label == statements.label(element.id) for element in elements)
    absent = [gap for item in result.assessments for gap in item.gaps if gap.kind == "element"]
    assert absent
    assert all(statements.label(gap.element) in gap.message for gap in absent)
    assert len(result.assessments) == len(load_directive().requirements)


def test_a_language_without_messages_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(UnknownLanguageError, match=", ".join(available())):
        run([tmp_path / "nothing.txt"], words="xx")
