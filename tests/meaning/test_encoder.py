import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.errors import EncoderError
from bot.meaning import BUILT_IN, digest_of, load_encoder, named


def test_what_means_much_the_same_is_alike() -> None:
    encoder = load_encoder()
    cure, same, other = map(encoder.question, ("is it curable", "Can it be cured?", "Where do I park?"))
    assert cure @ same > cure @ other


def test_vectors_have_length_one_and_do_not_depend_on_what_is_encoded_beside() -> None:
    encoder = load_encoder()
    texts = ["A bone scan shows where it has grown.", "Chemotherapy.", "word " * 400]
    together = list(encoder.passages(texts))
    assert np.allclose([np.linalg.norm(vector) for vector in together], 1.0, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        (alone,) = encoder.passages([text])
        assert np.array_equal(alone, vector)


@pytest.mark.parametrize(("option", "folder"), [("none", None), ("models/other", Path("models/other"))])
def test_an_operator_names_a_folder_or_none(option: str, folder: Path | None) -> None:
    assert named(option) == folder


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no encoder"):
        load_encoder(tmp_path)


@pytest.mark.parametrize("name", ["model_quantized.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    for file in ("model_quantized.onnx", "tokenizer.json"):
        shutil.copy(BUILT_IN / file, tmp_path / file)
    (tmp_path / name).write_bytes(b"no such thing")
    with pytest.raises(EncoderError, match=name):
        load_encoder(tmp_path)


def test_an_export_says_how_it_is_to_be_used(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    shutil.copy(BUILT_IN / "model_quantized.onnx", tmp_path / "onnx" / "model.onnx")
    shutil.copy(BUILT_IN / "tokenizer.json", tmp_path / "tokenizer.json")
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    other, built_in = load_encoder(tmp_path), load_encoder()
    (passage,) = other.passages(["pain"])
    assert not np.allclose(other.question("pain"), passage)
    assert not np.allclose(other.question("pain"), built_in.question("pain"))
    assert digest_of(tmp_path) != digest_of(BUILT_IN)
    assert digest_of(None) == "none"


def test_nothing_is_told_to_the_maker_of_the_library(tmp_path: Path) -> None:
    kept = [option for option in os.environ if option != "ORT_DISABLE_TELEMETRY"]
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR")}
    command = "from bot.meaning import load_encoder; load_encoder().question('a lamp')"
    surroundings = {name: os.environ[name] for name in kept} | home
    subprocess.run([sys.executable, "-c", command], env=surroundings, check=True)
    assert not list(tmp_path.iterdir())
