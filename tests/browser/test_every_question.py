"""Every question of a set asked in the page: quotes are the source's own slices, and so is the reader's mark.

A third of the starter set, unless ASKED_QUESTIONS and ASKED_CORPUS name a set and what it is about.
"""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.library import read_corpus
from tests.browser.conftest import ANSWER, ROOT, ask, opened, served

pytestmark = pytest.mark.browser
QUESTIONS = Path(os.environ.get("ASKED_QUESTIONS", ROOT / "tests" / "starter" / "questions.jsonl"))
EVERY = 1 if "ASKED_QUESTIONS" in os.environ else 3
CORPUS = Path(os.environ.get("ASKED_CORPUS", ROOT / "corpus"))
# So many questions to a conversation, as a patient might ask.
IN_A_ROW = 10
# The header of a cut table stands over its rows, and is no part of the passage.
QUOTED = """all => all.map((one) => {
    const quote = one.cloneNode(true);
    quote.querySelectorAll(".beside").forEach((header) => header.remove());
    return quote.textContent;
})"""


def test_every_quote_and_every_mark_is_the_sources_own_slice(browser: Browser) -> None:
    texts = {document.id: document.text for document in read_corpus(CORPUS).documents}
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()][::EVERY]
    outside: list[str] = []
    quoted = 0
    with served(CORPUS, "--per-minute", "0") as address:
        context = browser.new_context()
        context.on(
            "request", lambda asked: None if asked.url.startswith(address) else outside.append(asked.url)
        )
        page = context.new_page()
        for number, question in enumerate(questions):
            if number % IN_A_ROW == 0:
                # A tab of its own has a conversation of its own.
                page.close()
                page = context.new_page()
                opened(page, address)
            ask(page, question)
            turn = page.locator(ANSWER).last
            cites = turn.locator("figure > figcaption > button.cite")
            places = cites.evaluate_all("cites => cites.map((cite) => cite.value)")
            shown = turn.locator("blockquote.quote").evaluate_all(QUOTED)
            slices = []
            for start, end, doc in (place.split(":", 2) for place in places):
                slices.append(texts[doc][int(start) : int(end)])
            assert shown == slices, question
            if slices:
                cites.first.click()
                expect(page.locator("#reader-mark")).to_be_focused()
                marked = page.locator("#reader-mark").evaluate("mark => mark.textContent")
                assert marked == slices[0], question
                page.keyboard.press("Escape")
            quoted += len(slices)
        context.close()
    assert quoted > len(questions) / 2
    assert outside == []
