"""The tags, comments and texts of some HTML with their places in the document.

The parsers of the standard library and of lxml either do not tell where a text stands or take minutes over
what was made to keep them busy; the few forms that matter here are matched in stretches of bounded length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Elements that have no content and no closing tag.
VOID = "area base br col embed hr img input link meta param source track wbr"
_UNSEEN = "script style template iframe object svg math canvas audio video select textarea title head nav"
_NOT_MARKUP = "script style textarea title"
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:[\w-]*[-_])?(?:warning|alert|caution|danger|important|callout|admonition|notice)(?:[-_][\w-]*)?",
    re.IGNORECASE,
)
_NOTE_NAMES = "aside callout admonition note warning caution danger tip info alert important hint notice"
# What programs for documentation show as tabs and panels: `<TabItem label="Adults">`.
PANELS = "tab tabitem tabpanel accordion accordionitem accordionpanel expandable collapsible collapse panel"
_TITLE = re.compile(
    r"\s(?:label|title|header|heading|summary|name)\s*=\s*(?:\{\s*)?(?P<quote>[\"'])"
    r"(?P<told>(?:(?!(?P=quote)).)*\w(?:(?!(?P=quote)).)*)"
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LONGEST_TAG = 4000
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")
# What stands at the ends of a text and is no word: white space, and the mark of a quotation around the HTML.
_BEFORE_WORDS = re.compile(r"(?:[\s>]|&(?:nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|#160|#xA0);)*", re.IGNORECASE)
_AFTER_WORDS = ("&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&shy;", "&zwj;", "&zwnj;", "&#160;", "&#xA0;")


@dataclass(frozen=True, slots=True)
class Event:
    """A tag, a comment or a stretch of text, with what the element is that a tag opens.

    `title` is where the tag itself tells what stands above the element on the page.
    """

    kind: Literal["open", "close", "text", "comment"]
    start: int
    end: int
    name: str = ""
    unseen: bool = False
    note: bool = False
    title: tuple[int, int] | None = None


def scanned(text: str, start: int, end: int) -> Iterator[Event]:
    """The tags, comments and texts of `text[start:end]`; texts without the white space around them."""
    while start < end:
        tag = _TAG.match(text, start, min(end, start + _LONGEST_TAG))
        stop = _comment_end(text, start, end)
        if tag is not None:
            event = _tag(tag)
            yield event
            opens_text = event.kind == "open" and event.name in _NOT_MARKUP.split()
            start = _content_end(text, event, end) if opens_text else event.end
        elif stop:
            yield Event("comment", start, stop)
            start = stop
        else:
            # A "<" that opens no tag is a sign like others.
            found = text.find("<", start + 1, end)
            stop = found if found >= 0 else end
            yield from _words(text, start, stop)
            start = stop


def _comment_end(text: str, start: int, end: int) -> int:
    """Where the comment or declaration that begins here ends; 0 if none begins."""
    if text.startswith("<!--", start):
        closing = text.find("-->", start, end)
        return closing + 3 if closing >= 0 else end
    if text.startswith(("<!", "<?"), start):
        return text.find(">", start, min(end, start + _LONGEST_TAG)) + 1
    return 0


def _tag(tag: re.Match[str]) -> Event:
    slash, name, inside = tag.groups()
    name = name.lower()
    if slash:
        return Event("close", tag.start(), tag.end(), name)
    values = {found[0].lower(): "".join(found[1:]) for found in _ATTRIBUTE.findall(inside)}
    unseen = (
        name in _UNSEEN.split()
        or "hidden" in values
        or values.get("aria-hidden") == "true"
        or _UNSEEN_STYLE.search(values.get("style", "")) is not None
    )
    classes = values.get("class", values.get("classname", "")).split()
    note = name in _NOTE_NAMES.split() or any(map(_NOTE.fullmatch, classes))
    title = _TITLE.search(tag[0]) if name in PANELS.split() else None
    span = None if title is None else (tag.start() + title.start("told"), tag.start() + title.end("told"))
    return Event("open", tag.start(), tag.end(), name, unseen=unseen, note=note, title=span)


def _content_end(text: str, event: Event, end: int) -> int:
    """Where an element without markup inside is closed."""
    closing = re.compile(rf"</{event.name}", re.IGNORECASE).search(text, event.end, end)
    return closing.start() if closing else end


def _words(text: str, start: int, end: int) -> Iterator[Event]:
    blank = _BEFORE_WORDS.match(text, start, end)
    start = blank.end() if blank else start
    words = text[start:end].rstrip()
    while words.endswith(_AFTER_WORDS):
        words = words[: words.rindex("&")].rstrip()
    if words:
        yield Event("text", start, start + len(words))
