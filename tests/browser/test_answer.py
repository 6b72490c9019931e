"""What stands in an answer and what can be done with a quote."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ANSWER, QUESTION, ask, opened, questions, text_of

pytestmark = pytest.mark.browser
BOTH = "How does gout make the toe hurt?"
DRUG = "What is probenecid for?"
RETOLD = "What is uric acid?"
FIRST = "figure.quoted"


def test_the_answer_comes_first_and_what_was_understood_is_one_folded_line_below(page: Page) -> None:
    ask(page, "Which drugs treat goutt?")
    understood = page.locator("details.understood")
    expect(understood).not_to_have_attribute("open", "")
    figure, line = page.locator(FIRST).first.bounding_box(), understood.bounding_box()
    assert figure is not None
    assert line is not None
    assert figure["y"] + figure["height"] <= line["y"]
    understood.locator("summary").click()
    expect(understood.locator("li")).to_contain_text("goutt")


def test_a_correction_is_taken_back_by_one_click(page: Page) -> None:
    ask(page, "Which drugs treat goutt?")
    page.locator("#chat .options button", has_text="just as I wrote it").click()
    expect(page.locator("details.understood")).to_have_count(0)
    expect(page.locator(ANSWER)).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("with \u201cgoutt\u201d just as you wrote it")
    expect(page.locator(QUESTION)).to_be_in_viewport()


def test_what_was_carried_over_is_dropped_by_one_click(page: Page) -> None:
    ask(page, DRUG)
    ask(page, "and how long does it last?")
    page.locator("#chat .options button", has_text="new subject").click()
    expect(page.locator(ANSWER).last.locator("details.understood")).to_have_count(0)
    expect(page.locator(ANSWER)).to_have_count(2)
    expect(page.locator("#said")).to_contain_text("as a new subject")
    expect(page.locator(QUESTION).last).to_be_in_viewport()


def test_further_passages_are_a_line_each_that_opens(page: Page) -> None:
    ask(page, BOTH)
    expect(page.locator("section.answer > figure")).to_have_count(1)
    further = page.locator("details.further")
    expect(further.first).to_contain_text("Signs of gout \u203a Which signs does gout have?")
    expect(further.first.locator("figure")).to_be_hidden()
    further.first.locator("> summary").click()
    expect(further.first.locator("blockquote.quote")).to_be_visible()
    expect(page.locator(".both")).to_contain_text("2 documents answer")


def test_a_quote_says_when_it_is_from_and_how_old_it_is(page: Page) -> None:
    ask(page, DRUG)
    expect(page.locator(".origin").first).to_have_text("Published 2015-09-04")
    expect(page.locator(".aged").first).to_contain_text("years old")


def test_a_retold_quote_names_its_source_and_that_nobody_reviewed_it(page: Page) -> None:
    ask(page, RETOLD)
    figure = page.locator(FIRST).first
    named = "[A] \u201cLiving with gout\u201d, The Joint Leaflet: published 2012-09-03"
    expect(figure.locator(".origin")).to_have_text(["Retold on 2026-11-20 from:", named])
    expect(figure.locator(".aged")).to_contain_text("Source [A] is")
    expect(figure.locator(".reviewed")).to_have_text("No doctor has read this.")


def test_more_of_the_text_is_shown_around_a_quote(page: Page) -> None:
    ask(page, DRUG)
    before = text_of(page, "blockquote.quote")
    more = page.locator("details.more").first
    more.locator("summary").click()
    expect(more.locator(".was-shown")).to_have_text(before)
    expect(more.locator("blockquote")).to_contain_text("does not cure")


def test_a_quote_is_checked_against_its_source(page: Page) -> None:
    ask(page, DRUG)
    page.get_by_role("button", name="Check that this is word for word").first.click()
    expect(page.locator("figure .told").first).to_contain_text("exactly these words")


def test_a_quote_is_copied_with_its_source_its_dates_and_its_review(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, RETOLD)
    page.get_by_role("button", name="Copy with its source").first.click()
    expect(page.locator("figure .told").first).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert text_of(page, "blockquote.quote") in copied
    for line in (
        "\u2014 Gout retold \u203a What is uric acid?",
        "Living with gout",
        "No doctor has read this.",
    ):
        assert line in copied


def test_the_link_to_a_passage_is_copied_and_a_copied_quote_has_its_address(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, DRUG)
    page.get_by_role("button", name="Copy with its source").first.click()
    expect(page.locator("figure .told").first).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").endswith("\nhttps://leaflet.example/gout")
    page.get_by_role("button", name="Copy the link").first.click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('/read/')")
    quoted, link = text_of(page, "blockquote.quote"), page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/read/drugs.md?")
    page.goto(link)
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    assert text_of(page, "#reader-mark") == quoted


def test_what_cannot_be_copied_is_shown_and_selected(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    ask(page, DRUG)
    page.get_by_role("button", name="Copy with its source").first.click()
    expect(page.locator("figure .told").first).to_contain_text("did not allow copying")
    assert text_of(page, "blockquote.quote") in page.evaluate("getSelection().toString()")


def test_several_questions_are_counted_and_each_is_reached_by_a_tap(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    ask(page, "What is uric acid? How long does an attack of gout last?")
    expect(page.locator(".parts")).to_contain_text("asks 2 things")
    second = page.get_by_role("heading", name="How long does an attack", level=3)
    expect(second).not_to_be_in_viewport()
    page.locator("button.jump", has_text="How long does an attack").click()
    expect(second).to_be_in_viewport()
    expect(second).to_be_focused()


def test_a_term_that_the_documents_explain_shows_the_explanation_with_its_source(page: Page) -> None:
    ask(page, DRUG)
    term = page.locator("details.term", has_text="uric acid").first
    term.locator("summary").click()
    expect(term.locator("blockquote")).to_have_text("Uric acid is a waste that the blood carries [A].")
    term.locator("button.cite").click()
    expect(page.locator("#reader-mark")).to_contain_text("Uric acid is a waste")


def test_a_refusal_says_what_is_missing_and_what_can_be_asked(page: Page) -> None:
    ask(page, "Who won the football last night?")
    expect(page.locator(".outcome.none")).to_be_visible()
    expect(page.locator("blockquote.quote")).to_have_count(0)
    expect(page.locator(".missing")).to_contain_text("football")
    page.locator("#chat .options button").first.click()
    expect(page.locator("blockquote.quote").first).to_be_visible()


def test_neighbouring_headings_are_offered_after_an_answer(page: Page) -> None:
    ask(page, DRUG)
    options = page.locator("#chat .options")
    expect(options.locator("p")).to_have_text("The documents also answer:")
    offered = options.locator("button", has_text="How long does an attack last?")
    offered.click()
    expect(page.locator(ANSWER)).to_have_count(2)
    assert "How long does an attack last?" in questions(page)[1]


def test_the_numbers_of_an_emergency_notice_are_called_at_a_tap(page: Page) -> None:
    ask(page, "I cannot breathe")
    expect(page.locator(".notice")).to_contain_text("emergency")
    numbers = page.locator(".notice a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert numbers == ["tel:911", "tel:112", "tel:999"]


def test_a_crisis_notice_stands_alone(page: Page) -> None:
    ask(page, "I want to end my life")
    expect(page.locator(".notice a").first).to_have_attribute("href", "tel:988")
    expect(page.locator(f"{ANSWER} > *")).to_have_count(1)
    expect(page.locator("#chat .options button")).to_have_count(0)


def test_quotes_and_the_pages_own_words_differ_by_more_than_colour(page: Page) -> None:
    ask(page, DRUG)
    face = "element => getComputedStyle(element).fontFamily"
    quote = page.locator("blockquote.quote").first
    assert quote.evaluate(face) != page.locator(".outcome").first.evaluate(face)
    assert quote.evaluate("element => getComputedStyle(element).borderLeftWidth") == "6px"


@pytest.mark.parametrize("question", [DRUG, "I cannot breathe"])
def test_an_answer_is_read_aloud_its_notice_too_and_stopped(page: Page, address: str, question: str) -> None:
    page.add_init_script("window.heard = []; speechSynthesis.speak = (what) => window.heard.push(what.text)")
    opened(page, address)
    ask(page, question)
    listen = page.locator("button.listen")
    listen.click()
    heard = page.evaluate("window.heard")
    for part in (".notice", "blockquote.quote"):
        for spoken in page.locator(f"{ANSWER} {part}:visible").all_inner_texts():
            assert spoken in heard
    expect(listen).to_have_attribute("aria-pressed", "true")
    listen.click()
    expect(listen).not_to_have_attribute("aria-pressed", "true")


def test_what_is_read_aloud_has_no_marks_paths_or_dates_in_figures_and_its_sources_once_at_the_end(
    page: Page, address: str
) -> None:
    page.add_init_script("window.heard = []; speechSynthesis.speak = (what) => window.heard.push(what.text)")
    opened(page, address)
    ask(page, f"{RETOLD} What eases gout at home?")
    for folded in page.locator("details.further > summary").all():
        folded.click()
    page.locator("button.listen").click()
    heard = page.evaluate("window.heard")
    assert "Retold on November 20, 2026 from:" in heard
    assert not any(sign in line for line in heard for sign in ("[A]", "\u203a", "2012-09-03"))
    assert len(heard) == len(set(heard))
    lasts = max(at for at, line in enumerate(heard) if line.startswith(("Uric acid", "Cherries")))
    assert lasts < heard.index("Retold on November 20, 2026 from:")


def test_that_doctors_decide_is_said_before_what_the_documents_say(page: Page) -> None:
    ask(page, "Should I take probenecid?")
    own = page.locator(f"{ANSWER} .own")
    expect(own.first).to_have_text(re.compile("only you and your own doctors", re.IGNORECASE))
    expect(page.locator("blockquote.quote").first).to_be_visible()


def test_fear_gets_a_kind_sentence_and_what_can_be_asked(page: Page) -> None:
    ask(page, "I'm scared")
    expect(page.locator(f"{ANSWER} .own").first).to_contain_text("You need not carry it alone")
    expect(page.locator("#chat .options button").first).to_be_visible()
    expect(page.locator("blockquote.quote")).to_have_count(0)


def test_a_message_in_another_language_is_told_in_it_what_to_do(page: Page) -> None:
    ask(page, "Was sind die Symptome von Gicht?")
    told = page.locator(f"{ANSWER} .foreign")
    expect(told).to_have_attribute("lang", "de")
    expect(told).to_contain_text("Englisch")


def test_a_long_letter_is_folded_to_two_lines_and_unfolds_at_a_tap(page: Page) -> None:
    letter = "Dear nurse, my father has had a sore toe since Sunday and he is worried. " * 6 + BOTH
    ask(page, letter)
    asked = page.locator("#chat [data-testid=user]")
    folded = asked.bounding_box()
    assert folded is not None
    assert folded["height"] < 80
    page.get_by_role("button", name="Show the whole question").click()
    whole = asked.bounding_box()
    assert whole is not None
    assert whole["height"] > folded["height"]
    assert questions(page) == [letter]
