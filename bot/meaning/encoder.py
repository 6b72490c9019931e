"""Text in, unit vector out: a sentence encoder in ONNX; only here are onnxruntime and tokenizers run.

Any folder that sentence-transformers exports in ONNX can be read; the one that ships is in `weights/`. Texts
are encoded one at a time: what an int8 model makes of a text depends on the others of its batch, and a
passage's vector must be the same whichever passages were new when it was computed.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# One row a text, each of length 1.
Vectors = NDArray[np.float32]

BUILT_IN = Path(__file__).parent / "weights"
# Where an export may have its model, the smaller first.
_MODELS = (
    "model_quantized.onnx",
    "model_int8.onnx",
    "model.onnx",
    "onnx/model_quantized.onnx",
    "onnx/model_qint8_avx512_vnni.onnx",
    "onnx/model_qint8_avx512.onnx",
    "onnx/model_quint8_avx2.onnx",
    "onnx/model.onnx",
)
_TOKENIZER = "tokenizer.json"
# Longer texts are cut: so many pieces of words hold a passage of 120 words or a letter.
LONGEST = 256
# So many texts a core are handed out ahead of what has been taken.
AHEAD = 4
# Encoding that takes longer than this shows a progress bar.
_SECONDS_BEFORE_PROGRESS = 2.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How an export is to be used: its pooling, the longest text, what goes before questions and passages."""

    pooling: str = "mean"
    longest: int = LONGEST
    before_question: str = ""
    before_passage: str = ""


class Encoder:
    """A loaded encoder; safe to share between threads.

    `digest` names the weights and the manner of use: vectors of equal digests may be compared.
    """

    def __init__(
        self, session: "InferenceSession", tokenizer: "Tokenizer", manner: Manner, digest: str
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._manner = manner
        self._inputs = tuple(wanted.name for wanted in session.get_inputs())
        self.digest = digest

    def question(self, text: str) -> Vectors:
        """The vector of one question, in one dimension."""
        return self._vector(self._manner.before_question + text)

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return len(self.question("a"))

    def passages(self, texts: Sequence[str], *, progress: bool = False) -> Iterable[Vectors]:
        """The vectors of passages one by one, in order, as soon as they are there; every core helps."""
        prefixed = (self._manner.before_passage + text for text in texts)
        yield from _with_progress(self._side_by_side(prefixed), len(texts), shown=progress)

    def _side_by_side(self, texts: Iterable[str]) -> Iterator[Vectors]:
        """Vectors in order, a few texts ahead: an interrupt waits for those alone."""
        waiting: deque[Future[Vectors]] = deque()
        with ThreadPoolExecutor(_cores()) as pool:
            for text in texts:
                waiting.append(pool.submit(self._vector, text))
                if len(waiting) >= AHEAD * _cores():
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _vector(self, text: str) -> Vectors:
        pieces = self._tokenizer.encode(text).ids
        ids = np.array([pieces], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (found, *_) = self._session.run(None, {name: fed[name] for name in self._inputs})
        pooled = _pooled(np.asarray(found), self._manner.pooling)
        return np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-9), dtype=np.float32)


def named(option: str | Path) -> Path | None:
    """The folder that an operator names, None for "none"; "built-in" is the one that ships."""
    if str(option) == "none":
        return None
    return BUILT_IN if str(option) == "built-in" else Path(option)


def digest_of(folder: Path | None) -> str:
    """The digest of the encoder of a folder, "none" without one; raises EncoderError."""
    return "none" if folder is None else load_encoder(folder).digest


@cache
def load_encoder(folder: Path = BUILT_IN) -> Encoder:
    """The encoder of a folder; raises EncoderError for one that cannot be used."""
    model = next((folder / name for name in _MODELS if (folder / name).is_file()), None)
    if model is None or not (folder / _TOKENIZER).is_file():
        raise EncoderError(
            f"{folder} holds no encoder: it needs {_TOKENIZER} and model.onnx, as sentence-transformers"
            " exports them."
        )
    manner = _manner(folder)
    try:
        session, tokenizer = _session(model), read_tokenizer(folder / _TOKENIZER, manner.longest)
    except ImportError as error:
        raise EncoderError(
            f"The encoder needs {error.name}: pip install --requirement requirements.txt"
        ) from error
    unfed = {wanted.name for wanted in session.get_inputs()} - {
        "input_ids",
        "attention_mask",
        "token_type_ids",
    }
    if unfed:
        raise EncoderError(f"{model} is no sentence encoder: it asks for {', '.join(sorted(unfed))}.")
    return Encoder(session, tokenizer, manner, _digest(model, folder / _TOKENIZER, manner))


def _session(model: Path) -> "InferenceSession":
    # The library reports every use to its maker, and keeps an id of the machine on disk for that, unless
    # this is set before they are imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Questions come side by side and passages are spread over the cores: within one text threads only wait.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except _refusals() as error:
        raise EncoderError(f"{model} cannot be read as an ONNX model; export it anew.") from error


def _refusals() -> tuple[type[Exception], ...]:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        state.Fail,
        state.InvalidProtobuf,
        state.InvalidGraph,
        state.InvalidArgument,
        state.NotImplemented,
    )


def read_tokenizer(path: Path, longest: int) -> "Tokenizer":
    """The tokenizer of a file, cutting texts after so many pieces; raises EncoderError."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(path.read_text("utf-8"))
    except Exception as error:  # tokenizers raises no narrower one for a file that it cannot read
        raise EncoderError(f"{path} cannot be read as a tokenizer; export it anew.") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def _manner(folder: Path) -> Manner:
    """How the export says that it is to be used, where it does."""
    pooling = _settings(folder / "1_Pooling" / "config.json")
    lengths = _settings(folder / "sentence_bert_config.json")
    prompts = _settings(folder / "config_sentence_transformers.json").get("prompts")
    said = prompts if isinstance(prompts, dict) else {}
    longest = lengths.get("max_seq_length")
    return Manner(
        pooling="cls" if pooling.get("pooling_mode_cls_token") is True else "mean",
        longest=min(longest, LONGEST) if isinstance(longest, int) and longest > 2 else LONGEST,
        before_question=str(said.get("query", "")),
        before_passage=str(said.get("passage", said.get("document", ""))),
    )


def _settings(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read as JSON; export the encoder anew.") from error
    return found if isinstance(found, dict) else {}


def _pooled(found: NDArray[np.float32], pooling: str) -> NDArray[np.float32]:
    """One vector of what the model gives for one text: a vector, or one for each piece of a word."""
    if found.ndim == 2:
        return np.asarray(found[0])
    return np.asarray(found[0, 0] if pooling == "cls" else found[0].mean(axis=0))


def _digest(model: Path, tokenizer: Path, manner: Manner) -> str:
    digest = hashlib.sha256(repr(manner).encode())
    for path in (model, tokenizer):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _with_progress(found: Iterable[Vectors], count: int, *, shown: bool) -> Iterable[Vectors]:
    if not shown:
        return found
    from tqdm import tqdm

    return tqdm(
        found,
        total=count,
        desc="Encoding",
        unit="passage",
        delay=_SECONDS_BEFORE_PROGRESS,
        mininterval=0.5,
        leave=False,
    )
