"""The server ends when it is told to, whatever is open, and answers what was asked before."""

import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hold.load import ROOT, make_corpus

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM to catch")
# Only where a test fails is it waited for that long.
PATIENCE_SECONDS = 25.0
HOST = b"host: 127.0.0.1\r\ncontent-type: application/json\r\n"
# The answer of an address is thought about until a file is there.
SERVER = """
import sys, time
from pathlib import Path
import app
from bot.assistant import Assistant
asked, go = Assistant.ask, Path(sys.argv.pop())
def ask(self, *more, **options):
    print("begun", flush=True)
    while not go.exists():
        time.sleep(0.01)
    return asked(self, *more, **options)
Assistant.ask = ask
sys.exit(app.main(sys.argv[1:]))
"""
OPEN = {
    "nothing": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\n" + HOST,
    "half a body": b"POST /api/ask HTTP/1.1\r\n" + HOST + b"content-length: 500\r\n\r\n{",
    "half a chunk": b"POST /api/ask HTTP/1.1\r\n" + HOST + b"transfer-encoding: chunked\r\n\r\nff\r\n{",
    "idle after an answer": b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "answers that nobody takes": (b"GET /ui/reader.js HTTP/1.1\r\n" + HOST + b"\r\n") * 300,
}


@pytest.fixture
def go(tmp_path: Path) -> Path:
    """Once it is there, questions are answered."""
    return tmp_path / "go"


@pytest.fixture
def server(tmp_path: Path, go: Path) -> Iterator["subprocess.Popen[str]"]:
    make_corpus(tmp_path / "corpus")
    command = [sys.executable, "-c", SERVER, "--corpus", str(tmp_path / "corpus"), "--port", "0"]
    with subprocess.Popen(
        [*command, "--encoder", "none", str(go)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def port_of(server: "subprocess.Popen[str]") -> int:
    assert server.stdout is not None
    ready = re.match(r"Ready at http://[^:]+:(\d+)", server.stdout.readline())
    assert ready
    return int(ready[1])


def test_it_ends_whatever_is_open_and_answers_the_question_under_way(
    server: "subprocess.Popen[str]", go: Path
) -> None:
    port = port_of(server)
    with ExitStack() as open_ones:
        for sent in OPEN.values():
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(sent)
        asking = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
        body = json.dumps({"question": "What is the bardulia lamp for?"}).encode()
        head = b"POST /api/ask HTTP/1.1\r\n" + HOST + b"content-length: %d\r\n\r\n" % len(body)
        asking.sendall(head + body)
        assert server.stdout is not None
        assert server.stdout.readline() == "begun\n"
        server.send_signal(signal.SIGTERM)
        # Some time after it was told to end.
        threading.Timer(0.2, go.touch).start()
        asking.settimeout(PATIENCE_SECONDS)
        said = b""
        while part := asking.recv(65536):
            said += part
        assert said.startswith(b"HTTP/1.1 200 ")
        assert b"lights bardulia" in said
        assert server.wait(PATIENCE_SECONDS) in (0, -signal.SIGTERM)


def test_it_ends_though_a_question_does_not(server: "subprocess.Popen[str]", go: Path) -> None:
    with socket.create_connection(("127.0.0.1", port_of(server))) as asking:
        body = b'{"question": "What is the bardulia lamp for?"}'
        asking.sendall(
            b"POST /api/ask HTTP/1.1\r\n" + HOST + b"content-length: %d\r\n\r\n" % len(body) + body
        )
        assert server.stdout is not None
        assert server.stdout.readline() == "begun\n"
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_SECONDS)
    assert not go.exists()
