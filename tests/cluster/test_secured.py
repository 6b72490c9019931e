"""A cluster behind TLS, a user and a password: Debian's nginx stands in front of a node."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.cluster.client import Cluster
from bot.engines import ClusterSettings
from bot.errors import EngineError
from tests.cluster.nodes import Nodes

PASSWORD = "seven small boats"  # noqa: S105 - of a server that lives for a test
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")


@dataclass(frozen=True)
class Front:
    url: str
    certificate: Path


def certificate(folder: Path) -> Path:
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*request, *names, *files], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


@pytest.fixture(scope="module")
def front(nodes: Nodes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("TLS needs nginx and openssl")
    folder = tmp_path_factory.mktemp("front")
    signed = certificate(folder)
    hashed = subprocess.run(
        ["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True
    ).stdout.strip()
    (folder / "users").write_text(f"reader:{hashed}\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(
        f"""daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1; user root;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {signed}; ssl_certificate_key {folder}/key.pem;
auth_basic "cluster"; auth_basic_user_file {folder}/users;
location / {{ proxy_pass {nodes.urls[0]}; proxy_set_header Authorization ""; }} }} }}
""",
        encoding="utf-8",
    )
    server = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield Front(f"https://127.0.0.1:{port}", signed)
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@pytest.fixture
def secured(front: Front, cluster: ClusterSettings) -> ClusterSettings:
    return replace(
        cluster,
        urls=(front.url,),
        ca=front.certificate,
        user="reader",
        password=PASSWORD,
    )


def test_a_user_with_the_password_is_let_in(secured: ClusterSettings) -> None:
    assert Cluster(secured).answers()


def test_another_password_is_refused(secured: ClusterSettings) -> None:
    with pytest.raises(EngineError, match="refuses the user or the password") as raised:
        Cluster(replace(secured, password=PASSWORD[:5]))
    assert PASSWORD[:5] not in str(raised.value)


def test_nobody_is_refused(secured: ClusterSettings) -> None:
    with pytest.raises(EngineError, match="refuses the user or the password"):
        Cluster(replace(secured, user=None, password=None))


def test_a_certificate_that_nobody_trusts_is_refused(secured: ClusterSettings, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="name who signed it"):
        Cluster(replace(secured, ca=None))
    with pytest.raises(EngineError, match="name who signed it"):
        Cluster(replace(secured, ca=certificate(tmp_path)))


def test_a_certificate_of_another_host_is_refused(secured: ClusterSettings) -> None:
    port = secured.urls[0].rpartition(":")[2]
    # The same machine by a name that the certificate does not have.
    with pytest.raises(EngineError, match="name who signed it"):
        Cluster(replace(secured, urls=(f"https://127.1:{port}",)))
