"""Documents that change while their quotes are on the page: none is shown as checked that is not theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ANSWER, DRUGS, HOSTILE, ask, opened, served

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
        page.set_default_timeout(30_000)
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


def close_reader(page: Page) -> None:
    """Close it and wait until it is gone from the history as well."""
    page.keyboard.press("Escape")
    while page.evaluate("Boolean(history.state?.reader)"):
        page.wait_for_timeout(20)


def test_a_quote_whose_document_changed_says_so_wherever_it_is_looked_at(page: Page, corpus: Path) -> None:
    ask(page, DRUG)
    figure = page.locator("figure.quoted").first
    (corpus / "drugs.md").write_text(DRUGS.replace("uric acid", "level of uric acid"), encoding="utf-8")
    figure.get_by_role("button", name="Check that this is word for word").click()
    expect(figure.locator(".told").last).to_contain_text(SINCE)
    taken_up(page)
    figure.locator("button.cite").first.click()
    expect(page.locator("#reader .earlier")).to_contain_text(SINCE)
    expect(page.locator("#reader .reader-text")).to_contain_text("level of uric acid")
    expect(page.locator("#reader mark")).to_have_count(0)
    own = page.locator("#reader a[href^='/read/']").get_attribute("href")
    close_reader(page)
    home = page.url
    page.reload()
    expect(figure.locator(".earlier")).to_contain_text(SINCE)
    page.get_by_role("button", name="Ask it again").click()
    expect(page.locator("blockquote.quote").first).to_contain_text("level of uric acid")
    expect(page.locator(ANSWER)).to_have_count(1)
    expect(page.locator(".earlier")).to_have_count(0)
    page.goto(home.rstrip("/") + (own or ""))
    expect(page.locator(".earlier")).to_contain_text(SINCE)
    expect(page.locator("mark")).to_have_count(0)


def test_a_quote_whose_document_is_gone_is_shown_as_what_it_was(page: Page, corpus: Path) -> None:
    ask(page, SIGNS)
    quote = page.locator("section.answer > figure").filter(has_text="redden")
    (corpus / "signs.md").unlink()
    taken_up(page)
    quote.locator("button.cite").first.click()
    expect(page.locator("#reader .earlier")).to_contain_text("no longer there")
    expect(page.locator("#reader blockquote")).to_contain_text("redden")
    close_reader(page)
    page.reload()
    expect(quote.locator(".earlier")).to_contain_text("no longer there")
    quote.get_by_role("button", name="Check that this is word for word").click()
    expect(quote.locator(".told").last).to_contain_text("no longer there")
    page.get_by_role("button", name="Ask it again").click()
    expect(page.locator("blockquote.quote").filter(has_text="redden")).to_have_count(0)


def test_the_first_look_tells_of_the_documents_as_they_are_now(page: Page, corpus: Path) -> None:
    expect(page.locator("#head")).to_contain_text("2 documents")
    (corpus / "signs.md").unlink()
    taken_up(page)
    page.reload()
    expect(page.locator("#head")).to_contain_text("1 document")
