import pytest

from bot.web.asgi import Message, Receive, Send
from bot.web.proxies import UNNAMED, Forwarding, Proxies, is_loopback
from tests.web.loops import finished

Headers = list[tuple[bytes, bytes]]
FORGED = (b"x-forwarded-for", b"203.0.113.9")


def passed_on(client: str, headers: Headers, *trusted: str) -> Message:
    """What the application sees of a request."""
    seen: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def never() -> Message:
        raise AssertionError

    async def nowhere(message: Message) -> None:
        raise AssertionError

    scope = {"type": "http", "scheme": "http", "client": (client, 1), "headers": headers}
    finished(Forwarding(app, Proxies(trusted))(scope, never, nowhere))
    return seen[0]


@pytest.mark.parametrize(
    ("client", "forwarded", "trusted", "found"),
    [
        ("10.0.0.5", ["192.0.2.1"], ["10.0.0.5"], "192.0.2.1"),
        ("10.0.0.5", ["203.0.113.9, 192.0.2.1"], ["10.0.0.5"], "192.0.2.1"),
        ("10.0.0.5", ["203.0.113.9", "192.0.2.1"], ["10.0.0.5"], "192.0.2.1"),
        ("10.0.0.5", ["203.0.113.9, 192.0.2.1, 10.0.0.6"], ["10.0.0.0/29"], "192.0.2.1"),
        ("10.0.0.5", ["192.0.2.1:4711"], ["10.0.0.5"], "192.0.2.1"),
        ("10.0.0.5", ["[2001:db8::1]:4711"], ["10.0.0.5"], "2001:db8::1"),
        ("::ffff:10.0.0.5", ["192.0.2.1"], ["10.0.0.0/24"], "192.0.2.1"),
        ("10.0.0.5", ["192.0.2.1, ::ffff:10.0.0.6"], ["10.0.0.0/24"], "192.0.2.1"),
        ("2001:db8::5", ["192.0.2.1"], ["2001:db8::/64"], "192.0.2.1"),
        ("10.0.0.5", ["127.0.0.1, 192.0.2.1"], ["10.0.0.5"], "192.0.2.1"),
        ("127.0.0.1", ["192.0.2.1"], ["127.0.0.1"], "192.0.2.1"),
        ("10.0.0.5", [""], ["10.0.0.5"], "10.0.0.5"),
        ("10.0.0.5", [], ["10.0.0.5"], "10.0.0.5"),
        # Who is not named is not believed.
        ("10.0.0.5", ["192.0.2.1"], [], "10.0.0.5"),
        ("10.0.0.5", ["192.0.2.1"], ["10.0.0.6"], "10.0.0.5"),
        ("192.0.2.7", ["127.0.0.1"], ["10.0.0.6"], "192.0.2.7"),
        ("127.0.0.1", ["192.0.2.1"], [], UNNAMED),
        ("::1", ["192.0.2.1"], ["10.0.0.6"], UNNAMED),
        ("127.0.0.1", [], [], "127.0.0.1"),
    ],
)
def test_a_client_is_whom_the_last_trusted_proxy_names(
    client: str, forwarded: list[str], trusted: list[str], found: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    assert passed_on(client, headers, *trusted)["client"][0] == found


@pytest.mark.parametrize("client", ["10.0.0.5", "192.0.2.1", "127.0.0.1"])
def test_the_application_sees_no_header_of_a_proxys(client: str) -> None:
    more = [
        (b"x-forwarded-host", b"evil.example"),
        (b"forwarded", b"for=203.0.113.9"),
        (b"x-real-ip", b"1.1.1.1"),
    ]
    seen = passed_on(client, [(b"host", b"answers.example"), FORGED, *more], "10.0.0.5")
    assert seen["headers"] == [(b"host", b"answers.example")]


def test_only_a_trusted_proxy_says_that_the_way_to_it_was_encrypted() -> None:
    headers = [FORGED, (b"x-forwarded-proto", b"https")]
    assert passed_on("10.0.0.5", headers, "10.0.0.5")["scheme"] == "https"
    assert passed_on("10.0.0.6", headers, "10.0.0.5")["scheme"] == "http"


def test_a_proxy_on_this_machine_that_is_not_named_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        pass

    async def ask() -> None:
        forwarding = Forwarding(app, Proxies())
        for _ in range(3):
            scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": [FORGED]}
            await forwarding(scope, None, None)  # type: ignore[arg-type]

    finished(ask())
    (record,) = caplog.records
    assert "--trusted-proxy" in record.getMessage()
    assert "203.0.113.9" not in record.getMessage()


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.3.4.5", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("fe80::1%eth0", False),
        ("192.0.2.1", False),
        ("answers.example", False),
        ("", False),
    ],
)
def test_the_machine_itself_is_known(address: str, own: bool) -> None:
    assert is_loopback(address) is own
