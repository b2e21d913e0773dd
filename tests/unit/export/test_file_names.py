import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nis2_align.export import LISTINGS, file_name
from nis2_align.export.file_names import LONGEST

SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*_[a-z-]+\.[a-z]+")
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}


@pytest.mark.parametrize(
    ("act", "made"),
    [
        ("Закон о информационој безбедности", "zakon-o-informacionoj-bezbednosti"),
        ("Закон за сајбер-безбедност, ѓ ќ ѕ", "zakon-za-sajber-bezbednost-g-k-dz"),
        ("Ligji për sigurinë kibernetike", "ligji-per-sigurine-kibernetike"),
        ("Žućđ", "zucdj"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "c-temp-x"),
        (".hidden", "hidden"),
        ("CON", "act-con"),
        ("=cmd|calc", "cmd-calc"),
        ("a\x00b\nc", "a-b-c"),
        ("", "act"),
        ("法律", "act"),
    ],
)
def test_the_name_of_the_act_becomes_plain_letters(act, made):
    assert file_name(act, "reverse", ".docx") == f"{made}_law-to-directive.docx"


def test_direction_form_and_format_tell_files_apart():
    names = {file_name("law", listing, ".xlsx") for listing in LISTINGS}
    assert len(names) == 4
    assert file_name("law", "all", ".DOCX", "rs") == "law_concordance-rs.docx"


@given(st.text(max_size=400), st.sampled_from(LISTINGS), st.sampled_from([None, "rs"]))
def test_every_name_is_safe_everywhere(act, listing, form):
    name = file_name(act, listing, ".docx", form)
    assert SAFE.fullmatch(name)
    assert len(name) <= LONGEST
    assert name.split("_")[0] not in DEVICES
    assert file_name(act, listing, ".docx", form) == name
