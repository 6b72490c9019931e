"""What the evaluators' commands do: questions asked, figures worked out, runs compared, sets begun."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.meaning import digest_of, load_encoder, named
from bot.records import Corpus
from bot.rendering.terminal import complain, complain_of_files

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.evaluation.contrast import Contrast
    from bot.evaluation.questions import QuestionSet
    from bot.evaluation.scoring import Run
    from bot.evaluation.thresholds import Threshold

OK, FELL_SHORT = 0, 1
# What plain BM25 is called where it is named.
BM25 = "bm25"


def predict(options: argparse.Namespace) -> int:
    """Asks a question set and writes what was said.

    Raises QuestionSetError, CorpusError, OutputError and EngineError.
    """
    from bot.evaluation import predict as asking
    from bot.evaluation.origin import origin_of
    from bot.evaluation.predict import Apart, predict_apart, with_progress, write_predictions
    from bot.evaluation.unfinished import key_of, resuming
    from bot.files import check_writable
    from bot.library import VOCABULARY_FILE
    from bot.opening import Opening

    check_writable(options.out)
    corpus, asked = _asked(options)
    encoder = named(options.encoder)
    vocabulary = options.corpus / VOCABULARY_FILE
    origin = origin_of(corpus, vocabulary, digest_of(encoder), options.answering)
    with resuming(options.out, key_of(str(origin), asked.digest, str(options.depth))) as out:
        rest = asked.questions[out.lines :]
        # Opened here in any case: what the processes would encode side by side is then there already.
        opening = Opening(options.corpus, options.answering, encoder, options.cluster)
        in_cluster = options.cluster is not None
        assistant = opening.assistant(progress=True) if in_cluster else _assistant(options, corpus)
        if options.processes > 1:
            found = predict_apart(Apart(opening, options.depth), rest, processes=options.processes)
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
    from bot.evaluation.metrics import parse_floor, refuse_deeper, shortfalls
    from bot.evaluation.table import sentence

    floors = [parse_floor(text) for text in options.fail_under]
    corpus, asked = _asked(options)
    run = scoring.score(asked, options.predictions, corpus, progress=True)
    refuse_deeper(run.judged, floors)
    if options.baselines:
        run = _with_baselines(options, corpus, run)
    threshold = _threshold(options, run, corpus)
    _show(run, threshold)
    _write_reports(options, corpus, run, threshold)
    short = shortfalls(run.judged, floors)
    for shortfall in short:
        complain(sentence(shortfall))
    return FELL_SHORT if short else OK


def _show(run: "Run", threshold: "Threshold | None") -> None:
    from bot.evaluation.in_words import in_words
    from bot.evaluation.judge_table import judge_lines, threshold_lines
    from bot.evaluation.metrics import figures_by_kind
    from bot.evaluation.misses import misses
    from bot.evaluation.table import beside, compared, missed, violations, written
    from bot.rendering.terminal import printable

    _say(in_words(run.judged, run.baselines), "")
    if run.differences:
        _say(compared(run.differences), "")
    _say(written(figures_by_kind(run.judged)), *beside(run.judged), *judge_lines(run.judged))
    if threshold is not None:
        _say(*threshold_lines(threshold))
    _say("", *missed(misses(run)), *violations(run.judged))
    _say(f"signature {run.signature}", *(f"made by {printable(made)}" for made in run.origins))
    for doubt in run.doubts:
        complain(doubt)


def _with_baselines(options: argparse.Namespace, corpus: Corpus, run: "Run") -> "Run":
    """The run with the encoder alone, if there is one, and words alone beside it."""
    from bot.evaluation.baselines import encoder_alone, words_alone
    from bot.evaluation.scoring import beside

    alone = encoder_alone(_assistant(options, corpus), run.task) if named(options.encoder) else None
    return beside(run, [alone, words_alone(_assistant(options, corpus, words_alone=True), run.task)])


def _threshold(options: argparse.Namespace, run: "Run", corpus: Corpus) -> "Threshold | None":
    """A threshold chosen on the one run and reported on the other, where either was named."""
    from bot.evaluation.thresholds import threshold

    if options.choose_on is None and options.report_on is None:
        return None
    chosen, reported = run, run
    if options.choose_on is not None:
        chosen = _other_run(options, options.choose_on, options.choose_corpus, corpus)
    if options.report_on is not None:
        reported = _other_run(options, options.report_on, options.report_corpus, corpus)
    return threshold(chosen, reported)


def _other_run(
    options: argparse.Namespace, files: Sequence[Path], folder: Path | None, corpus: Corpus
) -> "Run":
    from bot.evaluation import scoring

    if folder is not None:
        corpus = _read(folder)
    questions, predictions = files
    asked = _loaded(options, questions, corpus)
    return scoring.score(asked, predictions, corpus, baseline=False)


def _write_reports(
    options: argparse.Namespace, corpus: Corpus, run: "Run", threshold: "Threshold | None"
) -> None:
    from bot.evaluation.page import as_html, reader_address
    from bot.evaluation.report import as_json
    from bot.evaluation.trec_run import qrels, trec_run
    from bot.files import write_atomically

    reader = None if options.reader is None else reader_address(options.reader)
    found = _contrasts(options, corpus, run) if options.json or options.report else None
    if options.json is not None:
        text = as_json(run, contrasts=found, most=options.contrasts, threshold=threshold)
        write_atomically(options.json, text)
    if options.report is not None:
        text = as_html(run, reader=reader, contrasts=found, most=options.contrasts, threshold=threshold)
        write_atomically(options.report, text)
    if options.trec_run is not None:
        write_atomically(options.trec_run, "".join(trec_run(run)))
    if options.qrels is not None:
        write_atomically(options.qrels, "".join(qrels(run)))


def _contrasts(options: argparse.Namespace, corpus: Corpus, run: "Run") -> "dict[str, Contrast] | None":
    """Right and first passages side by side; None where something else made the predictions."""
    from bot.evaluation.contrast import contrasts, on_contrasts
    from bot.evaluation.misses import misses
    from bot.evaluation.origin import origin_of
    from bot.library import VOCABULARY_FILE

    encoder = digest_of(named(options.encoder))
    here = origin_of(corpus, options.corpus / VOCABULARY_FILE, encoder, options.answering)
    if run.origins != (str(here),):
        return None
    missed = misses(run)
    for sentence in on_contrasts(missed, options.contrasts):
        complain(sentence)
    return contrasts(_assistant(options, corpus), run, missed, most=options.contrasts)


def _assistant(options: argparse.Namespace, corpus: Corpus, *, words_alone: bool = False) -> "Assistant":
    """The assistant of a corpus that has been read already, ready to be asked."""
    from bot.assistant import Assistant

    folder = None if words_alone else named(options.encoder)
    encoder = None if folder is None else load_encoder(folder)
    assistant = Assistant(corpus, settings=options.answering, folder=options.corpus, encoder=encoder)
    assistant.encode(progress=True)
    return assistant


def compare(options: argparse.Namespace) -> int:
    """Shows the paired differences of predictions; raises QuestionSetError and SettingsError."""
    from bot.evaluation import compare as comparing
    from bot.evaluation import scoring
    from bot.evaluation.baselines import plain_bm25
    from bot.evaluation.metrics import on_ranks
    from bot.evaluation.table import changes, compared
    from bot.files import write_atomically

    names = [path.stem for path in options.predictions]
    against = _against(options.against, names)
    corpus, asked = _asked(options)
    runs = [scoring.score(asked, path, corpus, baseline=False) for path in options.predictions]
    for run in runs:
        for doubt in (*run.doubts, *on_ranks(run.judged)):
            complain(f"{run.name}: {doubt}")
    judged = {run.name: run.judged for run in runs}
    if against is not None and against not in judged:
        judged[against] = plain_bm25(runs[0].task, progress=True).judged
    differences = comparing.compare(judged, against=against)
    if options.json is not None:
        signatures = {run.name: str(run.signature) for run in runs}
        write_atomically(options.json, comparing.as_json(signatures, differences))
    _say(compared(differences), *changes(differences, "hit@1"))
    return OK


def _against(wanted: str | None, names: Sequence[str]) -> str | None:
    """The name of the run that all others are tested against, if one was named; raises SettingsError."""
    from bot.evaluation.baselines import PLAIN_BM25

    if len(set(names)) < len(names) or (len(names) < 2 and wanted != BM25):
        raise SettingsError(
            "Compare needs two or more prediction files of different names, or one with --against bm25."
        )
    if wanted is None or wanted in names:
        return wanted
    if wanted == BM25:
        return PLAIN_BM25
    listed = ", ".join([*names, BM25])
    raise SettingsError(f"--against names none of the runs; write one of {listed}.")


def _asked(options: argparse.Namespace) -> "tuple[Corpus, QuestionSet]":
    """The corpus and the question set that were named, with what there is to say of them said."""
    corpus = _read(options.corpus)
    return corpus, _loaded(options, options.questions, corpus)


def _read(folder: Path) -> Corpus:
    from bot.library import read_corpus

    corpus = read_corpus(folder, progress=True)
    complain_of_files(corpus)
    return corpus


def _loaded(options: argparse.Namespace, questions: Path, corpus: Corpus) -> "QuestionSet":
    from bot.evaluation.formats.columns import parse_columns
    from bot.evaluation.questions import load_question_set

    asked = load_question_set(
        questions,
        corpus,
        keep_missing=options.keep_missing,
        columns=None if options.columns is None else parse_columns(options.columns),
        relevant_from=options.relevant_from,
    )
    if options.slices:
        from bot.evaluation.slices import sliced_set

        asked = sliced_set(asked)
    for note in asked.notes:
        complain(note)
    return asked


def corpus(options: argparse.Namespace) -> int:
    """Writes the documents of a set; raises QuestionSetError and OutputError."""
    from bot.evaluation.carried import carried_by, write_documents

    count = write_documents(carried_by(options.questions), options.out)
    _say(f"{count} documents written to {options.out}")
    return OK


def sample(options: argparse.Namespace) -> int:
    """Draws passages to write questions on; raises CorpusError, SettingsError and OutputError."""
    from bot.evaluation.sampling import rows_of, sampled
    from bot.evaluation.tables_written import write_table

    corpus = _read(options.corpus)
    drawn = sampled(corpus, options.count, seed=options.seed)
    write_table(options.out, rows_of(drawn))
    documents = len({passage.doc for passage in drawn})
    _say(f"{len(drawn)} passages of {documents} documents written to {options.out}")
    if len(drawn) < options.count:
        complain(f"There are no more than {len(drawn)} passages.")
    return OK


def template(options: argparse.Namespace) -> int:
    """Writes an empty table to be filled in; raises SettingsError and OutputError."""
    from bot.evaluation.tables_written import EXPLAINED, TEMPLATE, write_table

    write_table(options.out, [TEMPLATE], explained=EXPLAINED)
    _say(f"An empty question set written to {options.out}; its columns:", "")
    _say(*(f"{heading}: {meaning}" for heading, meaning in EXPLAINED))
    return OK


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
