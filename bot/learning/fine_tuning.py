"""Matches in, better weights out: messages are drawn to their passages, away from others of a batch."""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from bot.learning.batches import MOST_MISSES, Matrix, Padded, batches, masked, misses_of, padded
from bot.learning.bert import Layer, Weights, encode
from bot.learning.examples_of_meaning import Match, Passage
from bot.meaning.encoder import read_tokenizer

_log = logging.getLogger(__name__)

# Pieces of a message and of a passage. All written ones fit and 93 % of the real messages; four passages
# in five lose their ends, but a batch takes 9 s on two cores, and openings tell what a passage is about.
MESSAGE_LONGEST, PASSAGE_LONGEST = 160, 112
# The usual one of contrastive training: cosines a twentieth apart differ by one in log-odds.
TEMPERATURE = 0.05
# To find a passage is the task; that a passage finds its message steadies it.
FORTH, BACK = 0.7, 0.3
# The embeddings and so many of the lower layers stay: some 6,000 matches cannot teach words anew.
FROZEN = 2
# Passages of a corpus are met with their titles and without.
TITLED_SHARE = 0.5
# Usual ones, not tuned: the share of steps until the rate is highest, the share of the rate left at the end;
# the norm that slopes are cut to, and the decay of the weights.
_WARM_UP_SHARE, _LAST_SHARE = 0.1, 0.05
_STEEPEST, _DECAY = 1.0, 0.01
# A line of progress every minute and a half.
_STEPS_A_LINE = 10
# Texts that are only encoded go through together.
_TEXTS_AT_ONCE = 64


class Cutter:
    """Texts in, pieces out; messages and passages are cut at different lengths, so each has a tokenizer."""

    def __init__(self, tokenizer: Path) -> None:
        """Raises EncoderError for a file that is no tokenizer."""
        self._messages = read_tokenizer(tokenizer, MESSAGE_LONGEST)
        self._passages = read_tokenizer(tokenizer, PASSAGE_LONGEST)

    def messages(self, texts: Sequence[str]) -> Padded:
        """The pieces of messages."""
        return padded([self._messages.encode(text).ids for text in texts], MESSAGE_LONGEST)

    def passages(self, texts: Sequence[str]) -> Padded:
        """The pieces of passages."""
        return padded([self._passages.encode(text).ids for text in texts], PASSAGE_LONGEST)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a pass goes: the highest learning rate, the matches of a batch, the seed of all chance."""

    rate: float
    batch: int
    seed: int


def vectors(weights: Weights, texts: Sequence[str], cut: Callable[[Sequence[str]], Padded]) -> Matrix:
    """Unit vectors, a row a text; each distinct text is encoded once."""
    distinct = sorted(dict.fromkeys(texts), key=len)
    run = jax.jit(encode)
    found: dict[str, Matrix] = {}
    for start in range(0, len(distinct), _TEXTS_AT_ONCE):
        some = distinct[start : start + _TEXTS_AT_ONCE]
        # Filled up, so that the last ones need no compiling of their own.
        pieces = cut(some + [""] * (_TEXTS_AT_ONCE - len(some)))
        found.update(zip(some, np.asarray(run(weights, pieces.ids, pieces.mask)), strict=False))
    return np.array([found[text] for text in texts], np.float32)


def tuned(
    weights: Weights, matches: Sequence[Match], likeness: Matrix, cutter: Cutter, pace: Pace
) -> Weights:
    """The weights after each match was seen once; `likeness` has a unit vector for the passage of each."""
    rng = random.Random(pace.seed)  # noqa: S311 - a choice to be repeated, not a secret
    steps = max(1, len(matches) // pace.batch)
    columns = MOST_MISSES if any(match.misses for match in matches) else 0
    optimiser = _optimiser(pace.rate, steps)
    fixed, free = weights.layers[:FROZEN], weights.layers[FROZEN:]
    state, step = optimiser.init(free), _step(weights, optimiser)
    losses = []
    for number, places in enumerate(batches(matches, likeness, size=pace.batch, seed=pace.seed), 1):
        batch = [matches[place] for place in places]
        misses = misses_of(batch, rng)
        texts = [_shown(passage, rng) for passage in [*(match.passage for match in batch), *misses]]
        passages = cutter.passages(texts + [""] * (len(batch) + columns - len(texts)))
        messages = cutter.messages([match.message for match in batch])
        loss, free, state = step(
            free, state, messages, passages, masked(batch, likeness[places], misses, columns)
        )
        losses.append(float(loss))
        if number % _STEPS_A_LINE == 0 or number == steps:
            _log.info("Step %d of %d: loss %.3f", number, steps, np.mean(losses[-_STEPS_A_LINE:]))
    return Weights(weights.embeddings, (*fixed, *free))


def _shown(passage: Passage, rng: random.Random) -> str:
    return passage.titled if rng.random() < TITLED_SHARE else passage.text


def _optimiser(rate: float, steps: int) -> optax.GradientTransformation:
    warm_up = max(1, int(steps * _WARM_UP_SHARE))
    # A schedule must go on after the warm-up, even where there is one batch.
    schedule = optax.warmup_cosine_decay_schedule(
        0, rate, warm_up, max(steps, warm_up + 1), rate * _LAST_SHARE
    )
    return optax.chain(optax.clip_by_global_norm(_STEEPEST), optax.adamw(schedule, weight_decay=_DECAY))


# The free layers, the optimiser's state, messages, passages and mask in; the loss, layers and state out.
_Step = Callable[[tuple[Layer, ...], Array, Padded, Padded, Matrix], tuple[Array, tuple[Layer, ...], Array]]


def _step(weights: Weights, optimiser: optax.GradientTransformation) -> _Step:
    fixed = weights.layers[:FROZEN]

    def loss(free: tuple[Layer, ...], *given: Array) -> Array:
        whole = Weights(weights.embeddings, (*fixed, *free))
        message_ids, message_mask, passage_ids, passage_mask, added = given
        return _loss(
            encode(whole, message_ids, message_mask), encode(whole, passage_ids, passage_mask), added
        )

    def taken(free: tuple[Layer, ...], state: Array, *given: Array) -> tuple[Array, tuple[Layer, ...], Array]:
        value, slope = jax.value_and_grad(loss)(free, *given)
        change, state = optimiser.update(slope, state, free)
        return value, optax.apply_updates(free, change), state

    compiled = jax.jit(taken)

    def step(
        free: tuple[Layer, ...], state: Array, messages: Padded, passages: Padded, added: Matrix
    ) -> tuple[Array, tuple[Layer, ...], Array]:
        value, free, state = compiled(
            free, state, messages.ids, messages.mask, passages.ids, passages.mask, added
        )
        return value, free, state

    return step


def _loss(messages: Array, passages: Array, added: Array) -> Array:
    """Cross-entropy of the right passage among those of the batch, and of the right message among its own."""
    scores = messages @ passages.T / TEMPERATURE + added
    own = scores[:, : len(messages)]
    right = jnp.diagonal(own)
    forth = (jax.nn.logsumexp(scores, 1) - right).mean()
    back = (jax.nn.logsumexp(own, 0) - right).mean()
    return FORTH * forth + BACK * back
