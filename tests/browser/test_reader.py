"""The reader: the document with the passage marked, in view and focused; also on a page of its own."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

pytestmark = pytest.mark.browser
BOTH = "Which signs does gout have?"
DRUG = "What is probenecid for?"


def test_the_mark_is_in_view_and_focused_and_escape_gives_focus_back(page: Page) -> None:
    ask(page, DRUG)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_have_count(0)
    expect(page.locator("button.cite").first).to_be_focused()


def test_it_stands_beside_the_conversation_on_a_wide_screen(page: Page) -> None:
    ask(page, DRUG)
    page.locator("button.cite").first.click()
    # The conversation makes room once the document has been fetched.
    expect(page.locator("html.reading #reader")).to_be_visible()
    quote, reader = (page.locator(which).first.bounding_box() for which in ("blockquote.quote", "#reader"))
    assert quote is not None
    assert reader is not None
    assert quote["x"] + quote["width"] <= reader["x"]


def test_the_contents_lead_to_a_heading(page: Page) -> None:
    ask(page, DRUG)
    page.locator("button.cite").first.click()
    page.locator("#reader summary").click()
    page.locator("#reader .contents").get_by_role("button", name="How long does an attack last?").click()
    expect(page.locator("#reader .reader-heading").last).to_be_in_viewport()


def test_next_and_previous_lead_through_the_passages_of_the_answer(page: Page) -> None:
    ask(page, BOTH)
    quotes = page.locator("blockquote.quote")
    texts = [quotes.nth(at).evaluate("quote => quote.textContent") for at in (0, 1)]
    page.locator("button.cite").first.click()
    expect(page.get_by_role("button", name="Previous passage")).to_be_disabled()
    page.get_by_role("button", name="Next passage").click()
    expect(page.locator("#reader-mark")).to_have_text(texts[1], use_inner_text=False)
    page.get_by_role("button", name="Previous passage").click()
    expect(page.locator("#reader-mark")).to_have_text(texts[0], use_inner_text=False)


def test_a_document_with_an_address_is_opened_there_at_the_passage(page: Page) -> None:
    ask(page, DRUG)
    page.locator("button.cite").first.click()
    links = page.locator("#reader a[rel='noopener noreferrer']")
    expect(links).to_have_count(2)
    addresses = [links.nth(at).get_attribute("href") or "" for at in range(links.count())]
    assert addresses[0] == "https://leaflet.example/gout"
    assert addresses[1].startswith("https://leaflet.example/gout#:~:text=")


def test_the_original_pdf_is_opened_at_the_page_of_the_passage(page: Page, address: str) -> None:
    ask(page, "Who takes tophi out?")
    expect(page.locator("button.cite").first).to_contain_text("page 2")
    page.locator("button.cite").first.click()
    link = page.get_by_role("link", name="Open the original PDF at page 2")
    expect(link).to_have_attribute("href", "/original/lumps%20%231.pdf#page=2")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    given = page.request.get(f"{address}/original/lumps%20%231.pdf")
    assert given.headers["content-type"] == "application/pdf"
    assert given.body().startswith(b"%PDF")


def test_a_page_of_its_own_leads_to_the_original_pdf_too(page: Page, address: str) -> None:
    page.goto(f"{address}/read/lumps%20%231.pdf")
    expect(page.get_by_role("link", name="Open the original PDF", exact=True)).to_be_visible()
    page.goto(f"{address}/read/drugs.md")
    expect(page.locator(".reader-text")).to_be_visible()
    expect(page.locator("a[href^='/original/']")).to_have_count(0)


def test_the_same_passage_opens_on_a_page_of_its_own(page: Page, address: str) -> None:
    ask(page, DRUG)
    quoted = page.locator("blockquote.quote").first.evaluate("quote => quote.textContent")
    page.locator("button.cite").first.click()
    deep = page.locator("#reader a[href^='/read/']").get_attribute("href")
    page.goto(f"{address}{deep}")
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    assert page.locator("#reader-mark").evaluate("mark => mark.textContent") == quoted


def test_a_page_of_its_own_marks_several_passages(page: Page, address: str) -> None:
    page.goto(f"{address}/read/drugs.md#150-170,200-210")
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("#reader-mark")).to_be_in_viewport()


def test_a_document_that_cannot_be_had_is_told_plainly(page: Page) -> None:
    ask(page, DRUG)
    page.route("**/api/documents/**", lambda route: route.abort())
    page.locator("button.cite").first.click()
    expect(page.locator("#reader")).to_contain_text("cannot be opened just now")
