"""What a run keeps of each question, so that it can be opened and compared after documents changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import QuestionSetError
from bot.evaluation.gold import Gold
from bot.evaluation.judging import Judged, Violation
from bot.evaluation.misses import MissKind, misses
from bot.evaluation.questions import Question
from bot.evaluation.ranking import RankingValues
from bot.evaluation.reading_cost import Amount
from bot.evaluation.rows import Row, json_rows
from bot.evaluation.scoring import Run
from bot.files import write_atomically
from bot.records import Document, Span

KEPT, DOCUMENTS = "questions.jsonl", "documents.json"
# A whole document as gold is kept by its beginning.
LONGEST_WORDS = 1200
# A topic of a public collection may have a thousand right documents; nobody reads the words of all.
MOST_WORDED = 20
DIGEST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class KeptGold:
    """A right answer as it stood when the run was made, with its words, or their beginning.

    `same` tells answers apart by their words, wherever they stand; a whole document by its name.
    """

    gold: Gold
    words: str
    same: tuple[str, ...]

    @property
    def places(self) -> tuple[tuple[str, int, int], ...]:
        """Where its words stood."""
        return tuple((self.gold.doc, span.start, span.end) for span in self.gold.spans)


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question of a run at its `place` from 1, with its right answers and what became of it."""

    place: int
    question: str
    history: tuple[str, ...]
    golds: tuple[KeptGold, ...]
    judged: Judged
    miss: MissKind | None = None
    lacking: tuple[str, ...] = ()

    @property
    def right(self) -> bool | None:
        """Whether nothing went wrong; None where nobody knows what is right."""
        if self.miss is not None:
            return False
        return True if self.judged.counted else None

    @property
    def as_asked(self) -> Question:
        """The question as it was asked, with the right answers in the documents of then."""
        return Question(
            id=self.judged.id,
            question=self.question,
            kind=self.judged.kind,
            history=self.history,
            of=self.judged.of,
            answers=tuple(gold.gold for gold in self.golds),
            judged=self.judged.counted,
        )


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document as it was: enough to know it again."""

    digest: str
    title: str
    language: str


def keep(run: Run, folder: Path) -> None:
    """Writes what is kept of a scored run; raises OutputError."""
    missed = {miss.id: miss for miss in misses(run)}
    lines = []
    for place, (question, judged) in enumerate(zip(run.questions, run.judged, strict=True), 1):
        miss = missed.get(question.id)
        line = {
            "place": place,
            "question": question.question,
            "history": question.history,
            "golds": [
                _of_gold(kept_gold(gold, run.documents[gold.doc], worded=count < MOST_WORDED))
                for count, gold in enumerate(question.relevant)
            ],
            "judged": asdict(judged),
            "miss": miss.kind if miss else None,
            "lacking": miss.lacking if miss else (),
        }
        lines.append(json.dumps(line) + "\n")
    known = {
        doc: {"digest": document.digest, "title": document.title, "language": document.language}
        for doc, document in run.documents.items()
    }
    write_atomically(folder / DOCUMENTS, json.dumps(known) + "\n")
    write_atomically(folder / KEPT, "".join(lines))


def kept_questions(folder: Path) -> tuple[KeptQuestion, ...]:
    """The questions of a run; raises QuestionSetError where they were kept by another version, or not."""
    try:
        return tuple(_question(row) for row in json_rows(folder / KEPT))
    except (KeyError, TypeError, ValueError) as error:
        raise QuestionSetError(
            f"The questions of the run {folder.name} were kept by another version; run the set again."
        ) from error


def kept_documents(folder: Path) -> Mapping[str, KeptDocument]:
    """The documents that a run was over, by name; raises QuestionSetError."""
    try:
        known = json.loads((folder / DOCUMENTS).read_text("utf-8"))
        return {str(doc): KeptDocument(**values) for doc, values in known.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise QuestionSetError(
            f"The documents of the run {folder.name} were not kept; run the set again."
        ) from error


def digest_of_words(text: str) -> str:
    """The beginning of the SHA-256 digest of a passage's words."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:DIGEST_DIGITS]


def kept_gold(gold: Gold, document: Document, *, worded: bool = True) -> KeptGold:
    """What is kept of a right answer in its document; not `worded`, its words are left out."""
    first = gold.spans[0] if gold.spans else Span(0, len(document.text))
    words = document.text[first.start : min(first.end, first.start + LONGEST_WORDS)] if worded else ""
    named = {f"whole {gold.doc}"}
    same = {digest_of_words(document.text[span.start : span.end]) for span in gold.spans} or named
    return KeptGold(gold, words, tuple(sorted(same)))


def _of_gold(kept: KeptGold) -> Mapping[str, object]:
    return {
        "doc": kept.gold.doc,
        "spans": [[span.start, span.end] for span in kept.gold.spans],
        "grade": kept.gold.grade,
        "words": kept.words,
        "same": kept.same,
    }


def _question(row: Row) -> KeptQuestion:
    values: Any = row.values
    judged: Any = dict(values["judged"])
    ranking, found_at = judged["ranking"], judged["found_at"]
    judged |= {
        "violations": tuple(Violation(**one) for one in judged["violations"]),
        "ranking": None if ranking is None else RankingValues(**ranking),
        "found_at": None if found_at is None else tuple(found_at),
        "read": tuple(Amount(**one) for one in judged.get("read", ())),
        "read_shown": Amount(**judged.get("read_shown", {})),
    }
    return KeptQuestion(
        place=int(values["place"]),
        question=str(values["question"]),
        history=tuple(values["history"]),
        golds=tuple(_golds(values["golds"])),
        judged=Judged(**judged),
        miss=values["miss"],
        lacking=tuple(values["lacking"]),
    )


def _golds(values: list[dict[str, Any]]) -> Iterator[KeptGold]:
    for value in values:
        spans = tuple(Span(start, end) for start, end in value["spans"])
        yield KeptGold(Gold(value["doc"], spans, value["grade"]), value["words"], tuple(value["same"]))
