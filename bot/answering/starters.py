"""A corpus in, the questions out that somebody may begin with: one for each thing that people ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import contains

from bot.analysis import Analyser, stopwords
from bot.answering.subject import shared_subject
from bot.aspects.inventory import ASPECTS
from bot.aspects.question_aspects import QuestionAspects
from bot.index.offers import LONGEST
from bot.records import Corpus, Document
from bot.understanding.language import foreign_language

# What people want to know first, in the order in which they are offered it.
GROUPS = (
    "information",
    "symptoms",
    "exams and tests",
    "treatment",
    "causes",
    "outlook",
    "considerations",
    "prevention",
)
# How each is asked of something that has a name, where a heading asks nothing; these fit one and many.
ASKED = {
    "information": "What does {} mean?",
    "symptoms": "What are the symptoms of {}?",
    "exams and tests": "Which tests are there for {}?",
    "treatment": "What are the treatments for {}?",
    "causes": "What causes {}?",
    "outlook": "What is the outlook for {}?",
    "considerations": "How do people live with {}?",
    "prevention": "What helps to prevent {}?",
}
_LONGEST_NAME = 4
# So likely must it be that a heading is about what it is offered for.
SURE = 0.5
# What speaks for one of several, beside how likely it is about its group: that it is a question, that its
# document's title is what most documents mention, that it names what all are about, that it is short.
_QUESTION, _MENTIONED, _SUBJECT, _PER_LETTER = 0.5, 1.5, 1.0, -0.01
# Mentions are counted in so many of the documents, spread over the whole, and so many are looked at.
_SAMPLE = 150
_LOOKED_AT = 500
Heading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """A question and which of GROUPS it belongs to.

    `heading` is the heading's own question, `name` that of what the document is about, if it has one.
    """

    group: str
    question: str
    heading: str
    name: str | None


def starters(
    corpus: Corpus,
    asked: Callable[[int], Mapping[Heading, str]],
    analyser: Analyser,
    known: Callable[[str], bool],
) -> tuple[Starter, ...]:
    """The best question of each group, from as many documents as can be.

    `asked` gives the questions of the document at a place, by its headings. In a large corpus a sample of
    the documents is looked at, spread over all of it.
    """
    aspects = QuestionAspects()
    looked_at = range(0, len(corpus.documents), max(1, len(corpus.documents) // _LOOKED_AT))
    mentioned = _mentions([corpus.documents[place] for place in looked_at])
    shared = frozenset(analyser.terms(shared_subject(corpus) or ""))
    home = main_language(corpus)
    rated: dict[str, list[tuple[float, str, str, str, str]]] = {group: [] for group in GROUPS}
    for place in looked_at:
        document = corpus.documents[place]
        if _language(document) != home:
            continue
        subject = aspects.naming(analyser.terms(document.title))
        name = named(document)
        for question in asked(place).values():
            if len(question) > LONGEST or is_foreign(question, home, known):
                continue
            terms = analyser.terms(question)
            likely = aspects.of(terms, subject)
            best = int(likely.argmax())
            if ASPECTS[best] in rated and likely[best] >= SURE:
                said = _said(question, ASPECTS[best], name if home == "en" else None)
                worth = float(likely[best]) + _QUESTION * said.endswith("?")
                worth += _MENTIONED * mentioned[document.id] + _PER_LETTER * len(said)
                worth += _SUBJECT * (bool(shared) and shared <= set(terms))
                rated[ASPECTS[best]].append((-worth, document.id, said, question, name or ""))
    chosen: list[Starter] = []
    used: set[str] = set()
    for group, several in rated.items():
        several.sort()
        fresh = next((one for one in several if one[1] not in used), several[0] if several else None)
        if fresh is not None:
            used.add(fresh[1])
            chosen.append(Starter(group, *fresh[2:4], fresh[4] or None))
    return tuple(chosen)


def _said(question: str, group: str, name: str | None) -> str:
    """A heading that asks as it stands; what others stand for, asked of what the document is about."""
    return question if name is None or question.endswith("?") else ASKED[group].format(name)


def named(document: Document) -> str | None:
    """What a document is about, written as within a sentence; None where its title is no name of that.

    A name is a title of few words that the text goes on to use, in small letters where it writes it so.
    """
    title, words = document.title, document.title.casefold().split()
    used = document.text.casefold().count(title.casefold()) > 1
    if not used or len(words) > _LONGEST_NAME or words[0].endswith("ing") or words[0] in stopwords():
        return None
    return title.lower() if title.lower() in document.text else title


def is_foreign(question: str, home: str, known: Callable[[str], bool]) -> bool:
    """Whether a heading is in another language than most documents, or in another alphabet."""
    # A heading of one word in another language ("Espa\u00f1ol") is too short to be told by its words.
    if home == "en" and any(letter.isalpha() and not letter.isascii() for letter in question):
        return True
    return foreign_language(question, known=known, sources={home}) is not None


def main_language(corpus: Corpus) -> str:
    """The language that most of the documents are in."""
    spoken = corpus.languages
    return max(sorted(spoken), key=lambda language: spoken[language], default="en")


def _language(document: Document) -> str:
    return document.language.split("-")[0].lower()


def _mentions(documents: Sequence[Document]) -> Mapping[str, float]:
    """How many documents name the title of each, as a share of the most that name any."""
    step = max(1, len(documents) // _SAMPLE)
    sample = [document.text.casefold() for document in documents[::step]]
    counts = {
        document.id: sum(map(contains, sample, repeat(document.title.casefold()))) for document in documents
    }
    most = max(counts.values(), default=0) or 1
    return {doc: count / most for doc, count in counts.items()}
