"""A real server and a real browser; skipped, with the reason, where there is no Chromium."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.reading.files import Printed, pdf

LUMPS = [
    [
        Printed("Where do chalky lumps grow?", size=18, bold=True),
        Printed("Tophi grow under the skin.", down=40),
    ],
    [
        Printed("How are tophi taken out?", size=18, bold=True),
        Printed("A surgeon takes tophi out where they press on a nerve.", down=40),
    ],
]
# The machine may be busy with other things; what is there at once is not waited for.
expect.set_options(timeout=20_000)
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
ANSWER, QUESTION = "#chat section.answer", "#chat [data-testid=user]"
DRUGS = (
    "---\ntitle: Drugs for gout\npublisher: The Joint Leaflet\npublished: 2015-09-04\n"
    "address: https://leaflet.example/gout\n---\n# Drugs for gout\n\n## Which drugs treat gout?\n\n"
    "Gout is treated with colchicine. It does not cure it.\n\n- Colchicine calms the swelling of gout.\n"
    "- Probenecid lowers the uric acid of gout.\n\n## Which signs does gout have at night?\n\n"
    "The signs of gout are worst at night: the toe swells and hurts.\n\n## How long does an attack last?\n\n"
    "An attack of gout lasts for one or two weeks.\n"
)
RETOLD = (
    "---\ntitle: Gout retold\nreviewed: No doctor has read this.\npublished: 2026-11-20\nreferences:\n"
    "  - {id: A, title: Living with gout, publisher: The Joint Leaflet, published: 2012-09-03}\n"
    "  - {id: B, title: Old tales}\n---\n# Gout retold\n\n## What is uric acid?\n\n"
    "Uric acid is a waste that the blood carries [A]. Too much of it makes **crystals** [A].\n\n"
    "## What eases gout at home?\n\nCherries ease gout at home [B].\n"
)
HOSTILE = (
    "# Signs of gout\n\n## Which signs does gout have?\n\n"
    "Gout makes a toe \U0001f9b6\U0001f9b6 swell, **redden** and  hurt: $$5$$, _a_, `b`, &amp; <b>bold</b>"
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
    " [link](http://outside.example/) ![image](http://outside.example/i.png)"
    " <div style='position:fixed;inset:0'>over all</div> ${window.ran = 3} {{window.ran = 4}}\n"
)


# Playwright holds the thread's event loop for as long as it is open: until the last test here, no longer.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "gout & more.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "drugs.md").write_text(DRUGS, encoding="utf-8")
    (folder / "retold.md").write_text(RETOLD, encoding="utf-8")
    (folder / "lumps #1.pdf").write_bytes(pdf(LUMPS, title="Lumps of chalk"))
    return folder


@contextmanager
def served(corpus: Path, *options: str) -> Iterator[str]:
    """The address of a server of its own over a corpus."""
    command = [sys.executable, "app.py", "--corpus", str(corpus), "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            ready = re.search(r"http://\S+", server.stdout.readline())
            assert ready, "the server did not say that it is ready"
            yield ready[0]
        finally:
            server.terminate()


@pytest.fixture(scope="package")
def address(corpus: Path) -> Iterator[str]:
    with served(corpus) as address:
        yield address


@pytest.fixture
def outside() -> list[str]:
    """The addresses of other hosts that the page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, outside: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("request", lambda asked: None if asked.url.startswith(address) else outside.append(asked.url))
    page.set_default_timeout(30_000)
    opened(page, address)
    yield page
    page.close()


def opened(page: Page, address: str) -> None:
    """Go to the chat and wait until it is all there, an earlier conversation too."""
    page.goto(address)
    page.wait_for_selector("#question textarea")
    page.wait_for_selector("#chat[aria-busy=false]")


def ask(page: Page, question: str) -> None:
    """Ask in the box and wait for the answer."""
    asked = page.locator(ANSWER).count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator(ANSWER)).to_have_count(asked + 1)
    expect(page.locator("#question textarea")).to_have_value("")


def questions(page: Page) -> list[str]:
    """What was asked in the conversation, as it is shown."""
    return [text.strip() for text in page.locator(QUESTION).all_text_contents()]


def text_of(page: Page, which: str) -> str:
    """The text of the first element found, as it is in the page."""
    text: str = page.locator(which).first.evaluate("element => element.textContent")
    return text
