"""What somebody asks is found nowhere: no log, no file, no argument of a process, no store of the browser.

A server of its own is asked in every way there is, each time with a mark in the question; then the mark is
looked for.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext, Page, Playwright, expect

from tests.browser.conftest import ANSWER, CHROMIUM, FLAGS, ROOT, ask, opened

pytestmark = pytest.mark.browser
# Words that nothing else has: one is too long to be a slip of any other, one is taken for a misspelt "gout".
MARK, MISSPELT = "qzvmarkedword", "gooutz"
# What the program raises for this may hold the question; the log must not.
FAULTY = "perturbed"
SERVER = f"""
import sys, app
from bot.assistant import Assistant
asked = Assistant.ask
def ask(self, question, *more, **options):
    if "{FAULTY}" in question:
        raise ValueError(question)
    return asked(self, question, *more, **options)
Assistant.ask = ask
sys.exit(app.main(sys.argv[1:]))
"""
STORES = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, history.state, window.name, location.href,
    await indexedDB.databases(), await caches.keys()])"""
EVERYTHING = (
    *(f"Which signs does gout have {MARK}?", f"Does {MISSPELT} come at night, {MARK}?", f"and for {MARK}?"),
    *(
        f"What is {MARK} {MARK}? And how long does an attack of gout last?",
        f"\u00bfQu\u00e9 es {MARK}, por favor?",
    ),
    *(
        f"I want to end my life {MARK}",
        f"I cannot breathe {MARK}",
        f"Should I stop colchicine, {MARK}?",
        MARK,
    ),
    f"{FAULTY} {MARK}",
)


@dataclass(frozen=True)
class Place:
    """A server, and where it and the browser could leave something."""

    address: str
    process: "subprocess.Popen[bytes]"
    folder: Path
    started: float

    @property
    def log(self) -> Path:
        return self.folder / "log"


@pytest.fixture(scope="module")
def place(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("private")
    started = time.time()
    for name in ("home", "tmp", "cache"):
        (folder / name).mkdir()
    surroundings = os.environ | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", SERVER, "--corpus", str(corpus), "--port", "0", "--per-minute", "0"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder / "home", env=surroundings, stdout=log, stderr=log)
    try:
        while b"http://" not in (folder / "log").read_bytes():
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        address = (folder / "log").read_text().partition("http://")[2].split()[0]
        yield Place(f"http://{address}", process, folder, started)
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def context(place: Place, playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser whose profile lies on the disk, where it can be searched."""
    context = playwright.chromium.launch_persistent_context(
        str(place.folder / "profile"), executable_path=str(CHROMIUM), args=FLAGS
    )
    context.set_default_timeout(120_000)
    yield context
    context.close()


def _ask_on_the_page(page: Page) -> None:
    for question in EVERYTHING:
        page.fill("#question textarea", question)
        with page.expect_response("**/gradio_api/run/**", timeout=120_000):
            page.press("#question textarea", "Enter")
        expect(page.locator("#send")).to_be_enabled()
        page.fill("#question textarea", "")
    ask(page, f"Which drugs treat gout {MARK}?")
    page.get_by_role("button", name="Change this question").first.click()
    page.fill(".edit-textarea", f"What is probenecid {MARK}?")
    page.get_by_role("button", name="Ask the changed question").click()
    page.get_by_role("button", name="Take the question back").click()
    page.get_by_role("button", name="Bring back what was here before").click()
    # More than a question may have stays in the box, and is refused.
    page.fill("#question textarea", f"{MARK} " * 400)
    page.press("#question textarea", "Enter")
    expect(page.locator("#said")).to_contain_text("make it shorter")


def _refusals(http: APIRequestContext, address: str) -> Iterator[str]:
    """What is answered to requests that no page of ours makes."""
    for method, where, body in (
        ("POST", "/api/ask", {"question": 1, "conversation": MARK}),
        ("POST", "/api/ask", {"question": f"{MARK} " * 400}),
        ("POST", "/api/ask", {"question": f"{MARK} " * 9_000}),
        ("POST", "/api/ask", {"question": f"{FAULTY} {MARK}"}),
        ("POST", "/api/ask", {"question": " ", "undo": {"corrected": MARK}}),
        ("POST", "/api/ask", f"[{MARK}"),
        ("GET", f"/api/ask?question={MARK}", None),
        ("GET", f"/{MARK}", None),
        ("GET", f"/read/{MARK}", None),
        ("GET", f"/api/documents/{MARK}", None),
        ("GET", f"/api/check/{MARK}?start={MARK}&end=1", None),
        ("GET", f"/api/conversations/{MARK}", None),
        ("GET", f"/original/{MARK}", None),
        ("POST", f"/gradio_api/run/{MARK}", {"data": [MARK]}),
        ("POST", "/gradio_api/run/predict", {"fn_index": 0, "data": [MARK] * 9, "session_hash": MARK}),
        ("POST", "/gradio_api/run/predict", {"fn_index": MARK, "data": MARK}),
    ):
        answered = http.fetch(f"{address}{where}", method=method, data=body, headers={"x-note": MARK})
        assert answered.status >= 400, (method, where, answered.status)
        yield answered.text()


def _files(place: Place, corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that server or browser can have written, and what the system tells of the processes."""
    program = (top for top in ROOT.iterdir() if top.name not in (".venv", ".git", "tests"))
    for top in (place.folder, corpus, *program):
        for path in (top, *top.rglob("*")):
            if path.is_file() and path.stat().st_mtime >= place.started - 1:
                yield str(path), path.read_bytes()
    for process in _processes(place.process.pid):
        for name in ("cmdline", "environ", "comm"):
            yield f"{process}/{name}", (process / name).read_bytes()
        yield from ((str(file), file.read_bytes()) for file in (process / "fd").iterdir() if file.is_file())


def _processes(number: int) -> Iterator[Path]:
    yield Path(f"/proc/{number}")
    for thread in Path(f"/proc/{number}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from _processes(int(child))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="processes are looked into by way of /proc")
def test_what_is_asked_is_found_nowhere(place: Place, context: BrowserContext, corpus: Path) -> None:
    page = context.new_page()
    opened(page, place.address)
    _ask_on_the_page(page)
    stores = page.evaluate(STORES)
    answers = list(_refusals(context.request, place.address))
    posted = {"question": f"When is gout worst, {MARK}?", "undo": {"corrected": [MARK]}}
    given = context.request.post(f"{place.address}/api/ask", data=posted)
    assert MARK in given.text()
    page.reload()
    expect(page.locator(ANSWER).first).to_be_visible()
    assert MARK in page.content()
    found = [
        where for where, content in _files(place, corpus) if _marked(content) and "/profile/" not in where
    ]
    context.close()
    found += [where for where, content in _files(place, corpus) if _marked(content)]
    assert found == [], place.log.read_text()[-3_000:]
    assert not _marked(stores.encode())
    assert [answer for answer in answers if _marked(answer.encode())] == []
    # The faults were told of, by where they were raised.
    assert b"ValueError" in place.log.read_bytes()


def _marked(content: bytes) -> bool:
    folded = content.lower()
    return any(mark.encode(code) in folded for mark in (MARK, MISSPELT) for code in ("utf-8", "utf-16-le"))


def test_after_forget_everything_no_answer_of_the_server_has_it(
    place: Place, context: BrowserContext
) -> None:
    page, other = context.new_page(), context.new_page()
    tabs = []
    for one in (page, other):
        opened(one, place.address)
        ask(one, f"Which signs does gout have {MARK}?")
        tabs.append(one.evaluate("sessionStorage.tab"))
    page.click("#forget")
    page.click("#forget-yes")
    expect(page.locator(ANSWER)).to_have_count(0)
    expect(other.locator(ANSWER)).to_have_count(0)
    assert not _marked(page.content().encode())
    assert page.input_value("#remembered textarea") == ""
    page.reload()
    opened(page, place.address)
    assert not _marked(page.content().encode())
    for where in ("/", "/es/", "/config", "/healthz", "/documents", "/api/documents"):
        assert not _marked(context.request.get(f"{place.address}{where}").body()), where
    for tab in tabs:
        assert context.request.get(f"{place.address}/api/conversations/{tab}").status == 404
    # Nor is it carried over: whoever asks on under the old names is somebody new.
    body = {"question": "When does it come?", "conversation": tabs[0]}
    given = context.request.post(f"{place.address}/api/ask", data=body)
    assert not _marked(given.body())
    assert given.json()["lost"]
