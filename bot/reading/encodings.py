"""Which encoding a text that is not in UTF-8 was written in, and text that was read in the wrong one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

# Western Europe as Windows and as the Macintosh wrote it, Central Europe, and DOS; Python's names.
_WINDOWS, _MACINTOSH, _CENTRAL_WINDOWS, _CENTRAL_ISO, _DOS = (
    "cp1252",
    "mac_roman",
    "cp1250",
    "iso8859_2",
    "cp850",
)
_OTHER_SCRIPTS = (
    *("cp1251", "koi8_r", "iso8859_5", "cp866", "cp1253", "cp1255", "cp1256"),
    *("cp932", "gb18030"),
)
_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "iso8859_2": "ISO-8859-2",
    "iso8859_5": "ISO-8859-5",
    "mac_roman": "Mac Roman",
    "cp850": "IBM850",
    "cp866": "IBM866",
    "cp932": "CP932",
    "gb18030": "GB18030",
    "koi8_r": "KOI8-R",
}
_CENTRAL_LANGUAGES = ("Polish", "Czech", "Slovak", "Hungarian", "Slovene", "Croatian", "Romanian")
# How much better than Windows-1252 another encoding has to make a language of it; chance makes .02.
_CLEARLY = 0.03
# Languages with accents have one in less than so many letters. In plain English the signs of a wrong encoding
# are too few to be noticed: there, only the surroundings of other letters are weighed.
_USUAL_LETTERS = 50
_BEYOND_ASCII = re.compile(rb"[\x80-\xff][^\r\n]{0,60}")
_BYTES_BEFORE = 30
_MOST_SURROUNDINGS = 1000
# A sign or two tell little: then Word and Notepad, which write Windows-1252, are likelier than all others.
_FEWEST_SIGNS = 3
# The apostrophe of "don't" as the Macintosh wrote it; in Windows-1252 it is a capital letter.
_MACINTOSH_APOSTROPHE = re.compile(rb"[a-z]\xd5[a-z]")
# Where English text has signs beyond ASCII: quotation marks and dashes at the edges of words, currencies
# before figures and degrees after them, accented letters within words, bullets before lines.
_IN_PLACE = re.compile(
    "(?<=[A-Za-z])’(?=[a-z])|(?<=[\\w.,;!?%)])[’”…™®](?!\\w)|(?<!\\w)[‘“](?=\\w)|(?<=[ \\w])[–—](?=[ \\w])"
    "|[£€](?= ?\\d)|(?<=\\d)(?:[½¼¾°º²³]| ?[°µ×±≤≥÷])|[½¼¾©±≤≥](?= ?\\w)|^[ \\t]*[•·–—](?=[ \\t])"
    "|(?<=[a-z])[à-öø-ÿœ](?![A-Z\\d])|(?<![a-z])[À-ÖØ-Þà-öø-ÿ](?=[a-z])",
    re.MULTILINE,
)
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_WEIGHED_BYTES = 64 * 1024
_NOT_ASCII = re.compile(r"[\x80-\U0010ffff]{2,}")
# What Western text has beyond ASCII: letters with accents, quotation marks, dashes, signs.
_WESTERN = re.compile("[\xa0-\xff\u0152\u0153\u2010-\u2026\u20ac\u2122\u2212\u2264\u2265]+")


@dataclass(frozen=True, slots=True)
class _Guess:
    """`likeness` is how much like the language the text is, from 0 to 1."""

    encoding: str
    language: str
    likeness: float


def guessed(data: bytes) -> str | None:
    """The encoding that bytes are most likely in, as it is commonly named; None where it cannot be told.

    Bytes that are mostly UTF-8 are in none: any other would garble what is right.
    """
    if _mostly_utf8(data):
        return None
    sample = data[:_WEIGHED_BYTES]
    found = _other_script(sample) if _has_other_script(sample) else _western(data)
    return _NAMES[found] if found and _decodes(data, found) else None


def garbled(text: str) -> re.Match[str] | None:
    """The first letters that are UTF-8 read as Windows-1252 and saved again."""
    for found in _NOT_ASCII.finditer(text):
        try:
            meant = found.group().encode(_WINDOWS).decode("utf-8")
        except UnicodeError:
            continue
        if _WESTERN.fullmatch(meant):
            return found
    return None


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    strays = text.count("\N{REPLACEMENT CHARACTER}")
    good = sum(sign > "\x7f" for sign in text) - strays
    return good > 0 and good >= strays


def _has_other_script(sample: bytes) -> bool:
    """Whether letters that are not Latin stand side by side, as they do in words of another script."""
    # A rule of dashes or an indent of wide spaces is one sign over and over.
    runs = sum(len(run) for run in _RUN.findall(sample) if len(set(run)) > 2)
    return 2 * runs > sum(byte >= 0x80 for byte in sample)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _western(data: bytes) -> str | None:
    """The likeliest Western encoding, unless another puts more signs where they belong."""
    sample = _telling(data)
    likeliest = _likeliest(data, sample)
    english = [name for name in (_WINDOWS, _MACINTOSH, _DOS) if _decodes(data, name)]
    if likeliest is None or likeliest not in english:
        return likeliest
    in_place = {name: len(_IN_PLACE.findall(sample.decode(name, errors="replace"))) for name in english}
    best = max(english, key=lambda name: (in_place[name], name == likeliest))
    return best if in_place[best] > in_place[likeliest] else likeliest


def _likeliest(data: bytes, sample: bytes) -> str | None:
    # Only the Windows encodings have letters and quotation marks among these bytes.
    central = _CENTRAL_WINDOWS if re.search(rb"[\x80-\x9f]", data) else _CENTRAL_ISO
    preferred = tuple(name for name in (_WINDOWS, _MACINTOSH, central, _DOS) if _decodes(data, name))
    if _MACINTOSH_APOSTROPHE.search(sample):
        return _MACINTOSH
    if len({byte for byte in sample if byte >= 0x80}) < _FEWEST_SIGNS:
        return next(iter(preferred), None)
    guesses = [
        guess
        for guess in _guesses(sample, preferred)
        if guess.encoding != central or guess.language in _CENTRAL_LANGUAGES
    ]
    if not guesses:
        return next(iter(preferred), None)
    best = max(guesses, key=lambda guess: (guess.likeness, -preferred.index(guess.encoding)))
    windows = next((guess for guess in guesses if guess.encoding == _WINDOWS), None)
    if windows is None:
        return best.encoding
    if best.encoding == central and best.likeness >= windows.likeness + _CLEARLY:
        return central
    return _WINDOWS


def _telling(data: bytes) -> bytes:
    """A part of the data that has many bytes beyond ASCII for its length."""
    beyond = sum(byte >= 0x80 for byte in data[:_WEIGHED_BYTES])
    if beyond * _USUAL_LETTERS > len(data[:_WEIGHED_BYTES]):
        return data[:_WEIGHED_BYTES]
    found = islice(_BEYOND_ASCII.finditer(data), _MOST_SURROUNDINGS)
    return b"\n".join(data[max(match.start() - _BYTES_BEFORE, 0) : match.end()] for match in found)


def _other_script(sample: bytes) -> str | None:
    guesses = _guesses(sample, _OTHER_SCRIPTS)
    best = max(guesses, key=lambda guess: guess.likeness, default=None)
    # A word or two make sense in many encodings; nobody could tell from the quote that it is the wrong one.
    return best.encoding if best and (best.likeness > 0 or len(guesses) == 1) else None


def _guesses(sample: bytes, encodings: Sequence[str]) -> list[_Guess]:
    """What the bytes may be in, of some encodings: those that leave the fewest signs out of place."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(encodings), enable_fallback=False)
    least = min((match.chaos for match in found), default=0.0)
    return [
        _Guess(name, match.language, match.coherence)
        for match in found
        if match.chaos <= least
        for name in match.could_be_from_charset
        if name in encodings
    ]
