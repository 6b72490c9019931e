"""A Query in the making."""

import re
from dataclasses import dataclass, field

from bot.queries import Name

_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Draft:
    """A Query in the making: how much each term counts, and what there is to show of it."""

    weights: dict[str, float] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    names: dict[str, Name] = field(default_factory=dict)
    asking: dict[str, Name] = field(default_factory=dict)
    phrases: dict[tuple[str, str], None] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    near: tuple[int, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    looked_up: set[str] = field(default_factory=set)
    added: dict[tuple[str, str], None] = field(default_factory=dict)
    carried: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    # The words of each sentence as they were meant, for they are asked for again and again.
    fixed: dict[tuple[str, frozenset[str]], list[str]] = field(default_factory=dict)

    def raise_to(self, term: str, weight: float) -> None:
        """Let a term be looked for with at least this weight."""
        self.weights[term] = max(self.weights.get(term, 0.0), weight)

    def as_meant(self, text: str) -> str:
        """A text with its spelling corrected, behind the words that were carried over."""
        meant = _WORD.sub(lambda typed: self.corrected.get(typed.group().lower(), typed.group()), text)
        return f"{' '.join(self.carried)}: {meant}" if self.carried else meant
