"""Everyone can use the page: axe finds nothing, targets are large, text grows, the keyboard is enough."""

import json
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, ask, opened, served

pytestmark = pytest.mark.browser
LEAST_TARGET = 44
STARTERS = ROOT / "tests" / "starter" / "questions.jsonl"
Scheme = tuple[Literal["light", "dark"], Literal["none", "active"]]


def _open_reader(page: Page) -> None:
    ask(page, "What is probenecid for?")
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()


def _open_all(page: Page) -> None:
    """An answer with all that is folded in it opened."""
    ask(page, "Which signs does gout have at nihgt?")
    for folded in page.locator("#chat summary:visible").all():
        folded.click()


def _changing(page: Page) -> None:
    ask(page, "Which signs does gout have?")
    page.get_by_role("button", name="Change this question").click()
    expect(page.locator(".edit-textarea")).to_be_visible()


def _forgetting(page: Page) -> None:
    page.get_by_text("What happens to what I type?").click()
    page.click("#forget")
    expect(page.locator("#forget-sure")).to_be_visible()


def _taken_back(page: Page) -> None:
    ask(page, "Which signs does gout have?")
    page.get_by_role("button", name="Take the question back").click()
    expect(page.locator("#bring-back")).to_be_visible()


def _server_away(page: Page) -> None:
    page.route("**/gradio_api/run/**", lambda route: route.abort())
    page.route("**/healthz", lambda route: route.abort())
    page.fill("#question textarea", "Which signs does gout have?")
    page.press("#question textarea", "Enter")
    expect(page.locator("#status button")).to_be_visible()


def _nothing(_: Page) -> None:
    """The page as it opens."""


def _documents(page: Page) -> None:
    page.goto(f"{page.url}documents")
    expect(page.locator("h1")).to_be_visible()


def _own_page(page: Page) -> None:
    page.goto(f"{page.url}read/drugs.md#150-170")
    expect(page.locator("#reader-mark")).to_be_visible()


VIEWS: dict[str, Callable[[Page], None]] = {
    "start": _nothing,
    "answer": _open_all,
    "refusal": lambda page: ask(page, "Who won the football last night?"),
    "asked back": lambda page: ask(page, "What are its side effects?"),
    "notice": lambda page: ask(page, "I cannot breathe"),
    "changing": _changing,
    "forgetting": _forgetting,
    "taken back": _taken_back,
    "server away": _server_away,
    "reader": _open_reader,
    "documents": _documents,
    "page of its own": _own_page,
}
SCHEMES: dict[str, Scheme] = {
    "light": ("light", "none"),
    "dark": ("dark", "none"),
    "forced": ("light", "active"),
}


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page in one of its states, for every test of it: what a test sets, each other test sets anew."""
    page = browser.new_page(viewport={"width": 375, "height": 800}, reduced_motion="reduce")
    opened(page, address)
    VIEWS[request.param](page)
    yield page
    page.close()


@pytest.fixture(scope="module")
def starter() -> Iterator[str]:
    with served(ROOT / "corpus", "--per-minute", "0") as address:
        yield address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation_at_any_width(view: Page, scheme: str) -> None:
    colours, forced = SCHEMES[scheme]
    _lay_out(view, colours=colours, forced=forced)
    for width in (375, 768, 1280):
        view.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(view).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def test_everything_that_can_be_pressed_is_large_enough(view: Page) -> None:
    _lay_out(view)
    small = view.evaluate(
        """least => [...document.querySelectorAll("button, a, select, summary, label.choose, textarea")]
            .filter((one) => one.offsetParent && !one.closest(".skip"))
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.width < least || box.height < least).map(([html]) => html)""",
        LEAST_TARGET,
    )
    assert small == []


@pytest.mark.parametrize(
    ("width", "height", "size"), [(320, 800, "100%"), (640, 800, "200%"), (320, 200, "100%")]
)
def test_nothing_scrolls_sideways_on_a_small_screen_with_large_text_or_at_400_percent(
    view: Page, width: int, height: int, size: str
) -> None:
    _lay_out(view, width=width, height=height, size=size)
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    inside = "[...document.querySelectorAll('#reader')]"
    assert view.evaluate(f"{inside}.every((one) => one.scrollWidth <= one.clientWidth)")


def _lay_out(
    page: Page,
    *,
    width: int = 375,
    height: int = 800,
    size: str = "100%",
    colours: Literal["light", "dark"] = "light",
    forced: Literal["none", "active"] = "none",
) -> None:
    page.emulate_media(color_scheme=colours, forced_colors=forced)
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    # Gradio's own theme follows by a class, a moment later.
    if page.locator(".gradio-container").count():
        expect(page.locator("body.dark")).to_have_count(int(colours == "dark"))


def test_the_readers_text_is_reached_at_400_percent(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 200})
    _open_reader(page)
    expect(page.locator("#reader-mark")).to_be_in_viewport()
    ends = page.evaluate(
        "() => { const reader = document.querySelector('#reader'); reader.scrollTop = reader.scrollHeight;"
        " return document.querySelector('.reader-text').getBoundingClientRect().bottom; }"
    )
    assert ends <= 201


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_the_reader_covers_a_phone_and_only_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _open_reader(page)
    box = page.locator("#reader").bounding_box()
    assert box is not None
    assert (box["width"] == width) == (width < 960)


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("#question textarea").focus()
    page.keyboard.type("What is probenecid for?")
    page.keyboard.press("Enter")
    expect(page.locator("button.cite").first).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('cite')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#reader-mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("button.cite").first).to_be_focused()


def test_answers_are_announced_in_order_by_a_live_region(page: Page) -> None:
    ask(page, "Which signs does gout have?")
    ask(page, "What is probenecid for?")
    log = page.locator("[role=log][aria-live=polite]")
    expect(log).to_have_count(1)
    expect(log).to_have_attribute("aria-label", "Questions and answers")
    expect(log.get_by_role("heading", level=2)).to_contain_text(["signs", "probenecid"])
    expect(page.get_by_role("main")).to_have_count(1)
    headings = "[...document.querySelectorAll('h1, h2, h3, [role=heading]')].filter(one => one.offsetParent)"
    levels = page.evaluate(f"{headings}.map(one => one.ariaLevel || one.tagName[1])")
    assert levels == ["1", "2", "3", "2", "3"]


def test_a_quote_has_a_short_name_and_the_regions_are_landmarks(page: Page) -> None:
    ask(page, "What is probenecid for?")
    named = "Drugs for gout \u203a Which drugs treat gout? (The Joint Leaflet, 2015-09-04)"
    expect(page.get_by_role("figure", name=named, exact=True)).to_be_visible()
    expect(page.get_by_role("search", name="Ask")).to_contain_text("Your question")
    expect(page.get_by_role("region", name="Print, save or forget")).to_contain_text("Forget everything")


# Whether the first line of something comes to stand between the top of the screen and the question box: the
# page scrolls to an answer after it was painted, which a busy machine takes its time for.
ON_SCREEN = """async (mark) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const line = mark.getClientRects()[0];
    const floor = document.querySelector("#dock").getBoundingClientRect().top;
    const bottom = mark.matches("mark") ? line.bottom : line.top + 30;
    if (line.top >= 0 && bottom <= floor) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""


@pytest.mark.parametrize("part", range(4))
def test_the_words_that_answer_are_on_a_phones_screen(browser: Browser, starter: str, part: int) -> None:
    asked = [json.loads(line)["question"] for line in STARTERS.read_text("utf-8").splitlines()][part::24]
    seen = 0
    for question in asked:
        page = browser.new_page(viewport={"width": 375, "height": 667})
        opened(page, starter)
        ask(page, question)
        first = page.locator("section.answer > figure, .part ~ figure").first
        marks = first.locator("mark")
        telling = marks.first if marks.count() else first.locator("blockquote.quote")
        if first.count():
            seen += page.evaluate(ON_SCREEN, telling.element_handle())
        else:
            seen += 1
        page.close()
    assert seen >= 0.95 * len(asked)


def test_motion_is_left_out_where_it_is_unwanted(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    opened(page, address)
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((one) => {
            const style = getComputedStyle(one);
            return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
        }).length"""
    )
    assert moving == 0
    context.close()
