"""The encoder as a function of its weights: a BERT whose vectors of pieces are averaged, in jax.

Only whoever makes an encoder imports this; what answers questions runs the export (`bot/meaning/encoder.py`).
The types are named tuples because jax looks into those by itself.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

# Of all-MiniLM-L6-v2 and of every BERT 384 wide; the weights do not tell it.
HEADS = 12
# BERT's own, so that the function equals the export.
_EPSILON = 1e-12
# Added to the attention that padding would get.
_NOTHING = -1e9


class Dense(NamedTuple):
    """A linear map."""

    weight: Array
    bias: Array


class Norm(NamedTuple):
    """The scale and shift after a layer's values have been normalised."""

    weight: Array
    bias: Array


class Layer(NamedTuple):
    """One of the layers, in the order in which it is computed."""

    query: Dense
    key: Dense
    value: Dense
    attention: Dense
    attention_norm: Norm
    inner: Dense
    outer: Dense
    outer_norm: Norm


class Embeddings(NamedTuple):
    """What pieces of words, their places and their segment start with."""

    pieces: Array
    places: Array
    segments: Array
    norm: Norm


class Weights(NamedTuple):
    """All that the encoder has learned."""

    embeddings: Embeddings
    layers: tuple[Layer, ...]


def encode(weights: Weights, ids: Array, mask: Array) -> Array:
    """Unit vectors, a row a text; `ids` has a text's pieces in a row, `mask` 1 for a piece, 0 for padding."""
    held = weights.embeddings
    values = _normed(held.pieces[ids] + held.places[: ids.shape[1]] + held.segments[0], held.norm)
    bias = jnp.where(mask[:, None, None, :] > 0, 0.0, _NOTHING)
    for layer in weights.layers:
        values = _normed(values + _attended(layer, values, bias), layer.attention_norm)
        inner = jax.nn.gelu(_mapped(values, layer.inner), approximate=False)
        values = _normed(values + _mapped(inner, layer.outer), layer.outer_norm)
    mean = (values * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)


def _attended(layer: Layer, values: Array, bias: Array) -> Array:
    texts, length, width = values.shape

    def heads(dense: Dense) -> Array:
        return _mapped(values, dense).reshape(texts, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)

    scores = heads(layer.query) @ heads(layer.key).transpose(0, 1, 3, 2) / (width // HEADS) ** 0.5
    joined = (jax.nn.softmax(scores + bias, -1) @ heads(layer.value)).transpose(0, 2, 1, 3)
    return _mapped(joined.reshape(texts, length, width), layer.attention)


def _mapped(values: Array, dense: Dense) -> Array:
    return values @ dense.weight + dense.bias


def _normed(values: Array, norm: Norm) -> Array:
    centred = values - values.mean(-1, keepdims=True)
    variance = (centred**2).mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt(variance + _EPSILON) * norm.weight + norm.bias
