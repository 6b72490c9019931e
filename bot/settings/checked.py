"""The only importer of pydantic-settings: values from three places in, checked ones out."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, create_model
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsError
from bot.settings.groups import GROUPS
from bot.settings.setting import FILE_VARIABLE, PREFIX, Described, described

_ALL = described(*GROUPS)
_SETTINGS_LISTED = "the README lists all settings"
# A longer value is no help in a sentence.
_SHOWN_CHARS = 60


def checked(given: Mapping[str, object], file: Path | None) -> dict[str, Any]:
    """Every setting's value; raises SettingsError with the place of one that cannot be used."""
    written = {} if file is None else _written(file)
    _refuse_unknown(written, file)
    model = _model(written)
    try:
        return model(**dict[str, Any](given)).model_dump()
    except ValidationError as error:
        place = error.errors(include_url=False)[0]["loc"][0]
        raise SettingsError(_unusable(_ALL[str(place)], given, written, file)) from None


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise SettingsError(
            f"The settings file {file} cannot be read ({reason}); name another with --settings."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"The settings file {file} is not UTF-8; save it again as that.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "its brackets are nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise SettingsError(
            f"The settings file {file} is no TOML ({reason}); mend that place: {_SETTINGS_LISTED}."
        ) from error
    except ValueError as error:
        # Python reads no number of thousands of digits.
        raise SettingsError(
            f"The settings file {file} has a number that is too long; mend it: {_SETTINGS_LISTED}."
        ) from error


def _refuse_unknown(written: Iterable[str], file: Path | None) -> None:
    for name in written:
        if name not in _ALL:
            raise SettingsError(_unknown(f"{_plain(name)} in {file}", name, _ALL))
    variables = {setting.variable for setting in _ALL.values()} | {FILE_VARIABLE}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in variables:
            raise SettingsError(_unknown(f"{_plain(name)} in the environment", name, variables))


def _unknown(place: str, name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name[:_SHOWN_CHARS], list(known), 1)
    remedy = f"write {near[0]} if that is meant" if near else "take it out"
    return f"There is no setting {place}; {remedy}: {_SETTINGS_LISTED}."


def _unusable(
    found: Described, given: Mapping[str, object], written: Mapping[str, object], file: Path | None
) -> str:
    """What is wrong with the value that counts: the one of the first place that has one."""
    in_environment = _in_environment()
    if found.name in given:
        place, value = found.option, given[found.name]
    elif found.name in in_environment:
        place, value = f"{found.variable} in the environment", in_environment[found.name]
    else:
        place, value = f"{found.name} in {file}", written[found.name]
    shown = "" if found.setting.secret else f" {_shown(value)}"
    return f"{place}{shown} cannot be used; give {found.setting.wants}."


def _shown(value: object) -> str:
    said = ", ".join(map(_said, value)) if isinstance(value, list) else _said(value)
    return f'"{_plain(said)}"'


def _plain(text: str) -> str:
    """As much of it as a sentence has room for, on one line."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:_SHOWN_CHARS])


def _said(value: object) -> str:
    try:
        return str(value)
    except ValueError:
        # Python writes no number of thousands of digits either.
        return "a very long number"


def _in_environment() -> dict[str, str]:
    """The values that are set there, by the names of their settings; an empty one is none."""
    values = {name: os.environ.get(found.variable, "") for name, found in _ALL.items()}
    return {name: value for name, value in values.items() if value}


def _model(written: dict[str, Any]) -> type[BaseSettings]:
    """The settings as pydantic knows them, with the file's values among their sources."""

    class Sourced(BaseSettings):
        model_config = SettingsConfigDict(coerce_numbers_to_str=True, validate_default=False)

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            # Its own look at the environment takes "bot_port" for ours, too, and another program's.
            del env_settings, dotenv_settings, file_secret_settings
            places = (_in_environment(), written)
            return init_settings, *(InitSettingsSource(settings_cls, init_kwargs=place) for place in places)

    given: dict[str, Any] = {name: (_kind(found), found.default) for name, found in _ALL.items()}
    return create_model("Given", __base__=Sourced, **given)


def _kind(found: Described) -> object:
    """The annotated type of a setting."""
    own = () if found.setting.check is None else (AfterValidator(found.setting.check),)
    if found.kind == tuple[str, ...]:
        each = _annotated(str, *own) if own else str
        return _annotated(tuple.__class_getitem__((each, ...)), BeforeValidator(_entries))
    if found.kind is bool:
        return bool
    least, most = found.setting.least, found.setting.most
    bounds = () if least is None else (Field(ge=least, le=most),)
    return _annotated(found.kind, BeforeValidator(_filled), BeforeValidator(_no_truth), *bounds, *own)


def _annotated(kind: object, *more: object) -> object:
    form: Any = Annotated
    made: object = form[(kind, *more)]
    return made


def _entries(value: object) -> object:
    """A list as it is written in the environment, with commas."""
    return [entry.strip() for entry in value.split(",")] if isinstance(value, str) else value


def _filled(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("nothing was given")
    return value


def _no_truth(value: object) -> object:
    """What pydantic would take for 0 or 1."""
    if isinstance(value, bool):
        raise ValueError("it is no number or text")
    return value
