"""Options in, the chat page served."""

import argparse
import logging
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING

from bot.engines import chosen
from bot.errors import BotError, SettingsError
from bot.library import set_limits
from bot.meaning import named
from bot.opening import Opening
from bot.serving import Served, Watch, look_at
from bot.settings import Configuration, Serving, configured
from bot.settings.options import add_file, add_settings, typed
from bot.web.logs import log_to
from bot.web.proxies import is_loopback

if TYPE_CHECKING:
    from bot.web.evaluate.bench import Bench
    from bot.web.operations import Operations

_LOG = logging.getLogger("bot.web.app")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page; exit status 2 after a mistake of the operator's, said in one sentence."""
    options = _parser().parse_args(arguments)
    try:
        configuration = configured(typed(options), options.settings)
        log_to(sys.stderr, configuration.watching.log_format)
        _refuse_contradictions(configuration.serving)
        _serve(configuration)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(configuration: Configuration) -> None:
    sources, serving = configuration.sources, configuration.serving
    cluster = chosen(configuration.engine)
    set_limits(configuration.reading)
    with ExitStack() as ends:
        operations = _operations(configuration, ends)
        # What changes while the documents are read is noticed by a look from before.
        first = look_at(sources.corpus)
        opening = Opening(sources.corpus, configuration.answering, named(sources.encoder), cluster)
        assistant = opening.assistant(wait=False, progress=True)
        for problem in assistant.corpus.problems:
            _LOG.warning("%s", problem.sentence)
        # Imported late: a mistake in the options is told at once, not after Gradio's seconds.
        from bot.web.accounts import logged
        from bot.web.conversations import Conversations
        from bot.web.server import Doors, build_app, listening, serve

        served, conversations = Served(assistant), Conversations(configuration.talking)
        watch = Watch.of(served, sources.corpus, first=first)
        server = ends.enter_context(listening(serving.host, serving.port))
        bench = _bench(configuration, served) if serving.evaluator else None
        if bench is not None:
            ends.enter_context(closing(bench))
        ends.callback(watch.stop)
        tell = [logged] if configuration.watching.log_requests else []
        if operations is not None:
            tell.append(operations.metrics.tell)
        app = build_app(served, Doors(serving, bench, tuple(tell)), conversations)
        if operations is not None:
            operations.serving(served, conversations)
        _say_ready(serving, server.getsockname()[1], bench)
        # Questions are answered by words alone until the watch has encoded the passages.
        Thread(target=watch.run, daemon=True).start()
        serve(app, server, conversations, serving)


def _refuse_contradictions(serving: Serving) -> None:
    if serving.mcp and find_spec("mcp") is None:
        raise SettingsError(
            "--mcp needs the package mcp: pip install --require-hashes --requirement requirements-mcp.lock"
        )
    shared = serving.names or serving.trusted_proxies or not _is_own(serving.host)
    if serving.evaluator_open and shared:
        raise SettingsError(
            "--evaluator-open is for a machine of your own, but others reach this server; take it out, or"
            " serve at 127.0.0.1 alone, without names and proxies."
        )


def _operations(configuration: Configuration, ends: ExitStack) -> "Operations | None":
    """What operators are told by, on a port of its own from here on."""
    watching = configuration.watching
    if watching.metrics_port is None:
        return None
    # Imported late: most servers are watched by nobody.
    from bot.web.metrics import Metrics
    from bot.web.operations import Operations, operating

    operations = Operations(Metrics())
    ends.enter_context(operating(operations, watching.metrics_host, watching.metrics_port))
    return operations


def _bench(configuration: Configuration, served: Served) -> "Bench":
    from bot.web.evaluate.access import Access
    from bot.web.evaluate.bench import Bench

    corpus, serving = configuration.sources.corpus, configuration.serving
    folder = serving.evaluations or corpus.resolve().parent / "evaluations"
    # Loopback proves nothing: whoever comes through a proxy or a tunnel comes from there too.
    access = Access(required=not serving.evaluator_open, token=serving.evaluator_token)
    return Bench.open(served, folder, corpus=corpus, access=access)


def _say_ready(serving: Serving, port: int, bench: "Bench | None") -> None:
    address = f"http://{_reached_by(serving)}:{port}"
    sys.stdout.write(f"Ready at {address} (Ctrl+C ends it)\n")
    if bench is not None:
        token = "" if serving.evaluator_token else f"#token={bench.access.token}"
        sys.stdout.write(f"For evaluators: {address}/evaluate{token}\n")
    sys.stdout.flush()


def _reached_by(serving: Serving) -> str:
    """A name that a browser can be pointed at: an address that stands for all of them is none."""
    from bot.web.server import EVERYWHERE

    host = serving.host
    if host in EVERYWHERE:
        return serving.names[0] if serving.names else socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _is_own(host: str) -> bool:
    return host.lower() == "localhost" or is_loopback(host)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="A chat that answers in its sources' own words.",
        epilog="Each option can be set in the environment (BOT_PORT) or in a TOML file (port = 7860) too.",
    )
    add_file(parser)
    add_settings(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
