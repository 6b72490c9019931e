"""The chat page: Gradio's own chat, its events wired to `bot.web.talk`."""

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

# Gradio looks up outside hosts when it is imported unless this is set before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import gradio.routes
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from bot.errors import EngineError, QuestionError
from bot.serving import Served
from bot.web.account import accounted
from bot.web.conversations import EXPECTED, Conversations, keys
from bot.web.faults import tell_where
from bot.web.messages import front
from bot.web.messages.encoding import entities
from bot.web.showing import as_shown
from bot.web.talk import Shown, Talk
from bot.wording import DEFAULT_LANGUAGE, catalogue, say

# Gradio prints each fault of an event with its message and with what the event was given: what was asked.
vars(gradio.routes)["traceback"] = SimpleNamespace(print_exc=tell_where)
# Answers take milliseconds: a queue would only add its own.
_EVENT = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
# A browser writes what is in a field on its disk, to open the page with it again, unless told not to.
_UNKEPT = gr.InputHTMLAttributes(autocomplete="off")
# Gradio looks into its queue a thousand times a second, which takes a twentieth of a core; no event of ours
# goes there.
_SECONDS_BETWEEN_LOOKS_INTO_THE_QUEUE = 60.0
_THEME = gr.themes.Base(
    primary_hue="cyan",
    neutral_hue="slate",
    text_size="lg",
    radius_size="sm",
    font=["system-ui", "sans-serif"],
    font_mono=["monospace"],
)


def mount_chat(
    api: FastAPI,
    served: Served,
    conversations: Conversations,
    *,
    mcp: bool = False,
    evaluator: bool = False,
) -> FastAPI:
    """Put the page at "/" of the application, and in every other language of the page's at its name.

    `mcp` offers its one tool to agents at /gradio_api/mcp/, `evaluator` judges passages in the chat.
    """
    # What is mounted at the root takes all that is not taken before.
    for language in sorted(catalogue(), key=lambda name: name == DEFAULT_LANGUAGE):
        home = language == DEFAULT_LANGUAGE
        talk = Talk(served, conversations, language, evaluator=evaluator)
        gr.mount_gradio_app(
            api,
            build_page(served, talk, language, mcp=mcp and home),
            mcp_server=mcp and home,
            path="/" if home else f"/{language}",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            max_file_size="1kb",
            show_error=False,
            ssr_mode=False,
            theme=_THEME,
        )
    for mounted in api.routes:
        page = getattr(mounted, "app", None)
        if isinstance(page, gradio.routes.App):
            page.add_exception_handler(RequestValidationError, _malformed)
    return api


def _malformed(_: Request, __: Exception) -> JSONResponse:
    """What Gradio would say repeats what it was sent."""
    return JSONResponse({"error": "The request cannot be answered."}, status_code=422)


def build_page(served: Served, talk: Talk, language: str, *, mcp: bool = False) -> gr.Blocks:
    """The page in one language; whatever an event does is done on the server."""
    assistant = served.assistant
    with gr.Blocks(title=front.title(assistant.corpus, language), analytics_enabled=False) as page:
        head = _html(front.header(assistant, language), "head")
        _html(front.paper_head(language), "paper-head")
        chat = gr.Chatbot(
            examples=front.starters(assistant, language),
            label=say("answers", language),
            show_label=False,
            buttons=[],
            latex_delimiters=[],
            allow_tags=False,
            editable="user",
            layout="panel",
            height=None,
            autoscroll=False,
            container=False,
            elem_id="chat",
        )
        _html(front.paper_notes(language), "paper-notes")
        key = gr.Textbox(visible="hidden", elem_id="key", html_attributes=_UNKEPT)
        remembered = gr.Textbox(visible="hidden", elem_id="remembered", html_attributes=_UNKEPT)
        with gr.Column(elem_id="dock"):
            said = gr.Markdown(latex_delimiters=[], elem_id="said")
            bring = gr.Button(say("bring_back", language), visible=False, elem_id="bring-back")
            with gr.Row(elem_id="ask-row"):
                box = gr.Textbox(
                    label=say("your_question", language),
                    placeholder=say("placeholder", language),
                    lines=1,
                    max_lines=6,
                    scale=5,
                    elem_id="question",
                    html_attributes=_UNKEPT,
                )
                send = gr.Button(say("ask", language), variant="primary", scale=1, elem_id="send")
            yes, no, sure = _asked_again(language)
        forget = _foot(language)
        shown = [box, chat, said, bring, remembered]
        known = [key, remembered]
        _wire_chat(talk, chat, known, shown)
        gr.on([box.submit, send.click], _asked(talk), [*known, box], shown, **_EVENT)
        key.change(_restored(talk, served, language), key, [*shown, head], **_EVENT)
        bring.click(_on(talk, talk.brought_back), known, shown, **_EVENT)
        forget.click(lambda: gr.update(visible=True), None, sure, **_EVENT)
        no.click(lambda: gr.update(visible=False), None, sure, **_EVENT)
        yes.click(_forgotten(talk), key, [*shown, sure], **_EVENT)
        if mcp:
            gr.api(ask_tool(served), api_name="ask_sources", queue=False)
    page._queue.sleep_when_free = _SECONDS_BETWEEN_LOOKS_INTO_THE_QUEUE
    return page


def _html(html: str, name: str) -> gr.Markdown:
    """Markup of our own, in which what is not ours is encoded."""
    return gr.Markdown(html, latex_delimiters=[], elem_id=name)


def _asked_again(language: str) -> tuple[gr.Button, gr.Button, gr.Column]:
    """What asks whether all is to be forgotten, for that cannot be undone; it stands where it is seen."""
    with gr.Column(visible=False, elem_id="forget-sure") as sure:
        gr.Markdown(entities(say("forget_sure", language)))
        yes = gr.Button(say("forget_yes", language), variant="stop", elem_id="forget-yes")
        no = gr.Button(say("forget_no", language), elem_id="forget-no")
    return yes, no, sure


def _foot(language: str) -> gr.Button:
    """What there is besides asking; the button that forgets."""
    # The scripts of the page add printing and saving.
    with gr.Row(elem_id="tools"):
        forget = gr.Button(say("forget", language), elem_id="forget")
    _html(front.foot(language), "foot")
    return forget


def _wire_chat(talk: Talk, chat: gr.Chatbot, known: list[Any], shown: list[Any]) -> None:
    """The events that people know from Gradio's chat."""

    def changed(event: gr.EditData, given: str, remembered: str, request: gr.Request) -> list[Any]:
        place = event.index[0] if isinstance(event.index, list | tuple) else event.index
        return _updates(talk.changed(*_keys(given, request), place // 2, str(event.value), remembered))

    def example(event: gr.SelectData, given: str, remembered: str, request: gr.Request) -> list[Any]:
        return _updates(talk.chosen(*_keys(given, request), str(event.value["text"]), remembered))

    def option(event: gr.SelectData, given: str, remembered: str, request: gr.Request) -> list[Any]:
        return _updates(talk.chosen(*_keys(given, request), str(event.value), remembered))

    chat.edit(changed, known, shown, **_EVENT)
    chat.example_select(example, known, shown, **_EVENT)
    chat.option_select(option, known, shown, **_EVENT)
    chat.retry(_on(talk, talk.asked_again), known, shown, **_EVENT)
    chat.undo(_on(talk, talk.taken_back), known, shown, **_EVENT)
    chat.clear(_on(talk, talk.begun_anew), known, shown, **_EVENT)


def _on(talk: Talk, done: Callable[[str], Shown]) -> Callable[..., list[Any]]:
    """What an event does that needs nothing but the conversation; one that was lost is only told of."""

    def event(given: str, remembered: str, request: gr.Request) -> list[Any]:
        browser, tab = _keys(given, request)
        return _updates(talk.met(browser, tab, remembered) or done(tab))

    return event


def _restored(talk: Talk, served: Served, language: str) -> Callable[..., list[Any]]:
    """What a page shows that was just loaded: its conversation, and the documents as they are by now."""
    built = served.assistant

    def event(given: str, request: gr.Request) -> list[Any]:
        shown = talk.restored(*_keys(given, request), expected=given.endswith(EXPECTED))
        assistant = served.assistant
        if assistant is built:
            return [*_updates(shown), gr.skip()]
        value = {} if shown is None else {"value": shown.messages}
        chat = gr.update(examples=front.starters(assistant, language), **value)
        box, _, *others = _updates(shown)
        return [box, chat, *others, front.header(assistant, language)]

    return event


def _asked(talk: Talk) -> Callable[..., list[Any]]:
    def event(given: str, remembered: str, question: str, request: gr.Request) -> list[Any]:
        return _updates(talk.asked(*_keys(given, request), question, remembered))

    return event


def _forgotten(talk: Talk) -> Callable[..., list[Any]]:
    def event(given: str, request: gr.Request) -> list[Any]:
        return [*_updates(talk.forgotten(*_keys(given, request))), gr.update(visible=False)]

    return event


def _keys(given: str, request: gr.Request) -> tuple[str, str]:
    """Whose conversation it is, and which; a page whose scripts do not run is known as Gradio knows it."""
    return keys(given, otherwise=f"session {request.session_hash}")


def _updates(shown: Shown | None) -> list[Any]:
    """What Gradio is told to show, in the order of the outputs."""
    if shown is None:
        return [gr.skip()] * 5
    return [
        gr.skip() if shown.box is None else shown.box,
        shown.messages,
        gr.skip() if shown.said is None else entities(shown.said),
        gr.update(visible=shown.can_bring_back),
        shown.remembered,
    ]


def ask_tool(served: Served) -> Callable[[str], dict[str, Any]]:
    """The function that agents call; its name and its text are what they choose it by."""

    def ask_sources(question: str) -> dict[str, Any]:
        """Ask the documents a question and get the passages that answer it, word for word and with citations.

        Nothing is generated: "outcome" says whether the passages answer ("answered"), are only near
        ("related") or whether the documents do not cover the question ("none"). What stands in "beside_text"
        of a passage, the header of its table, has to be shown before it.

        Args:
            question: one question in plain words, about what the documents cover
        """
        assistant = served.assistant
        try:
            return as_shown(accounted(assistant.ask, question, depth=0), assistant)
        except QuestionError as error:
            return {"error": str(error)}
        except EngineError:
            return {"error": say("error_engine", DEFAULT_LANGUAGE)}

    return ask_sources
