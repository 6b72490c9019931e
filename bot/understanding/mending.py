"""Words as they were typed in, as they were meant out; what was made of them is noted in the draft."""

import re
from functools import cached_property

from bot.analysis import Analyser, stopwords, words
from bot.index.fields import Fields
from bot.records import Turn, Undo
from bot.understanding.draft import Draft
from bot.understanding.spelling import Speller, spelled_out
from bot.understanding.vocabulary import Vocabulary

# More distinct misspelt words than any letter has are taken as they stand: each is looked for in all words.
MOST_MISSPELT = 40
_POSSESSIVE = re.compile(r"['\u2019]s?$")
# "dont" and "theyre" are right, however near "done" and "there" are.
_CONTRACTED = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|must|need|might|ai)nt"
    r"|(?:they|we|you)(?:re|ve|ll|d)|i(?:m|ve|ll|d)|(?:s?he|it|that|there|what|where|when|who|how|let)(?:s|ll|d)"
)


class Mender:
    """Mends the spelling of messages in the words of one corpus."""

    def __init__(self, analyser: Analyser, index: Fields, vocabulary: Vocabulary) -> None:
        self._analyser, self._index, self._vocabulary = analyser, index, vocabulary

    def mended(self, text: str, draft: Draft, undo: Undo) -> list[str]:
        """The lower-cased words of a text as they were meant, but for those that the patient took back."""
        known = draft.fixed.get((text, undo.corrected))
        if known is None:
            meant = [part for word in words(text) for part in spelled_out(word)]
            alone = [self._spelled(word, draft, undo) for word in meant]
            beside = zip(["", *alone], [*alone[1:], ""], strict=False)
            known = [self._in_phrase(*read, draft) for read in zip(meant, alone, beside, strict=False)]
            draft.fixed[text, undo.corrected] = known
        return known

    def forget(self) -> None:
        """Forget which corrections were looked up before."""
        self._speller.forget()

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._index.counts, known=self._vocabulary.words())

    def _spelled(self, word: str, draft: Draft, undo: Undo) -> str:
        bare = _bare(word)
        if bare in draft.corrected:
            return draft.corrected[bare]
        if bare in undo.corrected or _CONTRACTED.fullmatch(bare) or self._says(bare):
            return word
        if bare in draft.looked_up or len(draft.looked_up) >= MOST_MISSPELT:
            return word
        draft.looked_up.add(bare)
        better = self._speller.correct(bare)
        if better is None:
            return word
        draft.corrected[bare] = better
        return better

    def _says(self, word: str) -> bool:
        return self._index.says(self._analyser.term(word))

    def _in_phrase(self, word: str, alone: str, beside: tuple[str, str], draft: Draft) -> str:
        """What a word was meant to be beside its neighbours; it and they were mended each by itself."""
        bare = _bare(word)
        if bare not in draft.looked_up:
            return alone
        # Anything stands beside "the": that tells nothing.
        before, after = ("" if other in stopwords() else self._analyser.term(other) for other in beside)
        better = self._speller.correct(bare, beside=lambda found: self._stands(before, found, after))
        if better is None:
            return alone
        draft.corrected[bare] = better
        return better

    def _stands(self, before: str, found: str, after: str) -> bool:
        """Whether the corpus has a word right behind one term, or right before another."""
        term = self._analyser.term(found)
        return self._index.side_by_side(before, term) or self._index.side_by_side(term, after)


def as_read(turn: Turn) -> list[str]:
    """The words of an earlier question as they were read then: what was undone stays undone."""
    corrected = corrected_in(turn)
    meant = (part for word in words(turn.question) for part in spelled_out(word))
    return [corrected.get(_bare(word), word) for word in meant]


def corrected_in(turn: Turn) -> dict[str, str]:
    """What was made of the misspelt words of an earlier question."""
    return dict(turn.answer.understood.corrected)


def _bare(word: str) -> str:
    """A word without the ending of what belongs to it: "gout" of "gout's"."""
    return _POSSESSIVE.sub("", word)
