"""The reader: the document with the passage marked, in view and focused; also on a page of its own."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ANSWER, ask, text_of

pytestmark = pytest.mark.browser
BOTH = "How does gout make the toe hurt?"
DRUG = "What is probenecid for?"


def _open(page: Page, question: str = DRUG) -> None:
    ask(page, question)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()


def test_the_mark_is_in_view_and_focused_and_escape_gives_focus_back(page: Page) -> None:
    _open(page)
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("button.cite").first).to_be_focused()


def test_going_back_closes_the_reader_and_leaves_the_conversation(page: Page, address: str) -> None:
    _open(page)
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(ANSWER)).to_have_count(1)
    assert page.url == f"{address}/"


def test_closing_the_reader_leaves_no_step_to_go_back_over(page: Page, address: str) -> None:
    page.goto(f"{address}/documents")
    page.get_by_role("link", name="Back to your questions").click()
    page.wait_for_selector("#chat[aria-busy=false]")
    _open(page)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("button.cite").first).to_be_focused()
    expect(page).to_have_url(f"{address}/?lang=en")
    # Closing goes back by itself, a moment later: two steps at once would be one.
    page.wait_for_function("!history.state?.reader")
    page.go_back()
    expect(page).to_have_url(f"{address}/documents")


def test_focus_stays_in_the_open_reader(page: Page) -> None:
    _open(page)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            page.keyboard.press(key)
            inside = "document.activeElement === document.body || !!document.activeElement.closest('#reader')"
            assert page.evaluate(inside)


def test_it_stands_beside_the_conversation_on_a_wide_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 900})
    _open(page)
    quote, reader = (page.locator(which).first.bounding_box() for which in ("blockquote.quote", "#reader"))
    assert quote is not None
    assert reader is not None
    assert quote["x"] + quote["width"] <= reader["x"]


def test_markdowns_marks_are_hidden_and_the_text_stays_whole(page: Page, address: str) -> None:
    _open(page, "What is uric acid?")
    shown = page.locator("#reader .reader-text").inner_text()
    assert not any(mark in shown for mark in ("---", "##", "**", "references:"))
    assert "Too much of it makes crystals [A]." in shown
    whole = page.request.get(f"{address}/api/documents/retold.md").json()["text"]
    assert text_of(page, "#reader .reader-text") == whole
    expect(page.locator("#reader")).to_contain_text("No doctor has read this.")


def test_the_contents_lead_to_a_heading(page: Page) -> None:
    _open(page)
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
    there = page.get_by_role("link", name="Open the original page at this passage").first.get_attribute(
        "href"
    )
    assert (there or "").startswith(
        "https://leaflet.example/gout#:~:text=Colchicine%20calms%20the%20swelling"
    )
    page.locator("button.cite").first.click()
    original = page.locator("#reader a[rel='noopener noreferrer']")
    expect(original).to_have_attribute("href", "https://leaflet.example/gout")


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
    _open(page)
    quoted = text_of(page, "blockquote.quote")
    own = page.locator("#reader .reader-bar").get_by_role("link", name="Open on its own page")
    expect(own).to_be_in_viewport()
    deep = own.get_attribute("href")
    page.goto(f"{address}{deep}")
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    assert text_of(page, "#reader-mark") == quoted


def test_a_page_of_its_own_leads_to_the_chat_and_the_list_from_its_top_and_its_end(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/read/drugs.md")
    for name in ("Back to your questions", "All documents"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(2)
    page.goto(f"{address}/read/never.md")
    expect(page.locator("h1")).to_contain_text("cannot be opened")


def test_a_page_of_its_own_marks_several_passages(page: Page, address: str) -> None:
    page.goto(f"{address}/read/drugs.md#150-170,200-210")
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("#reader-mark")).to_be_in_viewport()


def test_a_document_that_cannot_be_had_is_told_plainly(page: Page) -> None:
    ask(page, DRUG)
    page.route("**/api/documents/**", lambda route: route.abort())
    page.locator("button.cite").first.click()
    expect(page.locator("#reader")).to_contain_text("cannot be opened just now")
