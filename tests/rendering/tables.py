"""A document with a note and a dose table that is too long for one passage, made without a reader."""

import hashlib

from bot.assistant import Assistant
from bot.records import Block, BlockKind, Corpus, Document, Section

HEADER = "Weight | Morning | Noon | Evening"
QUESTION = "How much fennel syrup for a child of 31 kg?"
NOTE = "Never give fennel syrup to a child under one year."
ROWS = [
    f"{weight} kg | {weight // 4} ml |  | {weight // 5} ml of the fennel syrup" for weight in range(8, 56)
]


def document(header: str = HEADER, rows: list[str] | None = None) -> Document:
    """The document; a row's blank cells keep their place."""
    blocks: list[tuple[BlockKind, str, bool]] = [
        ("paragraph", "Fennel syrup for children is given by weight, with a spoon that has marks.", False),
        ("note", NOTE, False),
        ("row", header, True),
        *(("row", row, False) for row in (ROWS if rows is None else rows)),
    ]
    text, found = "Doses of fennel syrup", []
    for place, (kind, words, is_header) in enumerate(blocks):
        text += "\n" if kind == "row" and place > 2 else "\n\n"
        found.append(Block(kind, len(text), len(text) + len(words), header=is_header))
        text += words
    section = Section(("Doses of fennel syrup",), 0, len(text), tuple(found))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("fennel.docx", "Fennel syrup", text, (section,), digest=digest)


def assistant(made: Document) -> Assistant:
    """An assistant over that document alone."""
    return Assistant(Corpus((made,), made.digest))
