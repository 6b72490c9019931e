import pytest

from bot.web import rate
from bot.web.rate import RateLimit


@pytest.fixture
def now() -> list[float]:
    return [1000.0]


@pytest.fixture
def limit(now: list[float]) -> RateLimit:
    return RateLimit(60, burst=3, clock=lambda: now[0])


def test_a_burst_is_let_through_and_then_one_question_a_second(limit: RateLimit, now: list[float]) -> None:
    assert [limit.wait("192.0.2.1") for _ in range(4)] == [0.0, 0.0, 0.0, 1.0]
    now[0] += 0.5
    assert limit.wait("192.0.2.1") == pytest.approx(0.5)
    now[0] += 0.5
    assert limit.wait("192.0.2.1") == 0.0


def test_a_pause_fills_no_more_than_a_burst(limit: RateLimit, now: list[float]) -> None:
    limit.wait("192.0.2.1")
    now[0] += 10_000
    assert [limit.wait("192.0.2.1") > 0 for _ in range(4)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("no address", "no address", True),
    ],
)
def test_addresses_of_one_asker_share(limit: RateLimit, one: str, other: str, same: bool) -> None:
    for _ in range(3):
        limit.wait(one)
    assert (limit.wait(other) > 0) is same


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_is_let_through(limit: RateLimit, address: str) -> None:
    assert not any(limit.wait(address) for _ in range(50))


def test_all_together_are_limited_too(now: list[float]) -> None:
    limit = RateLimit(60, burst=3, in_total=8, clock=lambda: now[0])
    waits = [limit.wait(f"192.0.2.{number}") for number in range(5)]
    assert waits == [0.0, 0.0, 0.0, 0.0, 7.5]
    assert limit.wait("127.0.0.1") == 0.0
    now[0] += 7.5
    assert limit.wait("192.0.2.9") == 0.0


def test_who_asks_too_often_takes_nothing_from_the_others(now: list[float]) -> None:
    limit = RateLimit(60, burst=1, in_total=4, clock=lambda: now[0])
    assert [limit.wait("192.0.2.1") > 0 for _ in range(20)] == [False, *[True] * 19]
    assert limit.wait("192.0.2.2") == 0.0


def test_who_has_to_wait_for_others_loses_nothing(now: list[float]) -> None:
    limit = RateLimit(1, burst=1, in_total=2, clock=lambda: now[0])
    assert limit.wait("192.0.2.1") == 0.0
    assert limit.wait("192.0.2.2") == pytest.approx(30.0)
    now[0] += 30.0
    assert limit.wait("192.0.2.2") == 0.0


@pytest.mark.parametrize("in_total", [0, 6000])
def test_an_address_may_ask_any_number(now: list[float], in_total: int) -> None:
    limit = RateLimit(0, in_total=in_total, clock=lambda: now[0])
    assert not any(limit.wait("192.0.2.1") for _ in range(500))


def test_memory_is_bounded(limit: RateLimit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST_ADDRESSES", 5)
    for number in range(20):
        limit.wait(f"192.0.2.{number}")
    assert len(limit._buckets) == 5
