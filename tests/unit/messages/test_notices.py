"""Issues and errors in every language: none without words, no words without a use."""

import ast
import re
from itertools import chain

import pytest

from nis2_align.errors import (
    CatalogueError,
    NoArticlesError,
    UnknownLanguageError,
    UnreadableFileError,
)
from nis2_align.languages import language_codes
from nis2_align.messages import available, messages
from nis2_align.model import Issue
from nis2_align.notices import error, error_text, issue, issue_text, language_name, worded
from nis2_align.read import limits, read, sniff
from nis2_align.read.wire import BrokenAnswerError, document_from, pack, refusal_from, unpack
from tests.notice_guarantees import unsaid

# Function → where its code stands, and what the words of the code begin with.
MAKERS = {
    "issue": (0, "issue_"),
    "noted": (0, "issue_"),
    "finish": (1, "issue_"),
    "unreadable": (1, "error_"),
    "error": (1, "error_"),
    "error_of": (1, "error_"),
}
# Where a code is handed on or looked up; what is looked up stands below.
HANDED_ON = {
    "limits.py: _CODES[limit]",
    "notes.py: code",
    "pdf.py: code",
    "sheet.py: code",
    "sniff.py: code",
    "wire.py: _is(str, code)",
}
LOOKED_UP = {f"error_{code}" for _, code in sniff._REFUSED} | {
    f"error_{code}" for code in limits._CODES.values()
}
# Errors in English alone: of arguments of the command line, and of the catalogue.
ENGLISH_ALONE = {"messages.py", "cli.py", "gold.py", "pipeline.py"}


@pytest.fixture(scope="module")
def trees(repo_root):
    paths = (repo_root / "nis2_align").rglob("*.py")
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def calls(trees):
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and path.name != "notices.py":
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield path, name, node


def told(trees):
    """Yield place, start of the key, and expression of every code that the program gives."""
    for path, name, node in calls(trees):
        place, start = MAKERS.get(name, (0, ""))
        # Two others have such a name: a way of writing logs, and a question to pdfium.
        other = "_LOG." in ast.unparse(node) or "self.raw" in ast.unparse(node)
        if start and len(node.args) > place and not other:
            yield path.name, start, node.args[place]


def test_every_code_has_words_and_all_words_have_a_code(trees):
    given = list(told(trees))
    written = {start + code.value for _, start, code in given if isinstance(code, ast.Constant)}
    others = {
        f"{place}: {ast.unparse(code)}"
        for place, _, code in given
        if not isinstance(code, ast.Constant)
    }
    assert others == HANDED_ON
    codes = written | LOOKED_UP
    assert len(codes) > 80
    for language in available():
        keys = {key for key in messages(language).texts if key.startswith(("issue_", "error_"))}
        errors = {f"{code}_remedy" for code in codes if code.startswith("error_")}
        assert keys == codes | errors, language


def test_every_sentence_that_follows_has_a_use(trees):
    words = {
        node.value
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    asked = {word for word in words if re.fullmatch(r"(ocr|turned|official)_(?!u)\w+", word)}
    for language in available():
        keys = {key[5:] for key in messages(language).texts if key.startswith("then_")}
        assert keys <= words
        assert {"ocr_failed", "ocr_nothing", "ocr_no_engine", "turned_much"} <= keys & asked


def test_issues_and_errors_of_files_are_made_with_a_code_alone(trees):
    made = {(path.name, name) for path, name, _ in calls(trees)}
    assert {place for place, name in made if name == "Issue"} <= {"sheet.py", "wire.py"}
    direct = {
        path.name
        for path, name, _ in calls(trees)
        if name in ("UnreadableFileError", "NoArticlesError", "UnknownLanguageError")
    }
    assert direct <= ENGLISH_ALONE
    assert "ReviewsError" not in {name for _, name in made}


@pytest.mark.parametrize("language", available())
def test_every_language_that_is_read_has_a_name(language):
    say = messages(language)
    names = [language_name(code, say) for code in language_codes()]
    assert len(set(names)) == len(names) and not set(names) & set(language_codes())
    assert language_name("tlh", say) == "tlh"


def samples():
    files = {"name": "nacrt.pdf"}
    scan = error(UnreadableFileError, "scan", {**files, "then": "ocr_no_model", "packages": "p-q"})
    empty = error(UnreadableFileError, "empty", files)
    bare = error(NoArticlesError, "no_articles", {**files, "language": "sr"}, command="Say --x.")
    foreign = error(UnknownLanguageError, "language_unknown",
                    {"family": "tr", "languages": "hr, sr"})  # fmt: skip
    yield from (scan, empty, bare, foreign)
    yield error(UnreadableFileError, "none_readable", {"count": 2}, reasons=(scan, empty))
    yield issue("act_unreadable", reason=scan)
    yield issue("act_left_out", reason=bare, name="nacrt.pdf", act="nacrt")
    yield issue("act_left_out", reason=foreign, name="nacrt.pdf", act="nacrt")
    yield issue("page_without_text", page=7, then="ocr_no_engine", packages="")
    yield issue("turned_text", page=7, then="turned_much")
    yield issue("turned_text", page=7, then="")
    yield issue("mixed_languages", name="a", language="mk", other_language="sq")
    yield issue("official_text_missing", count=2, total=9, name="a", refs="1, 2",
                then="official_run_on", held="1 (2)")  # fmt: skip


@pytest.mark.parametrize("one", list(samples()), ids=lambda one: one.code)
def test_each_language_says_all_of_it(one):
    assert unsaid(one) == []


def test_what_is_said_in_another_language():
    sr = messages("sr")
    said = {one.code: one for one in samples()}
    assert error_text(said["empty"], sr).startswith("Datoteka nacrt.pdf je prazna. Proverite")
    assert "Instalirajte p-q " in error_text(said["scan"], sr)
    none = error_text(said["none_readable"], sr)
    assert "je prazna" in none and "tekstualni sloj" in none
    page = issue_text(issue("page_without_text", page=7, then="ocr_failed"), sr)
    assert page.startswith("Stranica 7 je slika bez tekstualnog sloja. Prepoznavanje teksta")
    assert "makedonski" in issue_text(said["mixed_languages"], sr)
    assert "albanski" in issue_text(said["mixed_languages"], sr)


def test_options_of_the_command_line_are_for_the_command_line():
    found = limits.exceeded("pages", "a.pdf", limits.Limits(pages=3))
    assert found.remedy.endswith("--limit pages=6.") and found.limit == "pages"
    assert all("--limit" not in error_text(found, messages(code)) for code in available())
    told = issue("act_unreadable", reason=found)
    assert "--limit pages=6" in told.message
    assert "--limit" not in issue_text(told, messages("en"))


def test_what_has_no_words_is_said_in_english():
    plain = Issue(code="odd", message="Page 7 is empty.")
    bare = UnreadableFileError("It is empty.", "Fill it.")
    short = Issue(code="drawing", message="Page 7 holds a drawing.")
    left = issue("act_left_out", reason=bare, name="a.txt")
    for language in available():
        say = messages(language)
        assert issue_text(plain, say) == "Page 7 is empty."
        assert issue_text(short, say) == "Page 7 holds a drawing."
        assert error_text(bare, say) == "It is empty. Fill it."
        assert issue_text(left, say) == left.message
    assert left.message == "a.txt: It is empty. Fill it. The analysis was made without it."


def test_without_words_none_is_made():
    with pytest.raises(CatalogueError, match="issue_typo"):
        issue("typo")
    with pytest.raises(CatalogueError, match="page"):
        issue("drawing")
    with pytest.raises(CatalogueError, match="error_typo"):
        error(UnreadableFileError, "typo")
    with pytest.raises(CatalogueError, match="issue_typo"):
        worded(Issue(code="typo", message=""))


HOSTILE = ("{name}", "@empty", "then_ocr_failed", "error_empty", "{0}", "{name.__class__}")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_never_read_as_words(text):
    told = error(UnreadableFileError, "empty", {"name": text})
    assert f"The file {text} is empty." in told.what
    assert text in error_text(told, messages("sq"))


@pytest.mark.parametrize(
    "plain",
    [None, [], ["empty"], ["typo", {}], ["empty", {}], ["empty", {"name": []}], [1, {}],
     ["empty", {"name": True}], ["none_readable", {"count": 2}],
     ["scan", {"name": "a", "then": "scan"}], ["scan", {"name": "a", "then": 7}]],
    ids=str,
)  # fmt: skip
def test_what_no_reader_says_is_a_broken_answer(plain):
    with pytest.raises(BrokenAnswerError):
        refusal_from(plain)


@pytest.mark.parametrize(
    ("code", "values"), [("typo", {}), ("drawing", {}), ("drawing", {"page": 1.5}), ("drawing", [])]
)
def test_an_issue_that_no_reader_gives_is_a_broken_answer(code, values):
    plain = unpack(pack(read(b"Article 1\n", name="act.txt")))["document"]
    assert document_from(plain).issues == ()
    plain["issues"] = [[code, values, "info", None, None, None, None]]
    with pytest.raises(BrokenAnswerError):
        document_from(plain)


def test_words_never_lead_back_to_themselves():
    # Only a process that a file has taken over sends the like.
    looped = Issue(
        code="act_unreadable", message="x", values={"why": "scan", "then": "then", "name": "a"}
    )
    again = Issue(
        code="act_left_out", message="x", values={"why": "scan", "then": "ocr_failed", "name": "a"}
    )
    for language in available():
        assert issue_text(looped, messages(language)) == "x"
        assert issue_text(again, messages(language)) != "x"


def test_issues_can_be_told_apart_and_kept_in_sets():
    one, two = (issue("drawing", page=page) for page in (1, 2))
    assert one != two and len(set(chain([one], [two], [one]))) == 2
