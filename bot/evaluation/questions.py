"""A question set's file and a corpus in, checked questions out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Entry
from bot.evaluation.formats.kinds import READERS, TABLES, format_of
from bot.evaluation.formats.reading import read_entries
from bot.evaluation.gold import Gold, GoldFinder
from bot.evaluation.quoting import quoted
from bot.evaluation.remarks import least_grades, on_faults, on_questions
from bot.evaluation.rows import quoted_name
from bot.records import Corpus


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its right answers; none at all means that the sources do not answer it.

    That is so where it is `judged`; otherwise nobody knows. One is `lost` if none of its answers is in the
    corpus. `kind` only groups the figures; `history` are the questions asked before it, oldest first; `of`
    is the id of the question that this is another form of, `article` what it was asked about, where known.
    """

    id: str
    question: str
    kind: str = "all"
    history: tuple[str, ...] = ()
    of: str | None = None
    answers: tuple[Gold, ...] = ()
    judged: bool = True
    lost: bool = False
    article: str | None = None

    @property
    def relevant(self) -> tuple[Gold, ...]:
        """The answers that count as right."""
        return tuple(gold for gold in self.answers if gold.relevant)

    @property
    def answerable(self) -> bool:
        """Whether the sources answer it."""
        return any(gold.relevant for gold in self.answers)

    @property
    def counted(self) -> bool:
        """Whether it is known what is right; answers that are not right enough tell nothing of the others."""
        return self.answerable or (self.judged and not self.answers and not self.lost)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file; `notes` say what was guessed, `digest` changes with any question."""

    name: str
    questions: tuple[Question, ...]
    digest: str
    notes: tuple[str, ...] = ()


def load_questions(path: Path, corpus: Corpus) -> tuple[Question, ...]:
    """The questions of a file. Raises QuestionSetError that names file, line and remedy."""
    return load_question_set(path, corpus).questions


def load_question_set(
    path: Path,
    corpus: Corpus,
    *,
    keep_missing: bool = False,
    columns: Mapping[str, str] | None = None,
    relevant_from: int | None = None,
) -> QuestionSet:
    """The questions of a file with what is to be said of them. Raises QuestionSetError.

    With `keep_missing` an answer that is wrong or not in the corpus is no error but left out, and a question
    that has no other with it, as is a line that cannot be read; the notes say how many.

    `columns` has the headings of a table by field; `relevant_from` is the least grade that
    counts as right, instead of the usual one (2; 1 in the judgements of TREC and BEIR).
    """
    found = read_entries(path, _format(path, columns or {}), columns or {})
    if not found.entries and not found.faults:
        raise QuestionSetError(f"{quoted_name(path)} holds no questions; add one on each line.")
    faults = Faults(found.faults)
    _note_repeats(found.entries, faults)
    finder = GoldFinder(corpus, keep_missing=keep_missing, relevant_from=relevant_from)
    entries = tuple({entry.id: entry for entry in reversed(found.entries)}.values())[::-1]
    questions = tuple(_question(entry, finder, faults) for entry in entries)
    if not (keep_missing and questions):
        faults.refuse()
    grades = least_grades(found.entries, relevant_from)
    notes = (*found.notes, *on_faults(faults.sentences), *on_questions(questions, finder.missing, grades))
    return QuestionSet(path.name, questions, digest_of(questions), notes)


def _question(entry: Entry, finder: GoldFinder, faults: Faults) -> Question:
    found: list[Gold] = []
    for answer in entry.answers:
        with faults.noted():
            found += finder.find(answer)
    answers = tuple(found)
    return Question(
        id=entry.id,
        question=entry.question,
        kind=entry.kind,
        history=entry.history,
        of=entry.of,
        answers=answers,
        judged=entry.judged,
        lost=bool(entry.answers) and not answers,
        article=entry.article,
    )


def digest_of(questions: tuple[Question, ...]) -> str:
    """SHA-256 of the questions and their answers, whatever format they came in."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(json.dumps(asdict(question)).encode() + b"\n")
    return digest.hexdigest()


def _format(path: Path, columns: Mapping[str, str]) -> str:
    """The module that reads a file. Raises QuestionSetError where there is none."""
    name = quoted_name(path)
    if not path.exists():
        raise QuestionSetError(f"The question set {name} does not exist; check its path.")
    module = format_of(path)
    if module is None:
        kinds = ", ".join(READERS)
        raise QuestionSetError(
            f"{name} is of a kind that cannot be read; use {kinds}, or a folder of BEIR, TREC or Cranfield."
        )
    if columns and module not in TABLES:
        raise QuestionSetError(f"{name} has no columns that could be named; leave out --columns.")
    return module


def _note_repeats(entries: tuple[Entry, ...], faults: Faults) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.id, entry)
        with faults.noted():
            if first is not entry:
                raise QuestionSetError(
                    f"{entry.where}: the id {quoted(entry.id)} was given before ({first.where});"
                    " give each its own."
                )
