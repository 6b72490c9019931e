"""Rows of a table: in columns, under the header that stands outside the passage, and the source's text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from bot.records import Block, Document, Section
from bot.web.showing import as_shown
from tests.browser.conftest import ask
from tests.rendering.tables import HEADER, NOTE, QUESTION, ROWS, assistant, document

pytestmark = pytest.mark.browser


def answered(page: Page, made: Document, question: str = QUESTION) -> dict[str, object]:
    """Ask; what the server would say over this document is what the page gets. The first passage."""
    over = assistant(made)
    given = as_shown(over.ask(question), over) | {"conversation": "made"}
    sections = [
        {"heading": list(section.heading), "start": section.start, "end": section.end, "role": section.role}
        for section in made.sections
    ]
    notes = [
        [block.start, block.end]
        for section in made.sections
        for block in section.blocks
        if block.kind == "note"
    ]
    text = {"id": made.id, "title": made.title, "text": made.text, "language": "en", "pages": []}

    def say(route: Route, body: object) -> None:
        route.fulfill(body=json.dumps(body), content_type="application/json")

    page.route("**/api/ask", lambda route: say(route, given))
    page.route("**/api/documents/**", lambda route: say(route, text | {"sections": sections, "notes": notes}))
    ask(page, question)
    passages = given["passages"]
    assert isinstance(passages, list)
    first = passages[0]
    assert isinstance(first, dict)
    return first


def shown(page: Page) -> str:
    text: str = page.locator("blockquote.quote").first.evaluate("quote => quote.textContent")
    return text


def test_rows_stand_in_columns_under_their_header_and_the_row_that_answers_is_marked(page: Page) -> None:
    passage = answered(page, document())
    assert shown(page) == f"{HEADER}\n…\n{passage['text']}"
    quote = page.locator("blockquote.quote").first
    expect(quote.locator("thead th")).to_have_text(HEADER.split(" | "), use_inner_text=True)
    row = quote.locator("tbody tr", has_text="31 kg")
    expect(row.locator("td")).to_have_text(
        ["31 kg", "7 ml", "", "6 ml of the fennel syrup"], use_inner_text=True
    )
    expect(row.locator("mark").first).to_have_text("31 kg")
    expect(quote.locator("tbody tr", has_text="24 kg").locator("mark")).to_have_count(0)


def test_what_draws_a_table_in_markdown_is_not_shown_beside_its_cells(page: Page) -> None:
    table = "| Weight | Evening |\n|---|---|\n| 8 kg | 1 ml |\n| 12 kg | 2 ml |"
    text = f"The doses of fennel syrup are:\n\n{table}\n\nShake the bottle well."
    words = ["The doses of fennel syrup are:", "Weight | Evening", "8 kg | 1 ml", "12 kg | 2 ml"]
    blocks = tuple(
        Block("row" if " | " in said else "paragraph", text.index(said), text.index(said) + len(said))
        for said in words
    )
    section = Section(("Doses",), 0, len(text), (replace(blocks[0], lead_in=True), *blocks[1:]))
    passage = answered(page, Document("a.md", "Fennel syrup", text, (section,), digest="0"), "dose for 12 kg")
    quote = page.locator("blockquote.quote").first
    expect(quote.locator("tr")).to_have_count(3)
    assert "|" not in quote.inner_text()
    assert shown(page) == passage["text"]


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_wide_table_scrolls_by_itself_and_axe_finds_nothing(page: Page, width: int) -> None:
    rows = [row + " | and a further remark on each dose" * 4 for row in ROWS]
    answered(page, document(header=HEADER + " | Remark" * 4, rows=rows))
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".rows table").first).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Weight | Dose", [f"{weight} kg | a | b ml of fennel syrup" for weight in range(8, 56)]),
        ("Weight and dose", [f"{weight} kg: b ml of the fennel syrup | " for weight in range(8, 56)]),
    ],
)
def test_a_header_that_does_not_fit_stands_above_as_text(page: Page, header: str, rows: list[str]) -> None:
    passage = answered(page, document(header=header, rows=[row.strip() for row in rows]))
    assert shown(page) == f"{header}\n…\n{passage['text']}"
    expect(page.locator("blockquote.quote > .beside").first).to_contain_text(header)
    expect(page.locator("blockquote.quote thead")).to_have_count(0)


def test_copies_printing_and_saving_have_the_header_too(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    passage = answered(page, document())
    whole = f"“{HEADER}\n…\n{passage['text']}”"
    page.get_by_role("button", name="Copy with citation").first.click()
    expect(page.locator(".status").first).to_have_text("Copied.")
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith(whole)
    page.evaluate("window.print = () => {}")
    page.locator(".choose input[type=checkbox]:not(#remember)").last.check()
    page.locator("#menu > summary").click()
    page.click("#print")
    assert page.locator("#paper thead th").first.text_content() is not None
    with page.expect_download() as download:
        page.click("#save")
    assert whole in download.value.path().read_text("utf-8")


def test_more_of_the_text_brings_the_header_where_it_stands(page: Page) -> None:
    answered(page, document())
    before = shown(page)
    page.get_by_role("button", name="Show more").first.click()
    expect(page.locator("blockquote.quote .was-shown").first).to_be_visible()
    assert shown(page).count(HEADER) == 1
    expect(page.locator("blockquote.quote .beside")).to_have_count(0)
    page.get_by_role("button", name="Show less").first.click()
    assert shown(page) == before


def test_a_quote_is_only_verified_with_its_header(page: Page) -> None:
    passage = answered(page, document())

    def check(route: Route) -> None:
        whole = f"start={passage['start']}&" in route.request.url
        body = json.dumps({"state": "identical" if whole else "changed"})
        route.fulfill(body=body, content_type="application/json")

    page.route("**/api/check/**", check)
    page.get_by_role("button", name="Check this quote").first.click()
    expect(page.locator(".status").first).to_contain_text("has changed since it was read")


def test_a_note_is_a_call_out_in_the_reader(page: Page) -> None:
    answered(page, document())
    page.locator("button.cite").first.click()
    expect(page.locator("#reader .reader-note")).to_have_text(NOTE)
    text = page.locator("#reader .reader-text").evaluate("body => body.textContent")
    assert text == document().text
