"""A folder with TREC topics, qrels and documents in, entries and documents out."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.errors import QuestionSetError
from bot.evaluation.faults import Faults
from bot.evaluation.formats.entries import Carried, Entries, Entry
from bot.evaluation.formats.judgements import read_judgements
from bot.evaluation.formats.tags import Element, elements, plain
from bot.evaluation.quoting import quoted
from bot.evaluation.rows import numbered_lines, quoted_name

NUMBER = re.compile(r"<num>\s*(?:Number:\s*)?([^\s<]+)", re.IGNORECASE)
TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]+)", re.IGNORECASE)
# What is asked, by the elements that tracks have for it: a whole question rather than a few words.
ASKED = ("question", "summary", "title", "query", "description")
# What documents have for a heading.
HEADS = ("headline", "head", "title", "ti")
# A file of documents of TREC's own disks has a megabyte.
MOST_BYTES = 500_000_000


def read(path: Path) -> Entries:
    """The topics of a folder that holds one file named *topics* and one named *qrels*.

    Topics are `<top>` blocks, of which the title is asked, `<topic>` elements with a number, or lines of
    number, tab and question. Raises QuestionSetError.
    """
    topics, qrels = _only(path, "topics"), _only(path, "qrels")
    judgements = read_judgements(qrels)
    faults = Faults()
    entries = tuple(
        Entry(where, number, question, answers=judgements.get(number, ()), judged=number in judgements)
        for where, number, question in _topics(topics, faults)
    )
    asked = {entry.id for entry in entries}
    for number in judgements:
        with faults.noted():
            if number not in asked and not faults.sentences:
                raise QuestionSetError(
                    f"{quoted_name(qrels)}: the topic {quoted(number)} is judged but not in"
                    f" {quoted_name(topics)}; use files that belong together."
                )
    return Entries(entries, faults=faults.sentences)


def carried(path: Path) -> Iterator[Carried]:
    """The documents in the folder and those inside it: `<DOC>` elements with their `<DOCNO>`."""
    for file in sorted(path.rglob("*")):
        if not file.is_file() or any(word in file.name.lower() for word in ("topics", "qrels")):
            continue
        text = "".join(line for _, line in numbered_lines(file, longest=MOST_BYTES))
        for document in elements(text, "doc"):
            name, words = document.words("docno"), _words_of(document)
            if name and words:
                yield Carried(name, f"{words}\n")


def _words_of(document: Element) -> str:
    """The heading, then the paragraphs of the text."""
    body = "\n\n".join(element.content for element in elements(document.content, "text"))
    paragraphs = [plain(part) for part in re.split(r"\n\s*\n|<p>", body, flags=re.IGNORECASE)]
    return "\n\n".join(part for part in (document.words(*HEADS), *paragraphs) if part)


def _only(folder: Path, word: str) -> Path:
    found = sorted(path for path in folder.iterdir() if word in path.name.lower() and path.is_file())
    if len(found) != 1:
        raise QuestionSetError(
            f'{quoted_name(folder)}: {len(found)} files have "{word}" in their name; there must be one.'
        )
    return found[0]


def _topics(path: Path, faults: Faults) -> Iterator[tuple[str, str, str]]:
    """Where each topic stands, its number and its question; what is wrong is noted."""
    name, lines = quoted_name(path), list(numbered_lines(path))
    text = "".join(line for _, line in lines)
    if any(elements(text, "topic")):
        yield from _xml_topics(name, text, faults)
        return
    if "<top>" not in text.lower():
        for number, line in lines:
            topic, tab, question = line.strip().partition("\t")
            with faults.noted():
                if line.strip() and not (tab and question.strip()):
                    raise QuestionSetError(
                        f"{name}, line {number}: write the number, a tab and the question."
                    )
                if line.strip():
                    yield f"{name}, line {number}", topic, question.strip()
    for block in elements(text, "top"):
        where = f"{name}, line {block.line}"
        topic_number, title = NUMBER.search(block.content), TITLE.search(block.content)
        with faults.noted():
            if topic_number is None or title is None or not title[1].strip():
                raise QuestionSetError(f"{where}: the topic needs <num> and <title>; add what is missing.")
            yield where, topic_number[1], " ".join(title[1].split())


def _xml_topics(name: str, text: str, faults: Faults) -> Iterator[tuple[str, str, str]]:
    for topic in elements(text, "topic"):
        where = f"{name}, line {topic.line}"
        inside = NUMBER.search(topic.content)
        number = topic.attribute("number", "id", "qid", "num") or (inside[1] if inside else None)
        question = topic.words(*ASKED) or plain(topic.content)
        with faults.noted():
            if number is None or not question:
                raise QuestionSetError(
                    f"{where}: the topic needs a number and a question; add what is missing."
                )
            yield where, number, question
