"""What an operator can set, with the defaults that ship."""

from dataclasses import dataclass

from bot.engines import ClusterSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """An operator's choices.

    `answer_threshold` is the least calibrated probability, in [0, 1], of an answer at which passages are
    shown as one; below it they are shown as related where the probability that they are near the question
    reaches `related_threshold`. Higher values refuse more and are wrong less often. Phone numbers go into the
    fixed notices as they stand. With a `cluster` passages are looked up there.
    """

    answer_threshold: float = 0.58
    related_threshold: float = 0.4
    max_quotes: int = 3
    max_question_chars: int = 4000
    emergency_phone: str = "911 (US), 112 (EU) or 999 (UK)"
    crisis_phone: str = "988 (US) or 116 123 (UK)"
    age_note_years: int = 5
    cluster: ClusterSettings | None = None
