"""Asking in the page: quotes are the sources' own words, hostile text does nothing, nobody else is asked."""

import json
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ask

pytestmark = pytest.mark.browser
QUESTION = "Which signs does gout have?"
HOSTILE_QUESTION = (
    "Which signs does gout have? <img src=x onerror='window.ran = 5'> ![i](http://outside.example/q) $$x$$"
)
# Every page weighs less than this in all, as it goes over the wire.
MOST_BYTES = 250_000


def _source(address: str, place: str) -> str:
    start, end, doc = place.split(":", 2)
    with urlopen(f"{address}/api/documents/{quote(doc)}") as given:  # noqa: S310 - our own server
        text: str = json.load(given)["text"]
    return text[int(start) : int(end)]


@pytest.mark.parametrize(
    "question", [QUESTION, "Which drugs treat gout?", "How long does an attack of gout last?"]
)
def test_a_quote_and_the_mark_in_the_reader_are_the_files_own_slice(
    page: Page, address: str, corpus: Path, question: str
) -> None:
    ask(page, question)
    files = [path.read_text(encoding="utf-8") for path in corpus.iterdir() if path.is_file()]
    for shown in range(page.locator("button.cite").count()):
        cite = page.locator("button.cite").nth(shown)
        quoted = page.locator("blockquote.quote").nth(shown).evaluate("quote => quote.textContent")
        sliced = _source(address, cite.get_attribute("value") or "")
        cite.click()
        marked = page.locator("#reader-mark").evaluate("mark => mark.textContent")
        assert quoted == sliced == marked
        assert any(sliced in text for text in files)
        page.keyboard.press("Escape")


def test_the_words_that_answer_are_marked_in_the_quote(page: Page) -> None:
    ask(page, "What is probenecid for?")
    expect(page.locator("blockquote.quote mark").first).to_contain_text("Probenecid")


def test_a_follow_up_is_added_to_the_conversation(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "and how does it hurt?")
    expect(page.locator("#chat .asked")).to_contain_text([QUESTION, "and how does it hurt?"])


def test_hostile_text_does_nothing_and_nobody_outside_is_asked(page: Page, outside: list[str]) -> None:
    ask(page, HOSTILE_QUESTION)
    assert HOSTILE_QUESTION in page.locator("#chat .asked").first.evaluate("said => said.textContent")
    ask(page, QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator("#chat img, #chat blockquote a, #chat blockquote b, #chat .katex").count() == 0
    assert outside == []


def test_nothing_is_kept_in_the_browser(page: Page) -> None:
    ask(page, QUESTION)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("question", ["   ", "\U0001f600"])
def test_a_question_that_cannot_be_asked_gets_a_sentence_and_stays_in_the_box(
    page: Page, question: str
) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status .own")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(question)


def test_the_button_asks_as_enter_does(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator("#chat .asked")).to_have_count(1)


def test_a_suggested_question_is_asked_by_a_click(page: Page) -> None:
    starter = page.locator("button.starter").first
    text = starter.inner_text()
    starter.click()
    expect(page.locator("#chat .asked")).to_contain_text([text])


def test_the_first_load_is_light(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda done: sizes.append(done.sizes()["responseBodySize"]))
    page.goto(address, wait_until="networkidle")
    page.wait_for_selector("button.starter")
    page.close()
    assert 0 < sum(sizes) < MOST_BYTES
