"""Documents that change while their quotes are on the page: none is shown as checked that is not theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DRUGS, HOSTILE, ask, opened, served

pytestmark = pytest.mark.browser
DRUG = "What is probenecid for?"
SIGNS = "Which signs does gout have?"
SINCE = "changed since; this quote is from the earlier version"
# The server looks every other second; a busy machine may take a while.
MOST_LOOKS = 600


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "drugs.md").write_text(DRUGS, encoding="utf-8")
    (folder / "signs.md").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture
def page(browser: Browser, corpus: Path) -> Iterator[Page]:
    with served(corpus) as address:
        page = browser.new_page()
        page.set_default_timeout(10_000)
        opened(page, address)
        yield page
        page.close()


def taken_up(page: Page) -> None:
    """Wait until what was just changed is served."""
    for _ in range(MOST_LOOKS):
        if page.request.get(f"{page.url}healthz").json()["changed"] is not None:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the change was not taken up")


def test_a_quote_whose_document_changed_says_so_wherever_it_is_looked_at(page: Page, corpus: Path) -> None:
    ask(page, DRUG)
    figure = page.locator("figure.quoted").first
    quoted = page.locator("blockquote.quote").first.inner_text()
    (corpus / "drugs.md").write_text(DRUGS.replace("uric acid", "level of uric acid"), encoding="utf-8")
    figure.locator("button.check").click()
    expect(figure.locator(".earlier")).to_contain_text(SINCE)
    taken_up(page)
    figure.get_by_role("button", name="Show more of the text around this").click()
    expect(figure.locator("blockquote")).to_have_text(quoted)
    figure.locator("button.cite").click()
    expect(page.locator("#reader .earlier")).to_contain_text(SINCE)
    expect(page.locator("#reader .reader-text")).to_contain_text("level of uric acid")
    expect(page.locator("#reader mark")).to_have_count(0)
    own = page.locator("#reader a[href^='/read/']").get_attribute("href")
    page.locator("#reader button.ask-again").click()
    expect(page.locator("#reader")).to_have_count(0)
    expect(page.locator("blockquote.quote").first).to_contain_text("level of uric acid")
    expect(page.locator("#chat .asked")).to_have_count(1)
    page.locator("button.check").first.click()
    expect(page.locator("figure .status").first).to_contain_text("exactly these words")
    page.goto(page.url.rstrip("/") + (own or ""))
    expect(page.locator(".earlier")).to_contain_text(SINCE)
    expect(page.locator("mark")).to_have_count(0)


def test_a_quote_whose_document_is_gone_is_shown_as_what_it_was(page: Page, corpus: Path) -> None:
    ask(page, SIGNS)
    quote = page.locator("figure.quoted").filter(has_text="redden")
    page.locator("summary").first.click()
    page.locator("#remember").check()
    (corpus / "signs.md").unlink()
    taken_up(page)
    quote.locator("button.cite").click()
    expect(page.locator("#reader .earlier")).to_contain_text("no longer there")
    expect(page.locator("#reader blockquote")).to_contain_text("redden")
    page.reload()
    expect(quote.locator(".earlier")).to_contain_text("no longer there")
    quote.locator("button.check").click()
    expect(quote.locator(".earlier")).to_contain_text("no longer there")
    quote.locator("button.ask-again").click()
    expect(page.locator("blockquote.quote").filter(has_text="redden")).to_have_count(0)
