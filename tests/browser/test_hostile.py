"""300 hostile strings as questions and as what documents are made of: each is shown as it is written.

None runs, none calls out, none changes the page. CI takes every sixteenth, HOSTILE_STRINGS=all takes all.
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.analysis import words
from bot.library.labels import label
from bot.understanding.vocabulary import LONGEST
from tests.browser.conftest import ANSWER, QUESTION, ask, opened, served, text_of
from tests.browser.hostile import STRINGS

pytestmark = pytest.mark.browser
CHOSEN = STRINGS if os.environ.get("HOSTILE_STRINGS") == "all" else STRINGS[::16]
# A conversation keeps so many turns, the first of which is asked by hand.
IN_A_ROW = 19
# What a page is made of besides text, and what no message brings along.
SHAPE = """() => ({
    ran: window.ran ?? null,
    wide: document.documentElement.scrollWidth > innerWidth,
    body: [...document.body.children].map((one) => one.tagName + "#" + one.id)
        .filter((one) => !one.startsWith("SCRIPT") && !one.startsWith("STYLE")),
    strange: [...document.querySelectorAll(`#chat :is(script, style, link, meta, base, iframe, object, embed,
        img, form, select, dialog, math, video, marquee, plaintext, h1, pre, code, em, strong, del, .katex),
        #chat [style*=fixed], #chat a[href^=java]`)]
        .filter((one) => !one.closest("button, .message-buttons")).map((one) => one.outerHTML),
    fields: ["question", "chat", "said", "send"].map((id) => document.querySelectorAll("#" + id).length),
})"""


def _word(number: int) -> str:
    """A word that one document alone has."""
    return "zq" + "".join(chr(ord("b") + int(digit)) for digit in f"{number:04}")


def _document(number: int, hostile: str) -> str:
    said = json.dumps(hostile)
    head = f"---\ntitle: {said}\npublisher: {said}\nreviewed: {said}\naddress: {said}\nreferences:\n"
    head += f"  - {{id: A, title: {said}, publisher: {said}, published: {said}}}\n---\n"
    heading = " ".join(label(hostile).split()) or "Nothing"
    return f"{head}# Sign {number}\n\n## {heading}\n\nThe {_word(number)} of gout is {hostile} [A].\n"


@pytest.fixture(scope="module")
def hostile_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, hostile in enumerate(CHOSEN):
        name = "".join(
            sign for sign in hostile if sign not in "/\x00\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
        )
        name = name.encode(errors="ignore")[:80].decode(errors="ignore")
        (folder / f"s{name} {number}.md").write_text(_document(number, hostile), encoding="utf-8", newline="")
    terms = ((number, f"gout {' '.join(hostile.split())[:40]}") for number, hostile in enumerate(CHOSEN))
    lines = (f"{_word(number)}\t{term}\n" for number, term in terms if len(words(term)) <= LONGEST)
    (folder / "vocabulary.tsv").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(hostile_corpus: Path) -> Iterator[str]:
    with served(hostile_corpus, "--encoder", "none", "--per-minute", "0") as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str, outside: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.on("request", lambda asked: outside.append(asked.url) if _is_outside(asked.url, address) else None)
    page.on("dialog", lambda dialog: outside.append(f"dialog {dialog.message}"))
    yield page
    page.close()


def _is_outside(url: str, address: str) -> bool:
    return url.startswith(f"{address}/called-out") or not url.startswith((address, "data:", "blob:"))


# A file with the sign for nothing is no text, and is left out.
QUOTED = [(number, hostile) for number, hostile in enumerate(CHOSEN) if "\x00" not in hostile]


def _rows(numbered: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    return (numbered[at : at + IN_A_ROW] for at in range(0, len(numbered), IN_A_ROW))


def _conversation(page: Page, address: str, questions: Sequence[str]) -> dict[str, Any]:
    """A conversation in which all of these were asked, on the page, and what the page looked like before."""
    page.goto("about:blank")
    page.context.clear_cookies()
    opened(page, address)
    page.evaluate("sessionStorage.clear()")
    opened(page, address)
    ask(page, "Which signs does gout have?")
    plain: dict[str, Any] = page.evaluate(SHAPE)
    tab = page.evaluate("sessionStorage.tab")
    for question in questions:
        body = {"question": question, "conversation": tab}
        assert page.request.post(f"{address}/api/ask", data=body).json().get("lost") is not True
    page.reload()
    expect(page.locator(ANSWER).first).to_be_visible()
    return plain


def _askable(hostile: str) -> bool:
    return any(sign.isalpha() for sign in hostile)


def _visible(text: str) -> str:
    """What a page can show of a text: HTML has no sign for nothing."""
    return text.replace("\x00", "\ufffd")


def test_a_question_is_shown_as_it_was_typed_and_does_nothing(
    page: Page, address: str, outside: list[str]
) -> None:
    for row in _rows(list(enumerate(CHOSEN))):
        asked = [hostile for _, hostile in row if _askable(hostile)]
        plain = _conversation(page, address, asked)
        expect(page.locator(ANSWER)).to_have_count(len(asked) + 1)
        shown = page.locator(QUESTION).evaluate_all("all => all.map((one) => one.textContent)")
        # Gradio ends each message with a line.
        assert [text.removesuffix("\n") for text in shown[1:]] == [_visible(text) for text in asked]
        assert page.evaluate(SHAPE) == plain
    assert outside == []


def test_a_document_is_quoted_as_it_is_written_and_does_nothing(
    page: Page, address: str, outside: list[str]
) -> None:
    texts = {}
    for found in page.request.get(f"{address}/api/documents").json():
        texts[found["id"]] = page.request.get(f"{address}/api/documents/{_quoted(found['id'])}").json()[
            "text"
        ]
    assert len(texts) == len(QUOTED)
    for row in _rows(QUOTED):
        plain = _conversation(page, address, [f"What is the {_word(number)} of gout?" for number, _ in row])
        answers = page.locator(ANSWER)
        expect(answers).to_have_count(len(row) + 1)
        for at, (number, _) in enumerate(row):
            figure = answers.nth(at + 1).locator("figure").first
            start, end, doc = figure.locator(".cite").first.evaluate("one => one.value").split(":", 2)
            shown = figure.locator("blockquote.quote").evaluate("one => one.textContent")
            assert shown == texts[doc][int(start) : int(end)], number
        assert page.evaluate(SHAPE) == plain
    assert outside == []


def _quoted(doc: str) -> str:
    return quote(doc)


def test_the_list_of_documents_names_all_and_a_document_opens_as_it_is(
    page: Page, address: str, outside: list[str]
) -> None:
    page.goto(f"{address}/documents")
    titles = page.locator("h2").evaluate_all("all => all.map((one) => one.textContent)")
    assert sorted(titles) == sorted(
        found["title"] for found in page.request.get(f"{address}/api/documents").json()
    )
    # A long list has a field to find a document in.
    strange = page.locator("main :is(script, style, img, iframe, form:not([role=search]))")
    assert strange.count() == 0
    assert page.evaluate("window.ran") is None
    for found in page.request.get(f"{address}/api/documents").json():
        page.goto(f"{address}/read/{_quoted(found['id'])}")
        expect(page.locator("h1")).to_have_text(found["title"])
        text = page.request.get(f"{address}/api/documents/{_quoted(found['id'])}").json()["text"]
        assert text_of(page, ".reader-text") == text
        assert page.evaluate("window.ran") is None
    assert outside == []
