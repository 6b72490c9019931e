"""A patient's words in, the words that medical texts use for the same thing out, and back.

Pairs come from tab-separated files that anyone can extend; what is added never replaces what was typed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.analysis import words
from bot.errors import SettingsError

GENERAL_FILE = "vocabulary.tsv"
BOTH_WAYS, ONE_WAY = "<->", "->"
# The longest term of a vocabulary, in words; "how long do I have" has five.
LONGEST = 6
# Terms lie in small heaps by so many letters of their first word, which its endings leave alone.
FIRST_LETTERS = 2

_FORM = "a line is an everyday word, a tab, a medical word and, if wanted, another tab and <-> or ->"

# The stems of a term, by which it is recognised however it is inflected.
Key = tuple[str, ...]
Stem = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two terms for the same thing; `both_ways` if either may be looked for beside the other."""

    lay: str
    medical: str
    both_ways: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, by its words, and what to add to it."""

    words: tuple[str, ...]
    added: str


class Vocabulary:
    """What may be looked for beside a patient's own terms; `stem` takes a lower-cased word to its stem.

    Stemming everything would make every start wait, so terms are stemmed once a question has a word
    with the same first letters.
    """

    def __init__(self, pairs: Iterable[Pair], *, stem: Stem) -> None:
        self._stem = stem
        self._entries: defaultdict[str, list[_Entry]] = defaultdict(list)
        self._ready: dict[str, Mapping[Key, tuple[str, ...]]] = {}
        for pair in pairs:
            self._enter(pair.lay, pair.medical)
            if pair.both_ways:
                self._enter(pair.medical, pair.lay)

    @classmethod
    def load(cls, file: Path | None = None, *, stem: Stem) -> "Vocabulary":
        """The general vocabulary and that of `file`, if there is one; raises SettingsError for a bad line."""
        sources: list[Path | Traversable] = [files("bot.understanding").joinpath(GENERAL_FILE)]
        if file is not None and file.exists():
            sources.append(file)
        return cls((pair for source in sources for pair in read_pairs(source)), stem=stem)

    def expand(self, words: Sequence[str], *, useful: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
        """Pairs of a term among these lower-cased words and a useful term to add; the longest terms win."""
        key = self._key(words)
        found: dict[tuple[str, str], None] = {}
        at = 0
        while at < len(key):
            length, additions = self._match(words[at], key[at:], useful)
            term = " ".join(words[at : at + length])
            found.update(dict.fromkeys((term, added) for added in additions))
            at += length
        return tuple(found)

    def words(self) -> frozenset[str]:
        """Every word of every term, in lower case."""
        return frozenset(
            word for entries in self._entries.values() for entry in entries for word in entry.words
        )

    def _enter(self, term: str, added: str) -> None:
        spelled = tuple(words(term))
        self._entries[spelled[0][:FIRST_LETTERS]].append(_Entry(spelled, added))

    def _match(self, first: str, key: Key, useful: Callable[[str], bool]) -> tuple[int, tuple[str, ...]]:
        """How many words the longest term at the start of `key` has, at least 1, and what to add to it."""
        additions = self._starting_with(first[:FIRST_LETTERS])
        for length in range(min(LONGEST, len(key)), 0, -1):
            found = tuple(added for added in additions.get(key[:length], ()) if useful(added))
            if found:
                return length, found
        return 1, ()

    def _starting_with(self, letters: str) -> Mapping[Key, tuple[str, ...]]:
        """The terms that start with these letters, by their stems."""
        ready = self._ready.get(letters)
        if ready is None:
            additions: defaultdict[Key, dict[str, None]] = defaultdict(dict)
            for entry in self._entries.get(letters, ()):
                additions[self._key(entry.words)].setdefault(entry.added)
            ready = self._ready[letters] = {key: tuple(added) for key, added in additions.items()}
        return ready

    def _key(self, spelled: Sequence[str]) -> Key:
        """Stems without apostrophes, which many leave out ("cant sleep")."""
        return tuple(self._stem(word).replace("'", "").replace("\u2019", "") for word in spelled)


def read_pairs(source: Path | Traversable) -> Iterator[Pair]:
    """The pairs of a vocabulary file; raises SettingsError naming the file and the line."""
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{source} cannot be read ({error.strerror}): check the file.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{source}, line {line} is not UTF-8 text: save the file as UTF-8.") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        if line_text.strip() and not line_text.startswith("#"):
            yield _pair(line_text, f"{source}, line {number}")


def _pair(line: str, place: str) -> Pair:
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) not in (2, 3):
        raise SettingsError(f"{place} has {len(parts)} parts instead of 2 or 3: {_FORM}.")
    lay, medical, *direction = parts
    for term in (lay, medical):
        if not 1 <= len(words(term)) <= LONGEST:
            raise SettingsError(f"{place} needs 1 to {LONGEST} words on either side of the tab: {_FORM}.")
    if direction and direction[0] not in ("", BOTH_WAYS, ONE_WAY):
        raise SettingsError(f"{place} has the direction {direction[0][:20]!r}, which is unknown: {_FORM}.")
    return Pair(lay, medical, both_ways=direction != [ONE_WAY])
