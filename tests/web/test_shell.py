import json

import pytest
from starlette.testclient import TestClient

from bot.web.asgi import Message, Receive, Send
from bot.web.shell import SCRIPT, STYLE, Shell


async def _page(scope: Message, receive: Receive, send: Send) -> None:
    """A page that is sent in two parts."""
    headers = [(b"content-type", b"text/html"), (b"Content-Length", b"99")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'<html lang="en"><head></he', "more_body": True})
    await send({"type": "http.response.body", "body": b"ad><body></head>"})


def _given(path: str, **headers: str) -> tuple[str, str]:
    given = TestClient(Shell(_page)).get(path, headers=headers)
    assert given.headers.get_list("content-length")[-1] == str(len(given.content))
    return given.text, str(given.url.path)


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/es/"])
def test_style_words_and_scripts_are_put_into_the_head_of_the_page(path: str) -> None:
    text, _ = _given(path)
    head = text.split("</head>")[0]
    assert STYLE.decode() in head
    assert SCRIPT.decode() in head
    words = json.loads(head.split('id="words">')[1].split("</script>")[0])
    assert words["words"]["ask"] == {"en": "Ask", "es": "Preguntar"}[words["language"]]


def test_plain_pages_get_style_and_words_but_not_the_scripts_of_the_chat() -> None:
    text, _ = _given("/read/gout.md")
    assert STYLE.decode() in text
    assert SCRIPT.decode() not in text


def test_all_else_passes_as_it_is() -> None:
    given = TestClient(Shell(_page)).get("/x")
    assert given.text == '<html lang="en"><head></head><body></head>'


@pytest.mark.parametrize(
    ("path", "wanted", "given", "language"),
    [
        ("/", "es-MX,es;q=0.9,en;q=0.8", "/es/", "es"),
        ("/", "de,en;q=0.5", "/", "en"),
        ("/", "fr", "/", "en"),
        ("/?lang=en", "es", "/", "en"),
        ("/es/", "en", "/es/", "es"),
        ("/read/gout.md", "es", "/read/gout.md", "es"),
        ("/documents?lang=es", "en", "/documents", "es"),
    ],
)
def test_the_language_is_the_addresss_or_the_browsers(
    path: str, wanted: str, given: str, language: str
) -> None:
    text, shown = _given(path, **{"accept-language": wanted})
    assert shown == given
    assert text.startswith(f'<html lang="{language}">')


def test_a_sentence_cannot_end_the_element_that_it_stands_in() -> None:
    text, _ = _given("/")
    assert "<" not in text.split('id="words">')[1].split("</script>")[0]
