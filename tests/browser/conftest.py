"""A real server and a real browser; skipped, with the reason, where there is no Chromium."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = (
    "# Signs of gout\n\n## Which signs does gout have?\n\n"
    "Gout makes a toe \U0001f9b6\U0001f9b6 swell, **redden** and  hurt: $$5$$, _a_, `b`, &amp; <b>bold</b>"
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
    " [link](http://outside.example/) ![image](http://outside.example/i.png)"
    " <div style='position:fixed;inset:0'>over all</div> ${window.ran = 3} {{window.ran = 4}}\n"
)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "gout & more.md").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def address(corpus: Path) -> Iterator[str]:
    command = [sys.executable, "app.py", "--corpus", str(corpus), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            ready = re.search(r"http://\S+", server.stdout.readline())
            assert ready, "the server did not say that it is ready"
            yield ready[0]
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def outside() -> list[str]:
    """The addresses of other hosts that the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, outside: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("request", lambda asked: None if asked.url.startswith(address) else outside.append(asked.url))
    page.set_default_timeout(10_000)
    page.goto(address)
    page.wait_for_selector("#question textarea")
    yield page
    page.close()
