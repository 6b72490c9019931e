"""A folder with TREC topics and qrels in, entries out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import Entries, Entry
from bot.evaluation.formats.judgements import read_judgements
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import numbered_lines, quoted_name

# No pattern looks past the next sign that could begin or end an element: what is never closed would be
# gone through once for each time that it is opened.
TOPIC = re.compile(r"<top>()|</top>", re.IGNORECASE)
NUMBER = re.compile(r"<num>\s*(?:Number:\s*)?([^\s<]+)", re.IGNORECASE)
XML = re.compile(r"<topic\b([^<>]*)>|</topic>", re.IGNORECASE)
XML_NUMBER = re.compile(r"""\b(?:number|id|qid|num)\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
# What is asked, by the elements that tracks have for it: a whole question rather than a few words.
ASKED = ("question", "summary", "title", "query", "description")
TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Element:
    """One topic, and the line that it begins on."""

    line: int
    attributes: str
    inner: str


def read(path: Path) -> Entries:
    """The topics of a folder that holds one file named *topics* and one named *qrels*.

    Topics are `<top>` blocks, of which the title is asked, `<topic>` elements with a number, or lines of
    number, tab and question. Raises QuestionSetError.
    """
    topics, qrels = _only(path, "topics"), _only(path, "qrels")
    judgements = read_judgements(qrels)
    entries = tuple(
        Entry(where, number, question, answers=judgements.get(number, ()), judged=number in judgements)
        for where, number, question in _topics(topics)
    )
    asked = {entry.id for entry in entries}
    lost = next((number for number in judgements if number not in asked), None)
    if lost is not None:
        raise QuestionSetError(
            f"{quoted_name(qrels)}: the topic {quoted(lost)} is judged but not in {quoted_name(topics)};"
            " use files that belong together."
        )
    return Entries(entries)


def _only(folder: Path, word: str) -> Path:
    found = sorted(path for path in folder.iterdir() if word in path.name.lower() and path.is_file())
    if len(found) != 1:
        raise QuestionSetError(
            f'{quoted_name(folder)}: {len(found)} files have "{word}" in their name; there must be one.'
        )
    return found[0]


def _topics(path: Path) -> Iterator[tuple[str, str, str]]:
    """Where each topic stands, its number and its question."""
    name, lines = quoted_name(path), list(numbered_lines(path))
    text = "".join(line for _, line in lines)
    if "</topic>" in text.lower():
        yield from _xml_topics(name, text)
        return
    if "<top>" not in text.lower():
        for number, line in lines:
            topic, tab, question = line.strip().partition("\t")
            if line.strip() and not (tab and question.strip()):
                raise QuestionSetError(f"{name}, line {number}: write the number, a tab and the question.")
            if line.strip():
                yield f"{name}, line {number}", topic, question.strip()
    for block in _elements(TOPIC, text):
        where = f"{name}, line {block.line}"
        topic_number, title = NUMBER.search(block.inner), TITLE.search(block.inner)
        if topic_number is None or title is None or not title[1].strip():
            raise QuestionSetError(f"{where}: the topic needs <num> and <title>; add what is missing.")
        yield where, topic_number[1], " ".join(title[1].split())


def _xml_topics(name: str, text: str) -> Iterator[tuple[str, str, str]]:
    for block in _elements(XML, text):
        where = f"{name}, line {block.line}"
        number = XML_NUMBER.search(block.attributes) or NUMBER.search(block.inner)
        found = (_element(block.inner, element) for element in ASKED)
        question = next(
            (words for words in found if words), _element(f"<topic>{block.inner}</topic>", "topic")
        )
        if number is None or not question:
            raise QuestionSetError(f"{where}: the topic needs a number and a question; add what is missing.")
        yield where, number[1].strip(), question


def _elements(marks: re.Pattern[str], text: str) -> Iterator[_Element]:
    """The elements of a text, each from where it opens to the next mark that closes one."""
    opened: re.Match[str] | None = None
    line, counted = 1, 0
    for mark in marks.finditer(text):
        opens = mark[1] is not None
        if opens and opened is None:
            opened = mark
        elif not opens and opened is not None:
            line += text.count("\n", counted, opened.start())
            counted = opened.start()
            yield _Element(line, opened[1], text[opened.end() : mark.start()])
            opened = None


def _element(text: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^<>]*>([^<]*)</{name}>", text, re.DOTALL | re.IGNORECASE)
    return " ".join(unescape(found[1]).split()) if found else ""
