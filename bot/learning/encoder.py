"""`python -m bot.learning.encoder` makes the encoder that ships out of a public one.

Two passes of fine-tuning over messages with passages that answer them, then the weights become int8. The
texts of others are given, a line of JSON each: publishers' answers (`--pairs`), the public's `--messages`.
`bot/meaning/weights/CARD.md` tells what came of it. The two passes took 30 minutes on two cores.
"""

import argparse
import logging
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import BotError, SettingsError
from bot.files import check_writable, write_atomically
from bot.learning.batches import BATCH, Matrix
from bot.learning.examples import ELSEWHERE
from bot.learning.examples_of_meaning import (
    Match,
    Message,
    Passage,
    judged_matches,
    phrased_matches,
    read_messages,
    read_passages,
    summarised_matches,
    written_matches,
)
from bot.meaning import BUILT_IN

if TYPE_CHECKING:
    from bot.learning.bert import Weights
    from bot.learning.fine_tuning import Cutter

# Not `__name__`, which is "__main__" where this is run.
_log = logging.getLogger("bot.learning.encoder")

# The versions that it was made with; nothing that answers questions needs them.
NEEDED = {"jax": "jax==0.10.2", "optax": "optax==0.2.8", "onnx": "onnx==1.23.2"}
# Held-out messages look for their passages among these, drawn by chance, and their own.
OTHERS = 2500
OTHERS_SEED = 5


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: the highest learning rate, how many phrasings, whether judged messages take part, a seed."""

    rate: float
    phrasings: int
    judged: bool
    seed: int


# What was judged had been found with the first pass's encoder: it takes part in the second alone. That goes a
# little slower and has fewer phrasings, lest the judged messages drown.
PASSES = (
    Pass(rate=5e-5, phrasings=1200, judged=False, seed=7),
    Pass(rate=4e-5, phrasings=800, judged=True, seed=8),
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of others, in the order in which what was written here counts them."""

    passages: list[Passage]
    messages: list[Message]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the encoder; exit status 2 after a mistake, said in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning.encoder", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, metavar="FLOAT.onnx")
    parser.add_argument("--tokenizer", type=Path, required=True, metavar="tokenizer.json")
    parser.add_argument("--pairs", type=Path, required=True, metavar="pairs.jsonl")
    parser.add_argument("--messages", type=Path, required=True, metavar="messages.jsonl")
    parser.add_argument("--out", type=Path, default=BUILT_IN, metavar="DIR", help="default: what ships")
    options = parser.parse_args(arguments)
    missing = [version for name, version in NEEDED.items() if find_spec(name) is None]
    if missing:
        sys.stderr.write(f"Making an encoder needs more packages: pip install {' '.join(missing)}\n")
        return 2
    # Of others only warnings: quantising tells of every tensor.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("bot.learning").setLevel(logging.INFO)
    try:
        texts = Texts(read_passages(options.pairs), read_messages(options.messages))
        _make(texts, options.model, options.tokenizer, options.out)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def matches_of(one: Pass, texts: Texts) -> list[Match]:
    """All that a pass learns from."""
    matches = written_matches(texts.passages)
    matches += phrased_matches(texts.passages, one.phrasings, seed=one.seed)
    matches += summarised_matches(texts.messages)
    if one.judged:
        matches += judged_matches(texts.passages, texts.messages)
    return matches


def _make(texts: Texts, model: Path, tokenizer: Path, out: Path) -> None:
    from bot.learning.exports import read_weights, write_small
    from bot.learning.fine_tuning import Cutter

    cutter = Cutter(tokenizer)
    original = read_weights(model)
    if not out.is_dir():
        raise SettingsError(f"{out} is no folder; make it, or name another for the encoder.")
    check_writable(out / "model_quantized.onnx")
    weights = original
    _log.info("The original: %s", _held_out(weights, texts, cutter))
    for one in PASSES:
        weights = _passed(weights, original, matches_of(one, texts), cutter, one)
        _log.info("After the pass, float: %s", _held_out(weights, texts, cutter))
    write_small(weights, model, out / "model_quantized.onnx")
    write_atomically(out / "tokenizer.json", tokenizer.read_bytes().decode("utf-8"))


def _passed(
    weights: "Weights", original: "Weights", matches: Sequence[Match], cutter: "Cutter", one: Pass
) -> "Weights":
    """One pass; what is alike is told by the original weights, which have not learned these passages."""
    from bot.learning.fine_tuning import Pace, tuned, vectors

    _log.info("%d matches; their passages are compared first.", len(matches))
    likeness = vectors(original, [match.passage.titled for match in matches], cutter.passages)
    return tuned(weights, matches, likeness, cutter, Pace(one.rate, BATCH, one.seed))


def _held_out(weights: "Weights", texts: Texts, cutter: "Cutter") -> str:
    """How often the hand that was held out finds its passages, first and among the first three."""
    from bot.learning.fine_tuning import vectors

    matches = written_matches(texts.passages, held_out=True)
    telling = [one for one in texts.passages if not ELSEWHERE.search(one.text)]
    rng = random.Random(OTHERS_SEED)  # noqa: S311 - a choice to be repeated, not a secret
    others = rng.sample(telling, min(OTHERS, len(telling)))
    shown = list(dict.fromkeys([match.passage.titled for match in matches] + [one.titled for one in others]))
    found = vectors(weights, shown, cutter.passages)
    places = {text: place for place, text in enumerate(shown)}
    gold = np.array([places[match.passage.titled] for match in matches])
    asked = vectors(weights, [match.message for match in matches], cutter.messages)
    return "; ".join(
        f"{name} {first:.3f}, {three:.3f}" for name, first, three in _hits(asked @ found.T, gold)
    )


def _hits(scores: Matrix, gold: NDArray[np.intp]) -> Iterator[tuple[str, float, float]]:
    """The shares of short messages and of letters, which take turns, whose passage is first or in three."""
    before = (scores > scores[np.arange(len(gold)), gold][:, None]).sum(axis=1)
    for name, some in (("short hit@1, hit@3", before[::2]), ("letters", before[1::2])):
        yield name, float((some < 1).mean()), float((some < 3).mean())


if __name__ == "__main__":
    sys.exit(main())
