"""The example for nginx, in front of two real servers."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.deploy.servers import ROOT, running

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx on this machine")
EXAMPLE = ROOT / "bot" / "deploy" / "nginx.conf"
NAME = "answers.example.org"
BUFFERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# What one address may ask at once, and a few more than come in while they are asked.
BURST, MORE = 30, 40
QUESTION = {"question": "Which signs does gout have?"}


@dataclass(frozen=True)
class Site:
    """Where nginx is reached from an address that is not this machine's for itself, and what was written."""

    address: str
    port: int
    place: Path
    logs: tuple[Path, ...]

    def ask(self, path: str, *, headers: dict[str, str] | None = None, **more: object) -> httpx.Response:
        """What a patient gets, by the site's name."""
        trusted = ssl.create_default_context(cafile=str(self.place / "site.pem"))
        with httpx.Client(verify=trusted, timeout=60) as client:
            return client.request(
                "POST" if more else "GET",
                f"https://{self.address}:{self.port}{path}",
                headers={"host": f"{NAME}:{self.port}", **(headers or {})},
                extensions={"sni_hostname": NAME},
                **more,  # type: ignore[arg-type]
            )


@pytest.fixture(scope="module")
def address() -> str:
    """An address of this machine that is not loopback: those who come from it count as patients."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        try:
            # Nothing is sent: the system only says from where it would be.
            found.connect(("192.0.2.1", 9))
            own = str(found.getsockname()[0])
        except OSError:
            own = "127.0.0.1"
    if own.startswith("127."):
        pytest.skip("this machine has no address besides loopback")
    return own


@pytest.fixture(scope="module")
def site(address: str, tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Site]:
    place = tmp_path_factory.mktemp("nginx")
    _certify(place)
    settings = place / "settings.toml"
    settings.write_text(
        f'names = ["{NAME}"]\ntrusted_proxies = ["127.0.0.1"]\nencoder = "none"\nper_minute = 6\n'
    )
    logs = (place / "first.log", place / "second.log")
    with ExitStack() as ends:
        ports = []
        for log in logs:
            file = ends.enter_context(log.open("w"))
            options = ("--settings", str(settings), "--corpus", str(folder), "--evaluator")
            more = ("--evaluations", str(place / f"{log.stem}-evaluations"))
            ports.append(ends.enter_context(running(*options, *more, log=file))[0])
        port = _free_port()
        written = _configuration(place, port, ports)
        subprocess.run(["nginx", "-p", place, "-t", "-c", written], check=True, capture_output=True)
        nginx = ends.enter_context(subprocess.Popen(["nginx", "-p", place, "-c", written]))
        ends.callback(nginx.terminate)
        _wait_for(address, port)
        yield Site(address, port, place, logs)


def test_a_patient_gets_the_page_and_answers(site: Site) -> None:
    page = site.ask("/")
    assert page.status_code == 200
    assert page.headers["strict-transport-security"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert f"https://{NAME}:{site.port}" in page.text
    asked = site.ask("/api/ask", json=QUESTION, headers={"origin": f"https://{NAME}:{site.port}"})
    assert asked.json()["outcome"] == "answered"


def test_a_conversation_stays_with_the_process_that_keeps_it(site: Site) -> None:
    conversation = site.ask("/api/ask", json=QUESTION).json()["conversation"]
    for length in range(2, 6):
        site.ask("/api/ask", json={"question": "And at night?", "conversation": conversation})
        assert len(site.ask(f"/api/conversations/{conversation}").json()) == length


def test_evaluators_need_their_link(site: Site) -> None:
    for headers in ({}, {"host": "127.0.0.1"}, {"host": "localhost"}):
        given = site.ask("/evaluate", headers=headers)
        assert given.status_code in (401, 421)


def test_other_names_are_not_answered_to(site: Site) -> None:
    assert site.ask("/", headers={"host": "evil.example"}).status_code == 421
    forged = site.ask("/", headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in forged.text


def test_no_log_holds_an_address_or_what_was_asked(site: Site) -> None:
    site.ask("/evaluate?token=my-secret-token")
    site.ask("/api/ask?also=my-secret", json={"question": "Is my-secret a sign of gout?"})
    said = "".join(log.read_text("utf-8") for log in (*site.logs, *site.place.glob("*.log")))
    assert "request=" in said
    assert "my-secret" not in said
    assert site.address not in said


def test_forged_addresses_gain_nothing(site: Site) -> None:
    statuses = []
    for number in range(BURST + MORE):
        forged = {"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": "127.0.0.1", "forwarded": "for=::1"}
        given = site.ask("/api/ask", json=QUESTION, headers=forged)
        statuses.append(given.status_code)
        if given.status_code == 429:
            assert int(given.headers["retry-after"]) >= 1
            return
    pytest.fail(f"all of {len(statuses)} questions were let through")


def _certify(place: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={NAME}",
    ]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(place / "site.key"), "-out", str(place / "site.pem")]
    subprocess.run([*command, *files], check=True, capture_output=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _configuration(place: Path, port: int, workers: list[int]) -> Path:
    """The example with the ports and places of a test."""
    inner = EXAMPLE.read_text("utf-8")
    servers = "".join(f"    server 127.0.0.1:{worker};\n" for worker in workers)
    for found, own in (
        (r"    server 127\.0\.0\.1:7860;\n", servers),
        (r"    listen \[::\].*\n", ""),
        (r"listen 443 ", f"listen {port} "),
        (r"listen 80;", f"listen {_free_port()};"),
        (r"/etc/ssl/answers\.example\.org\.pem", str(place / "site.pem")),
        (r"/etc/ssl/private/answers\.example\.org\.key", str(place / "site.key")),
        (r"/var/log/nginx", str(place)),
    ):
        inner, count = re.subn(found, own, inner)
        assert count, f"the example has no {found}"
    buffers = "".join(f"{name}_temp_path {place}/{name};\n" for name in BUFFERS)
    outer = f"daemon off;\npid {place}/nginx.pid;\nerror_log {place}/nginx.error.log;\nevents {{}}\n"
    written = place / "nginx.conf"
    written.write_text(f"{outer}http {{\n{buffers}{inner}\n}}\n")
    return written


def _wait_for(address: str, port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection((address, port), timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx did not start")
