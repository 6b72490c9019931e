"""HTML: what a reader of the page sees of its main part, without scripts, furniture and hidden text."""

import codecs
import contextlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString
from soupsieve import SelectorSyntaxError

from bot.errors import DocumentError
from bot.reading.dates import iso_date
from bot.reading.files import decoded, file_bytes
from bot.reading.layout import Layout, clean
from bot.reading.structure import Facts, document, entitled
from bot.records import Document

_UNSEEN = (
    "script style template noscript head iframe object embed svg math canvas audio video img input select "
    "textarea button dialog nav aside footer menu"
)
_UNSEEN_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert")
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What is hidden only on paper or on small screens is seen by others.
_CONDITIONAL = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_FURNITURE = re.compile(
    r"(?:breadcrumbs?|cookie\S*|share\S*|social\S*|sidebar|comments?|newsletter\S*|related\S*|advert\S*"
    r"|visually-?hidden|sr-only|screen-reader-text|skip-link)",
    re.IGNORECASE,
)
_KEPT = ("html", "body", "main", "article")
_BLOCKS = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul"
)
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Browsers read the first two as the third, and so were the pages written.
_WESTERN = ("iso-8859-1", "ascii", "cp1252")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read(path: Path, doc: str) -> Document:
    """Reads an HTML file. Raises DocumentError."""
    markup = _decoded(file_bytes(path))
    with warnings.catch_warnings():
        # The parser warns about markup that resembles something else; the result is judged below.
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(markup, "lxml")
    try:
        facts = _facts(soup)
        for tag in [*_styled_away(soup), *soup.find_all(_is_unseen)]:
            tag.extract()
        walk = _Walk()
        walk.over(_main_part(soup))
        walk.flush()
    except RecursionError as error:
        raise DocumentError(
            "its elements are nested too deeply; save the page again as plain text"
        ) from error
    text, pieces = walk.layout.text, walk.layout.pieces
    title, marked = entitled(text, pieces, stated=facts.title, fallback=Path(doc).stem)
    return document(doc, text, marked, replace(facts, title=title))


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = EncodingDetector.find_declared_encoding(data, is_html=True) or "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = "utf-8"
    if name in _WESTERN or name == "iso8859-1":
        return data.decode("cp1252", errors="replace")
    if name.startswith(("utf", "unicode", "idna", "punycode", "raw", "undefined")):
        return decoded(data).text
    try:
        return data.decode(name)
    except (UnicodeError, LookupError) as error:
        raise DocumentError(f"it is not in the encoding {name} that it declares; save it as UTF-8") from error


def _is_unseen(tag: Tag) -> bool:
    """Whether an element is hidden from readers of the page or frames every page of its site."""
    if tag.name in _KEPT:
        return False
    if tag.name in _UNSEEN.split() or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    if _UNSEEN_STYLE.search(_attribute(tag, "style")) or _attribute(tag, "role").lower() in _UNSEEN_ROLES:
        return True
    if tag.name == "header":
        return tag.find_parent(["article", "main"]) is None
    names = f"{_attribute(tag, 'class')} {_attribute(tag, 'id')}".split()
    return any(_FURNITURE.fullmatch(name) for name in names)


def _styled_away(soup: BeautifulSoup) -> Iterator[Tag]:
    """The elements that the page's own style sheets hide from everybody."""
    for style in soup.find_all("style"):
        rules = _CONDITIONAL.sub("", _CSS_COMMENT.sub("", style.get_text()))
        for selectors, declarations in _RULE.findall(rules):
            if _UNSEEN_STYLE.search(declarations):
                with contextlib.suppress(SelectorSyntaxError):
                    yield from (tag for tag in soup.select(selectors.strip()) if tag.name not in _KEPT)


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else " ".join(value or ())


def _main_part(soup: BeautifulSoup) -> Tag:
    articles = soup.find_all("article")
    candidates = (
        soup.find("main"),
        soup.find(role="main"),
        articles[0] if len(articles) == 1 else None,
    )
    return next((tag for tag in candidates if isinstance(tag, Tag) and tag.get_text(strip=True)), soup)


class _Walk:
    """Goes through the elements and lays out what stands between the borders of blocks."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._words: list[str] = []
        self._lists = 0
        self._opens_item = False

    def over(self, node: Tag) -> None:
        """Lays out everything inside a node."""
        for child in node.children:
            if isinstance(child, Tag):
                self._element(child)
            elif type(child) is NavigableString:
                self._words.append(child)

    def flush(self) -> None:
        """Ends the block that is being collected."""
        words = clean("".join(self._words))
        self._words.clear()
        if not words:
            return
        if self._opens_item:
            self.layout.add("item", words, depth=max(self._lists - 1, 0))
        else:
            self.layout.add("paragraph", words)
        self._opens_item = False

    def _element(self, tag: Tag) -> None:
        if tag.name not in _BLOCKS.split():
            if tag.name == "br":
                self._words.append("\n")
            self.over(tag)
            if tag.name in ("td", "th"):
                self.flush()
            return
        if tag.name != "dd":
            self.flush()
        if re.fullmatch("h[1-6]", tag.name):
            self.layout.add("heading", clean(tag.get_text()), level=int(tag.name[1]))
        elif tag.name == "tr" and tag.find(["table", "p", "ul", "ol", "h1", "h2", "h3"]) is None:
            self.layout.add_row([cell.get_text(" ") for cell in tag.find_all(["td", "th"], recursive=False)])
        else:
            self._inside(tag)

    def _inside(self, tag: Tag) -> None:
        if tag.name in ("ul", "ol"):
            self._lists += 1
        self._opens_item = tag.name == "li" or (self._opens_item and tag.name not in ("ul", "ol"))
        self.over(tag)
        if tag.name == "dt":
            self._words.append(": ")
            return
        self.flush()
        if tag.name == "li":
            self._opens_item = False
        if tag.name in ("ul", "ol"):
            self._lists -= 1


def _facts(soup: BeautifulSoup) -> Facts:
    root = soup.find("html")
    language = _attribute(root, "lang") if isinstance(root, Tag) else ""
    time = soup.find("time", datetime=True)
    published = _date(soup, "article:published_time", "dcterms.issued", "dcterms.created", "dc.date", "date")
    if published is None and isinstance(time, Tag):
        published = iso_date(_attribute(time, "datetime"))
    return Facts(
        title=_title(soup),
        publisher=_meta(soup, "og:site_name", "dcterms.publisher", "dc.publisher"),
        published=published,
        revised=_date(soup, "article:modified_time", "og:updated_time", "dcterms.modified", "last-modified"),
        address=_address(soup),
        language=language if _LANGUAGE.fullmatch(language) else "en",
    )


def _title(soup: BeautifulSoup) -> str | None:
    heading = soup.find("h1")
    shown = clean(heading.get_text()) if isinstance(heading, Tag) else ""
    whole = _meta(soup, "og:title") or (clean(soup.title.get_text()) if soup.title else "")
    # "Asthma | Site name": the page's own heading is the part that names the document.
    if shown and shown.casefold() in whole.casefold():
        return shown
    return whole or shown or None


def _meta(soup: BeautifulSoup, *names: str) -> str | None:
    return next((value for name in names for value in _contents(soup, name)), None)


def _contents(soup: BeautifulSoup, name: str) -> Iterator[str]:
    for tag in soup.find_all("meta"):
        if name in (_attribute(tag, "property").lower(), _attribute(tag, "name").lower()):
            value = clean(_attribute(tag, "content"))
            if value:
                yield value


def _date(soup: BeautifulSoup, *names: str) -> str | None:
    return next(
        (found for name in names for value in _contents(soup, name) if (found := iso_date(value))), None
    )


def _address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    address = clean(_attribute(link, "href")) if isinstance(link, Tag) else _meta(soup, "og:url")
    return address if address and address.lower().startswith(("https://", "http://")) else None
