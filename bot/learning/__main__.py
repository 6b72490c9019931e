"""`python -m bot.learning LIBRARY...` fits the tables that ship.

A LIBRARY is a folder with a `corpus` folder and question sets: `questions.jsonl` tells the aspects of its
passages, and with the others (`lay`, `letter`, `followup`, `typo`, and `away`, which it does not answer) when
it answers. `--topic CORPUS QUESTIONS` adds a corpus about one thing to the latter.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bot.analysis import Analyser
from bot.errors import BotError
from bot.files import write_atomically
from bot.learning.aspect_models import PASSAGES, QUESTIONS, fit_table
from bot.learning.calibration import Judged, fit_calibration, judged
from bot.learning.examples import asking_words, library_passages, question_examples, written_passages

BOT = Path(__file__).resolve().parents[1]
_SETS = ("questions", "lay", "away", "letter", "followup", "typo")
# A few hand-written questions on one topic count as many made by rule.
TOPIC_WEIGHT = 12.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the aspect tables, then, with them, the calibration."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning", description=__doc__)
    parser.add_argument("libraries", nargs="+", type=Path, metavar="LIBRARY")
    parser.add_argument("--topic", nargs=2, type=Path, action="append", default=[])
    options = parser.parse_args(arguments)
    if find_spec("sklearn") is None:
        sys.stderr.write("Fitting needs scikit-learn: pip install scikit-learn==1.9.1\n")
        return 2
    try:
        _fit_aspects(options.libraries)
        _fit_calibration(options.libraries, options.topic)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _fit_aspects(libraries: Sequence[Path]) -> None:
    analyser = Analyser()
    table = fit_table(question_examples(analyser), QUESTIONS)
    write_atomically(BOT / "aspects" / "question_weights.tsv", table)
    shares = asking_words(analyser).items()
    rows = "".join(f"{term}\t{share:.5f}\n" for term, share in shares)
    write_atomically(BOT / "understanding" / "asking_words.tsv", f"term\tshare\n{rows}")
    passages = written_passages(analyser)
    for library in libraries:
        passages.extend(library_passages(library, analyser))
    write_atomically(BOT / "aspects" / "passage_weights.tsv", fit_table(passages, PASSAGES))


def _fit_calibration(libraries: Sequence[Path], topics: Sequence[Sequence[Path]]) -> None:
    examples: list[Judged] = []
    for library in libraries:
        sets = [library / f"{name}.jsonl" for name in _SETS]
        found = [path for path in sets if path.is_file()]
        examples.extend(judged(library / "corpus", found, weight=1.0))
    for corpus, questions in topics:
        examples.extend(judged(corpus, [questions], weight=TOPIC_WEIGHT))
    write_atomically(BOT / "answering" / "calibration.tsv", fit_calibration(examples))


if __name__ == "__main__":
    sys.exit(main())
