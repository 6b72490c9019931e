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


@pytest.fixture(scope="module")
def link(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The link that is printed for evaluators; what one test leaves there the next ones find."""
    command = [sys.executable, "app.py", "--corpus", str(corpus), "--port", "0"]
    command += [
        "--evaluator",
        "--evaluations",
        str(tmp_path_factory.mktemp("evaluator")),
        "--name",
        "answers.example",
    ]
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
    """Nothing scrolls sideways and axe finds nothing, on a phone, a (dark) tablet and a desk."""
    page.wait_for_load_state()
    for width in WIDTHS:
        page.emulate_media(color_scheme="dark" if width == WIDTHS[1] else "light")
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def _unfold(page: Page) -> None:
    """Opens everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def _finished_run(page: Page, label: str) -> None:
    page.get_by_label("Name of the run").fill(label)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name=re.compile("^What went wrong"))).to_be_visible()


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
    expect(page.locator(".lead")).to_contain_text("First passage right for")
    _unfold(page)
    _sound(page)

    page.get_by_role("link", name="All questions", exact=True).click()
    page.get_by_label("Words").fill("gout come")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("1 of 3 questions.")
    _sound(page)
    page.get_by_role("link", name=HOSTILE).click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator("section[aria-labelledby=gold] mark")).to_have_text("Signs of gout")
    _unfold(page)
    _sound(page)

    page.locator("section[aria-labelledby=gold] figcaption a").click()
    expect(page.locator("mark").first).to_have_text("Signs of gout")

    page.goto(f"{run_page}/report")
    expect(page.get_by_role("heading", name="Evaluation of first")).to_be_visible()
    _unfold(page)
    _sound(page)
    with page.expect_download() as download:
        page.goto(run_page)
        page.get_by_role("link", name=re.compile("predictions")).click()
    assert len(download.value.path().read_text("utf-8").splitlines()) == len(QUESTIONS)

    page.goto(set_page)
    _finished_run(page, "second")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("main")).to_contain_text("3 questions agree in all runs and are compared.")
    _unfold(page)
    expect(page.get_by_role("rowheader", name="second against first").first).to_be_visible()
    _sound(page)
    page.get_by_role("link", name="All sets and runs").click()
    expect(page.get_by_role("link", name="second")).to_be_visible()
    _sound(page)
    assert page.evaluate("window.ran") is None
    assert outside == []


def _run_of(page: Page, tmp_path: Path) -> str:
    """A finished run over the questions; its address."""
    questions = tmp_path / "set.jsonl"
    questions.write_text("".join(json.dumps(line) + "\n" for line in QUESTIONS), encoding="utf-8")
    page.get_by_label("Add a set from a file").set_input_files(questions)
    page.get_by_role("button", name="Check and add").click()
    _finished_run(page, "mine")
    return page.url


def test_a_run_is_judged_by_keyboard_alone_and_can_be_taken_back(page: Page, tmp_path: Path) -> None:
    run = _run_of(page, tmp_path)
    page.goto(f"{run}/questions/1?kind=plain")
    first = page.locator("#shown-1")
    page.keyboard.press("j")
    for key, said in (
        ("w", "Judged “wrong”"),
        ("h", "Judged “harmful”"),
        ("u", "Judged “wrong”"),
        ("u", None),
    ):
        # The page comes back to the passage, so that the next key is for it too.
        page.wait_for_load_state()
        expect(first).to_be_focused()
        page.keyboard.press(key)
        if said:
            expect(first.locator(".noted")).to_contain_text(said)
    expect(first.locator(".noted")).to_have_count(0)
    page.wait_for_load_state()
    page.keyboard.press("n")
    page.wait_for_url("**/questions/3?kind=plain")
    page.keyboard.press("s")
    expect(page.locator("form.verdict").first.locator(".noted")).to_contain_text("Judged “should refuse”")
    _sound(page)
    page.get_by_label("Keys are on").uncheck()
    page.keyboard.press("p")
    page.reload()
    expect(page.get_by_label("Keys are on")).not_to_be_checked()
    assert page.url.endswith("/questions/3?kind=plain#question")


def test_judging_needs_no_script_and_ends_in_a_set(
    page: Page, browser: Browser, link: str, tmp_path: Path
) -> None:
    run = _run_of(page, tmp_path)
    plain = browser.new_context(java_script_enabled=False)
    other = plain.new_page()
    other.goto(link)
    other.get_by_label("What stands behind").fill(link.partition("token=")[2])
    other.get_by_role("button", name="Enter").click()
    other.wait_for_url("**/evaluate")
    other.goto(f"{run}/questions/1")
    other.get_by_role("button", name="Right: passage 1 that was shown").click()
    expect(other.locator("#shown-1 .noted")).to_contain_text("Judged “right”")
    other.goto(run)
    other.get_by_label("Only the questions that are judged").check()
    other.get_by_role("button", name="Make a set of them").click()
    expect(other.locator("h1")).to_have_text("set judged.jsonl")
    # Whatever else has been judged here is in it too.
    expect(other.locator("main")).to_contain_text(re.compile("[1-9] of them with an answer in the documents"))
    plain.close()


def test_what_is_folded_on_the_screen_is_open_on_paper(page: Page, tmp_path: Path) -> None:
    run = _run_of(page, tmp_path)
    for address in (run, f"{run}/report"):
        page.goto(address)
        page.emulate_media(media="print")
        expect(
            page.get_by_text("For 3 of 3 questions, all that was shown is the source's own words.")
        ).to_be_visible()
        page.emulate_media(media="screen")


def test_a_run_is_deleted_and_put_back(page: Page, tmp_path: Path) -> None:
    _run_of(page, tmp_path)
    page.get_by_role("button", name="Delete this run").click()
    expect(page.get_by_role("heading", name="Deleted")).to_be_visible()
    expect(page.locator("#deleted ~ p").first).to_contain_text("kept for 30 days")
    _sound(page)
    page.get_by_role("button", name="Put back mine").click()
    expect(page.locator("h1")).to_have_text("mine")


def test_every_fault_of_a_set_is_listed(page: Page, tmp_path: Path) -> None:
    lines = [
        {"id": str(at), "question": HOSTILE, "answers": [{"doc": "no.md", "text": "x"}]} for at in range(3)
    ]
    (tmp_path / "bad.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    page.get_by_label("Add a set from a file").set_input_files(tmp_path / "bad.jsonl")
    page.get_by_role("button", name="Check and add").click()
    expect(page.locator("ol.faults > li")).to_have_count(3)
    _sound(page)


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
    page.get_by_role("button", name="This passage may do harm").first.click()
    expect(page.get_by_text("Noted in judgements.jsonl: this passage may do harm.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back from judgements.jsonl: this passage may do harm.")).to_be_visible()
    page.get_by_role("button", name="This passage answers").first.click()
    expect(page.get_by_text(noted)).to_be_visible()
    page.goto(page.url.rstrip("/") + "/evaluate/sets/judgements.jsonl")
    expect(page.locator("main")).to_contain_text("1 question, 1 of them with an answer in the documents")
