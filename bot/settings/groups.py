"""What an operator can set, with the defaults that ship."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from bot.settings.engine import Engine
from bot.settings.setting import Setting

_STARTER_CORPUS = Path(__file__).resolve().parents[2] / "corpus"
# What a browser sends as the name of the site, its port left out.
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?", re.IGNORECASE | re.ASCII)
# Whoever guesses shorter ones for a while may be lucky.
_SHORTEST_TOKEN = 32
_COUNT, _SHARE, _PORT = "a whole number from 0 on", "a number from 0 to 1", "a whole number from 0 to 65535"
_FROM_ONE = "a whole number from 1 on"
_MOST_COUNT = 999_999_999


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(value)
    return value.lower()


def _network(value: str) -> str:
    # Imported late: only one setting needs it, and every question would wait for it.
    import ipaddress

    return str(ipaddress.ip_network(value.strip()))


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError(value)
    return value


def _token(value: str) -> str:
    if len(value) < _SHORTEST_TOKEN or not value.isascii() or not value.isalnum():
        raise ValueError(value)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What the answers depend on.

    `answer_threshold` is the least calibrated probability, in [0, 1], of an answer at which passages are
    shown as one; below it they are shown as related where the probability that they are near the question
    reaches `related_threshold`. Higher values refuse more and are wrong less often. Phone numbers go into the
    fixed notices as they stand.
    """

    answer_threshold: Annotated[
        float, Setting("how probable an answer has to be to be shown as one", _SHARE, least=0, most=1)
    ] = 0.58
    related_threshold: Annotated[
        float,
        Setting("how probable it has to be that passages are near, to be shown", _SHARE, least=0, most=1),
    ] = 0.4
    max_quotes: Annotated[
        int, Setting("passages shown at most", "a whole number from 1 to 20", least=1, most=20)
    ] = 3
    max_question_chars: Annotated[
        int,
        Setting("characters of a question at most", "a whole number from 1 to 10000", least=1, most=10_000),
    ] = 4000
    emergency_phone: Annotated[
        str, Setting("whom to call, in the notice on emergencies", "a phone number in words", check=_filled)
    ] = "911 (US), 112 (EU) or 999 (UK)"
    crisis_phone: Annotated[
        str,
        Setting(
            "whom to call, in the notice on thoughts of suicide", "a phone number in words", check=_filled
        ),
    ] = "988 (US) or 116 123 (UK)"
    age_note_years: Annotated[
        int, Setting("a document is called old from so many years on", _COUNT, least=0, most=_MOST_COUNT)
    ] = 5


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the documents are, and what helps to find in them."""

    corpus: Annotated[Path, Setting("the folder of documents", "a folder that holds documents")] = (
        _STARTER_CORPUS
    )
    encoder: Annotated[
        str,
        Setting(
            "a folder with another sentence encoder in ONNX, or none for words alone",
            "a folder, none or built-in",
            check=_filled,
        ),
    ] = "built-in"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file may cost at most; it is left out where it costs more.

    The slowest honest file that was met, a Word file of 872 pages, took less than 60 seconds; 2 GB is ten
    times what a Word file may unpack to, for its tree.
    """

    reading_seconds: Annotated[
        float,
        Setting(
            "reading a file may take so long, a huge one twice that",
            "a number from 1 to 3600",
            least=1,
            most=3600,
        ),
    ] = 60.0
    reading_memory_mb: Annotated[
        int,
        Setting(
            "the memory that reading a file may take, where the system can bound it",
            "a whole number from 256 to 1000000",
            least=256,
            most=1_000_000,
        ),
    ] = 2048


@dataclass(frozen=True, slots=True)
class Talking:
    """Bounds on the conversations that are kept in memory."""

    conversations: Annotated[
        int,
        Setting(
            "conversations kept at once; the longest idle go first", _FROM_ONE, least=1, most=_MOST_COUNT
        ),
    ] = 2000
    conversation_turns: Annotated[
        int,
        Setting("questions that a conversation keeps", "a whole number from 1 to 1000", least=1, most=1000),
    ] = 20
    conversation_minutes: Annotated[
        float,
        Setting(
            "a conversation is forgotten so long after its last question",
            "a number from 1 to 100000",
            least=1,
            most=100_000,
        ),
    ] = 120.0


@dataclass(frozen=True, slots=True)
class Serving:
    """How the page is reached, by whom, and how often."""

    host: Annotated[str, Setting("the address to serve at", "an address of this machine", check=_filled)] = (
        "127.0.0.1"
    )
    port: Annotated[int, Setting("the port to serve at", _PORT, least=0, most=65_535)] = 7860
    names: Annotated[
        tuple[str, ...],
        Setting(
            "names that the page is reached by, besides the host's",
            "a name such as answers.example.org, without http:// and port",
            check=_name,
            option="name",
        ),
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...],
        Setting(
            "proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
            "an address or a network such as 10.0.0.5 or 10.0.0.0/24",
            check=_network,
            option="trusted_proxy",
        ),
    ] = ()
    per_minute: Annotated[
        int,
        Setting(
            "questions a minute from one address, or one /64 of IPv6; 0 for any number",
            _COUNT,
            least=0,
            most=_MOST_COUNT,
        ),
    ] = 60
    per_minute_in_total: Annotated[
        int,
        Setting(
            "questions a minute from all addresses but this machine's; 0 for any number",
            _COUNT,
            least=0,
            most=_MOST_COUNT,
        ),
    ] = 3000
    evaluator: Annotated[
        bool, Setting("serve /evaluate too, for evaluators, behind a link that is printed", "true or false")
    ] = False
    evaluator_open: Annotated[
        bool,
        Setting(
            "serve /evaluate to everybody: for a machine of your own, with no proxy before it",
            "true or false",
        ),
    ] = False
    evaluator_token: Annotated[
        str | None,
        Setting(
            "the evaluators' token, which is then not printed; a new one at each start without it",
            f"{_SHORTEST_TOKEN} letters and digits or more",
            check=_token,
            secret=True,
        ),
    ] = field(default=None, repr=False)
    evaluations: Annotated[
        Path | None,
        Setting(
            "where question sets and runs are kept; evaluations beside the corpus without it", "a folder"
        ),
    ] = None
    mcp: Annotated[
        bool,
        Setting("offer the tool ask_sources to agents at /gradio_api/mcp/; needs mcp", "true or false"),
    ] = False


@dataclass(frozen=True, slots=True)
class Watching:
    """What those who run the server see of it."""

    log_format: Annotated[
        Literal["text", "json"],
        Setting("how the log is written: sentences and key=value, or JSON lines", "text or json"),
    ] = "text"
    log_requests: Annotated[
        bool,
        Setting("a line of the log for each request: id, route, status, outcome, duration", "true or false"),
    ] = True
    metrics_port: Annotated[
        int | None,
        Setting(
            "the port of /metrics for Prometheus, and of /readyz; none without it",
            _PORT,
            least=0,
            most=65_535,
        ),
    ] = None
    metrics_host: Annotated[
        str, Setting("the address that /metrics is served at", "an address of this machine", check=_filled)
    ] = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that an operator can set."""

    sources: Sources = Sources()
    answering: Settings = Settings()
    reading: Reading = Reading()
    talking: Talking = Talking()
    serving: Serving = Serving()
    watching: Watching = Watching()
    engine: Engine = field(default_factory=Engine)


GROUPS = (Sources, Serving, Settings, Reading, Talking, Watching, Engine)
