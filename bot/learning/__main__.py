"""`python -m bot.learning TRAINING.toml` fits the tables that ship, from a table of training sets.

First the aspects, from phrasings, from passages written here and from publishers' pairs; then, with them,
the rankers and the calibrations, with and without the encoder, from the questions of all sets. `--crossed`
leaves one home after another out and measures it; nothing that ships is touched then. `bot/learning/sets.py`
tells how the table is written; `python -m bot.learning.folders` writes the one that what ships was
fitted with. The encoder is made by `python -m bot.learning.encoder`.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bot.analysis import Analyser
from bot.answering.judge import WITH_ENCODER as CALIBRATION
from bot.answering.judge import WORDS_ALONE as CALIBRATION_OF_WORDS
from bot.errors import BotError
from bot.files import write_atomically
from bot.learning.aspect_models import PASSAGES, QUESTIONS, fit_table
from bot.learning.calibrations import as_table, fit_calibrations
from bot.learning.collected import Collected, collect
from bot.learning.crossed import crossed, table
from bot.learning.examples import asking_words, publishers_passages, question_examples, written_passages
from bot.learning.rankers import fit_ranker
from bot.learning.sets import Training, read_training
from bot.meaning import BUILT_IN
from bot.ranking.ranker import WITH_ENCODER, WORDS_ALONE

BOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit what was asked for; exit status 2 after a mistake, said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning", description=__doc__)
    parser.add_argument("training", type=Path, metavar="TRAINING.toml")
    parser.add_argument("--only", choices=("aspects", "ranking"), help="fit one of the two")
    parser.add_argument(
        "--crossed", action="store_true", help="measure every home with what the others taught"
    )
    parser.add_argument("--words", action="store_true", help="with --crossed: without the encoder")
    options = parser.parse_args(arguments)
    if find_spec("sklearn") is None:
        sys.stderr.write("Fitting needs scikit-learn: pip install scikit-learn==1.9.1\n")
        return 2
    try:
        training = read_training(options.training)
        if options.crossed:
            _measure(training, words=options.words)
            return 0
        if options.only != "ranking":
            _fit_aspects(training)
        if options.only != "aspects":
            _fit_ranking(training)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _measure(training: Training, *, words: bool) -> None:
    collected = tuple(collect(training.sets, encoder=None if words else BUILT_IN))
    sys.stdout.write(table(tuple(crossed(collected, likeness=not words))) + "\n")


def _fit_aspects(training: Training) -> None:
    analyser = Analyser()
    questions = fit_table(question_examples(analyser), QUESTIONS)
    write_atomically(BOT / "aspects" / "question_weights.tsv", questions)
    shares = asking_words(analyser).items()
    rows = "".join(f"{term}\t{share:.5f}\n" for term, share in shares)
    write_atomically(BOT / "understanding" / "asking_words.tsv", f"term\tshare\n{rows}")
    passages = written_passages(analyser)
    if training.pairs is not None:
        passages.extend(publishers_passages(training.pairs, analyser))
    write_atomically(BOT / "aspects" / "passage_weights.tsv", fit_table(passages, PASSAGES))


def _fit_ranking(training: Training) -> None:
    for encoder, ranker_file, calibration_file in (
        (BUILT_IN, WITH_ENCODER, CALIBRATION),
        (None, WORDS_ALONE, CALIBRATION_OF_WORDS),
    ):
        sets = [one for one in training.sets if one.fit]
        collected: tuple[Collected, ...] = tuple(collect(sets, encoder=encoder))
        ranker = fit_ranker(collected, likeness=encoder is not None)
        write_atomically(BOT / "ranking" / ranker_file, ranker.table())
        models = fit_calibrations(collected, ranker)
        write_atomically(BOT / "answering" / calibration_file, as_table(models))


if __name__ == "__main__":
    sys.exit(main())
