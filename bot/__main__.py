"""The command line: ask, predict, score, compare, explain, documents, text."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError, SettingsError
from bot.loading import command as documents
from bot.meaning import BUILT_IN, digest_of, load_encoder, named
from bot.records import Corpus
from bot.rendering.terminal import complain, complain_of_files

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.evaluation.contrast import Contrast
    from bot.evaluation.questions import QuestionSet
    from bot.evaluation.scoring import Run

STARTER_CORPUS = Path(__file__).resolve().parents[1] / "corpus"
# Exit statuses; an interrupted command ends as shells expect, with 128 and the number of the signal.
OK, FELL_SHORT, USER_ERROR, INTERRUPTED = 0, 1, 2, 130


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
    _add_ask(_command(commands, "ask", _ask, "answer one question"))
    _add_predict(_command(commands, "predict", _predict, "answer a question set"))
    _add_score(_command(commands, "score", _score, "figures of predictions, by kind"))
    explain = _command(commands, "explain", _explain, "why the passages for a question rank as they do")
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
    compare = _command(commands, "compare", _compare, "paired differences between prediction files")
    compare.add_argument("questions", type=Path)
    compare.add_argument("predictions", type=Path, nargs="+")
    _add_asked(compare)
    purpose = "what was read of each file, how much of it can be quoted, and what to look at"
    documents.add_options(_command(commands, "documents", documents.run, purpose))
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


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question")
    ask.add_argument("--after", action="append", default=[], metavar="EARLIER", help="an earlier question")
    ask.add_argument("--json", action="store_true", help="print the object of one prediction line")
    ask.add_argument("--depth", type=_depth, default=10, help="how much of the ranking to give (10)")


def _add_predict(predict: argparse.ArgumentParser) -> None:
    predict.add_argument("questions", type=Path)
    predict.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write, JSONL")
    predict.add_argument("--depth", type=_depth, default=10, help="how much of the ranking to give (10)")
    _add_asked(predict)
    predict.add_argument("--processes", type=_depth, default=1, help="how many processes ask at once (1)")


def _add_score(score: argparse.ArgumentParser) -> None:
    score.add_argument("questions", type=Path)
    score.add_argument("predictions", type=Path)
    _add_asked(score)
    score.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    score.add_argument("--report", type=Path, metavar="FILE.html", help="write a page with plots and misses")
    score.add_argument(
        "--reader",
        metavar="ADDRESS",
        help="link the report's misses to a running page, http://127.0.0.1:7860",
    )
    score.add_argument("--trec-run", type=Path, metavar="FILE", help="write the rankings as a TREC run")
    score.add_argument(
        "--fail-under",
        action="append",
        default=[],
        metavar="METRIC=VALUE",
        help="exit with status 1 if the figure is worse than that; may be repeated",
    )


def _add_asked(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--slices",
        action="store_true",
        help="add harder forms of each question, made by rule",
    )
    command.add_argument(
        "--keep-missing",
        action="store_true",
        help="count questions whose answers are not in the corpus as misses instead of refusing the set",
    )


def _depth(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError("the depth is a whole number from 0 on")
    return int(value)


def _ask(options: argparse.Namespace) -> int:
    # One answer leaves nothing behind to collect, and looking for it takes a tenth of the start.
    gc.disable()
    from bot.assistant import Assistant
    from bot.rendering.prediction import as_prediction
    from bot.rendering.terminal import paragraphs

    assistant = Assistant.open(options.corpus, encoder=named(options.encoder), progress=True)
    complain_of_files(assistant.corpus)
    answer = assistant.ask(options.question, assistant.replay(options.after), depth=options.depth)
    if options.json:
        shown = as_prediction(answer, ranked=options.depth > 0, sources=True)
        print(json.dumps(shown))
    else:
        print("\n\n".join(paragraphs(answer, assistant)))
    return OK


def _predict(options: argparse.Namespace) -> int:
    from bot.assistant import VOCABULARY_FILE
    from bot.evaluation.origin import origin_of
    from bot.evaluation.predict import Apart, predict, predict_apart, with_progress, write_predictions
    from bot.evaluation.unfinished import key_of, resuming
    from bot.files import check_writable

    check_writable(options.out)
    corpus, asked = _asked(options)
    encoder = named(options.encoder)
    origin = origin_of(corpus, options.corpus / VOCABULARY_FILE, digest_of(encoder))
    with resuming(options.out, key_of(str(origin), asked.digest, str(options.depth))) as out:
        rest = asked.questions[out.lines :]
        # Opened here in any case: what the processes would encode side by side is then there already.
        assistant = _assistant(options, corpus)
        if options.processes > 1:
            how = Apart(options.corpus, encoder, options.depth)
            found = predict_apart(how, rest, processes=options.processes)
        else:
            found = predict(assistant, rest, depth=options.depth)
        shown = with_progress(found, total=len(asked.questions), done=out.lines)
        write_predictions(shown, out.file, origin=origin)
    taken_up = f", {out.lines} of them from an unfinished run" if out.lines else ""
    print(f"{len(asked.questions)} predictions written to {options.out}{taken_up}")
    return OK


def _score(options: argparse.Namespace) -> int:
    from bot.evaluation.metrics import figures_by_kind, parse_floor, shortfalls
    from bot.evaluation.misses import misses
    from bot.evaluation.scoring import score
    from bot.evaluation.table import beside, missed, sentence, violations, written
    from bot.rendering.terminal import printable

    floors = [parse_floor(text) for text in options.fail_under]
    corpus, asked = _asked(options)
    run = score(asked, options.predictions, corpus)
    print(written(figures_by_kind(run.judged)))
    print(*beside(run.judged), *missed(misses(run)), *violations(run.judged), sep="\n")
    print(f"signature {run.signature}", *(f"made by {printable(made)}" for made in run.origins), sep="\n")
    for doubt in run.doubts:
        complain(doubt)
    _write_reports(options, corpus, run)
    short = shortfalls(run.judged, floors)
    for shortfall in short:
        complain(sentence(shortfall))
    return FELL_SHORT if short else OK


def _write_reports(options: argparse.Namespace, corpus: Corpus, run: "Run") -> None:
    from bot.evaluation.page import as_html, reader_address
    from bot.evaluation.report import as_json
    from bot.evaluation.trec_run import trec_run
    from bot.files import write_atomically

    reader = None if options.reader is None else reader_address(options.reader)
    beside = _contrasts(options, corpus, run) if options.json or options.report else None
    if options.json is not None:
        write_atomically(options.json, as_json(run, contrasts=beside))
    if options.report is not None:
        write_atomically(options.report, as_html(run, reader=reader, contrasts=beside))
    if options.trec_run is not None:
        write_atomically(options.trec_run, "".join(trec_run(run)))


def _contrasts(options: argparse.Namespace, corpus: Corpus, run: "Run") -> "dict[str, Contrast] | None":
    """Right and first passages side by side; None where something else made the predictions."""
    from bot.assistant import VOCABULARY_FILE
    from bot.evaluation.contrast import contrasts
    from bot.evaluation.misses import misses
    from bot.evaluation.origin import origin_of

    encoder = named(options.encoder)
    if run.origins != (str(origin_of(corpus, options.corpus / VOCABULARY_FILE, digest_of(encoder))),):
        return None
    return contrasts(_assistant(options, corpus), run, misses(run))


def _assistant(options: argparse.Namespace, corpus: Corpus) -> "Assistant":
    """The assistant of a corpus that has been read already, ready to be asked."""
    from bot.assistant import Assistant

    folder = named(options.encoder)
    encoder = None if folder is None else load_encoder(folder)
    assistant = Assistant(corpus, folder=options.corpus, encoder=encoder)
    assistant.encode(progress=True)
    return assistant


def _compare(options: argparse.Namespace) -> int:
    from bot.evaluation.compare import compare
    from bot.evaluation.scoring import score
    from bot.evaluation.table import changes, compared

    names = [path.stem for path in options.predictions]
    if len(names) < 2 or len(set(names)) < len(names):
        raise SettingsError("Compare needs two or more prediction files of different names; name them.")
    corpus, asked = _asked(options)
    runs = [score(asked, path, corpus) for path in options.predictions]
    for run in runs:
        for doubt in run.doubts:
            complain(f"{run.name}: {doubt}")
    differences = compare({run.name: run.judged for run in runs})
    print(compared(differences), *changes(differences, "hit@1"), sep="\n")
    return OK


def _asked(options: argparse.Namespace) -> "tuple[Corpus, QuestionSet]":
    """The corpus and the question set that were named, with what there is to say of them said."""
    from bot.evaluation.questions import load_question_set
    from bot.library import read_corpus

    corpus = read_corpus(options.corpus, progress=True)
    complain_of_files(corpus)
    asked = load_question_set(options.questions, corpus, keep_missing=options.keep_missing)
    if options.slices:
        from bot.evaluation.slices import sliced_set

        asked = sliced_set(asked)
    for note in asked.notes:
        complain(note)
    return corpus, asked


def _explain(options: argparse.Namespace) -> int:
    from bot.assistant import Assistant
    from bot.evaluation import contrast
    from bot.evaluation.explain import explain, lines
    from bot.evaluation.gold import given
    from bot.evaluation.questions import Question
    from bot.rendering.terminal import printable

    assistant = Assistant.open(options.corpus, encoder=named(options.encoder), progress=True)
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
