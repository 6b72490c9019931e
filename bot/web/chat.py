"""The chat page: Gradio brings the shell and the question box, the scripts beside it all else."""

import os
from collections.abc import Callable
from typing import Any

# Gradio looks up outside hosts when it is imported unless this is set before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI

from bot.errors import QuestionError
from bot.serving import Served
from bot.web.showing import as_shown
from bot.wording import say


def mount_chat(api: FastAPI, served: Served, *, mcp: bool = False) -> FastAPI:
    """Put the page at "/" of the application; `mcp` offers its one tool to agents at /gradio_api/mcp/."""
    gr.mount_gradio_app(
        api,
        build_page(served, mcp=mcp),
        mcp_server=mcp,
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
    )
    return api


def build_page(served: Served, *, mcp: bool = False) -> gr.Blocks:
    """The question box and its button; questions go to the interface of `bot.web.api`, not to Gradio's."""
    with (
        gr.Blocks(title=say("title"), analytics_enabled=False) as page,
        gr.Row(elem_id="ask-row"),
    ):
        gr.Textbox(
            label=say("your_question"),
            placeholder=say("placeholder"),
            max_length=served.assistant.settings.max_question_chars,
            lines=1,
            max_lines=6,
            scale=5,
            elem_id="question",
        )
        gr.Button(say("ask"), variant="primary", scale=1, elem_id="send")
        if mcp:
            gr.api(ask_tool(served), api_name="ask_sources", queue=False)
    return page


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
            return as_shown(assistant.ask(question, depth=0), assistant)
        except QuestionError as error:
            return {"error": str(error)}

    return ask_sources
