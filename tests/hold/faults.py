"""Kills the program at random moments, and looks at what the next start makes of what is left.

python -m tests.hold.faults --kills 200. Whatever the program keeps beside the documents is covered: a folder
that is new there is killed over and damaged like the others.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.assistant import Assistant
from bot.files import FOLDER
from tests.hold.fuzz.damage import varied
from tests.reading.files import Printed, pdf
from tests.reading.word_files import p, word

QUESTIONS = (
    "What is gout?",
    "How is a sting treated?",
    "What does the leaflet say of lamps?",
    "Who mends lamp 7?",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a start came to: its answers, nothing where it failed, and what it told the operator."""

    answers: str
    told: str


def make_corpus(folder: Path, *, lamps: int = 12) -> None:
    """A folder with files of every format, in our own words."""
    folder.mkdir(parents=True)
    (folder / "gout.md").write_text("# Gout\n\nGout is a painful swelling of a joint.\n", "utf-8")
    (folder / "stings.docx").write_bytes(word(p("Stings") + p("A sting is treated with cold water.")))
    (folder / "leaflet.pdf").write_bytes(pdf([[Printed("Lamps", size=20), Printed("Lamps give light.")]]))
    (folder / "page.html").write_text("<h1>Sleep</h1><p>Sleep comes at night.</p>", "utf-8")
    for number in range(lamps):
        text = (
            f"# Lamp {number}\n\n## Who mends lamp {number}?\n\nLamp {number} is mended by smith {number}.\n"
        )
        (folder / f"lamp{number}.md").write_text(text, "utf-8")


def _start(corpus: Path) -> int:
    """A copy of this process that reads a folder and answers, in a session of its own; its number.

    It reads, cuts, indexes, encodes and keeps as any start does; only Python's modules are there already.
    """
    number = os.fork()
    if number:
        return number
    os.setsid()
    answers, told = _outputs(corpus)
    os.dup2(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
    try:
        answers.write_text(_answers(corpus), "utf-8")
    except BaseException:  # noqa: BLE001 - a copy of the process must end here, whatever it met
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(0)


def _answers(corpus: Path) -> str:
    assistant = Assistant.open(corpus)
    shown = []
    for question in QUESTIONS:
        answer = assistant.ask(question)
        quotes = [[quote.passage.doc, quote.passage.start, quote.passage.text] for quote in answer.quotes]
        shown.append([answer.outcome, quotes])
    return json.dumps([assistant.corpus.digest, assistant.meaning, shown])


def _outputs(corpus: Path) -> tuple[Path, Path]:
    return corpus.with_name("answers.json"), corpus.with_name("told.txt")


def said(corpus: Path) -> Said:
    """What a start that is left alone comes to."""
    answers, told = _outputs(corpus)
    answers.unlink(missing_ok=True)
    os.waitpid(_start(corpus), 0)
    return Said(answers.read_text("utf-8") if answers.exists() else "", told.read_text("utf-8"))


def killed(corpus: Path, seconds: float) -> bool:
    """Starts the program and kills it and its children after so long; whether it was still at work."""
    number = _start(corpus)
    ends = time.monotonic() + seconds
    at_work = True
    while at_work and time.monotonic() < ends:
        time.sleep(0.005)
        at_work = os.waitpid(number, os.WNOHANG) == (0, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)
    if at_work:
        os.waitpid(number, 0)
    return at_work


def kept(corpus: Path) -> list[Path]:
    """Every file that the program keeps beside the documents."""
    return sorted(path for path in (corpus / FOLDER).rglob("*") if path.is_file())


def damaged_copies(corpus: Path, chance: Random) -> Iterator[tuple[Path, bytes]]:
    """Each kept file with each kind of damage that a disk or another version does to it."""
    for path in kept(corpus):
        data = path.read_bytes()
        for damage in (
            b"",
            data[: len(data) // 2],
            data[:-1],
            data + b"x",
            varied(data, chance),
            hashlib.sha256(data).digest() + data,
            b"of another version",
        ):
            if damage != data:
                yield path, damage


def _kill_again_and_again(corpus: Path, kills: int, seed: int) -> int:
    """How many of the starts that followed a kill did not come to the same answers."""
    chance = Random(seed)
    began = time.monotonic()
    whole = said(corpus)
    longest = time.monotonic() - began
    wrong = at_work = 0
    for count in range(1, kills + 1):
        if chance.random() < 0.5:
            shutil.rmtree(corpus / FOLDER, ignore_errors=True)
        else:
            (corpus / f"lamp{chance.randrange(3)}.md").touch()
        for path in chance.sample(kept(corpus), min(2, len(kept(corpus)))):
            path.unlink()
        at_work += killed(corpus, chance.uniform(0.05, longest))
        now = said(corpus)
        if now.answers != whole.answers or "Traceback" in now.told:
            wrong += 1
            sys.stdout.write(f"kill {count}: {now.told[-2000:]}\n")
    left = [path.name for path in kept(corpus) if path.name.endswith(".part")]
    sys.stdout.write(
        f"{kills} kills, {at_work} of them at work, within {longest:.1f} s of a start: {wrong} starts after"
        f" them went wrong; {len(left)} unfinished files are left, which go after an hour\n"
    )
    return wrong


def _damage_each(corpus: Path, seed: int) -> int:
    """How many of the starts over a damaged file did not come to the same answers, or left it damaged."""
    whole, wrong, count = said(corpus), 0, 0
    for path, damage in list(damaged_copies(corpus, Random(seed))):
        path.write_bytes(damage)
        now = said(corpus)
        count += 1
        if now.answers != whole.answers or (path.exists() and path.read_bytes() == damage):
            wrong += 1
            sys.stdout.write(f"{path.name} with {damage[:20]!r}: {now.told[-2000:]}\n")
    sys.stdout.write(f"{count} damaged files: {wrong} starts over them went wrong\n")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills and damages, and says what came of it; exit status 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.hold.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="so many kills (200)")
    parser.add_argument("--seed", type=int, default=0, help="other moments for another number (0)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        corpus = Path(scratch, "corpus")
        make_corpus(corpus)
        wrong = _kill_again_and_again(corpus, options.kills, options.seed) + _damage_each(
            corpus, options.seed
        )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
