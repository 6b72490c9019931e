"""What an operator is told of one setting, and what its value may be."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, ClassVar, Protocol, get_type_hints


class Group(Protocol):
    """Settings that belong together: a frozen dataclass whose fields are annotated with a `Setting`."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """The facts about a setting besides its name, type and default.

    `wants` completes "give ..." for a value that cannot be used; `check` raises ValueError for such a one, or
    gives the value as it is kept, and sees each entry of a list by itself. `option` is the name on the
    command line where a list is given there an entry at a time; `metavar` stands there for its value, where
    the type does not tell. A `secret` has no option, for everybody on the machine sees the options of a
    process, and its value is never shown.
    """

    help: str
    wants: str
    least: float | None = None
    most: float | None = None
    check: Callable[[str], str] | None = None
    option: str = ""
    metavar: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A setting with its name, its type and the value that it has unless it is set."""

    name: str
    kind: Any
    default: Any
    setting: Setting

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return f"--{(self.setting.option or self.name).replace('_', '-')}"

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"{PREFIX}{self.name.upper()}"


# What the names of ours in the environment begin with.
PREFIX = "BOT_"
# The variable that names the file of settings; it is no setting itself.
FILE_VARIABLE = f"{PREFIX}SETTINGS"


def described(*groups: type[Group]) -> Mapping[str, Described]:
    """Every setting of some groups, by its name."""
    found = {}
    for group in groups:
        hints = get_type_hints(group, include_extras=True)
        for field in fields(group):
            (setting,) = hints[field.name].__metadata__
            if field.default is MISSING:
                raise TypeError(f"the setting {field.name} has no default")
            found[field.name] = Described(field.name, hints[field.name].__origin__, field.default, setting)
    return found
