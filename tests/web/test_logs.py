import io
import json
import logging
import sys

import pytest

from bot.web.account import closed, opened
from bot.web.logs import FACTS, log_to


def written(how: str, *given: object, **more: object) -> str:
    """What becomes of a complaint."""
    root, stream = logging.getLogger(), io.StringIO()
    listening, root.handlers[:] = root.handlers[:], []
    try:
        log_to(stream, how)
        logging.getLogger("bot.web.x").error(*given, **more)  # type: ignore[arg-type]
    finally:
        root.handlers[:] = listening
    return stream.getvalue()


def test_what_is_known_stands_beside_the_sentence() -> None:
    facts = {"status": 200, "route": "/api/ask", "said": 'a "b"'}
    line = written("text", "Done", extra={FACTS: facts})
    assert line == 'Done status=200 route=/api/ask said="a \\"b\\""\n'


def test_a_line_of_json_has_time_level_and_sentence() -> None:
    line = json.loads(written("json", "Done %d", 1, extra={FACTS: {"status": 200}}))
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "error", "message": "Done 1", "status": 200}


def test_what_is_logged_during_a_request_bears_its_id() -> None:
    account, token = opened()
    try:
        line = json.loads(written("json", "Done"))
    finally:
        closed(token)
    assert line["request"] == account.id


@pytest.mark.parametrize("how", ["text", "json"])
def test_a_name_with_a_line_break_begins_no_line(how: str) -> None:
    assert written(how, "The file %s\u2028", "a\nlevel=error b\r\x85c").count("\n") == 1


@pytest.mark.parametrize("how", ["text", "json"])
def test_an_error_is_told_by_where_it_was_raised(how: str) -> None:
    try:
        raise ValueError("my secret")
    except ValueError:
        line = written(how, "It failed", exc_info=sys.exc_info())
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "secret" not in line
