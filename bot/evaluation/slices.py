"""Questions in, the same questions made harder by rule out: what stays right when patients type otherwise.

Every slice keeps the answers, adds its mark to the ids and is named by its kind. Rules draw on nothing but
the question, so that a slice is the same on every machine.
"""

import hashlib
import random
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.evaluation.follow_up import follow_up
from bot.evaluation.questions import Question, QuestionSet, digest_of

# Shorter words are seldom misspelt and often become other words.
SHORTEST_MISSPELT = 5
NO_PUNCTUATION = str.maketrans("", "", string.punctuation.replace("'", "").replace("-", ""))
LETTER = (
    "Good evening, I hope this reaches the right place. I live with my husband and our dog, and I retired"
    " from the post office in spring. {question} My next appointment is in two weeks. Thank you for"
    " your time."
)
FORMS_DEPEND = (
    "Every question counts once in each of its forms; intervals and tests of means take the forms of a"
    " question together, as they depend on each other."
)


def misspelt(question: Question) -> Question:
    """Two neighbouring letters of the longest word change places."""
    words = question.question.split(" ")
    at = max(range(len(words)), key=lambda place: len(words[place]))
    if len(words[at]) < SHORTEST_MISSPELT:
        return question
    letters = list(words[at])
    place = _random(question).randrange(1, len(letters) - 2)
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    words[at] = "".join(letters)
    return replace(question, question=" ".join(words))


def lower_cased(question: Question) -> Question:
    """No capitals."""
    return replace(question, question=question.question.lower())


def unpunctuated(question: Question) -> Question:
    """No punctuation but apostrophes and hyphens."""
    return replace(question, question=question.question.translate(NO_PUNCTUATION))


def followed_up(question: Question) -> Question | None:
    """Asked in two turns: the subject is named first and is "it" then; None where it is not found."""
    turns = None if question.history else follow_up(question.question)
    return replace(question, question=turns.question, history=(turns.opening,)) if turns else None


def inside_letter(question: Question) -> Question:
    """Asked inside a letter about something else."""
    return replace(question, question=LETTER.format_map({"question": question.question}))


SLICES: Mapping[str, Callable[[Question], Question | None]] = {
    "misspelt": misspelt,
    "lower-cased": lower_cased,
    "unpunctuated": unpunctuated,
    "follow-up": followed_up,
    "letter": inside_letter,
}


def sliced(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions as they are (kind "as asked"), then each slice of those that it can be made of."""
    found = [replace(question, kind="as asked") for question in questions]
    for name, harder in SLICES.items():
        made = ((question, harder(question)) for question in questions)
        found += [
            replace(form, id=f"{question.id}/{name}", kind=name, of=question.id)
            for question, form in made
            if form is not None
        ]
    return tuple(found)


def sliced_set(asked: QuestionSet) -> QuestionSet:
    """A question set with its slices, and a note on those that are not made of every question."""
    questions = sliced(asked.questions)
    counts = Counter(question.kind for question in questions)
    notes = (
        f'The slice "{name}" has {counts[name]} of {len(asked.questions)} questions: those it can be made of.'
        for name in SLICES
        if counts[name] < len(asked.questions)
    )
    return replace(
        asked, questions=questions, digest=digest_of(questions), notes=(*asked.notes, FORMS_DEPEND, *notes)
    )


def _random(question: Question) -> random.Random:
    seed = hashlib.sha256(question.question.encode("utf-8", "backslashreplace")).digest()
    return random.Random(seed)  # noqa: S311  # reproducible slips of the keyboard, no secret
