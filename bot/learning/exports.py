"""ONNX in, weights out, and back; and the export made small: no pooler, int8 weights."""

import tempfile
from pathlib import Path
from typing import Any

import jax
import numpy as np
import onnx
from google.protobuf.message import DecodeError
from jax.tree_util import tree_leaves, tree_map
from onnx import numpy_helper

from bot.errors import EncoderError
from bot.files import replacing_bytes
from bot.learning.bert import Dense, Embeddings, Layer, Norm, Weights

# What the exporter calls weights that it has transposed: this and a number that grows along the graph.
_TRANSPOSED = "onnx::MatMul_"
# Query, key, value, attention, inner and outer.
_MAPS_A_LAYER = 6


def read_weights(path: Path) -> Weights:
    """The weights of a float export; raises EncoderError for a file that is none of a BERT."""
    model = _model(path)
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    try:
        found: Weights = tree_map(lambda name: jax.numpy.asarray(held[name]), _names(held))
    except KeyError as error:
        raise EncoderError(
            f"{path} is no float export of a BERT ({error.args[0]} is missing); give the original model."
        ) from error
    return found


def write_small(weights: Weights, source: Path, target: Path) -> None:
    """The export at `source` with other weights, pruned and quantised; raises EncoderError, OutputError.

    Quantised are the maps and the embeddings, each column of a map by itself: the file is a quarter as large.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = _model(source)
    _replace(model, weights)
    _prune(model)
    with tempfile.TemporaryDirectory() as folder:
        pruned, small = Path(folder) / "pruned.onnx", Path(folder) / "small.onnx"
        onnx.save(model, str(pruned))
        quantize_dynamic(
            pruned,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        with replacing_bytes(target) as file:
            file.write(small.read_bytes())


def _model(path: Path) -> Any:  # noqa: ANN401 - onnx is untyped
    try:
        return onnx.load(str(path))
    except OSError as error:
        raise EncoderError(f"{path} cannot be read ({error.strerror}); name an ONNX file.") from error
    except DecodeError as error:
        raise EncoderError(f"{path} cannot be read as an ONNX model; export it anew.") from error


def _names(held: dict[str, object]) -> Weights:
    """The names that the weights have in an export, in the places where the weights will be."""
    maps = sorted(
        (name for name in held if name.startswith(_TRANSPOSED)), key=lambda name: int(name.split("_")[1])
    )
    if not maps or len(maps) % _MAPS_A_LAYER:
        raise KeyError(_TRANSPOSED)
    embeddings = Embeddings(
        "embeddings.word_embeddings.weight",
        "embeddings.position_embeddings.weight",
        "embeddings.token_type_embeddings.weight",
        _norm("embeddings."),
    )
    each = [maps[at : at + _MAPS_A_LAYER] for at in range(0, len(maps), _MAPS_A_LAYER)]
    return Weights(embeddings, tuple(_layer(f"encoder.layer.{at}.", six) for at, six in enumerate(each)))


def _layer(prefix: str, maps: list[str]) -> Layer:
    query, key, value, attention, inner, outer = maps
    return Layer(
        query=Dense(query, f"{prefix}attention.self.query.bias"),
        key=Dense(key, f"{prefix}attention.self.key.bias"),
        value=Dense(value, f"{prefix}attention.self.value.bias"),
        attention=Dense(attention, f"{prefix}attention.output.dense.bias"),
        attention_norm=_norm(f"{prefix}attention.output."),
        inner=Dense(inner, f"{prefix}intermediate.dense.bias"),
        outer=Dense(outer, f"{prefix}output.dense.bias"),
        outer_norm=_norm(f"{prefix}output."),
    )


def _norm(prefix: str) -> Norm:
    return Norm(f"{prefix}LayerNorm.weight", f"{prefix}LayerNorm.bias")


def _replace(model: Any, weights: Weights) -> None:  # noqa: ANN401
    held = {one.name: one for one in model.graph.initializer}
    for name, values in zip(tree_leaves(_names(held)), tree_leaves(weights), strict=True):
        held[name].CopyFrom(numpy_helper.from_array(np.asarray(values, np.float32), name))


def _prune(model: Any) -> None:  # noqa: ANN401
    """Keeps what leads to the first output, the vectors of pieces; nothing asks for the pooler's."""
    graph = model.graph
    del graph.output[1:]
    needed, nodes = {graph.output[0].name}, []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            nodes.append(node)
            needed.update(node.input)
    kept = [one for one in graph.initializer if one.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(nodes))
    graph.initializer.extend(kept)
