import pytest
from starlette.testclient import TestClient

from bot.web.asgi import Message, Receive, Send
from bot.web.shell import HEAD, Shell


async def _page(scope: Message, receive: Receive, send: Send) -> None:
    """A page that is sent in two parts."""
    headers = [(b"content-type", b"text/html"), (b"Content-Length", b"26")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"<head></he", "more_body": True})
    await send({"type": "http.response.body", "body": b"ad><body></head>"})


@pytest.mark.parametrize(
    ("path", "body"),
    [("/", b"<head>" + HEAD + b"</head><body></head>"), ("/x", b"<head></head><body></head>")],
)
def test_the_scripts_are_put_into_the_head_of_the_page_alone(path: str, body: bytes) -> None:
    given = TestClient(Shell(_page)).get(path)
    assert given.content == body
    assert given.headers.get_list("content-length") == [str(len(body))]
