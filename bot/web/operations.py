"""The operators' port: /metrics for Prometheus and /readyz, from the first moment on."""

import json
import logging
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from bot.errors import ServerError
from bot.serving import Served
from bot.web.health import STARTING, Readiness, Ready
from bot.web.metrics import Metrics, Sized

_LOG = logging.getLogger(__name__)
Respond = Callable[[str, list[tuple[str, str]]], object]
_NOT_FOUND = "404 Not Found"
_STATUS = {200: "200 OK", 503: "503 Service Unavailable"}
_JSON = ("Content-Type", "application/json")
# One who has not asked by then will not.
_SECONDS_TO_ASK = 10.0


class Operations:
    """What operators may ask while the documents are read, and after that of what is served."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self._pages = metrics.pages()
        self._ready: Ready | None = None

    def serving(self, served: Served, conversations: Sized) -> None:
        """The start is over."""
        self._ready = Ready(served)
        self.metrics.watch(served, conversations, self.ready)

    def ready(self) -> Readiness:
        """Whether questions are answered."""
        return STARTING if self._ready is None else self._ready.now()

    def __call__(self, environ: dict[str, Any], respond: Respond) -> Iterable[bytes]:
        """The application, as in WSGI."""
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            return self._pages(environ, respond)  # type: ignore[return-value]
        if path == "/readyz":
            ready = self.ready()
            respond(_STATUS[ready.status], [_JSON])
            return [json.dumps(ready.told()).encode()]
        respond(_NOT_FOUND, [_JSON])
        return [json.dumps({"error": "There are /metrics and /readyz."}).encode()]


@contextmanager
def operating(operations: Operations, host: str, port: int) -> Iterator[None]:
    """Serves operators beside everything else; raises ServerError if the address cannot be had."""
    kind = _ServerOfIPv6 if ":" in host else _Server
    try:
        server = kind((host, port), _Handler)
    except (OSError, OverflowError) as error:
        raise ServerError(
            f"The address {host}:{port} for metrics cannot be bound ({error}); choose another with"
            " --metrics-port or --metrics-host."
        ) from error
    server.set_app(operations)
    thread = Thread(target=server.serve_forever, name="operations", daemon=True)
    thread.start()
    _LOG.info(
        "Figures are at http://%s:%d/metrics.", f"[{host}]" if ":" in host else host, server.server_port
    )
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        # The usual one asks for the name of the machine, which may take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()


class _ServerOfIPv6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = _SECONDS_TO_ASK

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: Prometheus asks every few seconds."""
