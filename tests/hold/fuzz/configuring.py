"""What operators set: a file of TOML, variables of the environment, what is typed."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import Configuration, configured
from bot.settings.groups import GROUPS
from bot.settings.setting import FILE_VARIABLE, PREFIX, described
from tests.hold.fuzz.damage import damaged, varied, varied_text
from tests.hold.fuzz.documents import place
from tests.hold.fuzz.words import any_text, sentences


@dataclass(frozen=True, slots=True)
class Given:
    """What stands where: values in the environment and typed ones by their names."""

    file: bytes
    environment: Mapping[str, str]
    typed: Mapping[str, object]


_KNOWN = tuple(described(*GROUPS))
_ODD_NAMES = ("prot", "Port", "PORT", "", " ", "a b", "settings", "port.a", '"\\n"', "\u0131p", "x" * 3_000)
_VALUES = (
    *("7860", "-1", "0", "65536", "1e3", "1e999", "nan", "inf", "0x10", "1_000", "9" * 5_000, "0.5", "true"),
    *("yes", "none", "text", "opensearch", "a.example", "a.example, b.example", ",", ",,", "::1"),
    *("10.0.0.0/8", "10.0.0.1/8", "fe80::1%eth0", "/", "..", "~", "a" * 40, "%s {0}", "{}", "[1", '{"a": 1}'),
)  # fmt: skip
_WRITTEN = (
    *('"a"', "'a'", '"""a"""', "1", "-0", "0x1f", "1e999", "nan", "inf", "true", "[]", '["a", 1]', "[[1]]"),
    *("{}", "{a = 1}", "2019-01-01", "12:00:00", "2019-01-01T00:00:00Z", '"\\ud800"', "9" * 5_000),
    *("[" * 3_000, "{a=" * 2_000, '"', "'''", "", "# x", '["10.0.0.0/8"]', '["https://a.example:9"]', '""'),
)  # fmt: skip
_names = st.sampled_from(_KNOWN) | st.sampled_from(_KNOWN) | st.sampled_from(_ODD_NAMES)
_values = st.one_of(
    st.sampled_from(_VALUES), st.integers().map(str), st.floats().map(str), sentences, any_text
)
_line = st.one_of(
    st.builds(
        lambda name, value: f"{name} = {value}",
        _names,
        st.sampled_from(_WRITTEN) | _values.map(lambda value: f"{value!r}") | _values,
    ),
    _names.map(lambda name: f"[{name}]"),
    any_text,
)
_files = damaged(
    st.lists(_line, max_size=4).map(lambda lines: "\n".join(lines).encode("utf-8", "replace")), most=2
)
_variables = st.builds(
    lambda prefix, name: prefix + name, st.sampled_from((PREFIX, PREFIX, "bot_")), _names.map(str.upper)
)
# What the system takes as a variable.
_in_environment = _values.map(lambda value: value.replace("\0", " "))
GIVEN = st.builds(
    Given,
    _files,
    st.dictionaries(_variables.filter(lambda name: name != FILE_VARIABLE), _in_environment, max_size=2),
    st.dictionaries(st.sampled_from(_KNOWN), _values, max_size=1),
)


def varied_given(given: Given, chance: Random) -> Given:
    """The same with the file or a variable put otherwise."""
    if not given.environment or chance.random() < 0.5:
        return replace(given, file=varied(given.file, chance))
    name = chance.choice(sorted(given.environment))
    value = varied_text(given.environment[name], chance).replace("\0", " ")
    return replace(given, environment={**given.environment, name: value})


def check(given: Given) -> None:
    """Raises where what was set is neither taken nor refused with one sentence that can be shown."""
    file = place() / "settings.toml"
    file.write_bytes(given.file)
    try:
        with _environment(given.environment):
            found = configured(given.typed, file)
    except SettingsError as error:
        said = str(error)
        assert said.endswith(".")
        assert said.isprintable(), said
        said.encode()
        return
    assert isinstance(found, Configuration)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """These variables, and none besides that is a setting."""
    before = dict(os.environ)
    try:
        for name in before:
            if name.startswith(PREFIX):
                del os.environ[name]
        os.environ.update(variables)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
