"""The bullets and numbers that stand before the items of a list."""

import re

BULLET = "•"
# A box of a form that is ticked, and one that is not.
TICKED, UNTICKED = "[x]", "[ ]"
_DASHES = r"\-–—*"
_SIGNS = "•‣◦▪▫●○·∙■□◆◇►▶➢➤➔→✓✔✗✘❖❑❒☐☑☒♦⁃⚫⬤\uf000-\uf0ff\x7f�"
_NUMBER = (
    r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})\)|(?:\d{1,2}|[A-Za-z]|[ivx]{1,5})\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)
_STEP = r"(?:Step|Stage|Phase|Day|Week) \d{1,2}"
_LONE = re.compile(rf"[{_SIGNS}{_DASHES}o]|{_NUMBER}|{_STEP}[.:]?")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_INLINE = re.compile(
    rf"([{_SIGNS}]|[{_DASHES}](?=\s)|(?:{_NUMBER})(?=\s)|{_STEP}(?:[.:](?=\s)|(?= [A-Z][a-z])))\s*(?=\S)"
)
_COUNTS = re.compile(r"[0-9A-Za-z]")
_TELLING = "✓✔✗✘☑☒"
_FIRST = re.compile(r"\(?(?:1|a|A|i)[.)]|1\.1\.?|1|[A-Z][a-z]+ 1[.:]?")


def lone_mark(text: str) -> bool:
    """Whether a text that stands apart is a mark and nothing else."""
    return len(text) <= 10 and _LONE.fullmatch(text) is not None


def bare_number(text: str) -> bool:
    """Whether a text that stands apart is a number without a dot or a bracket, as designers set steps."""
    return _BARE_NUMBER.fullmatch(text) is not None


def inline_mark(text: str) -> tuple[str, str] | None:
    """The mark that a line starts with and the words behind it."""
    match = _INLINE.match(text)
    return (match[1], text[match.end() :]) if match else None


def is_number(mark: str) -> bool:
    """Whether a mark counts its item, so that other text may speak of it ("repeat step 4")."""
    return mark != "o" and _COUNTS.search(mark) is not None


def is_told(mark: str) -> bool:
    """Whether an item says less without its mark: its number, or the cross before what not to do."""
    return is_number(mark) or mark in _TELLING


def is_certain(mark: str) -> bool:
    """Whether a mark is one wherever it stands: a sentence may go on with a dash or a number."""
    return mark[:1] not in _DASHES and (not is_number(mark) or _FIRST.fullmatch(mark) is not None)
