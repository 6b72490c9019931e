"""The evaluators' token stays between the link and the server: no log, referrer or history has it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.conftest import ROOT, opened

pytestmark = pytest.mark.browser
STORES = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, history.state, window.name, location.href,
    document.referrer, document.documentElement.outerHTML, await indexedDB.databases(),
    await caches.keys()])"""
SET = json.dumps({"id": "1", "question": "Which signs does gout have?"})


@dataclass(frozen=True)
class Place:
    """Where evaluators go in, and what the server writes beside the link."""

    link: str
    log: Path

    @property
    def home(self) -> str:
        return self.link.partition("/evaluate")[0]

    @property
    def token(self) -> str:
        return self.link.partition("token=")[2]


@pytest.fixture
def place(corpus: Path, tmp_path: Path) -> Iterator[Place]:
    command = [sys.executable, "app.py", "--corpus", str(corpus), "--port", "0", "--encoder", "none"]
    command += ["--evaluator", "--evaluations", str(tmp_path / "evaluations")]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdout is not None
        server.stdout.readline()
        printed = re.search(r"http://\S+", server.stdout.readline())
        assert printed
        yield Place(printed[0], tmp_path / "log")
        server.terminate()


def test_the_token_is_in_no_log_address_referrer_or_history(browser: Browser, place: Place) -> None:
    page = browser.new_page()
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", note)
    page.goto(place.link)
    page.wait_for_url("**/evaluate")
    expect(page.get_by_role("heading", name="Question sets")).to_be_visible()
    page.set_input_files("input[type=file]", {"name": "s.jsonl", "mimeType": "", "buffer": SET.encode()})
    page.get_by_role("button", name="Check and add").click()
    page.wait_for_url("**/evaluate/sets/**")
    assert place.token not in page.evaluate(STORES)
    opened(page, place.home)
    # Back to where it was entered, until the page is that from before the link.
    while page.url != "about:blank":
        assert place.token not in page.evaluate(STORES)
        page.go_back()
    # Somebody writes it where it does not belong.
    page.request.get(f"{place.home}/evaluate", params={"token": place.token})
    page.request.get(f"{place.home}/evaluate/{place.token}")
    page.request.post(f"{place.home}/evaluate/enter", form={"token": f"{place.token}x"})
    assert len(asked) > 5
    for request in asked:
        assert place.token not in request.url
        assert place.token not in json.dumps(request.headers)
    page.close()
    assert len(place.token) >= 43
    assert place.log.read_text("utf-8").count("route=/evaluate") > 3
    assert place.token not in place.log.read_text("utf-8")
