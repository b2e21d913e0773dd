"""What can be told apart, by the formula of WCAG 2.2: words 4.5 to 1, other marks 3 to 1."""

import tomllib
from collections.abc import Iterator

import pytest

from nis2_align.explanation import Bar, Waterfall
from nis2_align.messages import messages
from nis2_align.ui import coverage, directive_map, waterfalls
from nis2_align.ui.words import COLOURS, INK, STANDINGS
from tests.app.conftest import APP
from tests.app.test_words_of_the_screen import luminance

WORDS, MARKS = 4.5, 3.0
SETTINGS = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = {
    name: {**SETTINGS["theme"], **SETTINGS["theme"][name]} for name in ("light", "dark")
}  # fmt: skip
# The sidebar, the inputs in it and on the page; Streamlit's own (its documentation of the theme).
BESIDE = {"light": ("#f8f8f7", "#f1f0ee"), "dark": ("#21201d", "#2d2b27")}
SAY = messages("en")


def contrast(one: str, other: str) -> float:
    """The ratio of two colours (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faded(colour: str, ground: str, share: float) -> str:
    """The colour that is seen where one is laid over a ground, partly transparent."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(
        f"{round(share * over + (1 - share) * under):02x}" for over, under in pairs
    )


def test_the_ratio_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # Known pair: the lightest grey that is still enough on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert faded("#000000", "#ffffff", 0.6) == "#666666"


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name):
    theme = THEMES[name]
    for ground in (theme["backgroundColor"], BESIDE[name][0]):
        # A caption has three fifths of the ink.
        for ink in (theme["textColor"], faded(theme["textColor"], ground, 0.6)):
            assert contrast(ink, ground) >= WORDS
    assert contrast(theme["dataframeHeaderTextColor"], theme["backgroundColor"]) >= WORDS


@pytest.mark.parametrize("name", THEMES)
def test_white_words_can_be_read_on_a_main_button_and_on_a_chosen_day(name):
    assert contrast(THEMES[name]["primaryColor"], "#ffffff") >= WORDS


@pytest.mark.parametrize("name", THEMES)
def test_what_can_be_operated_and_what_is_chosen_is_seen(name):
    grounds = (THEMES[name]["backgroundColor"], *BESIDE[name])
    for colour in (THEMES[name]["borderColor"], THEMES[name]["primaryColor"]):
        assert min(contrast(colour, ground) for ground in grounds) >= MARKS


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("standing", STANDINGS)
def test_each_colour_of_a_grade_is_seen_on_the_page(name, standing):
    assert contrast(COLOURS[standing], THEMES[name]["backgroundColor"]) >= MARKS


def charts(rows, dark: bool) -> dict[str, dict]:
    bars = [
        Bar(signal=name, contribution=share, why="why", quote=None)
        for name, share in (("idf", 0.5), ("figures", -0.2))
    ]
    fall = Waterfall(
        act="a", ref="1", label="1", page=None, score=0.3, selected_by="best", quote="q",
        bars=tuple(bars),
    )  # fmt: skip
    drawn = {
        "map": directive_map.draw(directive_map.boxes(rows, SAY), SAY, dark=dark),
        "chapters": coverage.chart(coverage.chapters(rows, SAY), SAY, dark=dark),
        "waterfall": waterfalls.chart(fall, SAY, dark=dark),
    }
    return {name: one.to_dict() for name, one in drawn.items()}


def parts(spec: object) -> Iterator[dict]:
    """Every object of a chart's description."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


def axes(chart: dict, channel: str) -> list[dict | None]:
    """What each layer says of its axis; None where there is to be none."""
    said = (part[channel] for part in parts(chart) if isinstance(part.get(channel), dict))
    return [one.get("axis", {}) for one in said if "field" in one]


@pytest.mark.parametrize("name", THEMES)
def test_words_in_a_chart_can_be_read(page, name):
    dark = name == "dark"
    ground = THEMES[name]["backgroundColor"]
    assert contrast(INK[dark], ground) >= WORDS
    rows = page.upload().view().table.rows
    for chart in charts(rows, dark).values():
        for part in parts(chart):
            inks = [part[key] for key in ("labelColor", "titleColor") if key in part]
            if part.get("type") == "text" and part["color"] != "white":
                inks.append(part["color"])
            assert all(contrast(ink, ground) >= WORDS for ink in inks)
        # Without a colour of ours an axis has one of the theme's, which is too pale.
        for channel in ("x", "y"):
            drawn = [axis for axis in axes(chart, channel) if axis is not None]
            assert not drawn or any("labelColor" in axis for axis in drawn)
