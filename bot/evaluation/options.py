"""What the evaluators' commands can be told on the command line."""

import argparse
from pathlib import Path

from bot.evaluation import command

ALL = "all"


def add_predict(parser: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    parser.add_argument("questions", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write, JSONL")
    parser.add_argument("--depth", type=depth, default=10, help="how much of the ranking to give (10)")
    _add_asked(parser)
    parser.add_argument("--processes", type=depth, default=1, help="how many processes ask at once (1)")


def add_score(parser: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    parser.add_argument("questions", type=Path)
    parser.add_argument("predictions", type=Path, help="predictions, or a TREC run of whatever system")
    _add_asked(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="write a page with plots and misses")
    parser.add_argument(
        "--reader",
        metavar="ADDRESS",
        help="link the report's misses to a running page, http://127.0.0.1:7860",
    )
    parser.add_argument(
        "--contrasts",
        type=_count_or_all,
        default=200,
        metavar="COUNT|all",
        help="for how many misses the report sets right and first passages side by side (200)",
    )
    parser.add_argument("--trec-run", type=Path, metavar="FILE", help="write the rankings as a TREC run")
    parser.add_argument("--qrels", type=Path, metavar="FILE", help="write the answers as qrels to go with it")
    parser.add_argument(
        "--baselines",
        action="store_true",
        help="beside plain BM25 show the encoder alone and words alone, which asks every question anew",
    )
    parser.add_argument(
        "--fail-under",
        action="append",
        default=[],
        metavar="METRIC=VALUE",
        help="exit with status 1 if the figure is worse than that; may be repeated",
    )
    _add_threshold(parser)


def _add_threshold(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--choose-on",
        nargs=2,
        type=Path,
        metavar=("SET", "PREDICTIONS"),
        help="choose a threshold of confidence on these, and report what it does to the others",
    )
    parser.add_argument(
        "--report-on",
        nargs=2,
        type=Path,
        metavar=("SET", "PREDICTIONS"),
        help="report a threshold on these; without --choose-on it is chosen on the set that is scored",
    )
    parser.add_argument(
        "--choose-corpus", type=Path, metavar="DIR", help="the documents of --choose-on, if not the same"
    )
    parser.add_argument(
        "--report-corpus", type=Path, metavar="DIR", help="the documents of --report-on, if not the same"
    )


def _add_asked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--slices",
        action="store_true",
        help="add harder forms of each question, made by rule",
    )
    parser.add_argument(
        "--keep-missing",
        action="store_true",
        help="leave what is wrong or not in the corpus out of every figure instead of refusing the set",
    )
    parser.add_argument(
        "--columns",
        metavar="FIELD=HEADING,...",
        help="which columns of a CSV or XLSX hold what: question=Query,answer=Reference answer",
    )
    parser.add_argument(
        "--relevant-from",
        type=_grade,
        metavar="GRADE",
        help="the least grade of a document that counts as right (2; 1 in judgements of TREC and BEIR)",
    )


def add_compare(parser: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    parser.add_argument("questions", type=Path)
    parser.add_argument("predictions", type=Path, nargs="+", help="predictions, or TREC runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the differences there too")
    parser.add_argument(
        "--against",
        metavar="NAME",
        help="test all others against this run alone: a file's name without its ending, or bm25",
    )
    _add_asked(parser)


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("questions", type=Path, help="a published set: a file or a folder")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.set_defaults(run=command.corpus)


def add_sample(parser: argparse.ArgumentParser) -> None:
    """The options of the command besides its folder."""
    parser.add_argument("--count", type=_count, default=50, help="how many passages to draw (50)")
    parser.add_argument("--seed", type=depth, default=0, help="another number draws others (0)")
    _add_table(parser)


def add_template(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    _add_table(parser)
    parser.set_defaults(run=command.template)


def _add_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to write, .csv or .xlsx"
    )


def depth(value: str) -> int:
    """A depth as it is typed; raises argparse.ArgumentTypeError."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError("it is a whole number from 0 on")
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal() or int(value[:9]) < 1:
        raise argparse.ArgumentTypeError("it is a whole number from 1 on")
    return int(value)


def _count_or_all(value: str) -> int | None:
    """A count, None for all."""
    return None if value == ALL else depth(value)


def _grade(value: str) -> int:
    if not value.isdecimal() or int(value[:4]) < 1:
        raise argparse.ArgumentTypeError("the least grade that is right is a whole number from 1 on")
    return int(value)
