"""What an operator can set, with the defaults that ship."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """An operator's choices.

    `answer_threshold` is the least calibrated probability, in [0, 1], at which passages are shown as
    the answer; between it and `related_threshold` they are shown as related only. A higher value
    refuses more and is wrong less often. Phone numbers go into the fixed notices as they stand.
    """

    answer_threshold: float = 0.5
    related_threshold: float = 0.1
    max_quotes: int = 3
    max_question_chars: int = 4000
    emergency_phone: str = "911 (US), 112 (EU) or 999 (UK)"
    crisis_phone: str = "988 (US) or 116 123 (UK)"
    age_note_years: int = 5
