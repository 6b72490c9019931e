"""Files that people wrote and publishers' answers in, labelled examples out."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from bot.analysis import Analyser, words
from bot.aspects import ASPECTS, QuestionAspects
from bot.aspects.features import passage_features, question_features
from bot.errors import SettingsError
from bot.learning.aspect_models import Example
from bot.understanding.spelling import spelled_out
from bot.understanding.vocabulary import GENERAL_FILE, read_pairs

# Stands for the subject while a written example is analysed.
_SUBJECT = "xsubjectx"
# Short phrasings say little but the aspect, as headings do: each counts this much.
SHORT_WORDS, SHORT_WEIGHT = 6, 2.0
# A passage written here stands for so many that publishers have: the typical ones for more than the varied.
WRITTEN_WEIGHTS = {"tellings.tsv": 10.0, "passages.tsv": 2.0}
# Passages that tell nothing themselves: tables of another source and lists of links.
ELSEWHERE = re.compile(r"Human Phenotype Ontology|These resources address")
_OPENING_QUESTION = re.compile(r"^[^.?]*\?\s")
# A word that fewer phrasings use may have got in by chance.
LEAST_PHRASINGS = 4


def question_examples(analyser: Analyser) -> list[Example]:
    """Every phrasing with the aspect that it asks about."""
    return [
        Example(
            frozenset(question_features(_terms(analyser, text), {analyser.term(_SUBJECT)})),
            aspect,
            SHORT_WEIGHT if len(text.split()) <= SHORT_WORDS else 1.0,
        )
        for aspect, text in written_rows("phrasings.tsv")
    ]


def written_passages(analyser: Analyser) -> list[Example]:
    """Every passage that was written as publishers write."""
    subject = {analyser.term(_SUBJECT)}
    return [
        Example(frozenset(passage_features(_terms(analyser, text), subject)), aspect, weight)
        for name, weight in WRITTEN_WEIGHTS.items()
        for aspect, text in written_rows(name)
    ]


def publishers_passages(pairs: Path, analyser: Analyser) -> Iterator[Example]:
    """The passages of a file of publishers' answers, each with the aspect of the question it answers.

    A line of JSON each: `title`, `kind`, `passage`. A question that a passage opens with is left out, and so
    are passages that only name other places to look.
    """
    naming = QuestionAspects().naming
    try:
        lines = pairs.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{pairs} cannot be read; name a file of publishers' pairs.") from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            kind, title, passage = row["kind"], row["title"], row["passage"]
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"{pairs}, line {number}: no pair of title, kind and passage.") from error
        if kind in ASPECTS and not ELSEWHERE.search(passage):
            terms = analyser.terms(_OPENING_QUESTION.sub("", passage))
            yield Example(frozenset(passage_features(terms, naming(analyser.terms(title)))), kind)


def asking_words(analyser: Analyser) -> Mapping[str, float]:
    """Terms that ask rather than name, with the share of phrasings that use them.

    A word of the vocabulary names a thing ("cough") unless it stands in `always_asking.txt`.
    """
    phrasings = [set(analyser.terms(text.replace("{x}", " "))) for _, text in written_rows("phrasings.tsv")]
    counts = Counter(term for terms in phrasings for term in terms)
    pairs = read_pairs(files("bot.understanding").joinpath(GENERAL_FILE))
    entries = [analyser.terms(term) for pair in pairs for term in (pair.lay, pair.medical)]
    single = {entry[0] for entry in entries if len(entry) == 1}
    always = files("bot.learning").joinpath("always_asking.txt").read_text("utf-8").split()
    names = single - {analyser.term(word) for word in always}
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {
        term: count / len(phrasings)
        for term, count in ordered
        if count >= LEAST_PHRASINGS and term not in names
    }


def written_rows(name: str) -> list[tuple[str, str]]:
    """The aspects and texts of one of the tables that were written here."""
    lines = files("bot.learning").joinpath(name).read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return [(row[0], row[1]) for row in rows]


def _terms(analyser: Analyser, text: str) -> list[str]:
    spelled = words(text.replace("{x}", f" {_SUBJECT} "))
    return [analyser.term(part) for word in spelled for part in spelled_out(word)]
