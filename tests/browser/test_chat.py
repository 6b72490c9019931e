"""Asking in Gradio's chat: quotes are the sources' own words, and hostile text does nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ANSWER, ask, opened, questions, served, text_of

pytestmark = pytest.mark.browser
QUESTION = "Which signs does gout have?"
HOSTILE_QUESTION = (
    "Which signs does gout have? <img src=x onerror='window.ran = 5'> ![i](http://outside.example/q) $$x$$"
    " <div style='position:fixed;inset:0'>over all</div> **bold** # no heading\n\n    code `x`\n- item &amp;"
)
# Every page weighs less than this in all, as it goes over the wire.
MOST_BYTES = 300_000
# What Markdown, HTML, formulas and Gradio itself might act on.
SIGNS = (
    "*a* **b** _c_ __d__ ~~e~~ `f` ``g``",
    "$$h$$ $i$ \\(j\\) \\[k\\] \\begin{x}l\\end{x}",
    "[m](http://outside.example/) ![n](http://outside.example/n.png) <http://outside.example/>",
    "http://outside.example/ www.outside.example o@outside.example",
    "<b>p</b> <script>window.ran = 1</script> <!-- q --> <![CDATA[r]]> </section></blockquote>",
    "&amp; &lt; &#42; &nbsp; &copy;",
    "a  b   c\td \u00a0 e\u200bf \u202eg\u202c",
    "# h | i | j > k 1. l + m - n : o --- ===",
    ":smile: @name #tag ${window.ran = 3} {{window.ran = 4}} {% x %}",
    "\U0001f9b6\u0301 \u05d0\u05d1 \u0639\u0631 \ud55c \u0085 end",
)

PLANTS = [
    "tulip",
    "rose",
    "maple",
    "cedar",
    "walnut",
    "violet",
    "daisy",
    "lotus",
    "orchid",
    "poppy",
    "willow",
]
# More documents than are listed with their headings open.
FURTHER = [f"plant {number}" for number in range(10)]


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
    for folded in page.locator("details.further > summary").all():
        folded.click()
    figures = page.locator("figure.quoted")
    assert figures.count() > 0
    for shown in range(figures.count()):
        cite = figures.nth(shown).locator("figcaption > button.cite")
        quoted = figures.nth(shown).locator("> blockquote.quote").evaluate("quote => quote.textContent")
        sliced = _source(address, cite.get_attribute("value") or "")
        cite.click()
        expect(page.locator("#reader-mark")).to_be_focused()
        assert quoted == sliced == text_of(page, "#reader-mark")
        assert any(sliced in text for text in files)
        page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("garden")
    for plant, signs in zip((*PLANTS, *FURTHER), (*SIGNS, "one\r\nline", *FURTHER), strict=True):
        text = f"# Signs of the {plant}\r\n\r\nThe {plant} has these signs in its leaves: {signs}\r\n"
        more = f"\r\n## Soil\r\n\r\nThe {plant} wants soil.\r\n" if plant in FURTHER else ""
        (folder / f"{plant}.md").write_bytes((text + more).encode())
    with served(folder, "--per-minute", "0") as address:
        yield address


def test_text_of_every_kind_is_shown_character_for_character(browser: Browser, garden: str) -> None:
    page = browser.new_page()
    opened(page, garden)
    for word in PLANTS:
        ask(page, f"Which signs does the {word} have in its leaves?")
        shown = page.locator(ANSWER).last.locator("figure.quoted")
        assert shown.count() > 0, word
        for figure in shown.all():
            cite = figure.locator("figcaption > button.cite").get_attribute("value") or ""
            quoted = figure.locator("> blockquote.quote").evaluate("quote => quote.textContent")
            assert quoted == _source(garden, cite), word
    assert page.evaluate("window.ran") is None
    page.close()


def test_many_documents_are_folded_and_found_by_the_words_of_their_headings(
    browser: Browser, garden: str
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{garden}/documents")
    expect(page.get_by_role("heading", level=2)).to_have_count(21)
    page.get_by_label("Find a document or a heading").fill("soil PLANT 7")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Signs of the plant 7"])
    expect(page.locator("#found")).to_have_text("1 of 21 documents")
    # A heading that other documents have too says what it belongs to.
    expect(page.get_by_role("link", name="Signs of the plant 7: Soil")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{garden}/documents")
    page.close()


def test_the_words_that_answer_are_marked_in_the_quote(page: Page) -> None:
    ask(page, "What is probenecid for?")
    expect(page.locator("blockquote.quote mark").first).to_contain_text("Probenecid")


def test_a_follow_up_is_added_to_the_conversation(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "and how does it hurt?")
    assert questions(page) == [QUESTION, "and how does it hurt?"]


def test_hostile_text_does_nothing_and_nobody_outside_is_asked(page: Page, outside: list[str]) -> None:
    ask(page, HOSTILE_QUESTION)
    assert HOSTILE_QUESTION in text_of(page, "#chat [data-testid=user]")
    ask(page, QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_visible()
    assert page.evaluate("window.ran") is None
    hostile = "#chat img, #chat blockquote a, #chat blockquote b, #chat .katex, #chat .message [style*=fixed]"
    assert page.locator(hostile).count() == 0
    assert outside == []


def test_none_of_a_patients_words_and_no_cookie_is_kept_in_the_browser(page: Page) -> None:
    ask(page, QUESTION)
    kept = page.evaluate("[{...localStorage}, {...sessionStorage}, document.cookie]")
    assert (list(kept[0]), list(kept[1]), kept[2]) == (["browser"], ["tab"], "")
    assert all(len(number) == 32 for number in (kept[0]["browser"], kept[1]["tab"]))
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("question", ["   ", "\U0001f600", "gout " * 900])
def test_a_question_that_cannot_be_asked_gets_a_sentence_and_stays_in_the_box(
    page: Page, question: str
) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#said p")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(question)
    expect(page.locator("#said")).to_be_in_viewport()
    expect(page.locator("#said")).to_have_attribute("role", "status")


def test_a_text_that_is_far_too_long_is_kept_whole_and_said(page: Page) -> None:
    page.fill("#question textarea", "gout " * 20_000)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("too long")
    assert len(page.input_value("#question textarea")) == 100_000


def test_the_button_asks_as_enter_does(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.click("#send")
    expect(page.locator(ANSWER)).to_have_count(1)


def test_a_question_to_begin_with_is_asked_by_a_click_and_what_was_typed_stays(page: Page) -> None:
    page.fill("#question textarea", "half a ques")
    starter = page.locator("button.example").first
    text = starter.inner_text().split("\n", 1)[1]
    starter.click()
    expect(page.locator(ANSWER)).to_have_count(1)
    assert questions(page) == [text]
    expect(page.locator("#question textarea")).to_have_value("half a ques")


def test_the_first_load_is_light(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda done: sizes.append(done.sizes()["responseBodySize"]))
    page.goto(address)
    page.wait_for_selector("#chat[aria-busy=false]")
    page.close()
    assert 0 < sum(sizes) < MOST_BYTES


def test_a_crisis_notice_stands_alone_after_an_answer_that_offered_more(page: Page) -> None:
    ask(page, "Who won the football world cup?")
    expect(page.locator("#chat .options")).to_contain_text("The documents do answer")
    ask(page, "I want to kill myself")
    expect(page.locator("#chat")).to_contain_text("You are not alone")
    expect(page.locator("#chat")).not_to_contain_text("The documents do answer", use_inner_text=True)
