"""Questions with and without an answer in, the coefficients of evidence out."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from bot.answering.evidence import Evidence
from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.evaluation.questions import load_questions

# Every this many questions of a set are enough, and quicker.
MOST_QUESTIONS = 400


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence for a question's first passage, whether the sources answer it, and its weight."""

    evidence: Evidence
    answerable: bool
    weight: float


def judged(corpus: Path, sets: Sequence[Path], *, weight: float) -> Iterator[Judged]:
    """What the assistant of a corpus has to go by for the questions of some sets."""
    assistant = Assistant.open(corpus)
    for path in sets:
        questions = load_questions(path, assistant.corpus)
        for question in questions[:: max(1, len(questions) // MOST_QUESTIONS)]:
            try:
                query = assistant.query(question.question, assistant.replay(question.history))
            except QuestionError:
                continue
            (first,) = assistant.retriever.hits(query, depth=1)
            evidence = assistant.judge.evidence(query, first.passage)
            yield Judged(evidence, bool(question.relevant), weight)


def fit_calibration(examples: Sequence[Judged]) -> str:
    """The table that `bot.answering.evidence.calibration` reads; both outcomes have the same total weight."""
    from sklearn.linear_model import LogisticRegression  # only whoever fits needs scikit-learn

    answerable = np.array([example.answerable for example in examples])
    weights = np.array([example.weight for example in examples])
    balanced = np.where(answerable, weights / weights[answerable].sum(), weights / weights[~answerable].sum())
    model = LogisticRegression(C=1.0, max_iter=1000)
    rows = np.array([astuple(example.evidence) for example in examples])
    model.fit(rows, answerable, sample_weight=balanced * len(examples) / 2)
    lines = ["evidence\tcoefficient", f"intercept\t{model.intercept_[0]:.3f}"]
    names = (field.name for field in fields(Evidence))
    lines += [f"{name}\t{value:.3f}" for name, value in zip(names, model.coef_[0], strict=True)]
    return "\n".join(lines) + "\n"
