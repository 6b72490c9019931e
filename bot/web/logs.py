"""The log: sentences with what is known beside them, or lines of JSON; never what was asked.

A traceback is the places that it went through, without the message and the values that it ended with.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from traceback import extract_tb
from typing import TextIO

from bot.web.account import request_id

# The attribute of a record that holds what is known beside its sentence, by name.
FACTS = "facts"
_BARE = re.compile(r"[\w./:+{}*-]+")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def log_to(stream: TextIO, how: str) -> None:
    """Has everything from "info" on of ours, and the warnings of others, written to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines() if how == "json" else _Sentences())
    logging.basicConfig(handlers=[handler])
    logging.getLogger("bot.serving").setLevel(logging.INFO)
    logging.getLogger("bot.web").setLevel(logging.INFO)


class _Sentences(logging.Formatter):
    """The sentence, then what is known beside it as key=value, then a traceback's places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, so that nothing in a name can begin another; a traceback takes more."""
        known = "".join(f" {name}={_value(value)}" for name, value in _facts(record).items())
        went = "".join(f"\n  {place}" for place in _went(record))
        return _BREAKS.sub(" ", record.getMessage()) + known + went


class _Lines(logging.Formatter):
    """An object of JSON in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level and sentence; what is known beside it; a traceback's places."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": when, "level": record.levelname.lower()}
        line |= {"message": record.getMessage(), **_facts(record)}
        went = _went(record)
        return json.dumps(line | ({"places": went} if went else {}))


def _facts(record: logging.LogRecord) -> Mapping[str, object]:
    """What is known beside the sentence, and whose request it was."""
    known: dict[str, object] = dict(getattr(record, FACTS, {}))
    asked = request_id()
    return {"request": asked, **known} if asked else known


def _went(record: logging.LogRecord) -> list[str]:
    error = record.exc_info[1] if record.exc_info else None
    return [] if error is None else places(error)


def places(error: BaseException) -> list[str]:
    """Where an error was raised and what it is, without its message."""
    trace = extract_tb(error.__traceback__)
    return [*(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in trace), type(error).__name__]


def _value(value: object) -> str:
    said = str(value)
    return said if _BARE.fullmatch(said) else json.dumps(said)
