"""What an index in a cluster is called and made of: the terms of the fields that are searched.

Passages are known there by their place. Our own analyser made their terms, so that a term is the same thing
in both engines; neither texts nor anything else of the documents is in a cluster.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.index.counted import Counted
from bot.index.lexicon import Lexicon

# Another layout has another number.
LAYOUT = 1
# So many candidates are asked for at most.
MOST_ASKED = 10_000
# Longer terms stand there by their digest: Lucene refuses very long ones.
_LONGEST_TERM = 100
# Texts that are laid out at once.
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Searched:
    """A field that is searched there, by rows of terms and their statistics; `b` is BM25's."""

    counted: Counted
    b: float


def name_of(prefix: str, digest: str, fields: Mapping[str, Searched]) -> str:
    """The name of the index of a corpus: it tells of all that scores depend on."""
    made = hashlib.sha256(f"{LAYOUT}\0{digest}".encode())
    for name, field in fields.items():
        facts = field.counted.statistics
        made.update(f"\0{name}\0{field.b}".encode())
        made.update(np.ascontiguousarray(facts.norms).tobytes())
        made.update(facts.frequencies[facts.frequencies > 0].tobytes())
    return f"{prefix}-{digest[:16]}-{made.hexdigest()[:16]}"


def token(term: str) -> str:
    """A term as it stands in a cluster."""
    if 0 < len(term) <= _LONGEST_TERM:
        return term
    return "#" + hashlib.sha256(term.encode()).hexdigest()[:32]


def filled(field: Searched) -> int:
    """How many texts of a field have a term."""
    lengths = np.zeros(field.counted.size, dtype=np.int64)
    for part in field.counted.parts:
        own = part.rows.lengths()
        lengths += own if part.row_of is None else own[part.row_of]
    return int(np.count_nonzero(lengths))


def body_of(fields: Mapping[str, Searched], meta: Mapping[str, Any], shards: int) -> dict[str, Any]:
    """What a new index is made with."""
    analysis = {"analyzer": {"terms": {"type": "custom", "tokenizer": "whitespace"}}}
    settings = {
        "number_of_shards": shards,
        "auto_expand_replicas": "0-1",
        # Nobody searches it before it is whole.
        "refresh_interval": "-1",
        "max_result_window": MOST_ASKED,
        "similarity": {name: _similarity(field, meta["filled"][name]) for name, field in fields.items()},
        "analysis": analysis,
    }
    properties: dict[str, Any] = {"place": {"type": "integer", "index": False}}
    for name in fields:
        properties[name] = {
            "type": "text",
            "analyzer": "terms",
            "index_options": "freqs",
            "similarity": name,
        }
    mappings = {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "_meta": dict(meta),
        "properties": properties,
    }
    return {"settings": {"index": settings}, "mappings": mappings}


def k1_of(field: Searched, with_terms: int) -> float:
    """Lucene's k1 for our norms: its mean length leaves out texts without a term, and ours does not."""
    return sum(_shares(field, with_terms))


def _similarity(field: Searched, with_terms: int) -> dict[str, Any]:
    fixed, by_length = _shares(field, with_terms)
    return {"type": "BM25", "k1": fixed + by_length, "b": by_length / (fixed + by_length)}


def _shares(field: Searched, with_terms: int) -> tuple[float, float]:
    """What each text is held against it, and what one of the mean length is beside that."""
    k1 = float(field.counted.statistics.gain[0]) - 1
    return k1 * (1 - field.b), k1 * field.b * field.counted.size / max(with_terms, 1)


def documents(
    fields: Mapping[str, Searched], lexicon: Lexicon, first: int, last: int
) -> Iterator[dict[str, object]]:
    """The passages of some places as they stand in a cluster."""
    spelled: dict[int, str] = {}

    def text(terms: Sequence[int]) -> str:
        for number in terms:
            if number not in spelled:
                spelled[number] = token(lexicon[number])
        return " ".join(spelled[number] for number in terms)

    for start in range(first, last, _AT_ONCE):
        places = np.arange(start, min(start + _AT_ONCE, last))
        rows = {name: [part.at(places) for part in field.counted.parts] for name, field in fields.items()}
        for at, place in enumerate(places.tolist()):
            made: dict[str, object] = {"place": place}
            for name, of_parts in rows.items():
                made[name] = " ".join(filter(None, (text(part[at].tolist()) for part in of_parts)))
            yield made
