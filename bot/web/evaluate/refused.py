"""What is not done, and the one sentence that says why."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that gets one sentence instead of what it asked for."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
