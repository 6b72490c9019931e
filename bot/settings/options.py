"""The settings as options of a command line, which holds only what was typed."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from bot.settings.groups import GROUPS
from bot.settings.setting import FILE_VARIABLE, Described, described


def add_file(parser: argparse.ArgumentParser) -> None:
    """The option that names the file of settings."""
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help=f"a TOML file of settings; {FILE_VARIABLE} in the environment names one too",
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """An option for every setting that may stand on a command line."""
    for found in described(*GROUPS).values():
        if not found.setting.secret:
            _add(parser, found)


def add(parser: argparse.ArgumentParser, *names: str) -> None:
    """Options for some settings."""
    for name in names:
        _add(parser, described(*GROUPS)[name])


def typed(options: argparse.Namespace) -> Mapping[str, object]:
    """The settings that were typed, by their names, as they were typed."""
    return {name: value for name, value in vars(options).items() if name in described(*GROUPS)}


def _add(parser: argparse.ArgumentParser, found: Described) -> None:
    kept: dict[str, Any] = {"dest": found.name, "default": argparse.SUPPRESS}
    if found.kind is bool:
        parser.add_argument(found.option, action=argparse.BooleanOptionalAction, help=_told(found), **kept)
    elif found.kind == tuple[str, ...]:
        repeated = f"{_told(found)}; may be repeated"
        parser.add_argument(found.option, action="append", metavar=_metavar(found), help=repeated, **kept)
    else:
        parser.add_argument(found.option, metavar=_metavar(found), help=_told(found), **kept)


def _told(found: Described) -> str:
    """What it is, and the default where that says something."""
    silent = found.default is None or found.kind is bool or found.kind in (Path, tuple[str, ...])
    told = found.setting.help if silent else f"{found.setting.help} ({found.default})"
    return told.replace("%", "%%")


def _metavar(found: Described) -> str:
    if found.setting.metavar:
        return found.setting.metavar
    if found.kind == tuple[str, ...]:
        return "NAME"
    kinds = (found.kind, *get_args(found.kind))
    if Path in kinds:
        return "DIR"
    return "N" if int in kinds or float in kinds else "VALUE"
