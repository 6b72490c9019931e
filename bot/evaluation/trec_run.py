"""A scored run in, the texts of a TREC run and of qrels out, which trec_eval makes our figures of.

What is ranked are documents where a question's answers are whole documents, named as its set names them. Else
it is right answers and passages: a passage that hits an answer first stands for it, under the answer's name.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import numpy as np

from bot.evaluation.depth import unit_of
from bot.evaluation.gold import Gold
from bot.evaluation.names import stem_of
from bot.evaluation.predictions import Ranked
from bot.evaluation.questions import Question
from bot.evaluation.ranking import placed
from bot.evaluation.scoring import Run

_BLANK = re.compile(r"\s")


def trec_run(run: Run) -> Iterator[str]:
    """One line for each thing that is ranked, the scores falling."""
    tag = "_".join(run.name.split())
    for question in run.questions:
        ranking = run.predictions[question.id].ranked or ()
        found = placed(question, ranking)
        names = _distinct([_name(question, item, passage) for item, passage in found])
        scores = _falling([passage.score for _, passage in found])
        for place, (name, score) in enumerate(zip(names, scores, strict=True), 1):
            yield f"{_word(question.id)} Q0 {name} {place} {score:.9g} {tag}\n"


def qrels(run: Run) -> Iterator[str]:
    """One line for each answer of each answerable question; what does not count as right has grade 0."""
    for question in run.questions:
        if question.answerable:
            names = _distinct([_gold_name(question, gold) for gold in question.answers])
            for name, gold in zip(names, question.answers, strict=True):
                yield f"{_word(question.id)} 0 {name} {gold.grade if gold.relevant else 0}\n"


def _name(question: Question, item: str, passage: Ranked) -> str:
    if item.isdecimal():
        names = _distinct([_gold_name(question, gold) for gold in question.answers])
        return names[int(item)]
    if unit_of(question) == "document":
        return _word(stem_of(passage.doc) if _by_stem(question.answers) else passage.doc)
    own = f"{_word(passage.doc)}:{passage.start}-{passage.end}"
    # A passage that only hits what was found before must not be taken for the answer that it is.
    return f"{own}#again" if own in {_gold_name(question, gold) for gold in question.answers} else own


def _gold_name(question: Question, gold: Gold) -> str:
    if gold.spans:
        return f"{_word(gold.doc)}:{gold.spans[0].start}-{gold.spans[0].end}"
    return _word(stem_of(gold.doc) if _by_stem(question.answers) else gold.doc)


def _by_stem(golds: Sequence[Gold]) -> bool:
    """Whether the set names documents without the endings of files."""
    return any(gold.named not in {None, gold.doc} for gold in golds)


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, those that came before with a number."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found


def _falling(scores: Sequence[float]) -> list[float]:
    """The scores as trec_eval keeps them, in 32 bits; one that does not fall is moved just below the last."""
    found: list[float] = []
    for score in scores:
        own = np.float32(score)
        if found and own >= found[-1]:
            own = np.nextafter(np.float32(found[-1]), np.float32(-np.inf))
        found.append(float(own))
    return found


def _word(text: str) -> str:
    """The text with blanks, which separate the columns, escaped."""
    return _BLANK.sub(lambda blank: quote(blank[0]), text)
