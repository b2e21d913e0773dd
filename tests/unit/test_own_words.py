"""The catalogue, the glossary, the samples and the tests are written in our own words.

No eight words in a row may be shared with the official text, with a law or with a draft. Words
are lower-cased, Cyrillic is read in Latin letters; a sequence never runs across two statements.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest

from nis2_align.resources import load_yaml
from nis2_align.text.normalise import normalise

RUN = 8
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
# Where a line ends inside a statement, YAML has folded it; in a plain text a line is a block.
OWN_FILES = (
    "mappings/**/*.yaml", "corpus/samples/*.txt", "tests/**/*.py", "tests/golden/**/*.txt",
)  # fmt: skip


def words(text: str) -> list[str]:
    return _WORD.findall(normalise(text).text.lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    for start in range(len(found) - RUN + 1):
        yield tuple(found[start : start + RUN])


def strings(value: object) -> Iterator[str]:
    """Each statement on its own; keys are ids and carry no sentences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def quoted(program: str) -> list[str]:
    """The texts that a program quotes, each joined from its lines, and its docstrings."""
    parts = ast.walk(ast.parse(program))
    held = [part.value for part in parts if isinstance(part, ast.Constant)]
    return [text for text in held if isinstance(text, str)]


def statements_of(path: Path) -> list[str]:
    if path.suffix == ".yaml":
        return list(strings(load_yaml(path)))
    text = path.read_text(encoding="utf-8")
    return quoted(text) if path.suffix == ".py" else text.splitlines()


def own_statements(root: Path) -> dict[str, list[str]]:
    """File → its statements."""
    return {
        path.relative_to(root).as_posix(): statements_of(path)
        for pattern in OWN_FILES
        for path in sorted(root.glob(pattern))
    }


def foreign_texts(shared: Path) -> Iterator[tuple[str, str]]:
    for folder in ("directive", "laws", "drafts"):
        for path in sorted((shared / folder).iterdir()):
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.suffix in {".html", ".xml"}:
                text = unescape(_TAG.sub(" ", text))
            if path.suffix == ".json":
                text = text.replace("\\n", " ")
            yield f"{folder}/{path.name}", text


def copied(statements: dict[str, list[str]], foreign: Iterable[tuple[str, str]]) -> list[str]:
    """Every shared run once, with both places."""
    own = {run: at for at, texts in statements.items() for text in texts for run in runs(text)}
    found: dict[tuple[str, ...], str] = {}
    for source, text in foreign:
        for run in runs(text):
            if run in own and run not in found:
                found[run] = f"{own[run]} and {source}: {' '.join(run)}"
    return sorted(found.values())


@pytest.fixture(scope="module")
def statements(repo_root: Path) -> dict[str, list[str]]:
    return own_statements(repo_root)


def test_nothing_is_copied(statements: dict[str, list[str]], shared: Path) -> None:
    foreign = list(foreign_texts(shared))
    assert len(foreign) > 20
    assert sum(len(text) for _, text in foreign) > 2_000_000
    assert copied(statements, foreign) == []


def test_enough_is_read_for_the_test_to_fail(statements: dict[str, list[str]]) -> None:
    for language in ("en", "hr", "mk", "sq", "sr"):
        texts = [
            text
            for place, found in statements.items()
            if place.startswith(f"mappings/nis2/statements/{language}/")
            for text in found
        ]
        assert len(texts) > 800
        assert sum(1 for text in texts for _ in runs(text)) > 1_500
    assert len(statements["corpus/samples/valdoria_draft.txt"]) > 300
    assert any(place.startswith("mappings/glossary/") for place in statements)
    # Invented laws stand in the tests as long literals, and cut in the golden files.
    in_tests = {at: texts for at, texts in statements.items() if at.startswith("tests/")}
    assert sum(1 for texts in in_tests.values() for text in texts for _ in runs(text)) > 5_000
    laws = in_tests["tests/unit/pipeline/mini_laws.py"]
    assert any("Islandia" in text and len(text) > 2_000 for text in laws)
    assert any(at.startswith("tests/golden/") for at in in_tests)


def test_what_a_program_quotes_is_read() -> None:
    program = 'A = ("one two "\n     "three", f"four {A}")\n"""five\nsix"""\n# seven\nB = b"x"'
    assert sorted(quoted(program)) == ["five\nsix", "four ", "one two three"]


def test_a_planted_sentence_is_refused(statements: dict[str, list[str]], shared: Path) -> None:
    """Eight words of an official text, of a law in Cyrillic, and of a draft, put among ours."""
    sources = dict(foreign_texts(shared))
    for name in ("directive/nis2_en_full.md", "laws/rs_zib_2025.txt", "drafts/cnr_draft.txt"):
        taken = words(sources[name])[2_000 : 2_000 + RUN]
        planted = {**statements, "planted": [f"Xyz {' '.join(taken).upper()} qwv."]}
        found = copied(planted, [(name, sources[name])])
        assert len([line for line in found if line.startswith("planted and ")]) == 1
        shorter = {"planted": [f"Xyz {' '.join(taken[:-1])} qwv."]}
        assert copied(shorter, [(name, sources[name])]) == []


def test_a_run_does_not_cross_statements() -> None:
    source = [("source", "one two three four five six seven eight")]
    assert copied({"a": ["one two three four", "five six seven eight"]}, source) == []
    assert copied({"a": ["zero one two three four five six seven eight"]}, source) != []


def test_both_scripts_are_one() -> None:
    source = [("source", "један два три четири пет шест седам осам")]
    assert copied({"a": ["Jedan, dva; tri četiri - pet šest sedam: osam"]}, source) != []
