"""A library and its questions in, a folder about one illness out: a document for each thing told of it.

The documents are cut from one document of the library, along the answers of the library's questions. What the
folder is asked is written here, in `topics/`: our own words, with the answers as places in the documents.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from bot.errors import CorpusError, DocumentError
from bot.evaluation.rows import Row, json_rows
from bot.learning.asked_lines import AskedLine, Folder, Page, Place
from bot.reading.markdown import read
from bot.records import Document

_TITLES = {
    "information": "About",
    "symptoms": "Signs and symptoms of",
    "treatment": "Treatment of",
    "causes": "Causes of",
    "exams and tests": "Tests for",
    "susceptibility": "Who is at risk of",
    "prevention": "Preventing",
    "complications": "Complications of",
    "considerations": "Living with",
    "outlook": "Outlook for people with",
    "research": "Research on",
    "frequency": "How common is",
    "support groups": "Help for people with",
    "stages": "Stages of",
    "genetic changes": "Genes in",
    "inheritance": "Inheritance of",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """An illness that a document of a library is about; `name` is that of its questions in `topics/`."""

    name: str
    library: str
    doc: str


# Illnesses of which the libraries tell most kinds of things, at length.
TOPICS = (
    Topic("nhlbi-asthma", "nhlbi", "0000010.md"),
    Topic("nhlbi-angina", "nhlbi", "0000004.md"),
    Topic("nhlbi-atrial", "nhlbi", "0000013.md"),
    Topic("niddk-celiac", "niddk", "0000088.md"),
    Topic("niddk-crohn", "niddk", "0000093.md"),
    Topic("niddk-uti", "niddk", "0000214.md"),
)


def topic_folder(topic: Topic, libraries: Path) -> Folder:
    """The folder of one illness; raises CorpusError and QuestionSetError for a library that does not fit."""
    library = libraries / topic.library
    path = library / "corpus" / topic.doc
    try:
        document = read(path, topic.doc)
    except DocumentError as error:
        raise CorpusError(f"{path}: {error}.") from error
    pages = tuple(_pages(document, library / "questions.jsonl"))
    with as_file(files("bot.learning").joinpath("topics", f"{topic.name}.jsonl")) as own:
        asked = tuple(_asked(row, {page.name: page.text for page in pages}) for row in json_rows(own))
    return Folder(pages, asked)


def _pages(document: Document, questions: Path) -> Iterator[Page]:
    """A page for each kind of question that the document answers: the first answer of that kind."""
    kinds = set()
    for row in json_rows(questions):
        for answer in row.rows("answers"):
            kind = row.text("kind", default="all")
            if answer.text("doc") != document.id or kind in kinds:
                continue
            kinds.add(kind)
            start, end = _span(answer, document.text)
            title = f"{_TITLES.get(kind, 'About')} {document.title}"
            body = document.text[start:end].strip()
            yield Page(f"{kind.replace(' ', '-')}.md", f"# {title}\n\n{body}\n")


def _asked(row: Row, texts: Mapping[str, str]) -> AskedLine:
    answers = []
    for answer in row.rows("answers"):
        doc = answer.text("doc")
        if doc not in texts:
            answer.fail(f"the library makes no document {doc}; use the library that was asked about.")
        answers.append(Place(doc, *_span(answer, texts[doc])))
    return AskedLine(row.text("id"), row.text("question"), row.text("kind"), tuple(answers))


def _span(answer: Row, text: str) -> tuple[int, int]:
    start, end = answer.integer("start"), answer.integer("end")
    if not 0 <= start < end <= len(text):
        answer.fail(f"{start} to {end} is not inside its document; use the library that was asked about.")
    return start, end
