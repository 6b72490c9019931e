"""The parts of nltk that are used, without those it brings along: the only importer of nltk.

Its packages import all that they have: parsers, corpora, translation and, where they are installed, scipy and
scikit-learn. That takes a third of a second, which is half of a start and half of what every process that
reads a document costs. So its packages stand empty while the two modules that are used are imported.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_PACKAGES = ("nltk", "nltk.stem", "nltk.tokenize", "nltk.corpus")


@contextmanager
def _empty(packages: tuple[str, ...]) -> Iterator[None]:
    """These packages have nothing but their modules meanwhile, unless they are there already."""
    spec = find_spec(packages[0])
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {packages[0]!r}", name=packages[0])
    root = Path(spec.origin).parent
    empty = {name: _package(root, name) for name in packages if name not in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]


def _package(root: Path, name: str) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
    # Asked for by stemmers that pass over stop words, which ours does not.
    package.stopwords = None  # type: ignore[attr-defined]
    return package


with _empty(_PACKAGES):
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = ["PunktParameters", "PunktSentenceTokenizer", "SnowballStemmer"]
