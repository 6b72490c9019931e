"""What of a Markdown paragraph is words: directives to the program that shows it are none."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

_LINE = re.compile(r"[^\r\n]+")
# The longest directive; a longer line is a paragraph, whatever it begins with.
_LONGEST_DIRECTIVE = 500
_DIRECTIVE = re.compile(
    # Jekyll, Hugo and Kramdown; tables of contents; comments of Obsidian and of HTML; MDX.
    r"\{%.*%\}|\{\{.*\}\}|\{:.*\}|\[\[?_?TOC_?\]\]?|\{?:?toc\}?|%%.*%%|<!--.*-->"
    r"|import\s[^'\"]*['\"][^'\"]*['\"];?|export\s+(?:const|default|function)\b.*|\^[\w-]+|:{3,}.*"
    r"|\\(?:newpage|pagebreak)|!{3,}|<a\s[^<>]*>\s*</a>|<br ?/?>",
    re.IGNORECASE,
)
# What a directive that opens a box writes above it.
_TITLE = re.compile(
    r"\b(?:title|header|heading|summary)\s*=\s*(?P<quote>[\"'])(?P<told>(?:(?!(?P=quote)).)+)"
)
_FEWEST_WORDS_OF_A_TITLE = 2
_PICTURE = re.compile(
    r"!\[\[[^\]]*\]\]|\[?!\[(?P<told>[^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?(?:\]\([^)]*\))?(?:\{[^{}]*\})?"
)
_FEWEST_WORDS_OF_A_DESCRIPTION = 5
# What is no word at the ends of a paragraph: comments, line breaks and targets of links.
_BEFORE = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->|<br ?/?>|<a\s[^<>]*>\s*</a>)", re.DOTALL | re.IGNORECASE)
_AFTER = re.compile(r"(?:<!--(?:(?!-->).)*-->|<br ?/?>|<a\s[^<>]*>\s*</a>)\s*", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(?P<name>[a-z]+)(?:\s[^<>]*)?>(?P<words>[^<>]+)</(?P=name)>", re.IGNORECASE)
_IDENTIFIER = re.compile(r"\s*\{[#.:][^{}]*\}\s*$")
_TASK = re.compile(r"\[[ xX]\]\s+(?=\S)")


def spoken(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that are words, one for each part between lines that are none."""
    first: int | None = None
    last = start
    for line in _LINE.finditer(text, start, end):
        inner = line.group().lstrip(" \t>")
        told = _told(inner.rstrip())
        if told is None:
            first, last = line.start() if first is None else first, line.end()
            continue
        if first is not None:
            yield from _trimmed(text, first, last)
            first = None
        begin = line.end() - len(inner)
        yield from _trimmed(text, begin + told[0], begin + told[1])
    if first is not None:
        yield from _trimmed(text, first, last)


def _told(line: str) -> tuple[int, int] | None:
    """What a line that is a directive or a picture tells, an empty span if nothing; None for words."""
    if len(line) > _LONGEST_DIRECTIVE:
        return None
    if _DIRECTIVE.fullmatch(line):
        title = _TITLE.search(line)
        stated = title is not None and len(title.group("told").split()) >= _FEWEST_WORDS_OF_A_TITLE
        return title.span("told") if title and stated else (0, 0)
    picture = _PICTURE.match(line)
    if picture is None or _PICTURE.sub("", line).strip():
        return None
    told = picture.group("told") or ""
    return picture.span("told") if len(told.split()) >= _FEWEST_WORDS_OF_A_DESCRIPTION else (0, 0)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without white space and what is no word at its ends, if anything is left of it."""
    while before := _BEFORE.match(text, start, end):
        start = before.end()
    opening = text.rfind("<", start, end)
    while opening >= start and _AFTER.fullmatch(text, opening, end):
        end = opening
        opening = text.rfind("<", start, end)
    element = _ELEMENT.fullmatch(text[start:end].strip())
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip())
    end -= len(whole) - len(whole.rstrip())
    if element is not None:
        start, end = start + element.start("words"), start + element.end("words")
        yield from _trimmed(text, start, end)
    elif start < end:
        yield start, end


def after_task_box(text: str, start: int, end: int) -> int:
    """Where the words of an item begin behind the box that is ticked when it is done."""
    box = _TASK.match(text, start, end)
    return box.end() if box else start


def plain(content: str) -> str:
    """A heading's words without the marks for bold, links, tags and the like."""
    inline = MarkdownIt("commonmark").parseInline(_IDENTIFIER.sub("", content))[0]
    words = (
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
        if child.type != "html_inline"
    )
    return " ".join("".join(words).split())
