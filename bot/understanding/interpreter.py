"""Wires the steps of understanding: question and earlier turns in, Query out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

import numpy as np

from bot.analysis import Analyser, words
from bot.aspects import ASPECTS, Distribution, QuestionAspects
from bot.aspects.answer_types import answer_type
from bot.index.fields import ONE_TOPIC, Fields
from bot.queries import Name, Query
from bot.records import Turn, Understood, Undo
from bot.understanding.draft import Draft
from bot.understanding.leaning import leans
from bot.understanding.mending import Mender, as_read, corrected_in
from bot.understanding.message import Sentence, asked, asks, complains, read_message
from bot.understanding.naming import Naming
from bot.understanding.recall import Recall
from bot.understanding.spelling import rarity
from bot.understanding.vocabulary import Vocabulary

# A corrected word may be another word after all; an added term is never the patient's own.
CORRECTED_WEIGHT = 0.9
ADDED_WEIGHT = 0.4
# Where no source has the patient's own term, the added one is all there is to go by.
ADDED_FOR_LOST = 0.9
# Carried over to a question without a subject of its own, and to one that only leans on the last.
CARRIED_WEIGHT = 0.9
LEANING_WEIGHT = 0.35
# Beside a question that names its subject itself, the rest of a letter counts this much less.
BESIDE_OWN_SUBJECT = 0.3
# Further back than so much no subject is looked for: twenty questions have less, and two long letters more.
MOST_EARLIER_CHARS = 6_000
# A sentence with so much of a title names the subject of a letter whose question does not, and counts this.
NAMES_SUBJECT, SUBJECT_WEIGHT = 0.6, 0.8

# A word that no phrasing has names the subject only if it is as rare as this in English ("lies" is not).
UNCOMMON = 0.7

_LEANS = re.compile(
    r"^\W*(and|but|or|so|then|also|what about|how about|what of)\b"
    r"|\b(it|its|that|they|them|those|these|this|one|ones|there|he|she)\b",
    re.IGNORECASE,
)
# "How does it work?" asks what it does: whoever answers seldom says "work".
_HOW_IT_WORKS = re.compile(r"\bhow (do|does|did|will|would|can) .*\bworks?\W*$", re.IGNORECASE)
_WORKS = frozenset({"work", "works"})
_SYMPTOMS = np.eye(len(ASPECTS))[ASPECTS.index("symptoms")]


class Interpreter:
    """Understands questions in the words of one corpus, of which `recall` knows the passages."""

    def __init__(
        self,
        analyser: Analyser,
        index: Fields,
        vocabulary: Vocabulary,
        recall: Recall,
    ) -> None:
        self._analyser = analyser
        self._says = index.says
        self._naming = Naming(analyser, index)
        self._vocabulary = vocabulary
        self._recall = recall
        self.mender = Mender(analyser, index, vocabulary)
        self._fixed = self.mender.mended
        self._aspects = QuestionAspects()
        self._one_topic = index.unity > ONE_TOPIC

    def knows(self, word: str) -> bool:
        """Whether the sources have a lower-cased word, in whatever form."""
        return self._says(self._analyser.term(word))

    def is_topic(self, word: str) -> bool:
        """Whether nearly all documents are about what a lower-cased word names."""
        return self._one_topic and self._naming.common(self._analyser.term(word))

    def leans(self, question: str, *, undo: Undo | None = None, lost: bool = False) -> bool:
        """Whether a question needs what was said before it; `lost` says that there was something."""
        said = self._fixed(question, Draft(), undo or Undo())
        names = self._naming.names(said)
        return leans(said, names=names, one_topic=self._one_topic, lost=lost)

    def only_names(self, text: str) -> bool:
        """Whether a text names a subject and asks nothing: "a knee brace"."""
        return not asks(text) and bool(self._naming.names(self._fixed(text, Draft(), Undo())))

    def query(self, question: str, history: Sequence[Turn] = (), *, undo: Undo | None = None) -> Query:
        """What a question looks for, in the light of the turns before it that asked something."""
        history = [turn for turn in history if turn.asks]
        undo = undo or Undo()
        sentences = read_message(question)
        draft = Draft()
        asking_words = self._read(sentences, draft, undo)
        leaning = self._carry(history, draft, sentences, undo) if history and not undo.carried else None
        self._add(asking_words, draft, undo)
        aspects = self._asked_aspects((*asked(sentences), *draft.complaints), draft)
        if leaning is not None and self._naming.names(asking_words) and not self._naming.asks(asking_words):
            aspects = self._earlier_aspects(leaning)
        return Query(
            weights=dict(draft.weights),
            asked=frozenset(draft.asked),
            names=dict(draft.names),
            asking=dict(draft.asking),
            phrases=tuple(draft.phrases),
            documents=tuple(draft.documents),
            near=draft.near,
            aspects=tuple(float(share) for share in aspects),
            unknown=tuple(draft.unknown),
            answer_type=answer_type(" ".join(asked(sentences))),
            message=draft.as_meant(question),
            understood=Understood(
                corrected=tuple(draft.corrected.items()),
                added=tuple(draft.added),
                carried=tuple(draft.carried),
                asked=None if all(map(_asks, sentences)) else " ".join(asked(sentences)),
                aspects=tuple(ASPECTS[at] for at in np.argsort(-aspects, kind="stable")[:2]),
            ),
        )

    def _read(self, sentences: Sequence[Sentence], draft: Draft, undo: Undo) -> list[str]:
        """Weigh the message's own words; returns the corrected words of what is asked."""
        subject = self._elsewhere(sentences, draft, undo)
        own = not self._one_topic and any(
            self._naming.titled(self._fixed(s.text, draft, undo)) for s in sentences if _asks(s)
        )
        asking: list[str] = []
        for sentence in sentences:
            fixed = self._fixed(sentence.text, draft, undo)
            if _HOW_IT_WORKS.search(sentence.text):
                fixed = [word for word in fixed if word not in _WORKS]
            asks = _asks(sentence)
            weight = sentence.weight * (BESIDE_OWN_SUBJECT if own and not subject and not asks else 1.0)
            if sentence in subject:
                weight = max(weight, SUBJECT_WEIGHT)
                self._take_subject(sentence, fixed, draft)
            self._weigh(fixed, weight, draft)
            if asks or (self._one_topic and sentence in subject):
                self._name(fixed, draft, tells=complains(sentence.text))
            if asks:
                asking.extend(fixed)
                draft.phrases.update(dict.fromkeys(self._side_by_side(fixed)))
        return asking

    def _weigh(self, fixed: Sequence[str], weight: float, draft: Draft) -> None:
        """Let the words of a sentence be looked for, those that ask less than those that name."""
        named = self._naming.whole(fixed)
        for word in fixed:
            term = self._analyser.term(word)
            if term not in self._naming.stopwords:
                sure = CORRECTED_WEIGHT if word in draft.corrected.values() else 1.0
                draft.raise_to(term, weight * sure * self._naming.telling(term, named))

    def _name(self, fixed: Sequence[str], draft: Draft, *, tells: bool) -> None:
        """Take the words down as naming or, unless the sentence only tells of a sign, as asking."""
        named = self._naming.whole(fixed)
        for word, following in zip_longest(fixed, fixed[1:], fillvalue=""):
            term = self._analyser.term(word)
            if term in self._naming.stopwords:
                continue
            draft.asked.add(term)
            name = Name(self._naming.weight(word, following))
            if self._naming.telling(term, named) == 1.0:
                draft.names.setdefault(term, name)
                if not self._says(term):
                    draft.unknown.setdefault(word)
            elif not tells:
                draft.asking.setdefault(term, name)

    def _take_subject(self, sentence: Sentence, fixed: Sequence[str], draft: Draft) -> None:
        """Take down what a sentence beside the question says of the subject: its title, or what hurts."""
        if self._one_topic:
            if complains(sentence.text):
                draft.complaints.append(sentence.text)
            return
        title = self._naming.best_title([self._analyser.term(word) for word in fixed])
        for word in fixed:
            if self._analyser.term(word) in title:
                draft.names.setdefault(self._analyser.term(word), Name(self._naming.weight(word)))

    def _elsewhere(self, sentences: Sequence[Sentence], draft: Draft, undo: Undo) -> tuple[Sentence, ...]:
        """The sentences that name the subject of a letter better than what asks does.

        What the letter tells of other people and other times does so only if nothing else does. Where all
        documents are about one thing, a question that names just that is about the rest of the letter.
        """
        if self._one_topic:
            beyond = {s: self._names_beyond_topic(self._fixed(s.text, draft, undo)) for s in sentences}
            if any(names for s, names in beyond.items() if _asks(s)):
                return ()
            return tuple(s for s, names in beyond.items() if names and s.role != "background")
        shares = {s: self._naming.title_share(self._fixed(s.text, draft, undo)) for s in sentences}
        asked = max((share for s, share in shares.items() if _asks(s)), default=0.0)
        better = [s for s, share in shares.items() if share > asked and share >= NAMES_SUBJECT]
        beside = tuple(s for s in better if s.role != "background")
        return beside or (tuple(better) if asked == 0 else ())

    def _names_beyond_topic(self, fixed: Sequence[str]) -> bool:
        """Whether some word names more than what all documents are about."""
        return any(not self._naming.common(self._analyser.term(word)) for word in self._naming.names(fixed))

    def _side_by_side(self, fixed: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The pairs of neighbouring words that both name something."""
        for one, other in pairwise(fixed):
            if len(self._naming.names((one, other))) == 2:
                yield self._analyser.term(one), self._analyser.term(other)

    def _carry(
        self, history: Sequence[Turn], draft: Draft, sentences: Sequence[Sentence], undo: Undo
    ) -> Turn | None:
        """Take over the subject of the last turn; returns that turn where the question leans on it.

        A message that names something beside its question leans on that.
        """
        beside = (self._fixed(s.text, draft, undo) for s in sentences if s.role in ("subject", "neutral"))
        if any(map(self._names_beyond_topic, beside)):
            return None
        text = " ".join(asked(sentences))
        own = self._naming.names(self._fixed(text, draft, undo))
        leans = bool(_LEANS.search(text))
        if own and not (leans and len(own) <= 2):
            return None
        # Where all documents are about one thing, what names and points at nothing may be about that.
        sure = not own and (leans or not self._one_topic)
        weight = CARRIED_WEIGHT if sure else LEANING_WEIGHT
        subject = self._subject_of(history)
        named = self._naming.whole(subject)
        for word in subject:
            term = self._analyser.term(word)
            if term not in draft.weights or draft.weights[term] < weight:
                draft.raise_to(term, weight * self._naming.telling(term, named))
                draft.carried.setdefault(word)
                if sure and self._naming.telling(term, named) == 1.0:
                    draft.names.setdefault(term, Name(self._naming.weight(word)))
        shown = self._recall.shown(history[-1].answer.quotes[:1])
        if sure:
            draft.documents.update(dict.fromkeys(passage.doc for passage in shown))
        if own or sure:
            draft.near = tuple(passage.index for passage in shown)
        return history[-1]

    def _subject_of(self, history: Sequence[Turn]) -> list[str]:
        """The words that named the subject of the last turn that had one."""
        read = 0
        for turn in reversed(history):
            read += len(turn.question)
            if read > MOST_EARLIER_CHARS:
                break
            fixed = as_read(turn)
            if self._naming.names(fixed):
                return list(
                    dict.fromkeys([*filter(self._subjective, fixed), *turn.answer.understood.carried])
                )
        return []

    def _subjective(self, word: str) -> bool:
        """Whether a word names a subject, be it only as part of a title ("children", "causes")."""
        term = self._analyser.term(word)
        named = self._naming.telling(term) == 1.0 and not self._naming.light(term)
        return term not in self._naming.stopwords and (named or self._naming.in_title(term))

    def _earlier_aspects(self, turn: Turn) -> Distribution:
        return self._asked_aspects(asked(read_message(turn.question)), Draft(corrected=corrected_in(turn)))

    def _add(self, fixed: Sequence[str], draft: Draft, undo: Undo) -> None:
        titled = self._naming.best_title([self._analyser.term(word) for word in fixed])
        for own, added in self._vocabulary.expand(fixed, useful=self._known):
            # The sources' own name for their subject needs no other beside it.
            if own in undo.added or titled.issuperset(self._analyser.terms(own)):
                continue
            source = max((draft.weights.get(self._analyser.term(w), 0.0) for w in words(own)), default=0.0)
            fresh = [
                term
                for term in self._analyser.terms(added)
                if self._says(term) and term not in draft.weights and term not in self._naming.stopwords
            ]
            lost = not any(map(self._says, self._analyser.terms(own)))
            for term in fresh:
                worth = (ADDED_FOR_LOST if lost else ADDED_WEIGHT) * max(source, 0.5)
                draft.raise_to(term, worth * self._naming.telling(term))
                draft.asked.add(term)
            if fresh:
                draft.added.setdefault((own, added))
            other = frozenset(self._analyser.terms(added)) - self._naming.stopwords
            if other and all(map(self._says, other)):
                for known in (draft.names, draft.asking):
                    for term in known.keys() & set(self._analyser.terms(own)):
                        known[term] = replace(known[term], others=(*known[term].others, other))

    def _known(self, added: str) -> bool:
        """Whether the sources have some word of a term that tells something."""
        return any(self._says(t) and t not in self._naming.stopwords for t in self._analyser.terms(added))

    def _asked_aspects(self, asking: Sequence[str], draft: Draft) -> Distribution:
        total = np.zeros(len(ASPECTS))
        for text in asking:
            fixed = [draft.corrected.get(word, word) for word in words(text)]
            terms = [self._analyser.term(word) for word in fixed]
            told = self._aspects.of(terms, self._subject(fixed, terms))
            total += (told + _SYMPTOMS) / 2 if complains(text) else told
        return total / max(len(asking), 1)

    def _subject(self, spelled: Sequence[str], terms: Sequence[str]) -> Collection[str]:
        """The terms of a question that name its subject: those of the best title, and unheard-of ones."""
        unheard = {
            term
            for word, term in zip(spelled, terms, strict=True)
            if not self._aspects.knows(term) and rarity(word) >= UNCOMMON
        }
        return unheard | self._naming.best_title(terms)


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence is part of the question, if only its heading."""
    return sentence.role in ("asks", "heads")
