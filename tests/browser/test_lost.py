"""A page that stays open while its server is restarted: said, and asked back, and brought back at a tap."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ANSWER, ask, opened, questions, served, text_of

pytestmark = pytest.mark.browser
FIRST, LEANING = "What is probenecid for?", "What are its side effects?"
BRING_BACK = "Bring back what was here before"
# So many tests have a page of their own whose server was restarted.
RESTARTED = 3


@pytest.fixture(scope="module")
def pages(browser: Browser, corpus: Path) -> Iterator[list[Page]]:
    """Pages with one question in each, whose server has been restarted since: one for each test."""
    pages = [browser.new_page(viewport={"width": 375, "height": 667}) for _ in range(RESTARTED)]
    with served(corpus) as address:
        for page in pages:
            opened(page, address)
            ask(page, FIRST)
    port = re.sub(r".*:(\d+)\D*", r"\1", address)
    with served(corpus, "--port", port):
        yield list(pages)
        for page in pages:
            page.close()


@pytest.fixture
def restarted(pages: list[Page]) -> Page:
    page = pages.pop()
    expect(page.locator(ANSWER)).to_have_count(1)
    return page


def _asked(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#question textarea")).to_have_value("")


def test_a_question_that_leans_on_what_was_lost_is_asked_back_and_one_tap_answers_it(
    restarted: Page,
) -> None:
    _asked(restarted, LEANING)
    assert questions(restarted) == [LEANING]
    expect(restarted.locator(ANSWER)).to_contain_text("the server no longer has the earlier part")
    expect(restarted.locator("blockquote")).to_have_count(0)
    assert Axe().run(restarted).response["violations"] == []
    restarted.locator("#chat .options button", has_text=f"It goes on from my question \u201c{FIRST}").click()
    expect(restarted.locator(ANSWER)).to_have_count(2)
    assert questions(restarted) == [FIRST, LEANING]
    assert "probenecid" in text_of(restarted, f"{ANSWER} details.understood").lower()


def test_a_question_that_stands_alone_is_answered_and_the_loss_is_said_beside_the_box(
    restarted: Page,
) -> None:
    _asked(restarted, "Which signs does gout have?")
    expect(restarted.locator("blockquote.quote").first).to_be_visible()
    expect(restarted.locator("#said")).to_contain_text("no longer has what you asked before")
    expect(restarted.locator("#said")).to_be_in_viewport()
    restarted.get_by_role("button", name=BRING_BACK).click()
    expect(restarted.locator(ANSWER)).to_have_count(2)
    assert questions(restarted) == [FIRST, "Which signs does gout have?"]


def test_a_button_of_gradio_s_own_takes_nothing_away_without_a_word(restarted: Page) -> None:
    restarted.get_by_role("button", name="Ask it again").click()
    expect(restarted.locator("#said")).to_contain_text("no longer has what you asked before")
    restarted.get_by_role("button", name=BRING_BACK).click()
    expect(restarted.locator(ANSWER)).to_have_count(1)
    assert questions(restarted) == [FIRST]


def test_a_page_that_is_loaded_again_says_that_its_questions_are_gone(page: Page) -> None:
    ask(page, FIRST)
    # A number that the server has never heard of is to it what any is after a restart.
    page.evaluate("sessionStorage.tab = 'a'.repeat(32)")
    page.reload()
    expect(page.locator("#said")).to_contain_text("Your earlier questions and answers are gone")
    expect(page.locator("#said")).to_be_in_viewport()
    ask(page, LEANING)
    expect(page.locator(ANSWER)).to_contain_text("the server no longer has the earlier part")


def test_nothing_is_said_to_be_gone_where_nothing_was_asked_or_all_was_forgotten(page: Page) -> None:
    for _ in range(2):
        with page.expect_response("**/gradio_api/run/**"):
            page.reload()
        page.wait_for_selector("#chat[aria-busy=false]")
        expect(page.locator("#said p")).to_have_count(0)
        ask(page, FIRST)
        page.click("#forget")
        page.click("#forget-yes")
        expect(page.locator(ANSWER)).to_have_count(0)


def test_a_leaning_question_at_the_very_beginning_is_asked_back(page: Page) -> None:
    ask(page, LEANING)
    expect(page.locator(ANSWER)).to_contain_text("something that you have not named here")
    ask(page, "colchicine")
    expect(page.locator("blockquote.quote").first).to_contain_text("olchicine")
    expect(page.locator("details.understood")).to_contain_text(f"colchicine. {LEANING}")
