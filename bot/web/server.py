"""Builds the guarded application and serves it."""

import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from bot.errors import ServerError
from bot.serving import Served
from bot.settings import Serving
from bot.web.accounts import Accounted, Accounts
from bot.web.api import build_api
from bot.web.asgi import App
from bot.web.chat import mount_chat
from bot.web.connections import Limits, bounded, fitting
from bot.web.conversations import Conversations
from bot.web.guard import Guard
from bot.web.proxies import Forwarding, Proxies
from bot.web.rate import RateLimit
from bot.web.shell import Shell

if TYPE_CHECKING:
    from bot.web.evaluate.bench import Bench

# What is bound to for every address of the machine: no name that anyone asks for.
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
# So long running requests may take to end after the server was told to.
LONGEST_GOODBYE_SECONDS = 8
# A thread that thinks keeps the one that serves all connections waiting for so long, at each of its steps. At
# Python's usual .005 s, who was sent away under overload was told so two to five times as late.
TURN_SECONDS = 0.0005
# Smaller answers gain nothing by packing.
WORTH_PACKING_BYTES = 1000
# Packing keeps all others waiting: 9, the usual, takes five times as long (5 MB of words: .42 s), and the
# result is smaller by a sixteenth.
PACKED_HOW_WELL = 4
# Documents of this kind are packed already.
PACKED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Doors:
    """How the bot is reached, by whom besides patients, and who is told of each request."""

    serving: Serving
    evaluator: "Bench | None" = None
    tell: tuple[Callable[[Accounted], None], ...] = ()


def build_app(served: Served, doors: Doors, conversations: Conversations) -> App:
    """Interface and page behind the guard."""
    serving, evaluator = doors.serving, doors.evaluator is not None
    api = build_api(served, conversations)
    if doors.evaluator is not None:
        # Imported late: patients' servers start without the evaluators' tools.
        from bot.web.evaluate.entrance import mount_evaluator

        mount_evaluator(api, doors.evaluator)
    mounted = mount_chat(api, served, conversations, mcp=serving.mcp, evaluator=evaluator)
    page = Shell(mounted, evaluator=evaluator)
    app = GZipMiddleware(
        page,
        minimum_size=WORTH_PACKING_BYTES,
        compresslevel=PACKED_HOW_WELL,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, PACKED),
    )
    own = _own_names() if serving.host in EVERYWHERE else {serving.host}
    hosts = {*own, *serving.names}
    rate = RateLimit(serving.per_minute, in_total=serving.per_minute_in_total)
    guarded = Guard(app, hosts=hosts, evaluator=evaluator, rate=rate, mcp=serving.mcp)
    return Forwarding(Accounts(guarded, *doors.tell), Proxies(serving.trusted_proxies))


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address; raises ServerError if it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        # Whoever comes before the server is up waits in line instead of being turned away.
        server.listen()
    except (OSError, OverflowError) as error:
        server.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        cause = "is in use" if taken else f"cannot be bound ({error})"
        raise ServerError(
            f"The address {host}:{port} {cause}; choose another with --port or --host."
        ) from error
    return server


def serve(app: App, server: socket.socket, conversations: Conversations, serving: Serving) -> None:
    """Serve until interrupted or told to end."""
    sys.setswitchinterval(TURN_SECONDS)
    proxies = Proxies(serving.trusted_proxies)
    uvicorn.Server(served_so(app, conversations, proxies)).run(sockets=[server])


def served_so(app: App, conversations: Conversations, proxies: Proxies) -> uvicorn.Config:
    """How it is served: without an access log, which would hold what patients ask."""

    async def sweep() -> None:
        # Where nobody asks any more, too, what was said leaves the memory in time.
        conversations.sweep()

    return uvicorn.Config(
        app,
        http=bounded(fitting(Limits(proxies=proxies))),
        callback_notify=sweep,
        # A client's nonsense is no event of ours: warnings about it would fill the log.
        log_config=None,
        log_level="error",
        access_log=False,
        # Who came through a proxy is worked out behind this, from the proxies that the operator named.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_GOODBYE_SECONDS,
    )


def _own_names() -> set[str]:
    return {socket.gethostname(), socket.getfqdn()}
