"""The parts of nltk that are used, without those it brings along: the only importer of nltk.

Where scipy or scikit-learn is installed nltk imports it, for measures that nobody here asks for; that takes
longer than all else at a start.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_UNUSED = ("scipy", "sklearn")


@contextmanager
def _without(*packages: str) -> Iterator[None]:
    """What imports one of these packages meanwhile finds it missing, unless it is there already."""
    hidden = [name for name in packages if name not in sys.modules]
    # None stands for "cannot be imported", as the import system documents.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without(*_UNUSED):
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = ["PunktParameters", "PunktSentenceTokenizer", "SnowballStemmer"]
