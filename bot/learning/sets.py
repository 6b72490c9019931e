"""A table of training sets in, what there is to learn from out.

The table is a TOML file; its paths are relative to it:

    pairs = "pairs.jsonl"            # publishers' answers, a line of JSON each: title, kind, passage
    [[set]]
    home = "heart"                   # sets of one home are left out together
    corpus = "heart/corpus"
    questions = "heart/questions.jsonl"   # or "(titles)", "(headings)": made of the corpus's own
    weight = 3.0                     # what the whole set counts
    most = 400                       # so many questions of it at most, evenly spread
    near = true                      # whether the sources have something near where they do not answer
    fit = true                       # false: only measured
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Questions over a corpus; `near` is None where nobody has said whether something near exists."""

    home: str
    corpus: Path
    questions: Path
    weight: float
    most: int
    near: bool | None
    fit: bool

    @property
    def name(self) -> str:
        """How the set is called in tables."""
        return f"{self.home} {self.questions.stem}"


@dataclass(frozen=True, slots=True)
class Training:
    """All that is learned from."""

    pairs: Path | None
    sets: tuple[TrainingSet, ...]


def read_training(path: Path) -> Training:
    """Read the table; raises SettingsError for one that cannot be used."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        rows = [_training_set(path.parent, row) for row in table.get("set", [])]
        pairs = table.get("pairs")
        return Training(None if pairs is None else path.parent / pairs, tuple(rows))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror}); name a table of training sets."
        ) from error
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path} is no table of training sets: {error}.") from error


def _training_set(folder: Path, row: dict[str, object]) -> TrainingSet:
    near = row.get("near")
    return TrainingSet(
        home=str(row["home"]),
        corpus=folder / str(row["corpus"]),
        questions=folder / str(row["questions"]),
        weight=float(str(row.get("weight", 1.0))),
        most=int(str(row.get("most", 0))),
        near=near if isinstance(near, bool) else None,
        fit=row.get("fit") is not False,
    )
