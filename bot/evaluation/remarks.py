"""Questions as they were read in, sentences on what no figure can be worked out from out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.evaluation.formats.entries import Entry
from bot.evaluation.gold import SPAN_GRADE

if TYPE_CHECKING:
    from bot.evaluation.questions import Question

WITHOUT_GOLD = (
    "No question of the set has right answers or is said to have none: figures of ranks, answers and refusals"
    " are not worked out, only those that need no right answers."
)
_LEFT_OUT = "left out of every figure that needs right answers"


def on_questions(
    questions: Sequence["Question"], missing: Sequence[str], grades: Iterable[int]
) -> tuple[str, ...]:
    """Sentences on questions that are not counted, on missing answers and on the least grades in use."""
    found = [*_on_missing(questions, missing), *_on_grades(grades), *_on_unjudged(questions)]
    if not any(question.counted for question in questions):
        found.append(WITHOUT_GOLD)
    return tuple(found)


def on_faults(sentences: Sequence[str]) -> tuple[str, ...]:
    """A sentence where parts of the set could not be read and are left out; else none."""
    if not sentences:
        return ()
    return (f"Things wrong with the set: {len(sentences)}; they are left out. The first: {sentences[0]}",)


def least_grades(entries: Iterable[Entry], relevant_from: int | None) -> set[int]:
    """The least grades that count as right, wherever a document is graded below the best."""
    return {
        relevant_from or answer.relevant_from
        for entry in entries
        for answer in entry.answers
        if answer.grade is not None and answer.grade < SPAN_GRADE
    }


def _on_missing(questions: Sequence["Question"], sentences: Sequence[str]) -> list[str]:
    if not sentences:
        return []
    lost = sum(question.lost for question in questions)
    others = f", and with them {lost} of {len(questions)} questions that have no other" if lost else ""
    return [
        f"Answers that are not in the corpus: {len(sentences)}; they are left out of every figure{others}."
        f" The first: {sentences[0]}"
    ]


def _on_grades(grades: Iterable[int]) -> list[str]:
    return [
        f"Graded documents count as right from grade {grade} on (--relevant-from)."
        for grade in sorted(grades)
    ]


def _on_unjudged(questions: Sequence["Question"]) -> list[str]:
    found, total = [], len(questions)
    unjudged = sum(not question.judged and not question.lost for question in questions)
    if 0 < unjudged < total:
        found.append(f"{unjudged} of {total} questions are not judged; they are {_LEFT_OUT}.")
    low = sum(bool(question.answers) and not question.answerable for question in questions)
    if low:
        found.append(
            f"{low} of {total} questions have only answers of a lower grade than counts as right, which does"
            f" not say that nothing answers them; they are {_LEFT_OUT}."
        )
    return found
