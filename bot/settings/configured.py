"""What was given on the command line, in the environment and in a file in, a configuration out."""

import os
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from bot.settings.groups import Configuration, Sources
from bot.settings.setting import FILE_VARIABLE, PREFIX

# What most commands are given, of which nothing can be wrong before it is looked for.
_SIMPLE = {"corpus", "encoder"}


def configured(given: Mapping[str, object], file: Path | None = None) -> Configuration:
    """The command line's values, before the environment's, before the file's, before those that ship.

    `given` holds values as they were typed, by the names of their settings; the file is the one named by
    BOT_SETTINGS unless another is. Raises SettingsError.
    """
    named = os.environ.get(FILE_VARIABLE)
    file = Path(named) if file is None and named else file
    if file is None and not any(name.startswith(PREFIX) for name in os.environ) and given.keys() <= _SIMPLE:
        return Configuration(_sources(given))
    # Imported late: it takes a quarter of a second, and most commands have nothing to be checked.
    from bot.settings.checked import checked

    return _grouped(checked(given, file))


def _sources(given: Mapping[str, object]) -> Sources:
    usual = Sources()
    return Sources(
        corpus=Path(str(given.get("corpus", usual.corpus))),
        encoder=str(given.get("encoder", usual.encoder)),
    )


def _grouped(values: Mapping[str, object]) -> Configuration:
    configuration = Configuration()
    for group in fields(configuration):
        held = getattr(configuration, group.name)
        own = {field.name: values[field.name] for field in fields(held)}
        configuration = replace(configuration, **{group.name: replace(held, **own)})
    return configuration
