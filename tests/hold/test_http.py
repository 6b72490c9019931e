"""Requests of every shape that the interface's own description allows and does not allow, by schemathesis.

The description is made from the routes, so that it is true of them.
"""

import contextlib
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.serving import Served
from bot.web.api import build_api
from bot.web.conversations import Conversations
from bot.web.guard import Guard

EXAMPLES = 20
# Our own routes; the page's are Gradio's.
OURS = ("/api/", "/healthz", "/readyz", "/read/", "/documents", "/original/")


def described(api: FastAPI) -> dict[str, Any]:
    """What the routes say of themselves."""
    return api.openapi()


def test_every_route_of_ours_is_described(assistant: Assistant) -> None:
    api = build_api(Served(assistant), Conversations())
    paths = described(api)["paths"]
    assert {"/api/ask", "/api/documents", "/healthz"} <= paths.keys()
    assert all(path.startswith(OURS) or path == "/favicon.ico" for path in paths)


def test_no_request_that_fits_or_does_not_fit_is_a_fault(assistant: Assistant) -> None:
    api = build_api(Served(assistant), Conversations())
    schema = schemathesis.openapi.from_dict(described(api))
    client = TestClient(Guard(api), base_url="http://127.0.0.1", raise_server_exceptions=False)
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        for mode in schemathesis.GenerationMode:

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: "schemathesis.Case[Any]") -> None:
                nonlocal asked
                asked += 1
                sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
                # No route of ours reads any.
                sent.pop("cookies", None)
                if isinstance(sent.get("data"), str | bytes):
                    sent["content"] = sent.pop("data")
                answer = client.request(**sent)
                assert answer.status_code < 500, (sent, answer.text)

            # Where a request has no parts, nothing about it can be amiss.
            nothing_amiss = contextlib.suppress(*([Unsatisfiable] if mode.is_negative else []))
            with nothing_amiss:
                ask()
    assert asked >= EXAMPLES
