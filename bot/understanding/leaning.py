"""A question in, whether it leans on something said before it, without which nobody can tell what it asks.

Where there is nothing before it, it is asked back: any answer would be a guess. Where in doubt it stands by
itself: whoever asks a whole question must not be asked what it is about.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

# Whoever writes more words than these says what they are about.
MOST_WORDS = 14
# Even where none of them is known to name anything.
MOST_NAMELESS = 9
# What stands for each word that names a subject; what tells of a quality ("painful") or of whom names none.
_NAME = "X"
_NO_NAME = re.compile(
    r"\w{2,}(?:ful|ous|able|ible)|men|women|child|children|kids|bab(?:y|ies)|infants?|toddlers|boys|girls"
    r"|teens|teenagers|adults|elderly|seniors"
)


def leans(
    said: Sequence[str], *, names: Collection[str], one_topic: bool = False, lost: bool = False
) -> bool:
    """Whether a question, in lower-cased words, needs what was said before it.

    `names` are those of its words that name a subject. Where all documents are about `one_topic`, "it" may be
    just that. Where earlier questions were `lost`, whatever could go on about one of them does.
    """
    if not said or len(said) > MOST_WORDS:
        return False
    text = " ".join(_written(said, names))
    nameless = _NAME not in text and len(said) <= MOST_NAMELESS
    kinds = ["always"]
    kinds += ["library"] if lost or not one_topic else []
    kinds += ["nameless"] if nameless and (lost or not one_topic) else []
    kinds += ["aspect"] if nameless and not one_topic else []
    kinds += ["lost"] if lost else []
    return any(
        _NAME not in text[: found.start()] for kind in kinds for found in _signs()[kind].finditer(text)
    )


def _written(said: Sequence[str], names: Collection[str]) -> Sequence[str]:
    """The words without apostrophes, with a sign for each that names; "how long" names nothing."""
    return [
        _NAME if word in names and before != "how" and not _NO_NAME.fullmatch(word) else _bare(word)
        for before, word in zip(["", *said], said, strict=False)
    ]


def _bare(word: str) -> str:
    return re.sub("['\u2019]", "", word)


@cache
def _signs() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(files("bot.understanding").joinpath("leaning.toml").read_text("utf-8"))
    return {
        kind: re.compile("|".join(rf"(?<!\w)(?:{sign})" for sign in signs)) for kind, signs in table.items()
    }
