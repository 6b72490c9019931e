import json
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
QUESTION = "Which signs does gout have?"
HOSTILE_QUESTION = (
    "Which signs does gout have? <img src=x onerror='window.ran = 5'> ![i](http://outside.example/q) $$x$$"
)


def _ask(page: Page, question: str) -> None:
    asked = page.locator("#chat .asked").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .asked")).to_have_count(asked + 1)
    expect(page.locator("#question textarea")).to_have_value("")


def _source(address: str, place: str) -> str:
    start, end, _ = place.split(":", 2)
    with urlopen(f"{address}/api/documents/gout%20%26%20more.md") as given:  # noqa: S310 - our own server
        text: str = json.load(given)["text"]
    return text[int(start) : int(end)]


def test_a_quote_and_the_mark_in_the_reader_are_the_files_own_slice(
    page: Page, address: str, corpus: Path
) -> None:
    _ask(page, QUESTION)
    cite = page.locator("button.cite").first
    quoted = page.locator("blockquote.quote").first.evaluate("quote => quote.textContent")
    sliced = _source(address, cite.get_attribute("value") or "")
    cite.click()
    marked = page.locator("#reader-mark").evaluate("mark => mark.textContent")
    assert quoted == sliced == marked
    assert sliced in (corpus / "gout & more.md").read_text(encoding="utf-8")


def test_the_mark_is_in_view_and_focused_and_escape_gives_focus_back(page: Page) -> None:
    _ask(page, QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("button.cite").first).to_be_focused()


def test_a_follow_up_is_added_to_the_conversation(page: Page) -> None:
    _ask(page, QUESTION)
    _ask(page, "and how does it hurt?")
    expect(page.locator("#chat .asked")).to_have_text([QUESTION, "and how does it hurt?"])


def test_hostile_text_does_nothing_and_nobody_outside_is_asked(page: Page, outside: list[str]) -> None:
    _ask(page, HOSTILE_QUESTION)
    assert page.locator("#chat .asked").first.evaluate("said => said.textContent") == HOSTILE_QUESTION
    _ask(page, QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator("#chat img, #chat blockquote a, #chat blockquote b, #chat .katex").count() == 0
    assert outside == []


def test_nothing_is_kept_in_the_browser(page: Page) -> None:
    _ask(page, QUESTION)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("question", ["   ", "\U0001f600"])
def test_a_question_that_cannot_be_asked_gets_a_sentence_and_stays_in_the_box(
    page: Page, question: str
) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .own")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(question)


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_scrolls_sideways_and_the_reader_covers_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()
    box = page.locator("#reader").bounding_box()
    assert box is not None
    assert (box["width"] == width) == (width < 960)
