import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Configuration, Serving, configured
from bot.settings.groups import GROUPS
from bot.settings.setting import described

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in described(*GROUPS).values():
        monkeypatch.delenv(setting.variable, raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_anything_set_the_defaults_hold() -> None:
    assert configured({}) == Configuration()


def test_the_command_line_goes_before_the_environment_before_the_file_before_the_default(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("port = 1\nper_minute = 1\nmax_quotes = 1\n")
    monkeypatch.setenv("BOT_PORT", "2")
    monkeypatch.setenv("BOT_PER_MINUTE", "2")
    found = configured({"port": "3"}, file)
    assert (found.serving.port, found.serving.per_minute, found.answering.max_quotes) == (3, 2, 1)
    assert found.serving.host == Serving().host


def test_the_environment_may_name_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("port = 1\n")
    monkeypatch.setenv("BOT_SETTINGS", str(file))
    assert configured({}).serving.port == 1


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PORT", "")
    assert configured({}).serving.port == Serving().port


@pytest.mark.parametrize(
    ("written", "variable"),
    [('["a.example", "B.example"]', None), ('"a.example, B.example"', None), ("[]", "a.example,B.example")],
)
def test_lists_are_written_with_commas_or_as_arrays(
    written: str, variable: str | None, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(f"names = {written}\n")
    if variable:
        monkeypatch.setenv("BOT_NAMES", variable)
    assert configured({}, file).serving.names == ("a.example", "b.example")


def test_a_number_will_do_for_a_text(file: Path) -> None:
    file.write_text("emergency_phone = 112\n")
    assert configured({}, file).answering.emergency_phone == "112"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "x"),
        ("port", "65536"),
        ("port", "-1"),
        ("port", ""),
        ("metrics_port", "70000"),
        ("per_minute", "-1"),
        ("per_minute", "1.5"),
        ("per_minute", "1e99"),
        ("names", ["http://answers.example"]),
        ("names", ["answers.example:80"]),
        ("names", [""]),
        ("trusted_proxies", ["*"]),
        ("trusted_proxies", ["10.0.0.1/8"]),
        ("trusted_proxies", ["proxy.example"]),
        ("answer_threshold", "1.01"),
        ("answer_threshold", "nan"),
        ("max_quotes", "0"),
        ("crisis_phone", "  "),
        ("reading_seconds", "inf"),
        ("reading_memory_mb", "10"),
        ("evaluator", "perhaps"),
        ("log_format", "xml"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_place_and_what_to_give(
    name: str, value: object, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = described(*GROUPS)[name]
    remedy = f"cannot be used; give {found.setting.wants}."
    with pytest.raises(SettingsError, match=f"^{found.option} ") as typed:
        configured({name: value})
    assert str(typed.value).endswith(remedy)
    file.write_text(f"{name} = {value!r}\n")
    with pytest.raises(SettingsError, match=f"^{name} in .*settings.toml ") as written:
        configured({}, file)
    assert str(written.value).endswith(remedy)
    if isinstance(value, str) and value:
        monkeypatch.setenv(found.variable, value)
        with pytest.raises(SettingsError, match=f"^{found.variable} in the environment ") as in_environment:
            configured({}, file)
        assert str(in_environment.value).endswith(remedy)


@pytest.mark.parametrize(
    "written", ["port = true", "per_minute = 1.5", "port = [1]", "names = 5", "host = {}"]
)
def test_a_value_of_another_kind_is_none(written: str, file: Path) -> None:
    file.write_text(written)
    with pytest.raises(SettingsError, match="cannot be used; give "):
        configured({}, file)


def test_a_secret_that_cannot_be_used_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_EVALUATOR_TOKEN", "hush")
    with pytest.raises(SettingsError) as raised:
        configured({})
    assert "hush" not in str(raised.value)


def test_a_setting_that_there_is_not_is_named_with_the_nearest(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("prot = 1\n")
    with pytest.raises(SettingsError, match=r"no setting prot in .*settings.toml; write port if"):
        configured({}, file)
    monkeypatch.setenv("BOT_PROT", "1")
    with pytest.raises(SettingsError, match=r"no setting BOT_PROT in the environment; write BOT_PORT if"):
        configured({})


@pytest.mark.parametrize("content", [b"port", b"\xff", b"port = 1\nport = 2", b"[a"])
def test_a_file_that_is_no_toml_is_named(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings.toml is no"):
        configured({}, file)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"settings.toml cannot be read"):
        configured({}, file)


def test_every_setting_says_what_it_is_and_what_it_wants() -> None:
    for found in described(*GROUPS).values():
        assert found.setting.help
        assert found.setting.wants
        assert not found.setting.help.endswith(".")


@pytest.mark.parametrize("options", [[], ["--corpus", "corpus", "--encoder", "none"]])
def test_what_checks_is_not_loaded_where_there_is_nothing_to_check(options: list[str]) -> None:
    program = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:]);"
        "sys.exit('pydantic' in sys.modules or 'pydantic_settings' in sys.modules)"
    )
    command = [sys.executable, "-c", program, "ask", "What is a bone scan?", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0


def test_commands_go_by_the_settings_too(
    folder: Path, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.__main__ import main

    file.write_text(f'corpus = "{folder}"\nencoder = "none"\nemergency_phone = "the ward on 5555"\n')
    monkeypatch.setenv("BOT_SETTINGS", str(file))
    assert main(["ask", "I have crushing chest pain and cannot breathe."]) == 0
    assert "the ward on 5555" in capsys.readouterr().out
    monkeypatch.setenv("BOT_MAX_QUOTES", "many")
    assert main(["ask", "What is gout?"]) == 2
    assert capsys.readouterr().err.startswith("BOT_MAX_QUOTES in the environment")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"port = {'9' * 5_000}", "has a number that is too long"),
        (f"port = {'[' * 5_000}", "no TOML (its brackets are nested too deeply)"),
        ('"a\\nb" = 1', "There is no setting a b in"),
        (f"{'x' * 5_000} = 1", f"There is no setting {'x' * 60} in"),
        (f"port = 0x{'f' * 5_000}", "port in"),
    ],
    ids=["long number", "deep", "line break", "long name", "long number in hexadecimal"],
)
def test_odd_files_are_refused_with_one_sentence(file: Path, written: str, said: str) -> None:
    file.write_text(written)
    with pytest.raises(SettingsError) as refused:
        configured({}, file)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_variable_in_small_letters_is_another_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("bot_port", "x")
    monkeypatch.setenv("BOT_MAX_QUOTES", "2")
    found = configured({})
    assert (found.serving.port, found.answering.max_quotes) == (Serving().port, 2)
