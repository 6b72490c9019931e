"""Slow and idle clients, against a real server with short patience."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from uvicorn.server import ServerState

from bot.web.asgi import Message, Receive, Send
from bot.web.connections import Limits, bounded, fitting
from bot.web.proxies import Proxies

LIMITS = Limits(connections=3, seconds=0.3, bytes_of_body=100)
# Far longer than any of these closes takes: a client that is still served after it fails the test.
PATIENCE = 20.0
# More than the system keeps of an answer that nobody takes.
LONG_BYTES = 20_000_000
# Taken one by one, they last for several looks.
DROPS = 200
# One for each slow request that the application has begun with.
begun = threading.Semaphore(0)


async def app(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["path"] == "/slow":
        begun.release()
        # Longer than two looks.
        await asyncio.sleep(1.0)
    more = True
    while more:
        message = await receive()
        more = message.get("more_body", False)
    answer = b"x" * LONG_BYTES if scope["path"] == "/long" else b"ok"
    length = str(len(answer)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": answer})


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, http=bounded(LIMITS), log_level="error", timeout_keep_alive=60)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def rest(client: socket.socket) -> bytes:
    """All that the server sends until it closes."""
    received = b""
    try:
        while part := client.recv(4096):
            received += part
    except ConnectionError:
        pass
    return received


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nhost:",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\nhalf",
        b"GET / HTTP/1.1\r\nhost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HT",
    ],
    ids=["nothing", "half a head", "half a body", "idle after an answer", "half a second head"],
)
def test_who_does_not_go_on_is_let_go(port: int, sent: bytes) -> None:
    with connected(port) as client:
        client.sendall(sent)
        rest(client)


def test_a_head_that_trickles_in_is_not_waited_for(port: int) -> None:
    with connected(port) as client, pytest.raises(ConnectionError):
        for _ in range(int(PATIENCE / 0.05)):
            client.sendall(b"G")
            time.sleep(0.05)


def test_an_answer_that_takes_long_is_waited_for(port: int) -> None:
    with connected(port) as client:
        client.sendall(b"GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        assert rest(client).endswith(b"ok")
    assert begun.acquire(timeout=PATIENCE)


def test_who_comes_when_all_places_are_taken_is_told_so(port: int) -> None:
    held = []
    try:
        for _ in range(LIMITS.connections):
            held.append(connected(port))
            held[-1].sendall(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n")
            assert begun.acquire(timeout=PATIENCE)
        with connected(port) as late:
            assert rest(late).startswith(b"HTTP/1.1 503")
        assert b" 200 " in held[0].recv(4096)
    finally:
        for client in held:
            client.close()


def test_an_answer_that_is_taken_drop_by_drop_is_not_kept_in_memory_for_ever(port: int) -> None:
    with socket.socket() as client:
        # What the system keeps for the client would hide how slowly it reads.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", port))
        client.sendall(b"GET /long HTTP/1.1\r\nhost: a\r\n\r\n")
        taken = 0
        for _ in range(DROPS):
            taken += len(client.recv(64))
            time.sleep(0.01)
        # What is on its way still comes, and then no more.
        assert taken + len(rest(client)) < LONG_BYTES


def test_the_limits_fit_into_what_the_system_allows() -> None:
    assert 1 <= fitting(Limits(connections=10**9)).connections <= 10**9
    assert fitting(Limits(connections=5)).connections == 5


def test_a_silent_client_makes_room_for_one_that_asks(port: int) -> None:
    silent = []
    try:
        for sent in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\nhalf"):
            silent.append(connected(port))
            silent[-1].sendall(sent)
        for _ in range(2 * LIMITS.connections):
            with connected(port) as client:
                client.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                assert rest(client).startswith(b"HTTP/1.1 200")
    finally:
        for client in silent:
            client.close()


def test_the_server_ends_soon_whatever_is_half_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            app, http=bounded(Limits(seconds=PATIENCE)), log_level="error", timeout_graceful_shutdown=None
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        with connected(listener.getsockname()[1]) as client:
            client.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\nhalf")
            with connected(listener.getsockname()[1]) as other:
                other.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                rest(other)
            server.should_exit = True
            thread.join(PATIENCE / 2)
            assert not thread.is_alive()


def test_the_silent_one_that_goes_is_the_one_that_moved_longest_ago(port: int) -> None:
    with connected(port) as first, connected(port) as second, connected(port) as third, connected(port):
        assert rest(first) == b""
        for client in (second, third):
            client.settimeout(0.01)
            with pytest.raises(TimeoutError):
                client.recv(1)


class Line(asyncio.Transport):
    """A client's end of a connection, from any address."""

    def __init__(self, address: str) -> None:
        super().__init__({"peername": (address, 40_000)})
        self.sent = b""
        self.gone = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def close(self) -> None:
        self.gone = True

    abort = close

    def is_closing(self) -> bool:
        return self.gone


def called(addresses: list[str], limits: Limits) -> list[Line]:
    """What becomes of those who call in turn from these addresses and then say nothing."""

    async def call() -> list[Line]:
        config = uvicorn.Config(app, http=bounded(limits), log_level="error")
        config.load()
        state, lines = ServerState(), [Line(address) for address in addresses]
        for line in lines:
            bounded(limits)(config, state, {}).connection_made(line)
        return lines

    return asyncio.run(call())


@pytest.mark.parametrize(
    ("addresses", "gone"),
    [
        (["2001:db8::1", "2001:db8::2", "2001:db8::3"], [True, False, False]),
        (["2001:db8::1", "2001:db8:0:1::1", "2001:db8:0:2::1"], [False, False, False]),
        (["192.0.2.1", "192.0.2.2", "192.0.2.3"], [False, False, False]),
        (["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"], [True, False, False]),
        (["fe80::1%eth0", "fe80::2%eth0", "fe80::3"], [True, False, False]),
        (["127.0.0.1", "127.0.0.1", "127.0.0.1"], [False, False, False]),
        (["2001:db8:f::1", "2001:db8:f::1", "2001:db8:f::2"], [False, False, False]),
    ],
    ids=["one /64", "other /64s", "IPv4", "mapped", "zones", "this machine", "proxies"],
)
def test_a_household_has_as_many_places_as_an_address(addresses: list[str], gone: list[bool]) -> None:
    limits = Limits(per_address=2, proxies=Proxies(["2001:db8:f::/48"]))
    assert [line.gone for line in called(addresses, limits)] == gone
