"""The command line: ask, explain, documents, index, text, and the evaluators' commands."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.engines import chosen
from bot.errors import BotError, SettingsError
from bot.evaluation import command as evaluation
from bot.evaluation import options as evaluators
from bot.library.limits import set_limits
from bot.loading import command as documents
from bot.loading import index
from bot.meaning import named
from bot.rendering.terminal import complain, complain_of_files
from bot.settings import Engine, configured
from bot.settings.options import add, add_file, typed
from bot.settings.setting import described

if TYPE_CHECKING:
    from bot.assistant import Assistant

CARRIED = "write the documents that a published question set carries"
EMPTY = "write an empty question set to fill in, as a table"
# Exit statuses; an interrupted command ends as shells expect, with 128 and the number of the signal.
OK, USER_ERROR, INTERRUPTED = 0, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status: 2 after a mistake of the user's, said in one sentence."""
    options = _parser().parse_args(arguments)
    try:
        _configure(options)
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
    evaluators.add_predict(_asking(commands, "predict", evaluation.predict, "answer a question set"))
    evaluators.add_score(_command(commands, "score", evaluation.score, "figures of predictions, by kind"))
    purpose = "paired differences between prediction files"
    evaluators.add_compare(_command(commands, "compare", evaluation.compare, purpose))
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
    evaluators.add_corpus(carried)
    purpose = "draw passages to write questions on, spread over documents and sections"
    evaluators.add_sample(_command(commands, "sample", evaluation.sample, purpose))
    empty = commands.add_parser("template", help=EMPTY, description=f"{EMPTY.capitalize()}.")
    evaluators.add_template(empty)
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
    add(command, "corpus", "encoder")
    add_file(command)
    command.set_defaults(run=run)
    return command


def _asking(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, purpose: str
) -> argparse.ArgumentParser:
    """A command that looks passages up, in whichever engine."""
    command = _command(commands, name, run, purpose)
    add(command, *described(Engine))
    return command


def _configure(options: argparse.Namespace) -> None:
    """Puts the settings into the options; raises SettingsError."""
    configuration = configured(typed(options), getattr(options, "settings", None))
    set_limits(configuration.reading)
    options.corpus, options.encoder = configuration.sources.corpus, configuration.sources.encoder
    options.answering = configuration.answering
    options.cluster = chosen(configuration.engine)


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question")
    ask.add_argument("--after", action="append", default=[], metavar="EARLIER", help="an earlier question")
    ask.add_argument("--json", action="store_true", help="print the object of one prediction line")
    ask.add_argument(
        "--depth", type=evaluators.depth, default=10, help="how much of the ranking to give (10)"
    )


def _opened(options: argparse.Namespace) -> "Assistant":
    from bot.opening import Opening

    opening = Opening(options.corpus, options.answering, named(options.encoder), options.cluster)
    return opening.assistant(progress=True)


def _ask(options: argparse.Namespace) -> int:
    # One answer leaves nothing behind to collect, and looking for it takes a tenth of the start.
    gc.disable()
    from bot.rendering.prediction import as_prediction
    from bot.rendering.terminal import paragraphs

    assistant = _opened(options)
    complain_of_files(assistant.corpus)
    answer = assistant.ask(options.question, assistant.replay(options.after), depth=options.depth)
    if options.json:
        shown = as_prediction(answer, ranked=options.depth > 0, sources=True)
        print(json.dumps(shown))
    else:
        print("\n\n".join(paragraphs(answer, assistant)))
    return OK


def _explain(options: argparse.Namespace) -> int:
    from bot.evaluation import contrast
    from bot.evaluation.explain import explain, lines
    from bot.evaluation.gold import given
    from bot.evaluation.questions import Question
    from bot.rendering.terminal import printable

    assistant = _opened(options)
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
