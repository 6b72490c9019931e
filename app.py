"""Options in, the chat page served."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import BotError

STARTER_CORPUS = Path(__file__).resolve().parent / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page; exit status 2 after a mistake of the operator's, said in one sentence."""
    options = _parser().parse_args(arguments)
    try:
        _serve(options)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(options: argparse.Namespace) -> None:
    assistant = Assistant.open(options.corpus, progress=True)
    for problem in assistant.corpus.problems:
        sys.stderr.write(f"{problem.sentence}\n")
    # Imported late: a mistake in the options is told at once, not after Gradio's seconds.
    from bot.web.server import build_app, listening, serve

    with listening(options.host, options.port) as server:
        app = build_app(assistant, host=options.host)
        port = server.getsockname()[1]
        sys.stdout.write(f"Ready at http://{options.host}:{port} (Ctrl+C ends it)\n")
        sys.stdout.flush()
        serve(app, server)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="A chat that answers in its sources' own words.")
    parser.add_argument("--corpus", type=Path, default=STARTER_CORPUS, metavar="DIR", help="the documents")
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="the port to serve at (7860)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
