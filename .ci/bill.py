"""A bill of materials as cyclonedx-py writes it in, the bill that is kept and the list of licences out.

python3 .ci/bill.py BILL.json FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

BILL, LICENCES = "bill-of-materials.cdx.json", "licences.md"
# What these say in their licence files alone.
UNSTATED = {"protobuf": "BSD-3-Clause", "pypdfium2": "BSD-3-Clause AND Apache-2.0", "rank-bm25": "Apache-2.0"}
# Old names of licences, as packages state them that have no newer one.
OLD_NAMES = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
HEAD = """# Licences

Of the packages that a server installs on Linux with Python 3.11, as they state them; `bash .ci/lock` writes
this.

| package | version | licence |
|---|---|---|
"""


def main(written: Path, folder: Path) -> None:
    """Write both into the folder."""
    bill = json.loads(written.read_text("utf-8"))
    for component in bill["components"]:
        if not component.get("licenses") and component["name"] in UNSTATED:
            component["licenses"] = [{"expression": UNSTATED[component["name"]]}]
    (folder / BILL).write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", "utf-8")
    (folder / LICENCES).write_text(licences(bill), "utf-8")


def licences(bill: dict[str, Any]) -> str:
    """The list, in the order of the names."""
    rows = sorted((one["name"], one["version"], licence_of(one)) for one in bill["components"])
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in sorted(rows, key=lambda row: row[0].lower()))


def licence_of(component: dict[str, Any]) -> str:
    """The first licence that a package states under a name that is known, "unknown" without one."""
    stated = [
        one.get("expression") or one["license"].get("id") or OLD_NAMES.get(one["license"]["name"])
        for one in component.get("licenses", [])
    ]
    return next(filter(None, stated), "unknown")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
