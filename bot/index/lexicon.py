"""Distinct words, each with a number, laid out so that opening them from a disk costs nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

# A name that no text has: it has no row, no posting and no place.
NONE = -1
# So many look-ups are remembered before they are forgotten.
_REMEMBERED = 50_000


class Lexicon:
    """Words in the order of their code points; the number of a word is its place.

    `text` holds them in UTF-8, one behind the other, and `starts` where each begins, and the end.
    """

    def __init__(self, text: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self.text, self.starts = text, starts
        self._numbers: dict[str, int] = {}

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """The lexicon of these words, in whatever order they come."""
        encoded = [word.encode() for word in sorted(set(words))]
        starts = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(word) for word in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._encoded(number).decode()

    def __iter__(self) -> Iterator[str]:
        text = self.text.tobytes()
        return (text[start:end].decode() for start, end in pairwise(self.starts.tolist()))

    def number(self, word: str) -> int:
        """The number of a word, NONE where it is not here."""
        known = self._numbers.get(word)
        if known is None:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            known = self._numbers[word] = self._found(word)
        return known

    def numbers(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The number of each of many words."""
        place: Mapping[str, int] = {word: at for at, word in enumerate(self)}
        return np.array([place.get(word, NONE) for word in words], dtype=np.int32)

    def _found(self, word: str) -> int:
        sought = word.encode(errors="surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._encoded(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._encoded(low) == sought else NONE

    def _encoded(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()
