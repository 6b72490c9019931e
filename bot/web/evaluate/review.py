"""The questions of runs reviewed: listed, opened, judged, and taken away as a set."""

import io
from dataclasses import dataclass

from bot.errors import QuestionSetError
from bot.evaluation.rows import Row
from bot.web.evaluate.bench import Bench
from bot.web.evaluate.judged_set import answers_of, asked_of, judged_set
from bot.web.evaluate.kept import KeptQuestion
from bot.web.evaluate.listing import Listing, Wanted, fitting, kinds_of, listing
from bot.web.evaluate.looking import LookedInto, Looking
from bot.web.evaluate.refused import Refused
from bot.web.evaluate.runs import RunRecord
from bot.web.evaluate.verdicts import NOTHING, VERDICTS, Verdict

NO_QUESTION = "The run has no such question; go back to the run."


@dataclass(frozen=True, slots=True)
class Steps:
    """The questions before and after one among those that are looked for, by place; and where it stands."""

    before: int | None
    after: int | None
    number: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Judging:
    """How far a run has been judged: how many questions carry each verdict, and any.

    `unknown` are those that somebody judged of which it is not known what is right.
    """

    counts: tuple[tuple[Verdict, int], ...]
    judged: int
    total: int
    unknown: int


class Review:
    """What evaluators do with the questions of a finished run."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def listed(self, record: RunRecord, wanted: Wanted, page: int) -> tuple[Listing, list[str]]:
        """A page of the questions that fit, and the kinds there are; raises QuestionSetError."""
        questions = self._bench.results.questions(record)
        return listing(questions, wanted, self._bench.verdicts.all(), page), kinds_of(questions)

    def looked_into(self, record: RunRecord, place: int) -> LookedInto:
        """One question; raises Refused where there is none, QuestionSetError for a damaged file."""
        kept, said = self._question(record, place)
        return self._looking(record).into(kept, said, self._bench.verdicts.of(asked_of(kept)))

    def steps(self, record: RunRecord, wanted: Wanted, place: int) -> Steps:
        """Where to go from a question among those that are looked for."""
        found = fitting(self._bench.results.questions(record), wanted, self._bench.verdicts.all())
        places = [kept.place for kept in found]
        return Steps(
            max((at for at in places if at < place), default=None),
            min((at for at in places if at > place), default=None),
            places.index(place) + 1 if place in places else None,
            len(places),
        )

    def note(self, record: RunRecord, place: int, where: str, verdict: Verdict | None, *, seen: int) -> None:
        """Notes a verdict on a passage ("shown-1", "ranked-3") or, for "", on the question.

        None takes the last one back.

        Raises Refused where there is no such question or passage, QuestionSetError where somebody else judged
        it since, and OutputError.
        """
        kept, said = self._question(record, place)
        passage = self._looking(record).passage(said, where) if where else None
        if where and passage is None:
            raise Refused(404, "There is no such passage any more; load the page again.")
        self._bench.verdicts.add(asked_of(kept), passage, verdict, seen=seen)

    def judging(self, record: RunRecord) -> Judging:
        """How far a run has been judged; raises QuestionSetError."""
        questions, said = self._bench.results.questions(record), self._bench.verdicts.all()
        found = [
            (kept, verdicts) for kept in questions if (verdicts := said.get(asked_of(kept), NOTHING)).held
        ]
        return Judging(
            tuple((name, sum(name in verdicts.names for _, verdicts in found)) for name in VERDICTS),
            len(found),
            len(questions),
            sum(answers_of(kept, verdicts) is None for kept, verdicts in found),
        )

    def exported(self, record: RunRecord, *, only_judged: bool) -> str:
        """The run's questions with what was said of them, as JSON Lines; raises QuestionSetError if none."""
        questions, said = self._bench.results.questions(record), self._bench.verdicts.all()
        lines = "".join(judged_set(questions, said, only_judged=only_judged))
        if not lines:
            raise QuestionSetError("No question of this run has been judged yet; judge one first.")
        return lines

    def kept_as_set(self, record: RunRecord, *, only_judged: bool) -> str:
        """Puts that on the shelf; the set's name. Raises QuestionSetError, OutputError."""
        stem = record.asked.rpartition(".")[0] or record.asked
        content = io.BytesIO(self.exported(record, only_judged=only_judged).encode())
        corpus = self._bench.served.assistant.corpus
        return self._bench.sets.keep(f"{stem} judged.jsonl", content, corpus, keep_missing=True)

    def _question(self, record: RunRecord, place: int) -> tuple[KeptQuestion, Row]:
        questions = self._bench.results.questions(record)
        if not 1 <= place <= len(questions):
            raise Refused(404, NO_QUESTION)
        return questions[place - 1], self._bench.results.prediction(record, place)

    def _looking(self, record: RunRecord) -> Looking:
        assistant = self._bench.served.assistant
        same = record.corpus == assistant.corpus.digest
        return Looking(assistant, self._bench.results.documents(record), same_corpus=same)
