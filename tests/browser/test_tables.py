"""Rows of a table in the page: in columns, copied and saved with their header, and the source's text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.reading.markdown import from_text
from tests.browser.conftest import ask, opened, served

pytestmark = pytest.mark.browser
HEADER = "Weight of the child | Fennel syrup in the morning | Fennel syrup in the evening"
ROWS = "".join(
    f"| {weight} kg | {weight // 4} ml of fennel | {weight // 5} ml of fennel |\n" for weight in range(8, 80)
)
NOTE = "> [!WARNING]\n> Never give it to a baby.\n"
TABLE = f"# Doses of fennel syrup\n\n| {HEADER} |\n|---|---|---|\n{ROWS}\n{NOTE}"
QUESTION = "How much fennel syrup for a child of 61 kg?"


@pytest.fixture(scope="module")
def syrup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("syrup")
    (folder / "fennel.md").write_text(TABLE, encoding="utf-8")
    with served(folder, "--per-minute", "0") as address:
        yield address


@pytest.fixture
def page(browser: Browser, syrup: str) -> Iterator[Page]:
    page = browser.new_page()
    opened(page, syrup)
    ask(page, QUESTION)
    yield page
    page.close()


def test_rows_are_in_columns_and_their_text_is_the_sources(page: Page) -> None:
    quote = page.locator("blockquote.quote").first
    expect(quote.locator("thead th")).to_have_text(HEADER.split(" | "), use_inner_text=True)
    assert "|" not in quote.inner_text()
    start, end, _ = (page.locator("button.cite").first.get_attribute("value") or "").split(":")
    slice_ = from_text(TABLE, "fennel.md").text[int(start) : int(end)]
    assert quote.evaluate("quote => quote.textContent").endswith(f"\n\u2026\n{slice_}")


def test_a_wide_table_scrolls_by_itself_and_axe_finds_nothing(page: Page) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_saved_quote_has_its_header_and_is_checked_with_it(page: Page) -> None:
    with page.expect_download() as download:
        page.click("#save")
    assert f"\u201c{HEADER}\n\u2026\n" in download.value.path().read_text("utf-8")
    page.get_by_role("button", name="Check that this is word for word").first.click()
    expect(page.locator(".told").first).to_contain_text("exactly these words")


def test_a_note_is_a_call_out_in_the_reader(page: Page) -> None:
    page.locator("button.cite").first.click()
    expect(page.locator("#reader .reader-note")).to_contain_text("Never give it to a baby.")
