"""The command line: ask, predict, score, compare, corpus, explain, documents, index, text."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import engines
from bot.errors import BotError, SettingsError
from bot.evaluation import command as evaluation
from bot.loading import command as documents
from bot.loading import index
from bot.meaning import BUILT_IN, named
from bot.rendering.terminal import complain, complain_of_files
from bot.settings import Settings

STARTER_CORPUS = Path(__file__).resolve().parents[1] / "corpus"
CARRIED = "write the documents that a published question set carries"
# Exit statuses; an interrupted command ends as shells expect, with 128 and the number of the signal.
OK, USER_ERROR, INTERRUPTED = 0, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status: 2 after a mistake of the user's, said in one sentence."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BotError as error:
        complain(str(error))
        return USER_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough; a second complaint at exit would say nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answers in their sources' own words, from the command line."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ask(_asking(commands, "ask", _ask, "answer one question"))
    evaluation.add_predict(_asking(commands, "predict", evaluation.predict, "answer a question set"))
    evaluation.add_score(_command(commands, "score", evaluation.score, "figures of predictions, by kind"))
    purpose = "paired differences between prediction files"
    evaluation.add_compare(_command(commands, "compare", evaluation.compare, purpose))
    explain = _asking(commands, "explain", _explain, "why the passages for a question rank as they do")
    explain.add_argument("question")
    explain.add_argument(
        "--after", action="append", default=[], metavar="EARLIER", help="an earlier question"
    )
    explain.add_argument(
        "--gold",
        action="append",
        default=[],
        metavar="DOC:START-END",
        help="a right answer, or just DOC, to be set beside what came first; may be repeated",
    )
    carried = commands.add_parser("corpus", help=CARRIED, description=f"{CARRIED.capitalize()}.")
    evaluation.add_corpus(carried)
    purpose = "what was read of each file, how much of it can be quoted, and what to look at"
    documents.add_options(_command(commands, "documents", documents.run, purpose))
    purpose = "make the index of a folder on disk, or bring it up to what has changed"
    index.add_options(_asking(commands, "index", index.run, purpose))
    text = _command(commands, "text", _text, "print the text of a document, which the offsets count in")
    text.add_argument("doc", help="the document's path inside the corpus folder")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, purpose: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.")
    command.add_argument(
        "--corpus", type=Path, default=STARTER_CORPUS, metavar="DIR", help="the folder of documents"
    )
    command.add_argument(
        "--encoder",
        default=BUILT_IN,
        metavar="DIR|none",
        help="a sentence encoder in ONNX instead of the built-in one, or none for words alone",
    )
    command.set_defaults(run=run)
    return command


def _asking(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, purpose: str
) -> argparse.ArgumentParser:
    """A command that looks passages up, in whichever engine."""
    command = _command(commands, name, run, purpose)
    engines.add_options(command)
    return command


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question")
    ask.add_argument("--after", action="append", default=[], metavar="EARLIER", help="an earlier question")
    ask.add_argument("--json", action="store_true", help="print the object of one prediction line")
    ask.add_argument(
        "--depth", type=evaluation.depth, default=10, help="how much of the ranking to give (10)"
    )


def _ask(options: argparse.Namespace) -> int:
    # One answer leaves nothing behind to collect, and looking for it takes a tenth of the start.
    gc.disable()
    from bot.assistant import Assistant
    from bot.rendering.prediction import as_prediction
    from bot.rendering.terminal import paragraphs

    settings = Settings(cluster=engines.chosen(options))
    assistant = Assistant.open(
        options.corpus, settings=settings, encoder=named(options.encoder), progress=True
    )
    complain_of_files(assistant.corpus)
    answer = assistant.ask(options.question, assistant.replay(options.after), depth=options.depth)
    if options.json:
        shown = as_prediction(answer, ranked=options.depth > 0, sources=True)
        print(json.dumps(shown))
    else:
        print("\n\n".join(paragraphs(answer, assistant)))
    return OK


def _explain(options: argparse.Namespace) -> int:
    from bot.assistant import Assistant
    from bot.evaluation import contrast
    from bot.evaluation.explain import explain, lines
    from bot.evaluation.gold import given
    from bot.evaluation.questions import Question
    from bot.rendering.terminal import printable

    settings = Settings(cluster=engines.chosen(options))
    assistant = Assistant.open(
        options.corpus, settings=settings, encoder=named(options.encoder), progress=True
    )
    complain_of_files(assistant.corpus)
    golds = given(options.gold, assistant.corpus)
    said = lines(explain(assistant, options.question, assistant.replay(options.after)))
    asked = Question("asked", options.question, history=tuple(options.after), answers=golds)
    beside = contrast.contrast(assistant, asked)
    said += contrast.lines(beside) if beside else []
    print(printable("\n".join(said)))
    return OK


def _text(options: argparse.Namespace) -> int:
    from bot.library import read_corpus

    corpus = read_corpus(options.corpus, progress=True)
    complain_of_files(corpus)
    found = next((document for document in corpus.documents if document.id == options.doc), None)
    if found is None:
        raise SettingsError(
            f'The document "{options.doc}" is not in {options.corpus}; give its path inside that folder.'
        )
    sys.stdout.buffer.write(found.text.encode("utf-8"))
    return OK


if __name__ == "__main__":
    sys.exit(main())
