"""The conversation: changed, taken back, begun anew and brought back; kept over a reload; forgotten."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import ANSWER, ROOT, ask, opened, questions, served, text_of

pytestmark = pytest.mark.browser
FIRST, SECOND = "Which signs does gout have?", "What is probenecid for?"
THIRD = "How long does an attack of gout last?"
EVENTS = "**/gradio_api/run/**"


class Held:
    """Requests that wait until they are let go."""

    def __init__(self) -> None:
        self._routes: list[Route] = []
        self._holding = True

    def __call__(self, route: Route) -> None:
        if self._holding:
            self._routes.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self._holding = False
        for route in self._routes:
            route.continue_()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def _change(page: Page, place: int, question: str) -> None:
    page.get_by_role("button", name="Change this question").nth(place).click()
    page.fill(".edit-textarea", question)
    _press(page, "Ask the changed question")


def test_a_changed_question_is_answered_in_its_place_and_the_others_stay(page: Page) -> None:
    for question in (FIRST, SECOND, THIRD):
        ask(page, question)
    _change(page, 1, "Which drugs treat gout?")
    expect(page.locator("#said")).to_contain_text("The other answers are as they were")
    assert questions(page) == [FIRST, "Which drugs treat gout?", THIRD]
    _press(page, "Bring back what was here before")
    expect(page.locator("#said")).to_contain_text("as it was before")
    assert questions(page) == [FIRST, SECOND, THIRD]


def test_the_field_for_changing_a_question_holds_it_as_it_was_typed(page: Page) -> None:
    question = "Which signs does <b>gout</b> have? *a* & #1"
    ask(page, question)
    page.get_by_role("button", name="Change this question").click()
    expect(page.locator(".edit-textarea")).to_have_value(question)
    expect(page.locator(".edit-textarea")).to_be_focused()
    _press(page, "Leave it as it was")
    assert questions(page) == [question]


@pytest.mark.parametrize(
    ("button", "left"), [("Take the question back", [FIRST]), ("New conversation", [])], ids=["undo", "clear"]
)
def test_what_is_taken_away_can_be_brought_back(page: Page, button: str, left: list[str]) -> None:
    ask(page, FIRST)
    ask(page, SECOND)
    _press(page, button)
    expect(page.locator(ANSWER)).to_have_count(len(left))
    assert questions(page) == left
    _press(page, "Bring back what was here before")
    expect(page.locator(ANSWER)).to_have_count(2)
    assert questions(page) == [FIRST, SECOND]


def test_a_question_that_is_taken_back_is_in_the_box_again(page: Page) -> None:
    ask(page, FIRST)
    _press(page, "Take the question back")
    expect(page.locator("#question textarea")).to_have_value(FIRST)


def test_a_question_is_asked_again(page: Page) -> None:
    ask(page, "Which drugs treat goutt?")
    page.locator("#chat .options button", has_text="just as I wrote it").click()
    expect(page.locator("details.understood")).to_have_count(0)
    _press(page, "Ask it again")
    expect(page.locator("details.understood")).to_have_count(1)


def test_a_new_conversation_carries_nothing_over(page: Page) -> None:
    ask(page, SECOND)
    _press(page, "New conversation")
    expect(page.locator(ANSWER)).to_have_count(0)
    ask(page, "how long does it last?")
    expect(page.locator("#chat")).not_to_contain_text("Taken to be about")


def test_forgetting_asks_first_and_then_forgets_every_tab_here_and_on_the_server(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    pages = [context.new_page() for _ in range(2)]
    tabs = []
    for page in pages:
        opened(page, address)
        ask(page, FIRST)
        tabs.append(page.evaluate("sessionStorage.tab"))
    pages.append(context.new_page())
    opened(pages[2], address)
    ask(pages[2], SECOND)
    tabs.append(pages[2].evaluate("sessionStorage.tab"))
    pages.pop().close()
    kept = [context.request.get(f"{address}/api/conversations/{tab}").status for tab in tabs]
    assert kept == [200, 200, 200]
    pages[0].click("#forget")
    expect(pages[0].locator("#forget-sure")).to_contain_text("cannot be undone")
    pages[0].click("#forget-yes")
    for page in pages:
        expect(page.locator(ANSWER)).to_have_count(0)
    expect(pages[0].locator("#said")).to_contain_text("forgotten, here and on the server")
    kept = [context.request.get(f"{address}/api/conversations/{tab}").status for tab in tabs]
    assert kept == [404, 404, 404]
    assert pages[0].evaluate("sessionStorage.tab") not in tabs
    context.close()


def test_nothing_is_forgotten_by_a_slip(page: Page) -> None:
    ask(page, FIRST)
    page.click("#forget")
    page.click("#forget-no")
    expect(page.locator("#forget-sure")).to_be_hidden()
    expect(page.locator(ANSWER)).to_have_count(1)


def test_what_is_said_about_privacy_stands_on_the_page(page: Page) -> None:
    page.get_by_text("What happens to what I type?").click()
    expect(page.locator(".privacy p")).to_contain_text("two hours after your last question")
    expect(page.locator("body")).not_to_contain_text("Nothing you type is stored")


def test_a_reload_keeps_the_conversation_and_another_tab_has_its_own(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    opened(page, address)
    ask(page, FIRST)
    page.reload()
    expect(page.locator(ANSWER)).to_have_count(1)
    opened(other, address)
    expect(other.locator(ANSWER)).to_have_count(0)
    context.close()


def test_the_page_speaks_spanish_and_its_quotes_stay_as_they_are(page: Page) -> None:
    ask(page, SECOND)
    quoted = text_of(page, "blockquote.quote")
    page.get_by_role("link", name="Espa\u00f1ol").click()
    expect(page.locator(".outcome").first).to_have_text("Los documentos dicen:")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#send")).to_have_text("Preguntar")
    expect(page.get_by_role("button", name="Cambiar esta pregunta")).to_be_visible()
    assert text_of(page, "blockquote.quote") == quoted
    expect(page.locator("blockquote.quote").first).to_have_attribute("lang", "en")
    page.reload()
    expect(page.locator(".outcome").first).to_have_text("Los documentos dicen:")


def test_a_browser_that_wants_spanish_gets_it_at_once_and_may_choose_english(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    opened(page, address)
    expect(page.locator("h1")).to_contain_text("Preguntas sobre")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_label("Su pregunta")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("#send")).to_have_text("Ask")
    page.reload()
    expect(page.locator("#send")).to_have_text("Ask")
    context.close()


def test_a_busy_server_is_told_beside_the_box_and_asking_waits(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    ask(page, FIRST)
    held = Held()
    page.route(EVENTS, held)
    page.fill("#question textarea", SECOND)
    page.press("#question textarea", "Enter")
    expect(page.locator("#send")).to_be_disabled()
    expect(page.locator("#status")).to_contain_text("Still looking")
    expect(page.locator("#status")).to_be_in_viewport()
    expect(page.locator("#status")).to_have_attribute("role", "status")
    page.fill("#question textarea", "typed meanwhile")
    held.let_go()
    expect(page.locator(ANSWER)).to_have_count(2)
    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("#send")).to_be_enabled()
    expect(page.locator("#question textarea")).to_have_value("typed meanwhile")


def _away(route: Route) -> None:
    route.abort()


def test_a_question_typed_while_the_server_is_away_is_sent_when_it_is_back(page: Page) -> None:
    page.route(EVENTS, _away)
    page.route("**/healthz", _away)
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("cannot be reached")
    expect(page.locator("#question textarea")).to_have_value(FIRST)
    page.unroute(EVENTS)
    page.unroute("**/healthz")
    expect(page.locator(ANSWER)).to_have_count(1)
    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("#question textarea")).to_have_value("")


def test_a_question_need_not_be_sent_when_the_server_is_back(page: Page) -> None:
    page.route(EVENTS, _away)
    page.route("**/healthz", _away)
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    page.get_by_role("button", name="Do not send it").click()
    expect(page.locator("#status")).to_contain_text("still in the box")
    expect(page.locator("#question textarea")).to_have_value(FIRST)
    page.unroute(EVENTS)
    page.unroute("**/healthz")
    page.press("#question textarea", "Enter")
    expect(page.locator(ANSWER)).to_have_count(1)


def _once(status: int, **headers: str) -> Callable[[Route], None]:
    given: list[int] = []

    def answer(route: Route) -> None:
        if given:
            route.continue_()
        else:
            given.append(status)
            route.fulfill(status=status, headers=headers, body="{}")

    return answer


def test_who_asks_too_often_is_told_so_and_the_question_is_sent_later(page: Page) -> None:
    page.route(EVENTS, _once(429, **{"retry-after": "1"}))
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("a lot of questions")
    expect(page.locator(ANSWER)).to_have_count(1)


def test_a_refused_question_is_kept_in_the_box(page: Page) -> None:
    page.route(EVENTS, _once(500))
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("still in the box")
    expect(page.locator("#question textarea")).to_have_value(FIRST)


def test_the_first_look_names_the_subject_and_leads_to_every_document_and_heading(
    page: Page, address: str
) -> None:
    expect(page.locator("h1")).to_have_text("Questions about gout")
    expect(page.locator("#head")).to_contain_text(re.compile(r"4 documents on gout, newest source 20\d\d"))
    page.get_by_role("link", name="All documents").click()
    expect(page.locator("h2")).to_contain_text(
        ["Drugs for gout", "Signs of gout", "chalky lumps", "Gout retold"]
    )
    page.get_by_role("link", name="How long does an attack last?").click()
    expect(page.locator(ANSWER)).to_have_count(1)
    assert "How long does an attack last?" in questions(page)[0]
    assert page.url == f"{address}/?lang=en"


def test_questions_to_begin_with_are_grouped_by_what_people_want_to_know(browser: Browser) -> None:
    with served(ROOT / "corpus", "--per-minute", "0") as address:
        page = browser.new_page()
        opened(page, address)
        expect(page.locator("h1")).to_have_text("Questions about metastatic breast cancer")
        about = "10 documents on metastatic breast cancer, newest source 2015"
        expect(page.locator("#head")).to_contain_text(about)
        groups = [text.split("\n")[0] for text in page.locator("button.example").all_inner_texts()]
        assert groups[:4] == ["What it is", "Symptoms", "Tests", "Treatment"]
        page.close()
