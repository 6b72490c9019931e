"""The command `documents`: what was read of each file, for the operator of a folder."""

import argparse
import shutil
import sys
from pathlib import Path

from bot.errors import SettingsError


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    command.add_argument("--json", type=Path, metavar="FILE|-", help="write it there too, or to - instead")
    command.add_argument("--strict", action="store_true", help="exit with status 1 if a file is left out")
    command.add_argument("--all", action="store_true", help="list every file of a large folder too")


def run(options: argparse.Namespace) -> int:
    """Shows the report and gives the exit status; raises CorpusError and OutputError."""
    from bot.files import write_atomically
    from bot.library import read_corpus
    from bot.loading.report import load_report
    from bot.loading.written import written
    from bot.passages import cut_corpus

    if options.json is not None and options.json.is_dir():
        raise SettingsError(f"{options.json} is a folder; name the file to write.")
    corpus = read_corpus(options.corpus, progress=True)
    report = load_report(corpus, cut_corpus(corpus))
    if str(options.json) == "-":
        sys.stdout.write(report.as_json())
    else:
        columns = shutil.get_terminal_size().columns
        sys.stdout.write(f"{written(report, columns=columns, everything=options.all)}\n")
        if options.json is not None:
            write_atomically(options.json, report.as_json())
    return int(options.strict and bool(report.problems))
