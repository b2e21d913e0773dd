"""Each country's way to number an act, on short acts of our own, in every format.

The golden files show ref, kind, label, heading and the first words of each provision: they are
read by people when a custom changes.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from nis2_align.languages import language
from nis2_align.model import Provision, Segmentation
from nis2_align.read import read
from nis2_align.segment import citations, segment
from nis2_align.text.detect import detect
from nis2_align.text.normalise import fold, normalise
from tests.segment_guarantees import faults

CUSTOMS = Path(__file__).resolve().parent / "customs"
# Act -> language, script, country.
ACTS = {
    "rs_law": ("sr", "Cyrl", "RS"),
    "hr_law": ("hr", "Latn", "HR"),
    "me_law": ("cnr", "Latn", "ME"),
    "ba_state": ("bs", "Latn", "BA"),
    "ba_entity": ("bs", "Cyrl", "BA"),
    "mk_amended": ("mk", "Cyrl", "MK"),
    "al_law": ("sq", "Latn", "AL"),
    "xk_sq": ("sq", "Latn", "XK"),
    "xk_sr": ("sr", "Latn", "XK"),
    "xk_en": ("en", "Latn", "XK"),
}
TEXTS = [(CUSTOMS / f"{name}.txt", *known) for name, known in ACTS.items()]
NO_OFFICE = "needs LibreOffice (soffice) to make PDF and DOCX files"


@cache
def cut(path: Path, code: str) -> Segmentation:
    return segment(read(path), language(code))


def line(one: Provision, of: Segmentation) -> str:
    begin = " ".join(one.own.of(of.document.text).split())[:40]
    return " | ".join((one.ref, one.kind, one.label, one.heading or "", begin)).rstrip(" |")


@pytest.mark.parametrize("name", ACTS)
def test_golden(name: str, golden: Callable[[str, str], None]) -> None:
    act = cut(CUSTOMS / f"{name}.txt", ACTS[name][0])
    golden(f"customs/{name}.cut", "\n".join(line(one, act) for one in act.provisions) + "\n")
    assert faults(act) == []
    assert act.issues == ()


def test_every_act_of_the_folder_is_named_here() -> None:
    assert sorted(ACTS) == sorted(path.stem for path in CUSTOMS.glob("*.txt"))


@pytest.mark.parametrize("name", ACTS)
def test_what_an_act_cites_in_itself_is_there(name: str) -> None:
    act = cut(CUSTOMS / f"{name}.txt", ACTS[name][0])
    known = {one.ref for one in act.provisions}
    missing = []
    for one in act.provisions:
        if one.kind in {"preamble", "chapter", "closing"}:
            continue
        here = one.ref.split("(")[0]
        for found in citations(one.own.of(act.document.text), language(act.language)):
            parts = [found.article or here, found.paragraph, found.point]
            ref = parts[0] + "".join(f"({part})" for part in parts[1:] if part)
            if found.kind == "internal" and ref not in known:
                missing.append((one.ref, ref))
    assert missing == []


def unmarked(text: str) -> str:
    return fold(normalise(text).text.replace("đ", "dj").replace("Đ", "Dj"))


@pytest.mark.parametrize(("path", "code", "script", "country"), TEXTS)
def test_language_script_and_country_are_found(
    path: Path, code: str, script: str, country: str
) -> None:
    found = detect(read(path).text)
    assert (found.language, found.script, found.country) == (code, script, country)
    assert found.language_certainty > 0.5 and found.country_certainty > 0.9


@pytest.mark.parametrize(("path", "code", "script", "country"), TEXTS)
def test_they_are_found_in_latin_text_without_marks(
    path: Path, code: str, script: str, country: str
) -> None:
    """Macedonian is left out: it is printed in Cyrillic only."""
    if language(code).scripts == ("Cyrl",):
        return
    found = detect(unmarked(read(path).text))
    assert (found.language, found.script, found.country) == (code, "Latn", country)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make all acts in a format with LibreOffice, once; gives the folder."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(NO_OFFICE)
    home = tmp_path_factory.mktemp("office")

    @cache
    def made(format_: str) -> Path:
        folder = home / format_
        sources = sorted(map(str, CUSTOMS.glob("*.txt")))
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless",
                   "--infilter=Text (encoded):UTF8", "--convert-to", format_, "--outdir",
                   str(folder), *sources]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return folder

    return made


def places(act: Segmentation) -> Iterator[tuple[str, str, str | None, str | None]]:
    for one in act.provisions:
        yield one.ref, one.kind, one.parent, one.heading


@pytest.mark.parametrize("format_", ["docx", "pdf"])
@pytest.mark.parametrize("name", ACTS)
def test_every_format_gives_the_same_provisions(
    name: str, format_: str, office: Callable[[str], Path]
) -> None:
    code = ACTS[name][0]
    plain = set(places(cut(CUSTOMS / f"{name}.txt", code)))
    made = set(places(cut(office(format_) / f"{name}.{format_}", code)))
    assert len(plain & made) >= 0.99 * len(plain | made), sorted(plain ^ made, key=str)
