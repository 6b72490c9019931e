"""What is taken along to the appointment, on paper and as a text file."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask, text_of

pytestmark = pytest.mark.browser
FIRST, SECOND = "How does gout make the toe hurt?", "What is uric acid?"


@pytest.fixture
def talked(page: Page) -> Page:
    """The page after two questions."""
    ask(page, FIRST)
    ask(page, SECOND)
    return page


def _printed(page: Page) -> str:
    """The words on the paper, on one line."""
    with pypdfium2.PdfDocument(page.pdf()) as paper:
        return " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in paper)


def test_printing_by_the_keys_puts_the_conversation_on_paper_with_its_sources(talked: Page) -> None:
    printed = _printed(talked)
    for words in (
        "For my appointment",
        FIRST,
        SECOND,
        "Living with gout",
        "No doctor has read this",
        "My notes",
    ):
        assert words in printed
    # The folded passages too, and nothing of what can only be pressed.
    assert "makes a toe" in printed
    assert not any(words in printed for words in ("Copy with its source", "Forget everything", "Read aloud"))
    expect(talked.locator("details.further").first).not_to_have_attribute("open", "")


def test_only_what_is_ticked_is_printed_if_anything_is(talked: Page) -> None:
    talked.locator("input.keep").last.check()
    printed = _printed(talked)
    assert SECOND in printed
    assert "makes a toe" not in printed


def test_the_button_prints_too(talked: Page) -> None:
    talked.evaluate("window.print = () => { window.printed = true }")
    talked.click("#print")
    assert talked.evaluate("window.printed") is True


def test_a_document_of_its_own_is_printed_whole(page: Page, address: str) -> None:
    page.goto(f"{address}/read/drugs.md")
    expect(page.locator("h1")).to_have_text("Drugs for gout")
    printed = _printed(page)
    assert "Colchicine calms the swelling of gout" in printed
    assert "one or two weeks" in printed


def test_the_answers_are_saved_as_a_text_file_with_their_sources(talked: Page, tmp_path: Path) -> None:
    with talked.expect_download() as download:
        talked.click("#save")
    download.value.save_as(tmp_path / "saved.txt")
    text = (tmp_path / "saved.txt").read_text(encoding="utf-8")
    quotes = talked.locator("blockquote.quote").evaluate_all("all => all.map((one) => one.textContent)")
    for words in (*quotes, FIRST, SECOND, "Living with gout", "No doctor has read this.", "No date given"):
        assert words in text


def test_only_what_is_ticked_is_saved_if_anything_is(talked: Page, tmp_path: Path) -> None:
    talked.locator("input.keep").first.check()
    with talked.expect_download() as download:
        talked.click("#save")
    download.value.save_as(tmp_path / "saved.txt")
    text = (tmp_path / "saved.txt").read_text(encoding="utf-8")
    assert text_of(talked, "blockquote.quote") in text
    assert SECOND not in text.splitlines()
