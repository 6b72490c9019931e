"""Options in, the chat page served."""

import argparse
import ipaddress
import logging
import re
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bot.assistant import Assistant
from bot.engines import add_options, chosen
from bot.errors import BotError, SettingsError
from bot.meaning import BUILT_IN, named
from bot.serving import Served, Watch, look_at
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.web.evaluate.bench import Bench

STARTER_CORPUS = Path(__file__).resolve().parent / "corpus"
# What a browser sends as the name of the site, its port left out.
NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?", re.IGNORECASE | re.ASCII)
PER_MINUTE = 60
# The version of the optional package that agents are served with.
MCP_VERSION = "1.30.0"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page; exit status 2 after a mistake of the operator's, said in one sentence."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("bot.serving").setLevel(logging.INFO)
    try:
        _serve(options)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(options: argparse.Namespace) -> None:
    # What changes while the documents are read is noticed by a look from before.
    first = look_at(options.corpus)
    settings = Settings(cluster=chosen(options))
    assistant = Assistant.open(
        options.corpus, settings=settings, encoder=named(options.encoder), wait=False, progress=True
    )
    for problem in assistant.corpus.problems:
        sys.stderr.write(f"{problem.sentence}\n")
    if options.mcp and find_spec("mcp") is None:
        raise SettingsError(f"--mcp needs the package mcp: pip install mcp=={MCP_VERSION}")
    # Imported late: a mistake in the options is told at once, not after Gradio's seconds.
    from bot.web.conversations import Conversations
    from bot.web.rate import RateLimit
    from bot.web.server import Doors, build_app, listening, serve

    rate = RateLimit(options.per_minute) if options.per_minute else None
    served, conversations = Served(assistant), Conversations()
    watch = Watch.of(served, options.corpus, first=first)
    with listening(options.host, options.port) as server:
        bench = _bench(options, served) if options.evaluator else None
        try:
            doors = Doors(options.host, tuple(options.name), rate, bench, mcp=options.mcp)
            app = build_app(served, doors, conversations)
            _say_ready(options, server.getsockname()[1], bench)
            # Questions are answered by words alone until the watch has encoded the passages.
            Thread(target=watch.run, daemon=True).start()
            serve(app, server, conversations)
        finally:
            watch.stop()
            if bench is not None:
                bench.close()


def _bench(options: argparse.Namespace, served: Served) -> "Bench":
    from bot.web.evaluate.access import Access
    from bot.web.evaluate.bench import Bench

    folder = options.evaluations or options.corpus.resolve().parent / "evaluations"
    # A page that is reached by a name of its own has a proxy before it: others come in over loopback then.
    access = Access(required=bool(options.name) or not _is_loopback(options.host))
    return Bench.open(served, folder, corpus=options.corpus, access=access)


def _say_ready(options: argparse.Namespace, port: int, bench: "Bench | None") -> None:
    address = f"http://{_reached_by(options.host, options.name)}:{port}"
    sys.stdout.write(f"Ready at {address} (Ctrl+C ends it)\n")
    if bench is not None:
        sys.stdout.write(f"For evaluators: {address}/evaluate?token={bench.access.token}\n")
    sys.stdout.flush()


def _reached_by(host: str, names: Sequence[str]) -> str:
    """A name that a browser can be pointed at: an address that stands for all of them is none."""
    from bot.web.server import EVERYWHERE

    if host in EVERYWHERE:
        return names[0] if names else socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="A chat that answers in its sources' own words.")
    parser.add_argument("--corpus", type=Path, default=STARTER_CORPUS, metavar="DIR", help="the documents")
    parser.add_argument(
        "--encoder",
        default=BUILT_IN,
        metavar="DIR|none",
        help="a sentence encoder in ONNX instead of the built-in one, or none for words alone",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="the port to serve at (7860)")
    parser.add_argument(
        "--name",
        type=_name,
        action="append",
        default=[],
        help="a name that the page is reached by, besides that of the host; may be repeated",
    )
    parser.add_argument(
        "--per-minute",
        type=_count,
        default=PER_MINUTE,
        metavar="N",
        help=f"questions a minute from one address over /api/ask, 0 for any number ({PER_MINUTE})",
    )
    parser.add_argument(
        "--evaluator",
        action="store_true",
        help="serve /evaluate too, for evaluators: question sets, runs, misses, comparisons;"
        " its link is printed, and needed unless only this machine is served",
    )
    parser.add_argument(
        "--evaluations",
        type=Path,
        metavar="DIR",
        help="where question sets and runs are kept; sets put there can be chosen"
        ' ("evaluations" beside the corpus)',
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        help="offer the tool ask_sources to agents at /gradio_api/mcp/; needs the package mcp",
    )
    add_options(parser)
    return parser


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise argparse.ArgumentTypeError(
            "a name is for example answers.example.org, without http:// and port"
        )
    return value.lower()


def _count(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or len(value) > 9:
        raise argparse.ArgumentTypeError("it is a whole number from 0 on")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
