"""Files of every format that is read, made of valid pieces and then damaged."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.errors import DocumentError
from bot.passages import cut_corpus, cuts
from bot.reading import docx, html, markdown, pdf, text
from bot.records import Corpus, Document
from tests.hold.fuzz import samples
from tests.hold.fuzz.damage import damaged
from tests.hold.fuzz.words import any_text, prose
from tests.reading.invariants import check
from tests.reading.test_invariants import LINES

_TAGS = (
    *("p", "div", "h1", "h2", "ul", "li", "ol", "table", "tr", "td", "th", "details", "summary", "dl", "dt"),
    *("dd", "span", "b", "a", "aside", "nav", "main", "article", "section", "style", "script", "noscript"),
    *(
        "template",
        "svg",
        "pre",
        "br",
        "hr",
        "img",
        "title",
        "body",
        "head",
        "meta",
        "base",
        "button",
        "input",
    ),
)
_ATTRIBUTES = (
    *(
        "",
        " hidden",
        " class='x'",
        " id=x",
        " style='display:none'",
        " colspan=3",
        " rowspan=99999",
        " href=#x",
    ),
    *(" role=tabpanel", " aria-hidden=true", " charset=utf-8", " colspan=-1", " start=7", " value=x"),
    *(" aria-controls=x", " style='width:1px;height:1px;overflow:hidden'", ' class="warning note"'),
)
_STYLES = (
    *(
        ".x{display:none}",
        ".x::-webkit-scrollbar{display:none}",
        "@media print{.x{display:none}}",
        "@",
        "{",
        "}",
    ),
    *("p:not(.x)>a~b+c{visibility:hidden}", "/*", "*/", "\\", "@import 'x';", "#x,.x,p{opacity:0}", "--x:{}"),
)


def _file(lines: list[str], end: str, mark: str) -> bytes:
    return (mark + end.join(lines)).encode("utf-8", "replace")


_lines = st.one_of(st.sampled_from(LINES), prose, any_text, st.sampled_from(samples.MARKDOWN_LINES))
_written = st.builds(
    _file,
    st.lists(_lines, max_size=25),
    st.sampled_from(("\n", "\r\n", "\r", "\n\n")),
    st.sampled_from(("", "", "", "\ufeff")),
)
_encoded = st.builds(
    lambda words, name: words.encode(name, "replace"),
    prose,
    st.sampled_from(("utf-16", "utf-32", "utf-16-le", "latin-1", "cp1252", "shift_jis", "utf-8-sig")),
)
_elements = st.recursive(
    prose
    | st.sampled_from(_STYLES)
    | st.sampled_from(("<!--", "-->", "&#0;", "&#xd800;", "&lt", "<![CDATA[")),
    lambda inner: st.builds(
        lambda tag, attributes, held, closed: f"<{tag}{attributes}>{''.join(held)}" + f"</{tag}>" * closed,
        st.sampled_from(_TAGS),
        st.sampled_from(_ATTRIBUTES),
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=12,
)
_pages = st.builds(lambda parts: "".join(parts).encode("utf-8", "replace"), st.lists(_elements, max_size=6))

TEXTS = damaged(_written | _encoded, most=3)
MARKDOWN = damaged(_written, most=3)
HTML = damaged(_pages | st.sampled_from(samples.pages()), most=3)
DOCX: SearchStrategy[bytes] = samples.word_files()
PDF: SearchStrategy[bytes] = damaged(samples.pdfs())


@cache
def place() -> Path:
    """Where files are written to be read: the file of a case that crashed the process is still there."""
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _checked(read: Callable[[Path, str], Document], name: str) -> Callable[[bytes], None]:
    def checked(data: bytes) -> None:
        path = place() / name
        path.write_bytes(data)
        try:
            document = read(path, name)
        except DocumentError as error:
            assert str(error)
            return
        check(document)
        for passage in cut_corpus(Corpus((document,), "")):
            assert document.text[passage.start : passage.end] == passage.text != ""
            for span in (*passage.units, *passage.beside):
                assert 0 <= span.start < span.end <= len(document.text)
        assert all(cut.units for cut in cuts(document))

    return checked


check_text = _checked(text.read, "any.txt")
check_markdown = _checked(markdown.read, "any.md")
check_html = _checked(html.read, "any.html")
check_docx = _checked(docx.read, "any.docx")
check_pdf = _checked(pdf.read, "any.pdf")
