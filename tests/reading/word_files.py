"""Small Word files, their XML written by hand: what Word writes and what a library would tidy away."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

OPEN_XML = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"
_SPACES = {
    "w": f"{OPEN_XML}/wordprocessingml/2006/main",
    "r": f"{OPEN_XML}/officeDocument/2006/relationships",
    "m": f"{OPEN_XML}/officeDocument/2006/math",
    "a": f"{OPEN_XML}/drawingml/2006/main",
    "wp": f"{OPEN_XML}/drawingml/2006/wordprocessingDrawing",
    "c": f"{OPEN_XML}/drawingml/2006/chart",
    "dgm": f"{OPEN_XML}/drawingml/2006/diagram",
    "mc": f"{OPEN_XML}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}


def word(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    properties: str = "",
    related: Mapping[str, tuple[str, str]] | None = None,
    strict: bool = False,
) -> bytes:
    """A Word file. `related` holds further parts of it by relation id: purpose and content."""
    inner = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    parts = {"word/document.xml": element("w:document", element("w:body", body))}
    relations = ""
    for purpose, content in inner.items():
        if content:
            parts[f"word/{purpose}.xml"] = element(f"w:{purpose}", content)
            relations += _relation(f"id-{purpose}", purpose, f"{purpose}.xml")
    for number, (name, (purpose, content)) in enumerate((related or {}).items()):
        parts[f"word/part{number}.xml"] = content
        relations += _relation(name, purpose, f"part{number}.xml")
    roots = _relation("main", "officeDocument", "word/document.xml")
    if properties:
        parts["docProps/core.xml"] = _core(properties)
        roots += _relation("core", "core-properties", "docProps/core.xml")
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    parts["_rels/.rels"] = _relations(roots)
    return packed({name: _in_strict(part) if strict else part for name, part in parts.items()})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def element(tag: str, inner: str = "") -> str:
    """A root with all name spaces."""
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(space)}" for prefix, space in _SPACES.items())
    return f"<{tag} {spaces}>{inner}</{tag}>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph; runs that are no XML are taken as text."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def item(text: str, *, number: int, level: int = 0, style: str = "") -> str:
    """A paragraph of a list."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, style=style, properties=listed)


def table(*rows: str, properties: str = "", widths: tuple[int, ...] = ()) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row; cells that are no XML are taken as text."""
    inner = "".join(content if content.startswith("<w:") else cell(content) for content in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def cell(content: str = "", properties: str = "") -> str:
    """A cell; content that is no XML is taken as text."""
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def style(
    style_id: str,
    name: str,
    *,
    based_on: str = "",
    properties: str = "",
    runs: str = "",
    kind: str = "paragraph",
) -> str:
    """The definition of a style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


def levels(*formats: tuple[str, str], family: int = 1, start: int = 1, extra: str = "") -> str:
    """A family of lists: the format and the text of each level ("decimal", "%1.")."""
    inner = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
        for level, (form, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{family}">{inner}</w:abstractNum>'


def numbers(number: int, *, family: int = 1, overrides: str = "") -> str:
    """A list of a family."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{family}"/>{overrides}</w:num>'


def drawn_box(content: str, *, fallback: str | None = None) -> str:
    """A run with a text box in DrawingML, and the same in VML for older versions of Word."""
    drawing = (
        '<w:drawing><wp:anchor><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing>"
    )
    old = _vml(content if fallback is None else fallback)
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_box(content: str) -> str:
    """A run with a text box in VML alone."""
    return f"<w:r>{_vml(content)}</w:r>"


def field(instruction: str, result: str) -> str:
    """The runs of a field with its result."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText> {instruction} </w:instrText></w:r>{separate}{result}{end}"


def _vml(content: str) -> str:
    return (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def _core(properties: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{OPEN_XML}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>"
    )


def _relation(name: str, purpose: str, target: str) -> str:
    return (
        f'<Relationship Id="{name}" Type="{OPEN_XML}/officeDocument/2006/relationships/{purpose}" '
        f'Target="{target}"/>'
    )


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{OPEN_XML}/package/2006/relationships">{inner}</Relationships>'


def _in_strict(part: str) -> str:
    """The part as Word writes it when told to save as Strict Open XML."""
    for family in ("wordprocessingml", "officeDocument", "drawingml"):
        part = part.replace(f"{OPEN_XML}/{family}/2006/", f"{STRICT}/{family}/")
    return part
