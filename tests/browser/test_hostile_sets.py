"""Every field of a question set as a hostile string: each is shown as it is written, and does nothing.

All of them are in one upload. CI takes every sixteenth string, HOSTILE_STRINGS=all takes all.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.test_hostile import CHOSEN, _is_outside

pytestmark = pytest.mark.browser
# All strings, on a machine that is busy with other things.
LONGEST_RUN_MILLISECONDS = 180_000
DOC, GOLD = "gout & more.md", "Gout makes a toe"
# What no page of the evaluators' is made of inside its main part.
SHAPE = """() => ({
    ran: window.ran ?? null,
    wide: document.documentElement.scrollWidth > innerWidth,
    strange: [...document.querySelectorAll(`main :is(script, style, meta, base, iframe, object, embed, img,
        dialog, math, video, marquee, plaintext, center, font), main [style*=fixed], main a[href^=java],
        main :is([onerror], [onload], [onfocus], [ontoggle], [onbegin], [onmouseover])`)]
        .map((one) => one.outerHTML),
})"""


def _askable(hostile: str) -> bool:
    return bool(hostile.strip())


def _in_page(text: str) -> str:
    """What a browser makes of a text in a page's source: one line end, no sign for nothing."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


ASKED = [hostile for hostile in CHOSEN if _askable(hostile)]


@pytest.fixture
def page(browser: Browser, corpus: Path, tmp_path: Path, outside: list[str]) -> Iterator[Page]:
    options = (
        "--encoder",
        "none",
        "--evaluator",
        "--evaluator-open",
        "--evaluations",
        str(tmp_path / "kept"),
    )
    with served(corpus, *options) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)
        page.on("request", lambda one: outside.append(one.url) if _is_outside(one.url, address) else None)
        page.on("dialog", lambda dialog: outside.append(f"dialog {dialog.message}"))
        page.goto("/evaluate")
        yield page
        page.close()


def _sound(page: Page) -> None:
    """The page is of the parts that it always has, with everything opened that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    found: dict[str, Any] = page.evaluate(SHAPE)
    assert (found["ran"], found["wide"], found["strange"]) == (None, False, []), page.url


def _add(page: Page, name: str, content: str, *, leave_out: bool = False) -> None:
    """Uploads a set."""
    page.goto("/evaluate")
    file = {"name": name, "mimeType": "", "buffer": content.encode()}
    page.get_by_label("Add a set from a file").set_input_files(file)  # type: ignore[arg-type]
    if leave_out:
        page.get_by_label("Add it without what is wrong").check()
    page.get_by_role("button", name="Check and add").click()


def _lines() -> str:
    """A set in which each string is in every field that takes a text."""
    return "".join(
        json.dumps(
            {
                "id": f"{number} {hostile}",
                "question": hostile,
                "kind": hostile,
                "history": [f"What is gout {hostile}?"],
                "answers": [{"doc": DOC, "text": GOLD}],
                f"notes {hostile}": hostile,
            }
        )
        + "\n"
        for number, hostile in enumerate(ASKED)
    )


def test_a_set_is_listed_run_and_looked_into_as_it_is_written(page: Page, outside: list[str]) -> None:
    _add(page, "set.jsonl", _lines())
    expect(page.get_by_role("heading", name="set.jsonl")).to_be_visible()
    _sound(page)
    kinds = page.locator("caption:has-text('Questions by kind') ~ tbody th").all_text_contents()
    assert set(kinds) <= {_in_page(hostile) for hostile in ASKED}
    page.get_by_label("Name of the run").fill(ASKED[0][:80])
    page.get_by_role("button", name="Start").click()
    went = page.get_by_role("heading", name=re.compile("^What went wrong"))
    expect(went).to_be_visible(timeout=LONGEST_RUN_MILLISECONDS)
    run = page.url
    _sound(page)
    for at, hostile in enumerate(ASKED, 1):
        page.goto(f"{run}/questions/{at}")
        assert page.locator("h1").evaluate("one => one.textContent") == _in_page(hostile)
        _sound(page)
    for part in ("questions", "report"):
        page.goto(f"{run}/{part}")
        _sound(page)
    page.goto("/evaluate")
    _sound(page)
    assert outside == []


def test_what_is_wrong_with_a_set_is_told_as_it_is_written(page: Page, outside: list[str]) -> None:
    lines = [
        {"id": str(number), "question": hostile, "answers": [{"doc": doc, "text": hostile}]}
        for number, hostile in enumerate(ASKED)
        for doc in (DOC if number % 2 else hostile,)
    ]
    content = "".join(json.dumps(line) + "\n" for line in lines)
    _add(page, "wrong.jsonl", content)
    expect(page.locator("main")).to_contain_text("wrong.jsonl")
    _sound(page)
    _add(page, "wrong.jsonl", content, leave_out=True)
    expect(page.get_by_role("heading", name=re.compile("What is wrong with it"))).to_be_visible()
    _sound(page)
    assert outside == []


def test_a_table_with_such_headings_and_columns_is_read_or_refused(page: Page, outside: list[str]) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["id", "question", "answer", "document", "category", *ASKED])
    for number, hostile in enumerate(ASKED):
        writer.writerow([f"{number} {hostile}", hostile, GOLD, DOC, hostile, *[hostile] * len(ASKED)])
    _add(page, "table.csv", table.getvalue())
    expect(page.get_by_role("heading").first).to_be_visible()
    _sound(page)
    assert outside == []
