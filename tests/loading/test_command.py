import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

STEER = "\x1b]0;owned\x07\u202e"


def run(*arguments: object) -> int:
    return main(["documents", *map(str, arguments)])


def test_every_file_is_listed_and_no_line_is_wider_than_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("--corpus", folder) == 0
    printed = capsys.readouterr().out
    assert all(len(line) <= 80 for line in printed.split("\n"))
    for name in ("stye.md", "lumps.md", "sand.txt", "drops.md", "orzuelos.md", "empty.txt"):
        assert name in printed
    assert "x empty.txt was left out: it is empty" in printed
    assert printed.index("x empty.txt") < printed.index("! drops.md") < printed.index("· sand.txt")
    assert printed.rstrip().endswith("1 file left out; 5 with warnings.")


def test_what_mends_it_is_said_once_for_each_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--corpus", folder)
    said = " ".join(capsys.readouterr().out.split())
    assert said.count("the same text twice, 2 documents: Take one of the files out") == 1
    assert said.count("no date, 4 documents: ") == 1


@pytest.mark.parametrize(("empty", "status"), [(True, 1), (False, 0)])
def test_strict_fails_where_a_file_is_left_out(folder: Path, empty: bool, status: int) -> None:
    if not empty:
        (folder / "empty.txt").unlink()
    assert run("--corpus", folder, "--strict") == status
    assert run("--corpus", folder) == 0


def test_json_goes_to_a_file_beside_the_table_or_alone_to_the_output(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.json"
    assert run("--corpus", folder, "--json", out) == 0
    assert capsys.readouterr().out.startswith("  File")
    assert run("--corpus", folder, "--json", "-", "--strict") == 1
    assert json.loads(capsys.readouterr().out) == json.loads(out.read_text("utf-8"))


def test_names_and_titles_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / f"eye{STEER}.txt").write_text(f"Lashes {STEER}\n\nA lash falls out and grows again.\n")
    (folder / f"lid{STEER}.pdf").write_bytes(b"%PDF-1.4 cut off")
    assert run("--corpus", folder) == 0
    printed = capsys.readouterr().out
    assert all(sign.isprintable() or sign == "\n" for sign in printed)
    assert "eye�]0;owned��.txt" in printed


@pytest.mark.parametrize("options", [["--corpus", "nowhere"], ["--json", "."], ["--json", "nowhere/a.json"]])
def test_a_mistake_is_said_in_one_sentence(
    folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--corpus", folder, *options) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1


def test_a_wide_terminal_shows_more_of_titles(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Everything that you have ever wanted to know about lashes, lids, styes and their like"
    (folder / "all.md").write_text(f"# {title}\n\n## Lashes\n\nA lash falls out and grows again.\n")
    lengths = []
    for columns in ("80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        run("--corpus", folder)
        shown = capsys.readouterr().out
        lengths.append(next(at for at in range(len(title), 0, -1) if title[:at] in shown))
    assert lengths[0] < lengths[1]


def test_the_encoder_is_not_loaded(folder: Path) -> None:
    program = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('onnxruntime', 'gradio', 'jinja2')))"
    )
    command = [sys.executable, "-c", program, "documents", "--corpus", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
