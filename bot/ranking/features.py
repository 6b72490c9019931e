"""What speaks for each candidate in, a table of named features out, comparable between questions.

BM25 scores are told as shares of the best candidate's, likenesses as how far they stay behind the best: both
mean the same for a word and for a letter, in a leaflet and in a library.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.meaning.likeness import Likeness
from bot.ranking.evidence import Evidence

Column = NDArray[np.float64]

# A message of so many words is as long as counts.
LONG_WORDS = 100
# One unit of a likeness feature is a tenth of a cosine, so that coefficients are of one size.
_COSINE_UNIT = 10.0

# Told as shares of the best candidate's.
_SHARES = ("words", "typed", "names", "asking", "title", "heading")
_AS_THEY_ARE = (
    "told",
    "announced",
    "opens_section",
    "opens_document",
    "defines",
    "same_heading",
    "length",
    "near",
    "talked_of",
)
_EVIDENCE = ("placed", "named", "worst", "worded")
LEXICAL = _SHARES + _AS_THEY_ARE + _EVIDENCE + ("is_heading",)
LIKENESS = ("like_message", "like_words", "like_heading", "like_title", "like_document")
FEATURES = LEXICAL + LIKENESS
# Always; all documents are about one thing; the message is a letter; it names what a title names.
CIRCUMSTANCES = ("always", "one_topic", "long_message", "aimed")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for the candidates of one query before it is weighed, a value a candidate.

    `words` is BM25 over title, headings and body of all that is looked for, `typed` of the words as they were
    typed; `names` and `asking` are BM25 over bodies of what names the subject and of what asks of it; `title`
    and `heading` BM25 over these alone; `told` and `announced` the log-probability that the document's
    stretch, and the passage by itself, tell what is asked, as far as that decides. `opens_section`,
    `opens_document` and `length` (in hundreds of words) say where the passage stands; `defines` is, for the
    first passage of a document, how likely it is asked what something is; `same_heading` how far the question
    and the nearest heading have the same words (`is_heading`: all of them). `near` and `talked_of` tell how
    near the passage is to what a follow-up was asked after. `topic` is 1 in a corpus about one thing, `aimed`
    in [0, 1] how far the question names just what the best title names, `message_words` the length of the
    message.
    """

    words: Column
    typed: Column
    names: Column
    asking: Column
    title: Column
    heading: Column
    told: Column
    announced: Column
    opens_section: Column
    opens_document: Column
    defines: Column
    same_heading: Column
    length: Column
    near: Column
    talked_of: Column
    evidence: Evidence
    likeness: Likeness | None
    topic: float
    aimed: float
    message_words: int


def features(signals: Signals) -> NDArray[np.float64]:
    """A row a candidate, a column for each of FEATURES; likenesses are 0 where there is no encoder."""
    told = {name: _share(getattr(signals, name)) for name in _SHARES}
    told |= {name: getattr(signals, name) for name in _AS_THEY_ARE}
    told |= {name: getattr(signals.evidence, name) for name in _EVIDENCE}
    told["is_heading"] = (signals.same_heading >= 1.0).astype(float)
    zero = np.zeros(len(signals.words))
    for name in LIKENESS:
        alike = None if signals.likeness is None else getattr(signals.likeness, name.removeprefix("like_"))
        told[name] = zero if alike is None else (alike - alike.max(initial=-1.0)) * _COSINE_UNIT
    return np.stack([told[name] for name in FEATURES], axis=1)


def circumstances(signals: Signals) -> NDArray[np.float64]:
    """What coefficients depend on, in the order of CIRCUMSTANCES, each in [0, 1]."""
    return np.array([1.0, signals.topic, min(signals.message_words / LONG_WORDS, 1.0), signals.aimed])


def _share(scores: Column) -> Column:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else np.zeros(len(scores))
