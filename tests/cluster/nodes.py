"""A real cluster of OpenSearch: three nodes, each a process of its own, on this machine's loopback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
# The jars are fetched once for a machine.
JARS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "bot-tests" / "opensearch-2.19.1.0"
_RUNNER = "org.codelibs.opensearch.runner.OpenSearchRunner"
_ADDRESS = re.compile(r"HttpServerTransport\] publish_address \{([^}]+)\}")
_START_SECONDS = 300.0
# The runner takes the next free port over this, and none over 9299.
_FIRST_PORT = 9230


def lacking() -> str:
    """Why no cluster can be started here, "" where one can be."""
    missing = [tool for tool in ("java", "mvn") if shutil.which(tool) is None]
    return f"a cluster needs {' and '.join(missing)}" if missing else ""


def jars() -> Path:
    """The folder of the jars; Maven fetches them where they are not there."""
    if not JARS.is_dir():
        beside = JARS.with_name(f"{JARS.name}.{os.getpid()}")
        fetch = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={beside}"]
        subprocess.run([*fetch, f"-f={HERE / 'pom.xml'}"], check=True, capture_output=True)
        with suppress(OSError):
            beside.rename(JARS)
    return JARS


@dataclass
class Node:
    """One node, in a folder of its own."""

    folder: Path
    transport: int
    http: int
    heap: str
    process: subprocess.Popen[bytes] | None = None
    address: str = ""

    def start(self) -> None:
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    "java",
                    "-Xms256m",
                    f"-Xmx{self.heap}",
                    "-XX:+UseSerialGC",
                    "-cp",
                    f"{jars()}/*",
                    _RUNNER,
                    *("-basePath", str(self.folder), "-numOfNode", "1", "-indexStoreType", "fs"),
                    *("-baseHttpPort", str(self.http - 1), "-clusterName", "tests"),
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def await_address(self) -> str:
        """Its URL, once it is there."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            found = _ADDRESS.search((self.folder / "log").read_text("utf-8", "replace"))
            if found:
                self.address = f"http://{found[1]}"
                return self.address
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "log").read_text("utf-8", "replace")[-2000:]
            time.sleep(0.3)
        raise TimeoutError(self.folder)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.go_on()
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def _signal(self, what: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(what)


@dataclass
class Nodes:
    """The three nodes of a cluster."""

    nodes: list[Node] = field(default_factory=list)

    @classmethod
    def started(cls, folder: Path, *, heap: str = "512m") -> "Nodes":
        """Three nodes in a folder, with the indices that are there from before."""
        jars()
        ports = _free_ports(3)
        managers = "[" + ", ".join(f'"127.0.0.1:{port}"' for port in ports) + "]"
        made = cls()
        for number, port in enumerate(ports):
            place = folder / f"n{number}"
            config = place / "node_1" / "config"
            config.mkdir(parents=True, exist_ok=True)
            (config / "opensearch.yml").write_text(
                f"network.host: 127.0.0.1\ntransport.port: {port}\n"
                f"discovery.seed_hosts: {managers}\ncluster.initial_cluster_manager_nodes: {managers}\n"
                "cluster.routing.allocation.disk.threshold_enabled: false\n",
                encoding="utf-8",
            )
            made.nodes.append(Node(place, port, _free_http(made.nodes), heap))
        for node in made.nodes:
            node.start()
        for node in made.nodes:
            node.await_address()
        made.await_status("green", nodes=3)
        return made

    @property
    def urls(self) -> Sequence[str]:
        return [node.address for node in self.nodes]

    def await_status(self, status: str, *, nodes: int) -> None:
        """Wait until the cluster has so many nodes and is so well."""
        query = f"wait_for_status={status}&wait_for_nodes={nodes}&timeout=10s"
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            for node in self.nodes:
                with suppress(OSError):
                    urlopen(f"{node.address}/_cluster/health?{query}", timeout=15).close()  # noqa: S310
                    return
            time.sleep(0.5)
        raise TimeoutError(status)

    def restart(self, node: Node) -> None:
        node.http = int(node.address.rpartition(":")[2])
        node.start()
        assert node.await_address()
        self.await_status("green", nodes=len(self.nodes))

    def end(self) -> None:
        for node in self.nodes:
            node.go_on()
            if node.process is not None and node.process.poll() is None:
                node.process.terminate()
        for node in self.nodes:
            node.end()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody has now, all different."""
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _free_http(others: Sequence[Node]) -> int:
    taken = {node.http for node in others}
    for port in range(_FIRST_PORT, 9299):
        with socket.socket() as tried:
            if port not in taken and tried.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise OSError("no port from 9230 to 9299 is free")
