"""Builds the guarded application and serves it."""

import errno
import socket

import uvicorn
from starlette.middleware.gzip import GZipMiddleware

from bot.assistant import Assistant
from bot.errors import ServerError
from bot.web.api import build_api
from bot.web.chat import mount_chat
from bot.web.conversations import Conversations
from bot.web.guard import App, Guard
from bot.web.shell import Shell

# Smaller answers gain nothing by packing.
WORTH_PACKING_BYTES = 1000


def build_app(assistant: Assistant, *, host: str) -> App:
    """Interface and page behind the guard."""
    conversations = Conversations()
    page = Shell(mount_chat(build_api(assistant, conversations), assistant))
    app = GZipMiddleware(page, minimum_size=WORTH_PACKING_BYTES)
    return Guard(app, hosts={host} if host not in ("0.0.0.0", "::") else _own_names())  # noqa: S104 - compared, not bound


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


def serve(app: App, server: socket.socket) -> None:
    """Serve until interrupted; no access log: it would hold what patients ask."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[server])


def _own_names() -> set[str]:
    return {socket.gethostname(), socket.getfqdn()}
