"""What is known of the request that is being answered, besides its content: its id, and what came of it."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass
from typing import ParamSpec

from bot.errors import QuestionError
from bot.records import Answer

Given = ParamSpec("Given")
# So many digits tell the requests of a day apart.
_ID_BYTES = 6
# The outcome of a question that could not be looked up.
UNASKABLE = "unaskable"
_current: ContextVar["Account | None"] = ContextVar("account", default=None)


@dataclass(slots=True)
class Account:
    """One request: an id that nobody chose, and the outcome of the question that it asked, "" without one."""

    id: str
    outcome: str = ""


def opened() -> tuple[Account, Token["Account | None"]]:
    """The account of a request that begins, to be closed with what comes with it."""
    account = Account(secrets.token_hex(_ID_BYTES))
    return account, _current.set(account)


def closed(token: Token["Account | None"]) -> None:
    """Ends the account of a request."""
    _current.reset(token)


def request_id() -> str:
    """The id of the request that is being answered, "" where none is."""
    account = _current.get()
    return account.id if account else ""


def accounted(ask: Callable[Given, Answer], *given: Given.args, **more: Given.kwargs) -> Answer:
    """The answer to a question, its outcome noted in the account; raises QuestionError as `ask` does."""
    try:
        answer = ask(*given, **more)
    except QuestionError:
        _note(UNASKABLE)
        raise
    _note(answer.outcome)
    return answer


def _note(outcome: str) -> None:
    account = _current.get()
    if account is not None:
        account.outcome = outcome
