"""What evaluators say of passages and questions: a log that is only ever added to, read as what holds now.

Whoever takes something back adds that too, so that nothing is lost when two evaluators judge at once.
"""

import json
import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from bot.errors import OutputError, QuestionSetError
from bot.files import alone
from bot.web.evaluate.kept import digest_of_words

_LOG = logging.getLogger(__name__)
Verdict = Literal["right", "wrong", "harmful", "should refuse"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
OF_PASSAGES, OF_QUESTIONS = VERDICTS[:3], VERDICTS[3:]
MEANINGS: Mapping[Verdict, str] = {
    "right": "it answers the question",
    "wrong": "it does not answer the question",
    "harmful": "whoever acts on it may come to harm",
    "should refuse": "the documents do not answer the question",
}
# Asked in the log to take the last verdict back.
BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with those asked before it: what verdicts are about, in whichever run it was asked."""

    question: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A passage by its words, and where they stood when it was judged."""

    doc: str
    start: int
    end: int
    text: str

    @property
    def same(self) -> str:
        """Tells passages apart by document and words, wherever they stand in it."""
        return digest_of_words(f"{self.doc}\0{self.text}")


@dataclass(frozen=True, slots=True)
class Held:
    """A verdict that holds: of a passage or, where that is None, of the question.

    `line` is its place in the log.
    """

    verdict: Verdict
    passage: JudgedPassage | None
    at: str
    line: int


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What holds about one question.

    `seen` has the last line of the log on each passage, by the name "" that on the question itself.
    """

    held: tuple[Held, ...] = ()
    seen: Mapping[str, int] | None = None

    def of(self, passage: JudgedPassage | None) -> Held | None:
        """What holds about a passage, or the question itself."""
        name = _name(passage)
        return next((one for one in self.held if _name(one.passage) == name), None)

    def seen_of(self, passage: JudgedPassage | None) -> int:
        """The last line about it, 0 for none: what a page shows that was made from this."""
        return (self.seen or {}).get(_name(passage), 0)

    @property
    def names(self) -> frozenset[Verdict]:
        """Every verdict that holds about the question or one of its passages."""
        return frozenset(one.verdict for one in self.held)


NOTHING = Verdicts()


class VerdictLog:
    """The log of one bench in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int], Mapping[Asked, Verdicts]] | None = None

    def all(self) -> Mapping[Asked, Verdicts]:
        """What holds about each question; it is read anew whenever the file has changed."""
        try:
            found = self._path.stat()
        except OSError:
            return {}
        look = (found.st_mtime_ns, found.st_size)
        with self._lock:
            if self._read is None or self._read[0] != look:
                self._read = look, _held(self._lines())
            return self._read[1]

    def of(self, asked: Asked) -> Verdicts:
        """What holds about one question."""
        return self.all().get(asked, NOTHING)

    def add(self, asked: Asked, passage: JudgedPassage | None, verdict: Verdict | None, *, seen: int) -> None:
        """Notes a verdict, or takes the last one back (None).

        `seen` is the line that whoever judges has seen; raises QuestionSetError where somebody else has
        judged since, and OutputError.
        """
        with alone(self._path):
            before = _held(self._lines()).get(asked, NOTHING)
            present = before.of(passage)
            if present is not None and present.verdict == verdict:
                return
            if before.seen_of(passage) != seen:
                now = f"“{present.verdict}”" if present else "not judged any more"
                raise QuestionSetError(
                    f"Somebody else has judged this since you opened the page: it is {now} now. Nothing was"
                    " changed; go back, load the page again and judge what you see."
                )
            if verdict is None and present is None:
                return
            self._append(
                {
                    "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M UTC}",
                    "question": asked.question,
                    "history": asked.history,
                    "verdict": verdict or BACK,
                    "passage": None if passage is None else asdict(passage),
                }
            )

    def _append(self, line: Mapping[str, object]) -> None:
        try:
            with self._path.open("ab+") as file:
                file.seek(0, 2)
                # A line that a crash cut off must not swallow this one.
                if file.tell() and _last_byte(self._path) != b"\n":
                    file.write(b"\n")
                file.write(json.dumps(line).encode() + b"\n")
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise OutputError(f"The judgement cannot be kept ({reason}); ask the operator.") from error

    def _lines(self) -> Sequence[bytes]:
        try:
            return self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise OutputError(f"The judgements cannot be read ({reason}); ask the operator.") from error


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1)


def _held(lines: Iterable[bytes]) -> Mapping[Asked, Verdicts]:
    """What holds after all that was said; a line that cannot be read is passed over."""
    said: defaultdict[Asked, dict[str, list[Held]]] = defaultdict(dict)
    seen: defaultdict[Asked, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            asked = Asked(str(values["question"]), tuple(map(str, values["history"])))
            passage = None if values["passage"] is None else JudgedPassage(**values["passage"])
            stack = said[asked].setdefault(_name(passage), [])
            if values["verdict"] == BACK:
                del stack[-1:]
            elif values["verdict"] in VERDICTS:
                stack.append(Held(values["verdict"], passage, str(values["at"]), number))
            seen[asked][_name(passage)] = number
        except (ValueError, KeyError, TypeError, AttributeError):
            _LOG.warning("Line %d of the judgements cannot be read and is passed over.", number)
    return {
        asked: Verdicts(tuple(stack[-1] for stack in stacks.values() if stack), seen[asked])
        for asked, stacks in said.items()
    }


def _name(passage: JudgedPassage | None) -> str:
    return "" if passage is None else passage.same
