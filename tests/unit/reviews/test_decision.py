import json
from dataclasses import replace

import pytest

from nis2_align.errors import ReviewsError
from nis2_align.messages import messages
from nis2_align.model import Coverage, Elsewhere
from nis2_align.notices import error_text
from nis2_align.reviews import Basis, now, parse, standing, to_text
from nis2_align.reviews.decision import instant
from nis2_align.reviews.plain import from_plain, to_plain
from tests.unit.reviews.review_samples import a_print, clause, decision

WHOLE = decision(
    added=(clause("3"),),
    removed=(clause("2(1)"),),
    elsewhere=(Elsewhere(title="Pravilnik", gazette="1/30", article="4", planned="2030-01-01"),),
    comment="Vidi =1+1 <b>\ud800</b>\nи друго",
)


@pytest.mark.parametrize(
    "changes",
    [
        {"dossier": " "},
        {"dossier": "a\nb"},
        {"requirement": ""},
        {"who": ""},
        {"who": "\ud800"},
        {"when": "yesterday"},
        {"when": "2026-03-01T09:30:00"},
        {"when": "2026-03-01T09:30:00+01:00"},
        {"elsewhere": (Elsewhere(title=""),)},
        {"elsewhere": (Elsewhere(title="a", planned="soon"),)},
        {"elsewhere": (Elsewhere(title="a", planned="20300101"),)},
    ],
)
def test_what_is_no_decision_is_refused_with_a_remedy(changes):
    with pytest.raises(ReviewsError) as error:
        decision(**changes)
    assert error.value.remedy


def test_a_digest_is_a_digest():
    with pytest.raises(ReviewsError):
        Basis(acts=("the text itself",))
    with pytest.raises(ReviewsError):
        Basis(seen=("глас",))
    with pytest.raises(ReviewsError):
        replace(a_print("x"), sha256="Члан 1.")


def test_now_is_a_time_in_utc():
    assert instant(now()) <= instant(now())
    assert now().endswith("Z")


@pytest.mark.parametrize("held", [decision(), WHOLE, decision(grade=None, undone=True)])
def test_plain_data_and_back(held):
    assert from_plain(json.loads(json.dumps(to_plain(held)))) == held
    assert parse(to_text([held, held])) == (held, held)
    to_text([held]).encode("utf-8")


def test_the_file_has_one_entry_a_line():
    assert to_text([decision(), WHOLE]).count("\n") == 5
    assert parse(to_text([])) == ()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "[" * 100_000, '{"format": "nis2_align reviews", "version": 2}'],
)
def test_another_file_is_refused(text):
    with pytest.raises(ReviewsError):
        parse(text)


@pytest.mark.parametrize(
    "change",
    [
        {"grade": "good"},
        {"grade": 1},
        {"when": "now"},
        {"undone": 0},
        {"added": [{"act": "a"}]},
        {"added": "a"},
        {"basis": None},
        {"basis": {"clauses": [], "seen": [], "acts": [1]}},
        {"basis": {"clauses": [], "acts": []}},
        {"elsewhere": [{"title": "a"}]},
        {"surprise": 1},
    ],
)
def test_a_faulty_entry_is_named_by_its_number_and_all_is_refused(change):
    data = json.loads(to_text([decision(), decision()]))
    data["entries"][1] |= change
    with pytest.raises(ReviewsError, match=r"Entry 2 cannot be used\."):
        parse(json.dumps(data))


def test_many_faults_are_told_in_one_report():
    data = json.loads(to_text([decision()] * 7))
    for entry in data["entries"]:
        entry["grade"] = "good"
    with pytest.raises(ReviewsError, match=r"Entry 5 cannot .* Others with faults: 2\."):
        parse(json.dumps(data))


def test_faults_of_a_file_are_told_in_the_language_of_the_reader():
    data = json.loads(to_text([decision()] * 7))
    data["entries"][0]["grade"] = "good"
    data["entries"][2]["who"] = " "
    for entry in data["entries"][3:]:
        entry["surprise"] = 1
    with pytest.raises(ReviewsError) as refused:
        parse(json.dumps(data))
    assert error_text(refused.value, messages("sr")) == (
        "Ništa nije uvezeno. "
        "Zapis 1 ne može da se upotrebi. U polju „grade” ne može da stoji „good”. "
        f"Izaberite nešto od ovoga: {', '.join(Coverage)}. "
        "Zapis 3 ne može da se upotrebi. Osoba koja odlučuje nema ime koje može da se zapiše. "
        "Upišite ime ili naziv u jednom redu, bez kontrolnih znakova. "
        + "".join(
            f"Zapis {number} ne može da se upotrebi. Ova polja nedostaju, nepoznata su ili imaju "
            "pogrešnu vrstu sadržaja: surprise. Ponovo izvezite odluke. "
            for number in (4, 5, 6)
        )
        + "Ostalih sa greškama: 1. Ispravite datoteku ili ponovo izvezite odluke."
    )


def test_the_last_decision_stands_and_others_stay_behind_it():
    first, second, other = decision(), decision(grade=Coverage.NONE), decision(requirement="23(5)")
    assert standing([first, other, second]) == (second, other)
    taken_back = replace(second, undone=True, who="Bo", comment="typo")
    assert standing([first, other, second, taken_back]) == (first, other)
    assert standing([first, replace(first, undone=True)]) == ()


def test_taking_back_what_does_not_stand_changes_nothing():
    first, second = decision(), decision(grade=Coverage.NONE)
    assert standing([first, replace(second, undone=True)]) == (first,)
    assert standing([first, second, replace(first, undone=True)]) == (second,)
