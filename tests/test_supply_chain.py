"""What is installed is pinned, to the byte, and stated with its licences; `bash .ci/lock` writes it anew."""

import json
import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SERVER, TESTS = "requirements.lock", "tests/requirements.lock"
EXTRAS = {"mcp": "requirements-mcp.lock", "opensearch": "requirements-opensearch.lock"}
DEPLOY = ROOT / "bot" / "deploy"
_PIN = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[\w.+]+)(?: ; (?P<marker>.*?))?(?: --hash=sha256:[0-9a-f]{64})+"
)
# The machine that the bill is of.
LINUX = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.7",
    "python_version": "3.11",
    "sys_platform": "linux",
}
# Words of licences under which all may be used, changed and passed on; MPL asks that of its own files alone.
FREE = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT"),
    *("MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Zlib", "AND", "OR"),
}


def pins(lock: str) -> list[re.Match[str]]:
    lines = (ROOT / lock).read_text("utf-8").replace(" \\\n    ", " ").splitlines()
    found = [_PIN.fullmatch(line) for line in lines if not line.startswith("#")]
    return [pin for pin in found if pin is not None]


def locked(lock: str) -> set[tuple[str, str]]:
    return {(canonicalize_name(pin["name"]), pin["version"]) for pin in pins(lock)}


def asked(requirements: str) -> set[tuple[str, str]]:
    lines = (ROOT / requirements).read_text("utf-8").splitlines()
    wanted = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {(canonicalize_name(name), version) for name, version in wanted}


@pytest.mark.parametrize("lock", [SERVER, TESTS, *EXTRAS.values()])
def test_every_package_is_pinned_with_its_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    assert len(pins(lock)) == sum(not line.startswith((" ", "#")) for line in lines) > 50


@pytest.mark.parametrize(
    ("requirements", "lock"),
    [("requirements.txt", SERVER), ("requirements.txt", TESTS), ("tests/requirements.txt", TESTS)],
)
def test_a_lock_has_what_is_required(requirements: str, lock: str) -> None:
    assert asked(requirements) <= locked(lock)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_in_its_lock(extra: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (wanted,) = extras[extra]
    assert tuple(wanted.split("==")) in locked(EXTRAS[extra])


@pytest.mark.parametrize("lock", [TESTS, *EXTRAS.values()])
def test_what_a_server_has_is_what_is_tested(lock: str) -> None:
    assert locked(SERVER) <= locked(lock)


def test_a_server_has_no_package_of_the_tests_alone() -> None:
    assert not asked("tests/requirements.txt") & locked(SERVER)


@pytest.fixture
def bill() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEPLOY / "bill-of-materials.cdx.json").read_text("utf-8"))
    return found


def test_the_bill_of_materials_is_of_what_the_lock_installs(bill: dict[str, Any]) -> None:
    listed = {(canonicalize_name(one["name"]), one["version"]) for one in bill["components"]}
    installed = {
        (canonicalize_name(pin["name"]), pin["version"])
        for pin in pins(SERVER)
        if pin["marker"] is None or Marker(pin["marker"]).evaluate(LINUX)
    }
    assert listed == installed, "the bill is old: bash .ci/lock writes it anew"


def test_the_licences_are_those_of_the_bill_and_free(bill: dict[str, Any]) -> None:
    module = runpy.run_path(str(ROOT / ".ci" / "bill.py"))
    assert (DEPLOY / "licences.md").read_text("utf-8") == module["licences"](bill)
    stated = {
        one["name"]: set(re.findall(r"[\w.-]+", module["licence_of"](one))) for one in bill["components"]
    }
    assert {name: licence for name, licence in stated.items() if not licence <= FREE} == {}
