"""A folder with TREC topics and qrels in, entries out."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.formats.entries import Entries, Entry
from bot.evaluation.formats.judgements import read_judgements
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import numbered_lines, quoted_name

TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
XML = re.compile(r"<topic\b([^>]*)>(.*?)</topic>", re.DOTALL | re.IGNORECASE)
XML_NUMBER = re.compile(r"""\b(?:number|id|qid|num)\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
# What is asked, by the elements that tracks have for it: a whole question rather than a few words.
ASKED = ("question", "summary", "title", "query", "description")
TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]+)", re.IGNORECASE)


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
    lost = next((number for number in judgements if number not in {entry.id for entry in entries}), None)
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
    if XML.search(text):
        yield from _xml_topics(name, text)
        return
    if "<top>" not in text.lower():
        for number, line in lines:
            topic, tab, question = line.strip().partition("\t")
            if line.strip() and not (tab and question.strip()):
                raise QuestionSetError(f"{name}, line {number}: write the number, a tab and the question.")
            if line.strip():
                yield f"{name}, line {number}", topic, question.strip()
    for block in TOPIC.finditer(text):
        where = f"{name}, line {text.count(chr(10), 0, block.start()) + 1}"
        topic_number, title = NUMBER.search(block[1]), TITLE.search(block[1])
        if topic_number is None or title is None or not title[1].strip():
            raise QuestionSetError(f"{where}: the topic needs <num> and <title>; add what is missing.")
        yield where, topic_number[1], " ".join(title[1].split())


def _xml_topics(name: str, text: str) -> Iterator[tuple[str, str, str]]:
    for block in XML.finditer(text):
        where = f"{name}, line {text.count(chr(10), 0, block.start()) + 1}"
        number = XML_NUMBER.search(block[1]) or NUMBER.search(block[2])
        found = (_element(block[2], element) for element in ASKED)
        question = next((words for words in found if words), _element(f"<topic>{block[2]}</topic>", "topic"))
        if number is None or not question:
            raise QuestionSetError(f"{where}: the topic needs a number and a question; add what is missing.")
        yield where, number[1].strip(), question


def _element(text: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>([^<]*)</{name}>", text, re.DOTALL | re.IGNORECASE)
    return " ".join(unescape(found[1]).split()) if found else ""
