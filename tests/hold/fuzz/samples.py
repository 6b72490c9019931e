"""Valid files to begin with."""

import io
import zipfile
import zlib
from functools import cache
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.hold.fuzz.damage import damaged, varied
from tests.hold.fuzz.words import prose
from tests.reading.files import Field, Printed, Rule, pdf
from tests.reading.word_files import (
    cell,
    drawn_box,
    field,
    item,
    levels,
    numbers,
    old_box,
    p,
    packed,
    r,
    row,
    style,
    table,
    word,
)

MARKDOWN_LINES = (
    *("---", "+++", "title: Gout", "date: 2019-01-01", 'title = "Gout"', "tags: [a, b]", "references:"),
    *(
        "  - id: A",
        "    title: A leaflet",
        "*a* **b** `c` ~~d~~",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "[a]: x",
        "[a]",
    ),
    *(
        "{{< tab >}}",
        "{{< /tab >}}",
        ":::",
        '=== "Tab"',
        "??? note",
        "$$",
        "<td colspan=9>",
        "| a | b |",
        "|--|",
    ),
)


def pages() -> tuple[bytes, ...]:
    """Web pages with some of everything."""
    table_rows = "<tr><th>Drug<th>Dose</tr><tr><td rowspan=2>A<td>1</tr><tr><td>2</tr>"
    return (
        b"<!doctype html><html lang=en><head><meta charset=utf-8><title>Gout</title><style>.x{display:none}"
        b"</style></head><body><nav><a href=/>Home</a></nav><main><h1>Gout</h1><p>Gout hurts.</p>"
        b"<h2>Signs</h2><ul><li>pain<li>heat</ul><details><summary>Why?</summary><p>Crystals.</p></details>"
        b"</main></body></html>",
        f"<article><h2>Doses</h2><table>{table_rows}</table><aside class=warning>Not at night.</aside>"
        "<p class=x>unseen</p><div role=tablist><button aria-controls=p1>One</button></div>"
        "<div id=p1 role=tabpanel hidden>Panel one has words.</div></article>".encode(),
    )


@cache
def _word_files() -> tuple[bytes, ...]:
    listed = item("Cool it", number=1) + item("Rest", number=1, level=1)
    body = p("Stings", style="H") + p("Pull it out.") + listed
    body += table(
        row("Bee", "once"), row(cell("Wasp", '<w:vMerge w:val="restart"/>'), "often"), widths=(9, 9)
    )
    body += p(drawn_box(p("Boxed."))) + p(old_box(p("An old box.")))
    body += p(field("PAGE", r("7")), r("bold", "<w:b/>"), r("unseen", "<w:vanish/>"))
    whole = word(
        body,
        styles=style("H", "heading 1") + style("I", "Quote", based_on="H"),
        numbering=levels(("decimal", "%1."), ("lowerLetter", "%1.%2")) + numbers(1),
        footnotes=f'<w:footnote w:id="2">{p("Not at once.")}</w:footnote>',
        properties="<dc:title>Stings</dc:title><dcterms:created>2019-01-01T00:00:00Z</dcterms:created>",
    )
    return whole, word(p("Plain.") + p("Second one.")), word(body, strict=True)


def word_files() -> SearchStrategy[bytes]:
    """Word files damaged as files, and others damaged in one of their parts."""
    whole = st.sampled_from(_word_files())
    inner = st.builds(_with_part, whole, st.integers(0, 9), damaged(st.just(b"")), prose)
    changed = whole.flatmap(lambda data: st.integers(0, 9).flatmap(lambda at: _inside(data, at)))
    return st.one_of(damaged(whole), changed, changed, inner)


def _inside(data: bytes, at: int) -> SearchStrategy[bytes]:
    """The file with the part at this place damaged."""
    parts = _parts(data)
    name = sorted(parts)[at % len(parts)]
    return damaged(st.just(parts[name]), most=3).map(lambda part: packed({**parts, name: part}))


def _with_part(data: bytes, at: int, part: bytes, words: str) -> bytes:
    parts = _parts(data)
    name = sorted(parts)[at % len(parts)]
    return packed({**parts, name: part + words.encode("utf-8", "replace")})


def varied_word_file(data: bytes, chance: Random) -> bytes:
    """The same file with more done to one of its parts, or to the file itself where it is no zip."""
    try:
        parts = _parts(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return varied(data, chance)
    name = chance.choice(sorted(parts) or [""])
    return packed({**parts, name: varied(parts[name], chance)}) if name else varied(data, chance)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def _pdfs() -> tuple[bytes, ...]:
    lines: list[Printed | Rule] = [
        Printed("Gout", size=20),
        Printed("Gout hurts."),
        Printed("- a swollen toe", left=80),
    ]
    ruled: list[Printed | Rule] = [
        Printed("Drug   Dose", bold=True),
        Rule(60, 300),
        Printed("A", left=60),
        Printed("5 mg", left=200, down=0),
    ]
    many: list[Printed | Rule] = [
        *lines,
        Printed("steep", steep=True),
        Printed("l", dingbat=True),
        Printed("a square", square=True),
    ]
    fields = (Field("typed in", 100, 700), Field("Yes", 100, 650, ticked=True))
    return pdf([lines, ruled], title="Gout"), pdf([many], fields=fields), pdf([lines] * 3, landscape=True)


def pdfs() -> SearchStrategy[bytes]:
    """PDFs, some with a page that a stream of packed and perhaps odd drawing is put into."""
    return st.one_of(
        st.sampled_from(_pdfs()), st.builds(_drawn, damaged(st.sampled_from(_DRAWN)), st.booleans())
    )


_DRAWN = (
    b"BT /F0 11 Tf 60 700 Td (Gout hurts.) Tj 0 -14 Td [(It) -250 (comes)] TJ T* (back) ' ET",
    b"q 1 0 0 1 0 0 cm BT /F1 9 Tf 1 0 0 1 60 600 Tm <474f> Tj ET Q 60 590 200 1 re f 60 500 m 300 500 l S",
    b"BT /F0 1 Tf 40 0 0 40 60 600 Tm 3 Tr (unseen) Tj 0 Tr (seen) Tj ET /Span << /ActualText (x) >> BDC EMC",
)


def _drawn(stream: bytes, is_packed: bool) -> bytes:
    """A PDF of one page with this drawing, its table of places rebuilt by whoever reads it."""
    how = b"/Filter /FlateDecode " if is_packed else b""
    data = zlib.compress(stream) if is_packed else stream
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << "
        b"/F0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> "
        b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >> >>\nendobj\n"
        b"4 0 obj\n<< " + how + b"/Length %d >>\nstream\n" % len(data) + data + b"\nendstream\nendobj\n"
        b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n"
    )
