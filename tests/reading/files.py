"""Small files in the formats that are not text, made by hand so that tests need no program to write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.library.reading import Reading, attempt, decoded
from bot.records import Document

_FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "ZapfDingbats")
# Numbers of a PDF's objects: catalog, pages, data, form, fonts, then two for each page.
_FIRST_FONT = 5
_FIRST_PAGE = _FIRST_FONT + len(_FONTS)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on a page: `down` points below the line above, `left` from the edge, `colour` red to blue."""

    words: str
    size: float = 11
    bold: bool = False
    down: float = 14
    left: float = 60
    slanted: bool = False
    colour: str = "0 0 0"
    dingbat: bool = False
    square: bool = False
    steep: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule whose foot is `down` points below the line above; it does not move the next one."""

    left: float
    right: float
    down: float = 4
    height: float = 0.5


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form on the first page that somebody filled in, in points from the page's corner."""

    value: str
    left: float
    height: float
    ticked: bool = False


def pdf(
    pages: Sequence[Sequence[Printed | Rule]],
    *,
    title: str = "",
    fields: Sequence[Field] = (),
    landscape: bool = False,
    more: str = "",
) -> bytes:
    """A PDF with these lines; `more` goes into its trailer."""
    count = len(pages)
    kids = " ".join(f"{_FIRST_PAGE + 2 * number} 0 R" for number in range(count))
    first_field = _FIRST_PAGE + 2 * count
    held = " ".join(f"{first_field + number} 0 R" for number in range(len(fields)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {'/AcroForm 4 0 R' if fields else ''} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        f"<< /Title ({_escaped(title)}) /CreationDate (D:20190402101500Z) /ModDate (D:20210517101500Z) >>",
        f"<< /Fields [{held}] /DA (/F0 10 Tf 0 g) >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} >>" for font in _FONTS),
    ]
    fonts = " ".join(f"/F{number} {_FIRST_FONT + number} 0 R" for number in range(len(_FONTS)))
    width, height = (842, 595) if landscape else (595, 842)
    for number, lines in enumerate(pages):
        stream = _stream(lines, height)
        annotations = f"/Annots [{held}]" if fields and not number else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] {annotations}"
            f" /Contents {_FIRST_PAGE + 2 * number + 1} 0 R /Resources << /Font << {fonts} >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects += [_field(field, number) for number, field in enumerate(fields)]
    return _file(objects, more)


def _stream(lines: Sequence[Printed | Rule], page_height: float) -> str:
    height = page_height - 42
    drawn = []
    for line in lines:
        if isinstance(line, Rule):
            drawn.append(f"{line.left} {height - line.down} {line.right - line.left} {line.height} re f")
            continue
        height -= line.down
        font = 3 if line.dingbat else 1 if line.bold else 2 if line.slanted else 0
        matrix = "0.7 0.7 -0.7 0.7" if line.steep else "1 0 0 1"
        if line.square:
            drawn.append(f"{line.left - 14} {height + 1} 5 5 re f")
        drawn.append(
            f"{line.colour} rg BT /F{font} {line.size} Tf {matrix} {line.left} {height} Tm"
            f" ({_escaped(line.words)}) Tj ET 0 0 0 rg"
        )
    return "\n".join(drawn)


def _field(field: Field, number: int) -> str:
    rect = f"[{field.left} {field.height} {field.left + 150} {field.height + 14}]"
    kind = f"/FT /Btn /V /{field.value} /AS /{field.value}" if field.ticked else f"/FT /Tx /V ({field.value})"
    return f"<< /Type /Annot /Subtype /Widget /T (f{number}) /Rect {rect} {kind} /F 4 >>"


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str], more: str) -> bytes:
    parts, places = ["%PDF-1.4\n"], []
    for number, content in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{content}\nendobj\n")
    start = sum(map(len, parts))
    size = len(objects) + 1
    parts.append(f"xref\n0 {size}\n0000000000 65535 f \n")
    parts.extend(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"trailer << /Size {size} /Root 1 0 R /Info 3 0 R {more} >>\nstartxref\n{start}\n%%EOF\n")
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
