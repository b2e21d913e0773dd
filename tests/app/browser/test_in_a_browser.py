"""What a person does with the app, in a real browser, with the real analysis."""

import io
import re

import docx
import openpyxl
import pytest

from tests.app.browser import running

ACT = {
    "name": "keepers.txt",
    "mimeType": "text/plain",
    "buffer": (
        b"Law on Harbour Lamps\n\nArticle 1\n(1) Every keeper of a harbour lamp shall report an"
        b" incident to the competent authority within 24 hours.\n\nArticle 2\n(1) Keepers shall"
        b" use multi-factor authentication for the lamp's control panel.\n"
    ),
}
OTHER = {
    "name": "millers.txt",
    "mimeType": "text/plain",
    "buffer": b"Law on Mills\n\nArticle 1\n(1) The miller keeps a register of incidents.\n",
}
NOISE = {
    "name": "noise.pdf",
    "mimeType": "application/pdf",
    "buffer": bytes(number * 151 % 251 for number in range(4000)),
}


def downloaded(visitor):
    with visitor.page.expect_download() as waited:
        visitor.page.get_by_role("button", name="Download", exact=True).click()
    return waited.value.suggested_filename, waited.value.path().read_bytes()


def test_a_law_from_the_upload_to_the_files_without_any_other_host(visitor, app, shared):
    one = visitor().visit().upload(shared / "laws" / "rs_zib_2025.html")
    one.open("Coverage")
    counts = re.findall(r"(\d+) of (\d+)", one.words())
    totals = {int(total) for _, total in counts}
    assert len(totals) == 1 and sum(int(count) for count, _ in counts) == totals.pop() > 200

    one.open("Review")
    assert "First reading" in one.words() and "1 to 10 of " in one.words()
    one.open("Gaps")
    gaps = int(re.search(r"Requirements: (\d+)", one.words()).group(1))
    assert gaps > 20
    one.page.get_by_test_id("stDataFrame").wait_for()

    one.open("Export")
    name, written = downloaded(one)
    assert name.endswith(".xlsx") and "rs_zib" not in name
    book = openpyxl.load_workbook(io.BytesIO(written))
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert len(book.sheetnames) >= 4 and {"21(2)(j)", "23(4)(a)"} <= cells
    assert sum("Члан" in cell for cell in cells) > 50

    one.choose("Format", "Word document (DOCX)")
    name, written = downloaded(one)
    document = docx.Document(io.BytesIO(written))
    table = max(document.tables, key=lambda table: len(table._tbl.tr_lst))
    text = "".join(document.element.body.itertext())
    assert name.endswith(".docx") and len(table._tbl.tr_lst) > 200
    assert "21(2)(j)" in text and "Члан" in text

    assert len(one.asked) > 10
    assert one.strangers() == []
    assert "zib" not in app.log.read_text("utf-8")


def test_a_request_to_another_host_would_be_noticed(visitor):
    one = visitor().visit("/about")
    assert one.strangers() == []
    one.page.evaluate("fetch('http://stranger.invalid/').catch(() => null)")
    assert one.strangers() == ["http://stranger.invalid/"]


def test_a_decision_outlives_the_server(visitor, browser, tmp_path):
    with running.running(tmp_path / "log", reviews=tmp_path / "reviews.sqlite") as own:
        one = visitor(own).visit("/?req=21.2.j")
        one.send(ACT)
        one.opened("Review")
        one.page.get_by_role("textbox", name="Your name").fill("Mara Example")
        one.settle()
        grades = one.page.get_by_role("radiogroup", name="Your grade")
        overrule(one, grades)
        before = one.page.get_by_text(re.compile("^Decided by Mara Example, "))
        before.wait_for()
        said = before.inner_text()

        one.page.reload()
        one.opened("Review")
        assert one.page.get_by_text(said).is_visible()

        own.kill()
        own.start()
        two = visitor(own).visit("/?req=21.2.j")
        two.send(ACT)
        two.opened("Review")
        assert two.page.get_by_text(said).is_visible()


def overrule(one, grades):
    """Give a grade other than the tool's."""
    said = re.search(r"First reading: . (\w+)", one.words()).group(1)
    wanted = "partial" if said != "partial" else "full"
    choice = grades.get_by_text(re.compile(rf"^. {wanted}$"))
    choice.click()
    one.settle()


def test_two_visitors_do_not_see_each_others_acts(visitor):
    one, two = visitor().visit(), visitor()
    one.upload(ACT).open("Coverage")
    two.visit(one.page.url.removeprefix(one.app.address))
    assert "This link belongs to a dossier that is not loaded here." in two.words()
    assert "keepers" not in two.words()

    two.open("Dossier").upload(OTHER)
    assert "millers" in two.words() and "keepers" not in two.words()
    one.page.reload()
    one.opened("Coverage")
    assert "keepers" in one.words() and "millers" not in one.words()


@pytest.mark.parametrize("key", ["F5", "Control+r"])
def test_what_is_typed_and_not_left_outlives_a_reload(visitor, key):
    one = visitor().visit("/?req=21.2.j").send(ACT).opened("Review")
    # As slowly as the server answers in between, which must not take a letter away.
    name = one.page.get_by_role("textbox", name="Your name")
    name.press_sequentially("Mara E.", delay=400)
    one.settle()
    assert name.input_value() == "Mara E."
    comment = one.page.get_by_role("textbox", name="Comment")
    comment.press_sequentially("Ask the ministry.")
    # The page's own listeners see the key; a browser without a window does nothing of its own.
    one.page.keyboard.press(key)
    one.settle()
    one.page.reload()
    one.opened("Review")
    assert comment.input_value() == "Ask the ministry."


def test_the_name_stands_on_every_page_that_asks_for_it(visitor):
    one = visitor().visit("/?req=21.2.j").send(ACT).opened("Review")
    name = one.page.get_by_role("textbox", name="Your name")
    name.fill("Mara E.")
    one.page.keyboard.press("Tab")
    one.settle()
    for page in ("Draft", "Review", "Draft"):
        one.open(page)
        assert name.input_value() == "Mara E.", page


def test_reading_stopped_from_the_page_of_the_upload_can_begin_again(visitor, shared):
    one = visitor().visit().send(shared / "laws" / "hr_zks_2024.txt")
    one.page.get_by_role("button", name="Stop").click()
    one.page.get_by_role("button", name="Analyse").click()
    one.analysed()
    assert "hr_zks_2024" in one.words()


def test_what_is_chosen_in_a_box_outlives_a_reload(visitor):
    one = visitor().visit("/?req=21.2.j").send(ACT).opened("Review")
    for page, label, option in (
        ("Review", "Order", "as in the directive"),
        ("Draft", "Below this provision", "1(1) – Every keeper"),
    ):
        one.open(page)
        box = one.page.get_by_role("combobox", name=label)
        box.click()
        one.page.get_by_role("option").filter(has_text=option).click()
        one.settle()
        one.page.reload()
        one.opened(page)
        assert option in (box.input_value() or box.inner_text()), page


def test_the_screen_speaks_another_language(visitor):
    one = visitor(locale="en-GB").visit().upload(ACT)
    assert one.page.evaluate("document.documentElement.lang") == "en"
    one.choose("Language of the screen", "hrvatski")
    assert one.page.evaluate("document.documentElement.lang") == "hr"
    one.open("Usklađenost")
    assert "Jezik zaslona" in one.words() and "Language of the screen" not in one.words()
    assert one.page.title().startswith("Usklađenost")
    # The choice holds for the visit, and a browser in that language needs none.
    one.page.reload()
    one.opened("Usklađenost")
    assert "Jezik zaslona" in visitor(locale="hr-HR").visit().words()


def test_a_bad_file_does_not_stop_a_good_one(visitor):
    one = visitor().visit().upload(NOISE, ACT)
    alerts = one.page.get_by_role("alert").all_inner_texts()
    told = [text for text in alerts if "noise.pdf" in text]
    assert len(told) == 1 and "This file was left out." in told[0]
    assert "Traceback" not in one.words()
    one.open("Coverage")
    assert re.search(r"\d+ of \d+", one.words())


def test_a_link_opens_its_requirement(visitor):
    one = visitor().visit("/?req=21.2.j")
    assert one.page.get_by_role("heading", name="Dossier", level=1).is_visible()
    one.send(ACT).opened("Review")
    assert one.page.get_by_role("heading", name=re.compile(r"^21\(2\)\(j\) ")).is_visible()
    assert "multi-factor" in one.words()

    # The address that stands now leads there as well, in another tab of the same browser.
    address = one.page.url
    assert address.endswith("req=21.2.j")
    one.page.goto(address.replace("req=21.2.j", "req=23.4.a"))
    one.opened("Review")
    assert one.page.get_by_role("heading", name=re.compile(r"^23\(4\)\(a\) ")).is_visible()


@pytest.mark.parametrize("path", ["/", "/about"])
def test_nothing_runs_into_the_margin_on_a_narrow_screen(visitor, path):
    one = visitor(viewport={"width": 800, "height": 900}).visit(path)
    main = one.page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_two_drafts_are_compared_and_the_workbook_taken_out(visitor):
    earlier = {**ACT, "name": "spring.txt", "buffer": ACT["buffer"].replace(b" 24 ", b" 48 ")}
    one = visitor().visit().upload(ACT).open("Compare")
    one.page.locator("input[type=file]").first.set_input_files([earlier])
    one.page.get_by_role("tab", name="Provisions").click()
    one.settle()
    shown = one.words()
    assert "1(1)" in shown
    changed = one.page.locator("span").filter(has_text=re.compile(r"^(24|48)$"))
    assert {text.strip() for text in changed.all_inner_texts()} == {"24", "48"}
    with one.page.expect_download() as waited:
        one.page.get_by_role("button", name="Download the comparison (XLSX)").click()
    assert "spring" not in waited.value.suggested_filename
    book = openpyxl.load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    lines = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert [line[:3] for line in lines] == [("changed", "1(1)", "1(1)")]
    assert one.strangers() == []
