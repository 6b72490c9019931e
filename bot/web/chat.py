"""The chat page: Gradio brings the shell and the question box, the scripts beside it all else."""

import os

# Gradio looks up outside hosts when it is imported unless this is set before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI

from bot.assistant import Assistant
from bot.wording import say


def mount_chat(api: FastAPI, assistant: Assistant) -> FastAPI:
    """Put the page at "/" of the application."""
    gr.mount_gradio_app(
        api,
        build_page(assistant),
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


def build_page(assistant: Assistant) -> gr.Blocks:
    """The question box and its button; questions go to the interface of `bot.web.api`, not to Gradio's."""
    with (
        gr.Blocks(title=say("title"), analytics_enabled=False) as page,
        gr.Row(elem_id="ask-row"),
    ):
        gr.Textbox(
            label=say("your_question"),
            placeholder=say("placeholder"),
            max_length=assistant.settings.max_question_chars,
            lines=1,
            max_lines=6,
            scale=5,
            elem_id="question",
        )
        gr.Button(say("ask"), variant="primary", scale=1, elem_id="send")
    return page
