"""Made corpora of any size: sentences of real texts, put together anew from a seed, and questions on them."""

import json
import random
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.analysis import Analyser, stopwords
from bot.index.rows import Rows

SEED = 20
# Passages grow sentence by sentence until they have as many words as this: 72 in the mean, as real ones do.
_WORDS = (35, 95)
# One sentence in so many comes from any text, so that words meet that never met before.
_STRAY = 5
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_FORMS = (
    "What are the symptoms of {}?",
    "How is {} treated in people who have {}?",
    "Can {} be a sign of {} or of something else?",
    "What should I do about {}?",
    "Is {} dangerous for a person with {}?",
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of some texts, text by text."""

    texts: Sequence[Sequence[str]]

    @classmethod
    def of(cls, folder: Path) -> "Sentences":
        """The sentences of all Markdown and plain text below a folder."""
        paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt"))
        texts = (_SENTENCE.split(" ".join(path.read_text("utf-8").split())) for path in paths)
        kept = [[sentence for sentence in text if 3 < len(sentence.split()) < 60] for text in texts]
        return cls([text for text in kept if text])

    def passages(self, count: int, words: tuple[int, int] = _WORDS) -> Iterator[Sequence[tuple[int, int]]]:
        """Passages as the (text, sentence) numbers that they are made of; fewer are the first of more.

        They grow until they have so many `words`, from the fewest to the most.
        """
        chance = random.Random(SEED)
        lengths = [[len(sentence.split()) for sentence in text] for text in self.texts]
        for _ in range(count):
            own, wanted = chance.randrange(len(self.texts)), chance.randint(*words)
            made, reached = [], 0
            while reached < wanted:
                text = chance.randrange(len(self.texts)) if chance.randrange(_STRAY) == 0 else own
                sentence = chance.randrange(len(self.texts[text]))
                made.append((text, sentence))
                reached += lengths[text][sentence]
            yield made

    def files(self, count: int, folder: Path, *, passages_each: int = 8) -> None:
        """Write a folder of documents with about so many passages, for the bot to read as it is."""
        folder.mkdir(parents=True)
        body: list[str] = []
        for number, made in enumerate(self.passages(count), start=1):
            body.append(" ".join(self.texts[text][sentence] for text, sentence in made))
            if number % passages_each == 0 or number == count:
                title = f"Leaflet {number // passages_each}"
                (folder / f"{number:07}.md").write_text("\n\n".join([f"# {title}", *body, ""]), "utf-8")
                body.clear()


@dataclass(frozen=True, slots=True)
class MadeCorpus:
    """Rows of term ids on disk, and the term of each id."""

    folder: Path

    @classmethod
    def write(
        cls, sentences: Sentences, count: int, folder: Path, *, words: tuple[int, int] = _WORDS
    ) -> "MadeCorpus":
        analyser, ids = Analyser(), dict[str, int]()
        analysed = [
            [
                array("i", [ids.setdefault(term, len(ids)) for term in analyser.terms(sentence)])
                for sentence in text
            ]
            for text in sentences.texts
        ]
        terms, starts = array("i"), array("q", [0])
        for made in sentences.passages(count, words):
            for text, sentence in made:
                terms.extend(analysed[text][sentence])
            starts.append(len(terms))
        folder.mkdir(parents=True)
        np.save(folder / "terms.npy", np.frombuffer(terms, dtype=np.int32))
        np.save(folder / "starts.npy", np.frombuffer(starts, dtype=np.int64))
        (folder / "vocabulary.txt").write_text("\n".join(ids), "utf-8")
        return cls(folder)

    def rows(self) -> Rows:
        """The passages, by memory map."""
        terms, starts = (np.load(self.folder / f"{name}.npy", mmap_mode="r") for name in ("terms", "starts"))
        return Rows(terms, starts)

    def vocabulary(self) -> list[str]:
        return (self.folder / "vocabulary.txt").read_text("utf-8").split("\n")


def made_questions(sentences: Sentences, count: int) -> list[str]:
    """Questions in everyday forms about words that stand together in some sentence."""
    chance, idle = random.Random(SEED + 1), stopwords()
    questions: list[str] = []
    while len(questions) < count:
        words = re.findall(r"[a-z]{4,}", chance.choice(chance.choice(sentences.texts)).lower())
        content = [word for word in words if word not in idle]
        if len(content) >= 2:
            one, other = chance.sample(content, 2)
            questions.append(chance.choice(_FORMS).format(one, other))
    return questions


def read_questions(path: Path, count: int) -> list[str]:
    """The first questions of a file with a JSON object a line, whose "question" they are."""
    lines = path.read_text("utf-8").splitlines()
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))[:count]


def question_terms(questions: Sequence[str], vocabulary: Sequence[str], *, idle: bool) -> list[list[int]]:
    """The distinct known terms of each question, with its idle words or without."""
    analyser = Analyser()
    ids = {term: place for place, term in enumerate(vocabulary)}
    left_out = frozenset() if idle else {analyser.term(word) for word in stopwords()}
    wanted = (dict.fromkeys(analyser.terms(question)) for question in questions)
    return [[ids[term] for term in terms if term in ids and term not in left_out] for terms in wanted]
