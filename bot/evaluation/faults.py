"""Sentences on what is wrong with a set in, one error that tells them all out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.errors import QuestionSetError

# All are told, unless the file is none of questions at all.
MOST_TOLD = 1000


class Faults:
    """What is wrong, in the order in which it was met."""

    def __init__(self, sentences: Iterable[str] = ()) -> None:
        self._sentences = list(sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence on each."""
        return tuple(self._sentences)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Notes a QuestionSetError instead of raising it; the rest of the block is left out."""
        try:
            yield
        except QuestionSetError as error:
            self._sentences.append(str(error))

    def refuse(self) -> None:
        """Raises QuestionSetError with all that was noted, if anything was, a line for each."""
        count = len(self._sentences)
        if not count:
            return
        told = self._sentences[:MOST_TOLD]
        more = [f"and {count - MOST_TOLD} more."] if count > MOST_TOLD else []
        head = [f"{count} things are wrong with the set:"] if count > 1 else []
        raise QuestionSetError("\n".join([*head, *told, *more]))
