"""What stands in an answer and what can be done with a quote."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

pytestmark = pytest.mark.browser
BOTH = "Which signs does gout have?"
DRUG = "What is probenecid for?"


def test_a_correction_is_shown_and_taken_back_by_one_click(page: Page) -> None:
    ask(page, "Which drugs treat goutt?")
    understood = page.locator(".understood")
    expect(understood).to_contain_text("goutt")
    understood.locator("button.undo").click()
    expect(page.locator(".understood")).to_have_count(0)
    expect(page.locator("#chat .asked")).to_have_count(1)


def test_what_was_carried_over_is_dropped_by_one_click(page: Page) -> None:
    ask(page, DRUG)
    ask(page, "and how long does it last?")
    page.locator(".turn").last.locator("button.undo").click()
    expect(page.locator(".turn").last.locator(".understood")).to_have_count(0)
    expect(page.locator("#chat .asked")).to_have_count(2)


def test_sources_that_both_answer_stand_side_by_side_with_their_dates(page: Page) -> None:
    ask(page, BOTH)
    expect(page.locator(".quotes.beside figure").nth(1)).to_be_visible()
    expect(page.locator(".both")).to_contain_text("2 documents answer")
    left, right = (page.locator(".quotes.beside figure").nth(at).bounding_box() for at in (0, 1))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert set(page.locator(".dated").all_inner_texts()) == {
        "Dated 2015-09-04",
        "The document gives no date",
    }


def test_an_old_document_has_a_note_on_its_age(page: Page) -> None:
    ask(page, DRUG)
    expect(page.locator(".aged")).to_contain_text("years old")


def test_more_of_the_text_is_shown_around_a_quote_step_by_step_and_back(page: Page) -> None:
    ask(page, DRUG)
    quote = page.locator("blockquote.quote").first
    before = quote.evaluate("quote => quote.textContent")
    page.get_by_role("button", name="Show more of the text around this").first.click()
    expect(quote.locator(".was-shown")).to_have_text(before)
    wider = quote.evaluate("quote => quote.textContent")
    assert before in wider
    assert len(wider) > len(before)
    assert "does not cure" in wider
    page.get_by_role("button", name="Show less").first.click()
    assert quote.evaluate("quote => quote.textContent") == before


def test_a_quote_is_checked_against_its_source(page: Page) -> None:
    ask(page, DRUG)
    page.locator("button.check").first.click()
    expect(page.locator("figure .status").first).to_contain_text("exactly these words")


def test_a_quote_is_copied_with_its_citation(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, DRUG)
    page.get_by_role("button", name="Copy with citation").first.click()
    expect(page.locator("figure .status").first).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert page.locator("blockquote.quote").first.evaluate("quote => quote.textContent") in copied
    assert "Drugs for gout" in copied
    assert "https://leaflet.example/gout" in copied


def test_a_refusal_says_what_is_missing_and_what_can_be_asked(page: Page) -> None:
    ask(page, "Who won the football last night?")
    expect(page.locator(".outcome.none")).to_be_visible()
    expect(page.locator("blockquote.quote")).to_have_count(0)
    expect(page.locator("#chat")).to_contain_text("football")
    page.locator("button.suggestion").first.click()
    expect(page.locator("blockquote.quote").first).to_be_visible()


def test_neighbouring_headings_are_offered_after_an_answer(page: Page) -> None:
    ask(page, DRUG)
    offered = page.locator("button.suggestion").all_inner_texts()
    assert "How long does an attack last?" in " ".join(offered)


def test_an_emergency_is_announced_above_the_answer(page: Page) -> None:
    ask(page, "I cannot breathe")
    expect(page.get_by_role("alert")).to_contain_text("emergency")


def test_quotes_and_the_pages_own_words_differ_by_more_than_colour(page: Page) -> None:
    ask(page, DRUG)
    face = "element => getComputedStyle(element).fontFamily"
    assert page.locator("blockquote.quote").first.evaluate(face) != page.locator(".outcome").first.evaluate(
        face
    )
    border = "element => getComputedStyle(element).borderLeftWidth"
    assert page.locator("blockquote.quote").first.evaluate(border) == "6px"


def test_an_answer_is_read_aloud_and_stopped(page: Page) -> None:
    page.add_init_script("window.heard = []; speechSynthesis.speak = (what) => window.heard.push(what.text)")
    page.reload()
    page.wait_for_selector("button.starter")
    ask(page, DRUG)
    listen = page.locator("button.listen")
    listen.click()
    quoted = page.locator("blockquote.quote").first.evaluate("quote => quote.textContent")
    assert quoted in page.evaluate("window.heard")
    expect(listen).to_have_attribute("aria-pressed", "true")
    listen.click()
    expect(listen).to_have_attribute("aria-pressed", "false")


def test_that_doctors_decide_is_said_before_what_the_documents_say(page: Page) -> None:
    ask(page, "Should I take probenecid?")
    own = page.locator(".turn .own")
    expect(own.first).to_have_text(re.compile("only you and your own doctors", re.IGNORECASE))
    expect(page.locator("blockquote.quote").first).to_be_visible()


def test_fear_gets_a_kind_sentence_and_what_can_be_asked(page: Page) -> None:
    ask(page, "I'm scared")
    expect(page.locator(".turn .own").first).to_contain_text("You need not carry it alone")
    expect(page.locator(".turn .suggestions button").first).to_be_visible()
    expect(page.locator("blockquote.quote")).to_have_count(0)


def test_a_message_in_another_language_is_told_in_it_what_to_do(page: Page) -> None:
    ask(page, "Was sind die Symptome von Gicht?")
    told = page.locator(".turn .foreign")
    expect(told).to_have_attribute("lang", "de")
    expect(told).to_contain_text("Englisch")
