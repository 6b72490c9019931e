"""`python -m bot.learning.measured CORPUS QUESTIONS...` measures question sets, a line of JSON each.

It is apart from `crossed`, which runs it in copies of the program that have learned from something else.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import BotError
from bot.evaluation.intervals import Interval
from bot.evaluation.judging import Judged, judge
from bot.evaluation.metrics import MEASURES, Figure, figures
from bot.evaluation.predict import answer_to
from bot.evaluation.predictions import Prediction, Ranked
from bot.evaluation.questions import Question, load_questions

MEASURED = ("hit@1", "hit@3", "wrongly-refused", "refused")
# As deep as the deepest of them looks.
DEPTH = 3


@dataclass(frozen=True, slots=True)
class SetFigures:
    """The figures of one question set, in the order of MEASURED."""

    name: str
    questions: int
    figures: tuple[Figure, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each set as soon as there are any."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning.measured", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=0, help="take this many of each at most, evenly spread")
    options = parser.parse_args(arguments)
    try:
        for found in measured(options.corpus, options.questions, most=options.most):
            sys.stdout.write(json.dumps(asdict(found)) + "\n")
            sys.stdout.flush()
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def measured(corpus: Path, sets: Sequence[Path], *, most: int = 0) -> Iterator[SetFigures]:
    """The figures of each set over one corpus; at most `most` questions of each, evenly spread, 0 for all."""
    assistant = Assistant.open(corpus)
    documents = {document.id: document for document in assistant.corpus.documents}
    measures = [measure for name in MEASURED for measure in MEASURES if measure.name == name]
    for path in sets:
        questions = load_questions(path, assistant.corpus)
        count = min(most or len(questions), len(questions))
        taken = [questions[place * len(questions) // count] for place in range(count)]
        predictions = {question.id: _prediction(assistant, question) for question in taken}
        records: Sequence[Judged] = judge(taken, predictions, documents)
        yield SetFigures(path.stem, len(taken), figures(records, measures))


def read_figures(line: str) -> SetFigures:
    """The figures of one line that `main` printed."""
    values = json.loads(line)
    return SetFigures(values["name"], values["questions"], tuple(map(_figure, values["figures"])))


def _figure(values: Mapping[str, object]) -> Figure:
    ends = values["interval"]
    interval = Interval(**ends) if isinstance(ends, dict) else None
    return Figure(**{**values, "interval": interval})  # type: ignore[arg-type]


def _prediction(assistant: Assistant, question: Question) -> Prediction:
    answer = answer_to(assistant, question, DEPTH)
    passages = [hit.passage for hit in answer.ranked]
    ranked = tuple(Ranked(passage.doc, passage.start, passage.end) for passage in passages)
    return Prediction(question.id, answer.outcome, ranked=ranked)


if __name__ == "__main__":
    sys.exit(main())
