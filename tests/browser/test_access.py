"""Everyone can use the page: axe finds nothing, targets are large, text grows, the keyboard is enough."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ask, opened

pytestmark = pytest.mark.browser
LEAST_TARGET = 44
Scheme = tuple[Literal["light", "dark"], Literal["none", "active"]]


def _open_reader(page: Page) -> None:
    ask(page, "What is probenecid for?")
    page.locator("button.cite").first.click()
    expect(page.locator("#reader-mark")).to_be_focused()


def _open_menu(page: Page) -> None:
    ask(page, "Which signs does gout have?")
    ask(page, "What is probenecid for?")
    page.locator("#menu > summary").click()


def _open_paper(page: Page) -> None:
    page.evaluate("window.print = () => {}")
    _open_menu(page)
    page.locator(".choose input[type=checkbox]:not(#remember)").last.check()
    page.click("#print")
    page.emulate_media(media="print")


def _nothing(_: Page) -> None:
    """The page as it opens."""


def _own_page(page: Page) -> None:
    page.goto(f"{page.url}read/drugs.md#150-170")
    expect(page.locator("#reader-mark")).to_be_visible()


VIEWS: dict[str, Callable[[Page], None]] = {
    "start": _nothing,
    "answer": lambda page: ask(page, "Which signs does gout have at nihgt?"),
    "refusal": lambda page: ask(page, "Who won the football last night?"),
    "notice": lambda page: ask(page, "I cannot breathe"),
    "menu": _open_menu,
    "reader": _open_reader,
    "paper": _open_paper,
    "page of its own": _own_page,
}


@pytest.fixture(
    params=[("light", "none"), ("dark", "none"), ("light", "active")], ids=["light", "dark", "forced"]
)
def plain(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    scheme, forced = request.param
    context = browser.new_context(color_scheme=scheme, forced_colors=forced)
    page = context.new_page()
    opened(page, address)
    yield page
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation_at_any_width(plain: Page, view: str) -> None:
    VIEWS[view](plain)
    for width in (375, 768, 1280):
        plain.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(plain).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("view", ["start", "answer", "refusal", "menu", "reader"])
def test_everything_that_can_be_pressed_is_large_enough(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    VIEWS[view](page)
    small = page.evaluate(
        """least => [...document.querySelectorAll("button, a, select, summary, label.choose, textarea")]
            .filter((one) => one.offsetParent && !one.closest(".skip"))
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, box]) => box.width < least || box.height < least).map(([html]) => html)""",
        LEAST_TARGET,
    )
    assert small == []


@pytest.mark.parametrize("view", ["start", "answer", "refusal", "menu", "reader"])
@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%")])
def test_nothing_scrolls_sideways_on_a_small_screen_or_with_large_text(
    page: Page, view: str, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    VIEWS[view](page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    inside = "[...document.querySelectorAll('#reader, .reader-text')]"
    assert page.evaluate(f"{inside}.every((one) => one.scrollWidth <= one.clientWidth)")


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
    expect(log.locator("article h2")).to_contain_text(["signs", "probenecid"])


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
