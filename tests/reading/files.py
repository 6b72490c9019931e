"""Small files in the formats that are not text, made by hand so that tests need no program to write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.library.reading import Reading, attempt, decoded
from bot.records import Document


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on a page: `down` points below the line above."""

    words: str
    size: int = 11
    bold: bool = False
    down: int = 14


def pdf(pages: Sequence[Sequence[Printed]], *, title: str = "") -> bytes:
    """A PDF with these lines."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        f"<< /Title ({title}) /CreationDate (D:20190402101500Z) /ModDate (D:20210517101500Z) >>",
    ]
    for number, lines in enumerate(pages):
        stream = _stream(lines)
        fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        content = f"{7 + 2 * number} 0 R"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} /Resources {fonts} >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _file(objects)


def _stream(lines: Sequence[Printed]) -> str:
    height = 800
    drawn = []
    for line in lines:
        height -= line.down
        words = line.words.replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F{1 + line.bold} {line.size} Tf 1 0 0 1 60 {height} Tm ({words}) Tj ET")
    return "\n".join(drawn)


def _file(objects: Sequence[str]) -> bytes:
    parts, places = ["%PDF-1.4\n"], []
    for number, content in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{content}\nendobj\n")
    start = sum(map(len, parts))
    size = len(objects) + 1
    parts.append(f"xref\n0 {size}\n0000000000 65535 f \n")
    parts.extend(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"trailer << /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n")
    return "".join(parts).encode("latin-1")


def read_one(folder: Path, name: str, content: str | bytes) -> Document:
    """The document that a file with this content becomes, read in the test's own process."""
    reading = _reading(folder, name, content)
    assert reading.document is not None, reading.refusal
    return reading.document


def problem(folder: Path, name: str, content: str | bytes) -> str:
    """The sentence on a file that cannot be read."""
    reading = _reading(folder, name, content)
    assert reading.document is None
    return f"{name} was left out: {reading.refusal}."


def _reading(folder: Path, name: str, content: str | bytes) -> Reading:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return decoded(attempt(folder / name, name))


def outline(document: Document) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Role, heading path and the words of each block, for tests to compare with what they expect."""
    return [
        (section.role, section.heading, [document.text[block.start : block.end] for block in section.blocks])
        for section in document.sections
    ]
