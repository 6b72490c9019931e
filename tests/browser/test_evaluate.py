"""From a question set to its report, a miss and a comparison, as an evaluator goes there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, ask, opened

pytestmark = pytest.mark.browser
HOSTILE = "When does gout come? <script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
QUESTIONS = [
    {
        "id": "signs",
        "question": "Which signs does gout have?",
        "kind": "plain",
        "answers": [{"doc": "gout & more.md", "text": "Gout makes a toe"}],
    },
    {
        "id": "diet",
        "question": HOSTILE,
        "kind": "<b>bold</b>",
        "answers": [{"doc": "gout & more.md", "text": "Signs of gout"}],
    },
    {"id": "cost", "question": "What does a hip replacement cost?", "kind": "plain"},
]
WIDTHS = (375, 768, 1280)


@pytest.fixture
def link(corpus: Path, tmp_path: Path) -> Iterator[str]:
    """The link that is printed for evaluators."""
    command = [sys.executable, "app.py", "--corpus", str(corpus), "--port", "0"]
    command += ["--evaluator", "--evaluations", str(tmp_path / "evaluations"), "--name", "answers.example"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            printed = re.search(r"http://\S+", server.stdout.readline())
            assert printed, "the server printed no link for evaluators"
            yield printed[0]
        finally:
            server.terminate()


@pytest.fixture
def page(browser: Browser, link: str, outside: list[str]) -> Iterator[Page]:
    """The list of sets and runs, entered with the link."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    home = link.partition("/evaluate")[0]
    page.on("request", lambda asked: None if asked.url.startswith(home) else outside.append(asked.url))
    page.set_default_timeout(20_000)
    page.goto(link)
    page.wait_for_url("**/evaluate")
    expect(page.get_by_role("heading", name="Question sets")).to_be_visible()
    token = link.partition("token=")[2]
    assert token and token not in page.evaluate("location.href + document.referrer")
    yield page
    page.close()


def _sound(page: Page) -> None:
    """Nothing scrolls sideways and axe finds nothing, on a phone, a tablet and a desk."""
    page.wait_for_load_state()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def _finished_run(page: Page, label: str) -> None:
    page.get_by_label("Name of the run").fill(label)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name=re.compile("^Misses"))).to_be_visible()


def test_from_a_set_to_its_report_a_miss_and_a_comparison(
    page: Page, tmp_path: Path, outside: list[str]
) -> None:
    _sound(page)
    questions = tmp_path / "my set.jsonl"
    questions.write_text("".join(json.dumps(line) + "\n" for line in QUESTIONS), encoding="utf-8")
    page.get_by_label("Add a set from a file").set_input_files(questions)
    page.get_by_role("button", name="Check and add").click()
    expect(page.get_by_role("heading", name="my set.jsonl")).to_be_visible()
    _sound(page)
    set_page = page.url
    _finished_run(page, "first")
    run_page = page.url
    _sound(page)

    page.get_by_role("link", name=HOSTILE).click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator("section[aria-labelledby=gold] mark")).to_have_text("Signs of gout")
    for summary in page.locator("summary").all():
        summary.click()
    _sound(page)

    page.locator("section[aria-labelledby=gold] figcaption a").click()
    expect(page.locator("mark").first).to_have_text("Signs of gout")

    page.goto(f"{run_page}/report")
    expect(page.get_by_role("heading", name="Evaluation of first")).to_be_visible()
    with page.expect_download() as download:
        page.goto(run_page)
        page.get_by_role("link", name=re.compile("predictions")).click()
    assert len(download.value.path().read_text("utf-8").splitlines()) == len(QUESTIONS)

    page.goto(set_page)
    _finished_run(page, "second")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("rowheader", name="second against first").first).to_be_visible()
    _sound(page)
    page.get_by_role("link", name="All sets and runs").click()
    expect(page.get_by_role("link", name="second")).to_be_visible()
    _sound(page)
    assert page.evaluate("window.ran") is None
    assert outside == []


def test_from_the_list_of_documents_to_what_can_be_quoted_of_one(page: Page, outside: list[str]) -> None:
    page.get_by_role("link", name="The documents").click()
    expect(page.get_by_role("heading", name="What to look at")).to_be_visible()
    _sound(page)
    page.get_by_role("link", name="Signs of gout").click()
    expect(page.locator(".stretches .passage").first).to_contain_text("Gout makes a toe")
    expect(page.locator(".stretches .heading").first).to_have_text("# Signs of gout")
    _sound(page)
    page.get_by_role("link", name="Open it as patients do").click()
    expect(page.locator(".reader-text")).to_contain_text("Gout makes a toe")
    assert page.evaluate("window.ran") is None
    assert outside == []


def test_a_malformed_set_is_said_in_a_sentence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("ask,reply\n1,2\n", encoding="utf-8")
    page.get_by_label("Add a set from a file").set_input_files(tmp_path / "bad.csv")
    page.get_by_role("button", name="Check and add").click()
    expect(page.locator(".sentence")).to_contain_text('bad.csv: no column is headed "question"')
    _sound(page)


def test_without_the_link_the_page_stays_closed_and_the_chat_asks_nobody_to_judge(
    browser: Browser, link: str
) -> None:
    page = browser.new_page()
    home = link.partition("evaluate")[0]
    page.goto(f"{home}evaluate")
    expect(page.locator(".sentence")).to_contain_text("open it with the link that was printed")
    opened(page, home)
    ask(page, "Which signs does gout have?")
    expect(page.get_by_role("button", name="This passage answers")).to_have_count(0)
    page.close()


def test_a_passage_judged_in_the_chat_becomes_a_line_of_a_question_set(page: Page) -> None:
    opened(page, page.url.removesuffix("evaluate"))
    ask(page, "Which signs does gout have?")
    page.get_by_role("button", name="This passage answers").first.click()
    noted = "Noted in judgements.jsonl: this passage answers the question."
    expect(page.get_by_text(noted)).to_be_visible()
    page.goto(page.url.rstrip("/") + "/evaluate/sets/judgements.jsonl")
    expect(page.locator("main")).to_contain_text("1 question, 1 of them with an answer in the documents")
