"""A short run of each target: the long one is python -m tests.hold.fuzz."""

import time

import pytest

from tests.hold.fuzz.running import HangError, fuzzed, limited
from tests.hold.fuzz.targets import TARGETS, Target

SHORT_SECONDS = 2.0


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_whatever_is_read_is_read_or_refused(target: Target) -> None:
    ran = fuzzed(target, cases=480, seconds=SHORT_SECONDS, seed=15)
    assert ran.cases > 0
    assert not ran.findings, "\n".join(ran.findings)


def test_what_goes_wrong_is_found_once_and_the_same_seed_finds_it_again() -> None:
    def fails(data: bytes) -> None:
        if b"\x00" in data:
            raise LookupError("a zero")

    target = next(target for target in TARGETS if target.name == "csv")
    failing = Target("failing", target.cases, fails, target.vary, 1)
    first, second = (fuzzed(failing, cases=480, seconds=None, seed=1) for _ in range(2))
    assert [finding.splitlines()[1] for finding in first.findings] == ["a zero"]
    assert first.findings == second.findings


def test_what_does_not_end_is_ended() -> None:
    with pytest.raises(HangError), limited(0.1):
        while time.process_time() >= 0:
            pass
