"""The commands `predict`, `score` and `compare`: questions asked, figures worked out, runs compared."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.engines import chosen
from bot.errors import SettingsError
from bot.meaning import digest_of, load_encoder, named
from bot.records import Corpus
from bot.rendering.terminal import complain, complain_of_files

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.evaluation.contrast import Contrast
    from bot.evaluation.questions import QuestionSet
    from bot.evaluation.scoring import Run

OK, FELL_SHORT = 0, 1


def add_predict(command: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    command.add_argument("questions", type=Path)
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write, JSONL")
    command.add_argument("--depth", type=depth, default=10, help="how much of the ranking to give (10)")
    _add_asked(command)
    command.add_argument("--processes", type=depth, default=1, help="how many processes ask at once (1)")


def add_score(command: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    command.add_argument("questions", type=Path)
    command.add_argument("predictions", type=Path)
    _add_asked(command)
    command.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    command.add_argument(
        "--report", type=Path, metavar="FILE.html", help="write a page with plots and misses"
    )
    command.add_argument(
        "--reader",
        metavar="ADDRESS",
        help="link the report's misses to a running page, http://127.0.0.1:7860",
    )
    command.add_argument("--trec-run", type=Path, metavar="FILE", help="write the rankings as a TREC run")
    command.add_argument(
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
        help="leave answers that are not in the corpus out of every figure instead of refusing the set",
    )
    command.add_argument(
        "--columns",
        metavar="FIELD=HEADING,...",
        help="which columns of a CSV or XLSX hold what: question=Query,answer=Reference answer",
    )
    command.add_argument(
        "--relevant-from",
        type=_grade,
        metavar="GRADE",
        help="the least grade of a document that counts as right (2; 1 in judgements of TREC and BEIR)",
    )


def add_compare(command: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    command.add_argument("questions", type=Path)
    command.add_argument("predictions", type=Path, nargs="+")
    command.add_argument("--json", type=Path, metavar="FILE", help="write the differences there too")
    _add_asked(command)


def add_corpus(command: argparse.ArgumentParser) -> None:
    """The options of the command."""
    command.add_argument("questions", type=Path, help="a SQuAD file or a BEIR folder")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    command.set_defaults(run=corpus)


def depth(value: str) -> int:
    """A depth as it is typed; raises argparse.ArgumentTypeError."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError("the depth is a whole number from 0 on")
    return int(value)


def _grade(value: str) -> int:
    if not value.isdecimal() or int(value[:4]) < 1:
        raise argparse.ArgumentTypeError("the least grade that is right is a whole number from 1 on")
    return int(value)


def predict(options: argparse.Namespace) -> int:
    """Asks a question set and writes what was said; raises QuestionSetError, CorpusError and OutputError."""
    from bot.evaluation import predict as asking
    from bot.evaluation.origin import origin_of
    from bot.evaluation.predict import Apart, predict_apart, with_progress, write_predictions
    from bot.evaluation.unfinished import key_of, resuming
    from bot.files import check_writable
    from bot.library import VOCABULARY_FILE

    check_writable(options.out)
    corpus, asked = _asked(options)
    encoder = named(options.encoder)
    origin = origin_of(corpus, options.corpus / VOCABULARY_FILE, digest_of(encoder))
    with resuming(options.out, key_of(str(origin), asked.digest, str(options.depth))) as out:
        rest = asked.questions[out.lines :]
        # Opened here in any case: what the processes would encode side by side is then there already.
        assistant = _asked_of(options, corpus)
        if options.processes > 1:
            how = Apart(options.corpus, encoder, options.depth, chosen(options))
            found = predict_apart(how, rest, processes=options.processes)
        else:
            found = asking.predict(assistant, rest, depth=options.depth)
        shown = with_progress(found, total=len(asked.questions), done=out.lines)
        write_predictions(shown, out.file, origin=origin)
    taken_up = f", {out.lines} of them from an unfinished run" if out.lines else ""
    _say(f"{len(asked.questions)} predictions written to {options.out}{taken_up}")
    return OK


def score(options: argparse.Namespace) -> int:
    """Shows the figures of predictions; 1 where one falls short. Raises QuestionSetError, OutputError."""
    from bot.evaluation import scoring
    from bot.evaluation.in_words import in_words
    from bot.evaluation.metrics import figures_by_kind, parse_floor, shortfalls
    from bot.evaluation.misses import misses
    from bot.evaluation.table import beside, missed, sentence, violations, written
    from bot.rendering.terminal import printable

    floors = [parse_floor(text) for text in options.fail_under]
    corpus, asked = _asked(options)
    run = scoring.score(asked, options.predictions, corpus)
    _say(in_words(run.judged), "", written(figures_by_kind(run.judged)))
    _say(*beside(run.judged), *missed(misses(run)), *violations(run.judged))
    _say(f"signature {run.signature}", *(f"made by {printable(made)}" for made in run.origins))
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
    from bot.evaluation.contrast import contrasts
    from bot.evaluation.misses import misses
    from bot.evaluation.origin import origin_of
    from bot.library import VOCABULARY_FILE

    encoder = named(options.encoder)
    if run.origins != (str(origin_of(corpus, options.corpus / VOCABULARY_FILE, digest_of(encoder))),):
        return None
    return contrasts(_assistant(options, corpus), run, misses(run))


def _asked_of(options: argparse.Namespace, corpus: Corpus) -> "Assistant":
    """The assistant whose answers are written: over the engine that was chosen."""
    from bot.assistant import Assistant
    from bot.settings import Settings

    settings = Settings(cluster=chosen(options))
    if settings.cluster is None:
        return _assistant(options, corpus)
    return Assistant.open(options.corpus, settings=settings, encoder=named(options.encoder), progress=True)


def _assistant(options: argparse.Namespace, corpus: Corpus) -> "Assistant":
    """The assistant of a corpus that has been read already, ready to be asked."""
    from bot.assistant import Assistant

    folder = named(options.encoder)
    encoder = None if folder is None else load_encoder(folder)
    assistant = Assistant(corpus, folder=options.corpus, encoder=encoder)
    assistant.encode(progress=True)
    return assistant


def compare(options: argparse.Namespace) -> int:
    """Shows the paired differences of predictions; raises QuestionSetError and SettingsError."""
    from bot.evaluation import compare as comparing
    from bot.evaluation import scoring
    from bot.evaluation.metrics import on_ranks
    from bot.evaluation.table import changes, compared
    from bot.files import write_atomically

    names = [path.stem for path in options.predictions]
    if len(names) < 2 or len(set(names)) < len(names):
        raise SettingsError("Compare needs two or more prediction files of different names; name them.")
    corpus, asked = _asked(options)
    runs = [scoring.score(asked, path, corpus) for path in options.predictions]
    for run in runs:
        for doubt in run.doubts:
            complain(f"{run.name}: {doubt}")
        for sentence in on_ranks(run.judged):
            complain(f"{run.name}: {sentence}")
    differences = comparing.compare({run.name: run.judged for run in runs})
    if options.json is not None:
        signatures = {run.name: str(run.signature) for run in runs}
        write_atomically(options.json, comparing.as_json(signatures, differences))
    _say(compared(differences), *changes(differences, "hit@1"))
    return OK


def _asked(options: argparse.Namespace) -> "tuple[Corpus, QuestionSet]":
    """The corpus and the question set that were named, with what there is to say of them said."""
    from bot.evaluation.formats.columns import parse_columns
    from bot.evaluation.questions import load_question_set
    from bot.library import read_corpus

    columns = None if options.columns is None else parse_columns(options.columns)
    corpus = read_corpus(options.corpus, progress=True)
    complain_of_files(corpus)
    asked = load_question_set(
        options.questions,
        corpus,
        keep_missing=options.keep_missing,
        columns=columns,
        relevant_from=options.relevant_from,
    )
    if options.slices:
        from bot.evaluation.slices import sliced_set

        asked = sliced_set(asked)
    for note in asked.notes:
        complain(note)
    return corpus, asked


def corpus(options: argparse.Namespace) -> int:
    """Writes the documents of a set; raises QuestionSetError and OutputError."""
    from bot.evaluation.carried import carried_by, write_documents

    count = write_documents(carried_by(options.questions), options.out)
    _say(f"{count} documents written to {options.out}")
    return OK


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
