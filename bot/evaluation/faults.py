"""Sentences on what is wrong with a set in, one error that tells them all out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from bot.errors import QuestionSetError

# All are told, unless the file is none of questions at all.
MOST_TOLD = 1000


class SetFaultsError(QuestionSetError):
    """All that is wrong with a set: its message tells the first MOST_TOLD, `sentences` has every one."""

    def __init__(self, sentences: Sequence[str]) -> None:
        count, told = len(sentences), sentences[:MOST_TOLD]
        more = [f"and {count - MOST_TOLD} more."] if count > MOST_TOLD else []
        head = [f"{count} things are wrong with the set:"] if count > 1 else []
        super().__init__("\n".join([*head, *told, *more]))
        self.sentences = tuple(sentences)


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
        """Raises SetFaultsError with all that was noted, if anything was."""
        if self._sentences:
            raise SetFaultsError(self._sentences)
