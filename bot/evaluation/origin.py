"""A corpus and the program's own files in, a line that says what made a prediction out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot import __version__
from bot.records import Corpus
from bot.settings import Settings

# What makes up the program, as far as it can change an answer.
CODE = (".py", ".tsv", ".toml", ".txt", ".json")
# Enough of a digest to tell two things apart, short enough to read out.
DIGEST_DIGITS = 12
# A file mixed from more runs than this is in no better order if all are listed.
MOST_LISTED = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """What predictions depend on: all but `version` are the beginnings of SHA-256 digests.

    `vocabulary` is that of the corpus folder, `settings` what the operator set of the answers, `encoder` the
    sentence encoder, or "none", `program` all code and tables.
    """

    version: str
    corpus: str
    vocabulary: str
    settings: str
    encoder: str
    program: str

    def __str__(self) -> str:
        return "|".join(f"{name}:{value}" for name, value in asdict(self).items())


def origin_of(corpus: Corpus, vocabulary: Path, encoder: str, settings: Settings | None = None) -> Origin:
    """What predictions made now over a corpus depend on, by the settings that ship unless by others.

    `vocabulary` need not exist; `encoder` is the digest of the sentence encoder, or "none".
    """
    words = vocabulary.read_bytes() if vocabulary.is_file() else b""
    return Origin(
        version=__version__,
        corpus=corpus.digest[:DIGEST_DIGITS],
        vocabulary=hashlib.sha256(words).hexdigest()[:DIGEST_DIGITS],
        settings=digest_of_text(repr(settings or Settings())),
        encoder=encoder[:DIGEST_DIGITS],
        program=program(),
    )


def doubts(signatures: Iterable[str | None], corpus: Corpus) -> tuple[str, ...]:
    """A sentence for each reason not to take the figures of these predictions for those of one run here."""
    distinct = list(dict.fromkeys(signatures))
    found = []
    if len(distinct) > 1:
        found.append(f"The predictions are of {len(distinct)} different runs; make them anew in one.")
    made = [_read(signature) for signature in distinct if signature is not None]
    here = corpus.digest[:DIGEST_DIGITS]
    corpora = sorted({origin["corpus"] for origin in made if "corpus" in origin} - {here})
    if corpora:
        found.append(
            f"The predictions were made over another corpus ({_listed(corpora)}) than this one ({here});"
            " their spans may count in other texts, so make them anew or name that corpus."
        )
    versions = sorted({origin["version"] for origin in made if "version" in origin} - {__version__})
    if versions:
        found.append(f"The predictions were made by version {_listed(versions)}; this is {__version__}.")
    return tuple(found)


def digest_of_text(text: str) -> str:
    """The beginning of the SHA-256 digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:DIGEST_DIGITS]


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values[:MOST_LISTED]) + (", ..." if len(values) > MOST_LISTED else "")


def _read(signature: str) -> Mapping[str, str]:
    """The parts of a signature, of whatever version or system."""
    return {name: value for name, _, value in (part.partition(":") for part in signature.split("|"))}


@cache
def program() -> str:
    """The digest of all that makes up the program."""
    digest, package = hashlib.sha256(), Path(str(files("bot")))
    for path in sorted(path for path in package.rglob("*") if path.suffix in CODE):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:DIGEST_DIGITS]
