"""The conversation: begun anew, changed, forgotten, kept only where the patient chose so."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import ask, opened

pytestmark = pytest.mark.browser
FIRST, SECOND = "Which signs does gout have?", "What is probenecid for?"


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


def _menu(page: Page) -> None:
    page.locator("#menu > summary").click()


def test_a_new_conversation_is_empty_and_carries_nothing_over(page: Page) -> None:
    ask(page, SECOND)
    _menu(page)
    page.click("#new")
    expect(page.locator("#chat .asked")).to_have_count(0)
    ask(page, "how long does it last?")
    expect(page.locator("#chat")).not_to_contain_text("Taken to be about")


def test_a_changed_question_takes_the_place_of_the_old_one_and_of_what_followed(page: Page) -> None:
    ask(page, FIRST)
    ask(page, SECOND)
    page.locator("button.edit").first.click()
    expect(page.locator("#question textarea")).to_have_value(FIRST)
    page.fill("#question textarea", "How long does an attack of gout last?")
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .asked")).to_have_count(1)
    expect(page.locator("#chat .asked")).to_contain_text("How long")


def test_an_earlier_question_is_found_in_the_menu(page: Page) -> None:
    ask(page, FIRST)
    ask(page, SECOND)
    _menu(page)
    page.locator("#menu nav button").first.click()
    expect(page.locator(".asked").first).to_be_focused()
    expect(page.locator(".asked").first).to_be_in_viewport()


def test_forgetting_empties_page_and_server(page: Page, address: str) -> None:
    with page.expect_response("**/api/ask") as asked:
        ask(page, FIRST)
    conversation = asked.value.json()["conversation"]
    _menu(page)
    page.click("#forget")
    expect(page.locator("#chat .asked")).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("forgotten")
    assert page.request.get(f"{address}/api/conversations/{conversation}").status == 404


@pytest.mark.parametrize("chosen", [True, False])
def test_a_reload_keeps_the_conversation_only_where_that_was_chosen(page: Page, chosen: bool) -> None:
    ask(page, FIRST)
    if chosen:
        _menu(page)
        page.check("#remember")
    page.reload()
    page.wait_for_selector("#question textarea")
    if chosen:
        expect(page.locator("#chat .asked")).to_contain_text([FIRST])
    else:
        page.wait_for_selector("button.starter")
        expect(page.locator("#chat .asked")).to_have_count(0)


def test_the_page_speaks_spanish_and_its_quotes_stay_as_they_are(page: Page) -> None:
    ask(page, SECOND)
    quoted = page.locator("blockquote.quote").first.evaluate("quote => quote.textContent")
    _menu(page)
    page.select_option("#tongue", "es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator(".outcome").first).to_have_text("Los documentos dicen:")
    expect(page.locator("#send")).to_have_text("Preguntar")
    assert page.locator("blockquote.quote").first.evaluate("quote => quote.textContent") == quoted
    expect(page.locator("blockquote.quote").first).to_have_attribute("lang", "en")


def test_a_browser_that_wants_spanish_gets_it_at_once(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    opened(page, address)
    expect(page.locator("h1")).to_contain_text("Respuestas")
    expect(page.locator("#send")).to_have_text("Preguntar")
    expect(page.get_by_label("Su pregunta")).to_be_visible()
    context.close()


def test_what_is_typed_while_the_page_loads_is_carried_over(browser: Browser, address: str) -> None:
    page = browser.new_page()
    held = Held()
    page.route("**/assets/**", held)
    page.goto(address, wait_until="commit")
    page.fill("#early textarea", "Which drugs")
    held.let_go()
    page.wait_for_selector("#question textarea")
    expect(page.locator("#question textarea")).to_have_value("Which drugs")
    expect(page.locator("#early")).to_have_count(0)
    page.close()


def test_a_busy_server_is_told_and_the_answer_still_comes(page: Page) -> None:
    held = Held()
    page.route("**/api/ask", held)
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("busy")
    held.let_go()
    expect(page.locator("blockquote.quote").first).to_be_visible()
    expect(page.locator("#status .own")).to_have_count(0)


def test_a_question_is_not_lost_when_the_server_is_gone_and_is_asked_again_when_it_is_back(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    opened(page, address)
    page.route("**/api/ask", lambda route: route.abort())
    page.route("**/healthz", lambda route: route.abort())
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status")).to_contain_text("cannot be reached")
    expect(page.locator("#question textarea")).to_have_value(FIRST)
    page.unroute("**/api/ask")
    page.unroute("**/healthz")
    expect(page.locator("#status")).to_contain_text("back")
    page.locator("#status button").click()
    expect(page.locator("#chat .asked")).to_contain_text([FIRST])
    expect(page.locator("#question textarea")).to_have_value("")
    page.close()


def test_a_server_that_no_longer_knows_the_conversation_goes_on_with_a_new_one(
    page: Page, address: str
) -> None:
    with page.expect_response("**/api/ask") as asked:
        ask(page, FIRST)
    page.request.delete(f"{address}/api/conversations/{asked.value.json()['conversation']}")
    ask(page, SECOND)
    expect(page.locator("#chat .asked")).to_contain_text([FIRST, SECOND])
