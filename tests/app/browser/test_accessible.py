"""What those need who see little or use no mouse: axe-core on every page, and keys alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import pytest

from nis2_align.messages import messages
from nis2_align.ui.frame import PAGES
from tests.app.browser import running

SAY = messages("en")
#: Theme → width at which it is looked at: colours do not hang on the width, nor the layout on them.
WIDTHS = {"light": 1400, "dark": 800}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GRAVE = ("serious", "critical")
OTHER_DRAFT = {
    "name": "keepers.txt",
    "mimeType": "text/plain",
    "buffer": b"Law on Harbour Lamps\n\nArticle 1\n(1) The keeper reports an incident at once.\n",
}
CLAUSE = "(6) The CERT promotes common practices for handling crises."


@dataclass(frozen=True)
class Excuse:
    """A violation that is Streamlit's, and that nothing in our hands mends.

    Attributes:
        rule: Rule of axe-core.
        element: Selector that fits the element and little else.
        reason: Why it is let pass.
        page: Where it occurs for certain; once it does not, the excuse has to go.
        theme: In which theme, and so at which width.
    """

    rule: str
    element: str
    reason: str
    page: str
    theme: str


EXCUSED = (
    Excuse(
        rule="scrollable-region-focusable",
        element='[data-testid="stTable"] div:has(> table)',
        reason="st.table takes no tabindex; browsers let Tab stop at such a box of themselves, and "
        "the arrow keys move it: see test_a_table_that_is_too_wide_moves_by_keys",
        page="about",
        theme="dark",
    ),
)


@pytest.fixture(scope="module")
def axe() -> str:
    if find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python is not installed (extra: test)")
    from axe_playwright_python.base import AXE_SCRIPT

    return AXE_SCRIPT


@pytest.fixture(scope="module", params=WIDTHS)
def reader(request, browser, app) -> Iterator[running.Visitor]:
    """Somebody with the sample open, once for each theme."""
    theme = request.param
    size = {"width": WIDTHS[theme], "height": 1000}
    one = running.Visitor(browser, app, viewport=size, color_scheme=theme, locale="en-GB")
    one.theme = theme
    one.visit().page.get_by_role("button", name=SAY.text("ui_sample")).click()
    one.analysed()
    yield one
    one.context.close()


def opened(one: running.Visitor, name: str) -> running.Visitor:
    """Open a page by its name."""
    return one.open(SAY.text(f"ui_page_{name}"))


def unfolded(one: running.Visitor) -> running.Visitor:
    """Open all that can be opened in place."""
    one.page.evaluate(
        "() => document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary')"
        ".forEach(one => one.click())"
    )
    one.settle()
    return one


def set_date(one: running.Visitor) -> None:
    unfolded(one).page.get_by_role("spinbutton").first.click()
    one.page.keyboard.type("20270930")
    one.settle()


def give_name(one: running.Visitor) -> None:
    one.page.get_by_role("textbox", name=SAY.text("ui_review_name")).fill("Mara Example")
    one.settle()


def try_clause(one: running.Visitor) -> None:
    one.page.get_by_role("textbox", name=SAY.text("ui_draft_clause")).fill(CLAUSE)
    one.page.get_by_role("button", name=SAY.text("ui_draft_try")).click()
    one.page.get_by_text(SAY.text("ui_draft_attempts", count=1)).wait_for()
    one.settle()


def load_other(one: running.Visitor) -> None:
    one.send(OTHER_DRAFT)
    one.page.get_by_text(SAY.text("ui_compare_none")).wait_for(state="detached")
    one.settle()


#: Page → what is done there first, so that what it can show is there to be looked at.
READY: dict[str, Callable[[running.Visitor], None]] = {
    "dossier": set_date,
    "review": give_name,
    "draft": try_clause,
    "compare": load_other,
}


def faces(one: running.Visitor) -> Iterator[str]:
    """Yield the name of each state of a page while it is in it."""
    yield "unfolded"
    main = one.page.get_by_test_id("stMain")
    for tab in main.get_by_role("tab").all()[1:]:
        tab.click()
        one.settle()
        yield f"tab {tab.inner_text()}"
    for button in main.get_by_test_id("stPopoverButton").all():
        button.click()
        one.page.get_by_test_id("stPopoverBody").wait_for()
        one.page.wait_for_timeout(300)
        yield f"popover {button.inner_text()}"
        one.page.keyboard.press("Escape")


def violations(one: running.Visitor, axe: str) -> Iterator[tuple[dict, dict]]:
    """Yield the rules that are broken, with each element that breaks them."""
    if not one.page.evaluate("() => 'axe' in window"):
        one.page.evaluate(axe)
    # A window as high as the page: words that are scrolled out of it are not measured.
    size = one.page.viewport_size
    height = one.page.get_by_test_id("stMain").evaluate("e => e.scrollHeight")
    one.page.set_viewport_size({**size, "height": max(size["height"], height + 100)})
    one.page.wait_for_timeout(300)
    options = {"runOnly": [*WCAG, "best-practice"], "resultTypes": ["violations"]}
    found = one.page.evaluate("wanted => axe.run(document, wanted)", options)["violations"]
    for rule in found:
        for node in rule["nodes"]:
            yield rule, node
    one.page.set_viewport_size(size)


def excuse_for(one: running.Visitor, rule: dict, node: dict) -> Excuse | None:
    element = one.page.locator(node["target"][-1]).first
    fits = (
        excuse
        for excuse in EXCUSED
        if excuse.rule == rule["id"] and element.evaluate("(e, s) => e.matches(s)", excuse.element)
    )
    return next(fits, None)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(reader, axe, name):
    opened(reader, name)
    READY.get(name, lambda _: None)(reader)
    grave, used = set(), set()
    for face in faces(unfolded(reader)):
        for rule, node in violations(reader, axe):
            line = f"{face}: {rule['impact']} {rule['id']}: {node['html'][:160]}"
            if rule["impact"] not in GRAVE or "best-practice" in rule["tags"]:
                print(line)
            elif excuse := excuse_for(reader, rule, node):
                used.add(excuse)
            else:
                grave.add(f"{line} ({node['failureSummary']})")
    assert grave == set()
    due = {one for one in EXCUSED if (one.page, one.theme) == (name, reader.theme)}
    assert due <= used, "what no longer occurs needs no excuse"


def test_axe_would_find_a_grey_word_and_a_box_without_a_label(reader, axe):
    opened(reader, "about")
    reader.page.evaluate(
        "() => document.querySelector('[data-testid=stMain] li').innerHTML ="
        " '<b style=\"color: #777; background: #888\">pale</b> <input>'"
    )
    found = {rule["id"] for rule, _ in violations(reader, axe) if rule["impact"] in GRAVE}
    # The page was changed behind the app's back.
    reader.page.reload()
    reader.opened(SAY.text("ui_page_about"))
    assert {"color-contrast", "label"} <= found


def test_the_theme_is_that_of_the_settings(reader):
    settings = tomllib.loads((running.ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    wanted = settings["theme"][reader.theme]["backgroundColor"]
    red, green, blue = (int(wanted[place : place + 2], 16) for place in (1, 3, 5))
    shown = reader.page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    assert shown == f"rgb({red}, {green}, {blue})"


def test_the_open_tab_is_written_in_the_ink_of_the_page(reader):
    opened(reader, "coverage")
    tab = reader.page.get_by_role("tab", selected=True)
    inks = [
        place.evaluate("e => getComputedStyle(e).color")
        for place in (tab.locator("p"), reader.page.get_by_test_id("stApp"))
    ]
    # axe-core leaves it undecided, as a line is drawn over the tabs.
    assert inks[0] == inks[1]


#: What can be operated and is seen; the parts of one widget are reached from one another by arrows.
OPERABLE = "a[href], button, summary, input, textarea, [role=combobox], [role=tab], canvas"
WIDGETS = "[role=radiogroup], [role=tablist], " + ", ".join(
    f'[data-testid="{name}"]' for name in ("stSelectbox", "stDateInput", "stDataFrame")
)
NOT_REACHED = """([operable, widgets]) => [...document.querySelectorAll(operable)]
  .filter(one => one.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter(one => !one.disabled && !one.hasAttribute('data-reached'))
  .filter(one => !one.closest(widgets)?.querySelector('[data-reached]'))
  .map(one => one.outerHTML.slice(0, 200))"""
MARK = """() => {
  const one = document.activeElement;
  one.setAttribute('data-reached', '');
  const kind = ['data-testid', 'role', 'type'].map(name => one.getAttribute(name) ?? '');
  return [one.tagName, ...kind].join(' ');
}"""


def focus_is_seen(one: running.Visitor) -> bool:
    """Tell whether what has the focus looks different from what has it not."""
    element = one.page.evaluate_handle("() => document.activeElement").as_element()
    # Some inputs lie unseen behind what is drawn for them.
    drawn = element.evaluate_handle("e => e.closest('label') ?? e").as_element()
    box = drawn.bounding_box()
    clip = {
        "x": max(0, box["x"] - 6), "y": max(0, box["y"] - 6),
        "width": box["width"] + 12, "height": box["height"] + 12,
    }  # fmt: skip
    one.page.wait_for_timeout(150)
    with_focus = one.page.screenshot(clip=clip, animations="disabled")
    element.evaluate("e => e.blur()")
    one.page.wait_for_timeout(150)
    without = one.page.screenshot(clip=clip, animations="disabled")
    element.evaluate("e => e.focus()")
    return with_focus != without


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """Kinds of elements whose focus was looked at already."""
    return set()


@pytest.mark.parametrize("reader", ["light"], indirect=True, scope="module")
@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_everything(reader, kinds, name):
    unfolded(opened(reader, name))
    reader.page.evaluate("() => document.activeElement.blur()")
    reader.page.evaluate(
        "() => document.querySelectorAll('[data-reached]')"
        ".forEach(one => one.removeAttribute('data-reached'))"
    )
    unseen, rounds = set(), 0
    for _ in range(300):
        reader.page.keyboard.press("Tab")
        kind = reader.page.evaluate(MARK)
        rounds += kind.startswith("BODY")
        if rounds == 2:
            break
        # The page as a whole is no control; a grid marks one cell, with the focus or without.
        if kind not in kinds and not kind.startswith(("BODY", "MAIN", "CANVAS")):
            kinds.add(kind)
            unseen |= set() if focus_is_seen(reader) else {kind}
    assert rounds == 2, "the focus does not get out of something"
    assert reader.page.evaluate(NOT_REACHED, [OPERABLE, WIDGETS]) == []
    assert unseen == set()


def reach(one: running.Visitor, role: str, name: str, key: str = "Tab"):
    """Press a key until the focus is on something."""
    wanted = one.page.get_by_role(role, name=name, exact=True).first
    for _ in range(120):
        one.page.keyboard.press(key)
        if wanted.count() and wanted.evaluate("e => e.contains(document.activeElement)"):
            return wanted
    raise AssertionError(f"{key} does not lead to the {role} {name!r}")


def press(one: running.Visitor, role: str, name: str, key: str = "Tab") -> None:
    """Go to something by a key and press Enter there."""
    reach(one, role, name, key)
    one.page.keyboard.press("Enter")
    one.settle()


def test_from_the_sample_to_the_file_by_keys_alone(visitor):
    one = visitor(locale="en-GB").visit()
    press(one, "button", SAY.text("ui_sample"))
    one.analysed()
    press(one, "link", SAY.text("ui_page_review"))
    one.opened(SAY.text("ui_page_review"))

    reach(one, "textbox", SAY.text("ui_review_name"))
    one.page.keyboard.type("Mara Example")
    accept = one.page.get_by_role("button", name=SAY.text("ui_review_accept"), exact=True)
    one.page.wait_for_function("e => !e.disabled", arg=accept.element_handle())
    one.settle()
    first = one.page.locator("h2").first.inner_text()
    press(one, "button", SAY.text("ui_review_accept"), "Shift+Tab")
    one.page.get_by_text(re.compile("^Decided by Mara Example, ")).wait_for()
    press(one, "button", SAY.text("ui_review_next"))
    one.page.get_by_text(SAY.text("ui_review_undecided")).wait_for()
    assert one.page.locator("h2").first.inner_text() != first

    press(one, "link", SAY.text("ui_page_export"))
    one.opened(SAY.text("ui_page_export"))
    reach(one, "button", SAY.text("ui_export_download"))
    with one.page.expect_download() as waited:
        one.page.keyboard.press("Enter")
    assert waited.value.path().read_bytes().startswith(b"PK")


def test_a_table_that_is_too_wide_moves_by_keys(visitor):
    one = visitor(viewport={"width": 800, "height": 900}, locale="en-GB").visit("/about")
    table = one.page.locator(EXCUSED[0].element)
    assert table.evaluate("e => e.scrollWidth > e.clientWidth && e.scrollLeft === 0")
    for _ in range(60):
        one.page.keyboard.press("Tab")
        if table.evaluate("e => e === document.activeElement"):
            break
    assert focus_is_seen(one)
    one.page.keyboard.press("ArrowRight")
    one.page.wait_for_timeout(500)
    assert table.evaluate("e => e.scrollLeft > 0")
