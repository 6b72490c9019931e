"""`python -m bot.notices.fitting EXAMPLES... --background QUESTIONS...` fits the learned second opinion.

EXAMPLES are tab-separated files with a header line: what a message calls for ("crisis", "urgent" or "none")
and the message. QUESTIONS are JSON Lines with a field `question` or `message`, next to none of which call for
a notice; the few for which the rules give one are left out.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.files import write_atomically
from bot.notices.detect import by_rules
from bot.notices.learned import MOST_WORDS, features, weight, words_of

TABLE = Path(__file__).with_name("weights.tsv")
# scikit-learn's C: weaker penalties learn the examples by heart.
INVERSE_PENALTY = 1.0
# A feature of a single message is chance.
LEAST_COUNT = 2
# Weights nearer to 0 change no message's notice and are left out of the table.
LEAST_WEIGHT = 0.08
# A "none" among the examples was written to be hard, and counts for as many of the background.
HARD_NONE = 6.0
_CLASSES = ("crisis", "none", "urgent")


@dataclass(frozen=True, slots=True)
class Example:
    """A message's words, what it calls for, and how much it counts."""

    words: tuple[str, ...]
    expected: str
    weight: float = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the table and write it."""
    parser = argparse.ArgumentParser(prog="python -m bot.notices.fitting", description=__doc__)
    parser.add_argument("examples", nargs="+", type=Path)
    parser.add_argument("--background", nargs="*", type=Path, default=[])
    options = parser.parse_args(arguments)
    if find_spec("sklearn") is None:
        sys.stderr.write("Fitting needs scikit-learn: pip install scikit-learn==1.9.1\n")
        return 2
    examples = [example for path in options.examples for example in told(path)]
    examples += [example for path in options.background for example in background(path)]
    write_atomically(TABLE, fit_table(examples))
    return 0


def told(path: Path) -> list[Example]:
    """The examples of a tab-separated file."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:] if "\t" in line]
    return [
        Example(tuple(words_of(text)), expected, HARD_NONE if expected == "none" else 1.0)
        for expected, text, *_ in lines
    ]


def background(path: Path) -> list[Example]:
    """The questions of a file that call for nothing."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)
    texts = [text for row in rows if (text := row.get("question") or row.get("message"))]
    calm = (tuple(words_of(text)) for text in texts if by_rules(text) is None)
    return [Example(words, "none") for words in calm if len(words) <= MOST_WORDS]


def fit_table(examples: Sequence[Example]) -> str:
    """The table that `bot.notices.learned.Weights` reads; every class has the same weight in sum."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    columns = _columns(example.words for example in examples)
    cells = [
        (row, columns[feature], weight(len(example.words)))
        for row, example in enumerate(examples)
        for feature in sorted(features(list(example.words)))
        if feature in columns
    ]
    rows, places, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, places)), shape=(len(examples), len(columns)))
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=500, class_weight="balanced")
    model.fit(
        matrix,
        [example.expected for example in examples],
        sample_weight=[example.weight for example in examples],
    )
    crisis, none, urgent = (list(model.classes_).index(name) for name in _CLASSES)
    against = model.coef_[[crisis, urgent]] - model.coef_[none]
    start = model.intercept_[[crisis, urgent]] - model.intercept_[none]
    lines = ["feature\tcrisis\turgent", f"(intercept)\t{start[0]:.2f}\t{start[1]:.2f}"]
    for feature, column in columns.items():
        if max(abs(against[:, column])) >= LEAST_WEIGHT:
            lines.append(f"{feature}\t{against[0, column]:.2f}\t{against[1, column]:.2f}")
    return "\n".join(lines) + "\n"


def _columns(texts: Iterable[Sequence[str]]) -> dict[str, int]:
    counts = Counter(feature for words in texts for feature in features(list(words)))
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT)
    return {feature: column for column, feature in enumerate(kept)}


if __name__ == "__main__":
    sys.exit(main())
