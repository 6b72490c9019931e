from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import __version__
from bot.evaluation.origin import doubts, origin_of
from bot.evaluation.questions import load_question_set
from bot.evaluation.scoring import score
from bot.records import Corpus

Write = Callable[..., Path]
HERE = f"version:{__version__}|corpus:c"


def test_an_origin_follows_the_corpus_and_its_vocabulary(corpus: Corpus, tmp_path: Path) -> None:
    words = tmp_path / "vocabulary.tsv"
    bare = origin_of(corpus, words, "none")
    words.write_text("gout\tpodagra\n")
    changed = origin_of(corpus, words, "none")
    assert changed != bare == replace(changed, vocabulary=bare.vocabulary)
    assert origin_of(replace(corpus, digest="d"), words, "none").corpus == "d"
    assert origin_of(corpus, words, "0123456789abcdef").encoder == "0123456789ab"
    assert str(bare).startswith(HERE)


@pytest.mark.parametrize(
    ("signatures", "said"),
    [
        ([HERE, HERE], []),
        ([None], []),
        ([], []),
        (["someone else's system"], []),
        ([HERE, None], ["2 different runs"]),
        (["corpus:other"], ["another corpus (other)"]),
        (["version:99"], ["version 99"]),
        ([f"corpus:{name}" for name in "abde"], ["4 different runs", "(a, b, d, ...)"]),
    ],
)
def test_what_does_not_fit_together_is_said(
    corpus: Corpus, signatures: list[str | None], said: list[str]
) -> None:
    found = doubts(signatures, corpus)
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


def test_the_signature_of_a_prediction_is_no_part_of_what_it_says(corpus: Corpus, file_of: Write) -> None:
    asked = load_question_set(file_of({"id": "q1", "question": "Do bones ache?"}), corpus)
    bare = {"id": "q1", "outcome": "none"}
    plain, signed = (
        score(asked, file_of(line, name="p.jsonl"), corpus) for line in (bare, bare | {"signature": HERE})
    )
    assert plain.signature == signed.signature
    assert (plain.origins, signed.origins) == ((), (HERE,))
