"""The chat page: a question box, the answers as quotes, the reader's scripts beside it."""

import os
from collections.abc import Callable

# Gradio looks up outside hosts when it is imported unless this is set before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI

from bot import wording
from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.records import Turn
from bot.web.conversations import Conversations
from bot.web.markup import answer_markup, asked_markup, sentence_markup

Messages = list[dict[str, str]]

_HEAD = (
    '<link rel="stylesheet" href="/ui/page.css"><script src="/ui/reader.js" defer></script>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)
STARTERS = 6


def mount_chat(api: FastAPI, assistant: Assistant, conversations: Conversations) -> FastAPI:
    """Put the page at "/" of the application."""
    gr.mount_gradio_app(
        api,
        build_page(assistant, conversations),
        path="/",
        head=_HEAD,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
    )
    return api


def build_page(assistant: Assistant, conversations: Conversations) -> gr.Blocks:
    """The page's components and their one event."""
    with gr.Blocks(title=wording.TITLE, analytics_enabled=False) as page:
        gr.Markdown(f"# {wording.TITLE}\n\n{wording.WHAT_THIS_IS}", elem_id="about")
        conversation = gr.State(None)
        chat = gr.Chatbot(
            label=wording.ANSWERS,
            elem_id="chat",
            buttons=[],
            latex_delimiters=[],
            feedback_options=None,
            allow_file_downloads=False,
            allow_tags=False,
            group_consecutive_messages=False,
            height=None,
            show_label=False,
        )
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(
                label=wording.YOUR_QUESTION,
                placeholder=wording.PLACEHOLDER,
                max_length=assistant.settings.max_question_chars,
                lines=1,
                max_lines=6,
                scale=5,
                elem_id="question",
                autofocus=True,
            )
            send = gr.Button(wording.ASK, variant="primary", scale=1, elem_id="send")
        starters = [gr.Button(text, elem_classes="starter") for text in assistant.starters(STARTERS)]
        answer = _answerer(assistant, conversations)
        outputs = [chat, question, conversation]
        gr.on(
            [send.click, question.submit],
            answer,
            [question, conversation],
            outputs,
            queue=False,
            api_visibility="private",
            show_progress="hidden",
        )
        for starter in starters:
            starter.click(
                answer,
                [starter, conversation],
                outputs,
                queue=False,
                api_visibility="private",
                show_progress="hidden",
            )
    return page


def _answerer(
    assistant: Assistant, conversations: Conversations
) -> Callable[[str, str | None], tuple[Messages, str, str]]:
    def answer(question: str, conversation: str | None) -> tuple[Messages, str, str]:
        """One turn: the whole chat as it now stands, an empty box, the conversation's id."""
        turns = conversations.turns(conversation)
        if conversation is None or turns is None:
            conversation, turns = conversations.begin(), ()
        try:
            turn = Turn(question, assistant.ask(question, turns))
        except QuestionError as error:
            said = [*_messages(turns, assistant), _said("assistant", sentence_markup(str(error)))]
            return said, question, conversation
        conversations.add(conversation, turn)
        return _messages((*turns, turn), assistant), "", conversation

    return answer


def _messages(turns: tuple[Turn, ...], assistant: Assistant) -> Messages:
    messages: Messages = []
    for turn in turns:
        messages.append(_said("user", asked_markup(turn.question)))
        messages.append(_said("assistant", answer_markup(turn.answer, assistant)))
    return messages


def _said(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}
