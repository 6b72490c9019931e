"""What a Word file's properties say about it, as far as that can be believed."""

import re
from collections.abc import Sequence

from bot.reading.dates import iso_date
from bot.reading.docx.blocks import Row, Text, in_words
from bot.reading.docx.package import Package
from bot.reading.docx.xml import name
from bot.reading.layout import clean
from bot.reading.structure import Facts, heading_name

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Titles that programs and templates leave behind.
_JUNK = re.compile(
    r"microsoft word\b.*|word[- ]document|(?:document|dokument|documento|doc|title|slide)[ _-]?\d*"
    r"|(?:untitled|unbenannt|unnamed|sans titre|sin t[íi]tulo)\b.*|\W*|[\[<{].*[\]>}]|.*\btemplate\b.*"
    r"|normal|blank.*|(?:new|neues|nouveau) (?:microsoft word )?do[ck]ument.*"
    r"|(?:type|enter|insert|add) (?:your |the )?.*\btitle\b.*"
    r"|.*\.(?:docx?|docm|dot[xm]?|rtf|odt|pdf|indd|pub|txt|html?|tmp|p65)"
    r"|none|null|n/?a|default|test|powerpoint.*"
    # A file's name: no blanks, with underscores or a version.
    r"|\S*_\S*|[\w-]*\d[\w-]*",
    re.IGNORECASE,
)
_LONGEST_TITLE = 200
# Clocks that were never set.
_FIRST_YEAR = "1990"


def stated_facts(package: Package) -> Facts:
    """The core properties. Raises DocumentError where they are damaged."""
    root = package.related("", "core-properties")
    texts = {} if root is None else {element.tag: clean(element.text or "") for element in root}
    title = texts.get(name("dc:title")) or ""
    language = texts.get(name("dc:language")) or ""
    return Facts(
        title=None if len(title) > _LONGEST_TITLE or _JUNK.fullmatch(title) else title,
        published=_day(texts.get(name("dcterms:created"))),
        revised=_day(texts.get(name("dcterms:modified"))),
        language=language if _LANGUAGE.fullmatch(language) else "en",
    )


def believed_title(stated: str | None, blocks: Sequence[Text | Row]) -> str | None:
    """The stated title, unless the document shows another one or speaks of something else."""
    shown = next((block for block in blocks if isinstance(block, Text) and block.kind == "title"), None)
    if stated is None or shown is not None:
        name_shown = heading_name(shown.words).casefold() if shown is not None else ""
        return stated if stated is not None and name_shown in stated.casefold() else None
    headed = any(isinstance(block, Text) and block.kind == "heading" for block in blocks)
    words = _telling(stated)
    told = words & _telling(" ".join(map(in_words, blocks)))
    # Files are made from older ones and keep their title: then its words are not in the text.
    return None if headed and 2 * len(told) < len(words) else stated


def _telling(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _day(stated: str | None) -> str | None:
    day = iso_date(stated or "")
    return day if day is not None and day >= _FIRST_YEAR else None
