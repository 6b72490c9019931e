"""What is taken along to the appointment, on paper and as a text file."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

pytestmark = pytest.mark.browser
FIRST, SECOND = "Which signs does gout have?", "What is probenecid for?"


@pytest.fixture
def chosen(page: Page) -> Page:
    """The page after two questions, the answer to the second of which is to be taken along."""
    page.evaluate("window.print = () => { window.printed = true }")
    ask(page, FIRST)
    ask(page, SECOND)
    page.locator(".choose input[type=checkbox]:not(#remember)").last.check()
    page.locator("#menu > summary").click()
    return page


def test_only_the_chosen_answers_are_printed_with_citation_and_room_for_notes(chosen: Page) -> None:
    chosen.click("#print")
    assert chosen.evaluate("window.printed") is True
    chosen.emulate_media(media="print")
    paper = chosen.locator("#paper")
    expect(paper).to_be_visible()
    expect(paper).to_contain_text(SECOND)
    expect(paper).not_to_contain_text(FIRST)
    expect(paper).to_contain_text("https://leaflet.example/gout")
    assert paper.locator(".note-line").count() > 5
    expect(chosen.locator("#chat")).to_be_hidden()
    quoted = chosen.locator("#chat blockquote.quote").last.evaluate("quote => quote.textContent")
    assert quoted in paper.locator("blockquote").all_text_contents()


def test_the_browser_makes_a_pdf_of_it(chosen: Page) -> None:
    chosen.click("#print")
    assert chosen.pdf().startswith(b"%PDF")


def test_the_chosen_answers_are_saved_as_a_text_file(chosen: Page, tmp_path: Path) -> None:
    with chosen.expect_download() as download:
        chosen.click("#save")
    download.value.save_as(tmp_path / "saved.txt")
    text = (tmp_path / "saved.txt").read_text(encoding="utf-8")
    quoted = chosen.locator("#chat blockquote.quote").last.evaluate("quote => quote.textContent")
    assert quoted in text
    assert SECOND in text
    assert FIRST not in text


def test_without_a_chosen_answer_the_page_says_what_to_do(page: Page) -> None:
    page.locator("#menu > summary").click()
    page.click("#print")
    expect(page.locator("#status")).to_contain_text("Tick")
