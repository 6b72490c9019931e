"""The styles of a Word file: what a paragraph, a run or a table is by its style and those it is based on."""

import re
from dataclasses import dataclass
from functools import cache

from bot.reading.docx.xml import Element, child, name, number, switch, value

# Deeper than any chain that people make; a chain that bites its tail ends too.
_LONGEST_CHAIN = 20
_DEFAULT_SIZE = 20
BODY_TEXT = 9
# Word writes the names of its own styles in English, whatever it speaks; other programs write their own.
_HEADING = re.compile(
    r"(?:heading|ü?berschrift|titre|t[íi]?tulo|titolo|kop|rubrik|overskrift|otsikko|nag[łl]?[óo]?wek|nadpis"
    r"|c[íi]?msor|ba[şs]?l[ıi]?k|заголовок|encabezado|cabeçalho) ?([1-9])"
)
_TITLE = re.compile(r"(?:document |doc |main )?(?:title|titel|titre|título|titulo|titolo)")
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-9]))?|list(?: ([2-9]))?")
_CONTINUES = re.compile(r"list continue(?: [2-9])?|list paragraph")
_CONTENTS = re.compile(
    r"(?:toc|contents|index|toa) (?:heading|[1-9])|table of (?:figures|authorities)"
    r"|(?:inhalts)?verzeichnis ?[1-9]|tdc ?[1-9]|tm ?[1-9]|sommario ?[1-9]"
)


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A list that a paragraph belongs to, and its level in it; None where the list tells the level."""

    list_id: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it inherits; None where it says nothing.

    `outline` is a heading's level from 0, `size` in half points, `names` are its own name and those of the
    styles that it is based on, in small letters.
    """

    id: str
    names: tuple[str, ...]
    outline: int | None = None
    numbering: NumberRef | None = None
    bold: bool | None = None
    size: int | None = None
    hidden: bool | None = None
    heads_tables: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it is for the document's title."""
        return any(map(_TITLE.fullmatch, self.names))

    @property
    def is_contents(self) -> bool:
        """Whether it is for lines of a table of contents or an index."""
        return any(map(_CONTENTS.fullmatch, self.names))

    @property
    def is_placeholder(self) -> bool:
        """Whether it is for the text that asks to be replaced in a form."""
        return "placeholder text" in self.names

    @property
    def continues_list(self) -> bool:
        """Whether a paragraph of it without a number goes on with the item above."""
        return any(map(_CONTINUES.fullmatch, self.names))

    @property
    def list_depth(self) -> int | None:
        """The depth of a list that the style stands for by its name alone."""
        match = next(filter(None, map(_LIST.fullmatch, self.names)), None)
        return None if match is None else int(match[1] or match[2] or 1) - 1


class Styles:
    """All styles of a file, each worked out once."""

    def __init__(self, root: Element | None) -> None:
        self._definitions: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, str] = {}
        for style in () if root is None else root.iterchildren(name("w:style")):
            kind, style_id = style.get(name("w:type")) or "paragraph", style.get(name("w:styleId")) or ""
            self._definitions[kind, style_id] = style
            if style.get(name("w:default")) in ("1", "true", "on"):
                self._defaults[kind] = style_id
        size = value(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:sz")
        self.body_size = number(size, _DEFAULT_SIZE)
        self.of = cache(self._worked_out)

    def _worked_out(self, kind: str, style_id: str | None) -> Style:
        """The style with an id ("paragraph", "character" or "table"); the default one where it is None."""
        style_id = style_id if style_id is not None else self._defaults.get(kind, "")
        chain = self._chain(kind, style_id)
        if not chain:
            named = _from_id(style_id)
            return Style(style_id, (named,), outline=_outline_of(named))
        names = tuple(_normal(value(style, "w:name") or _from_id(style_id)) for style in chain)
        outlines = (_outline(style, named) for style, named in zip(chain, names, strict=True))
        return Style(
            id=style_id,
            names=names,
            outline=next((outline for outline in outlines if outline is not None), None),
            numbering=_numbering(chain),
            bold=_first_switch(chain, "w:b"),
            size=next((number(size) for style in chain if (size := value(style, "w:rPr", "w:sz"))), None),
            hidden=_first_switch(chain, "w:vanish"),
            heads_tables=any(map(_heads_tables, chain)),
        )

    def _chain(self, kind: str, style_id: str) -> list[Element]:
        chain: list[Element] = []
        style = self._definitions.get((kind, style_id))
        while style is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self._definitions.get((kind, value(style, "w:basedOn") or ""))
        return chain


def numbering_of(properties: Element | None) -> NumberRef | None:
    """The list that a paragraph's or a style's properties name; list "0" is none, on purpose."""
    numbering = child(properties, "w:numPr")
    if numbering is None:
        return None
    level = value(numbering, "w:ilvl")
    return NumberRef(value(numbering, "w:numId") or "", None if level is None else number(level))


def _numbering(chain: list[Element]) -> NumberRef | None:
    """The nearest list of a chain. A level may stand in one style and the list in the one below it."""
    level: int | None = None
    for style in chain:
        found = numbering_of(child(style, "w:pPr"))
        if found is not None:
            level = found.level if level is None else level
            if found.list_id:
                return NumberRef(found.list_id, level)
    return None


def _first_switch(chain: list[Element], tag: str) -> bool | None:
    switches = (switch(style, "w:rPr", tag) for style in chain)
    return next((found for found in switches if found is not None), None)


def _heads_tables(style: Element) -> bool:
    """Whether a table's style sets its first row apart."""
    parts = (part for part in style.iterchildren(name("w:tblStylePr")))
    return any(
        part.get(name("w:type")) == "firstRow"
        and (switch(part, "w:rPr", "w:b") or child(part, "w:tcPr", "w:shd") is not None)
        for part in parts
    )


def _outline(style: Element, named: str) -> int | None:
    stated = value(style, "w:pPr", "w:outlineLvl")
    return _outline_of(named) if stated is None else number(stated, BODY_TEXT)


def _outline_of(named: str) -> int | None:
    match = _HEADING.fullmatch(named)
    return None if match is None else int(match[1]) - 1


def _normal(stated: str) -> str:
    # "heading 1,h1" names one style twice.
    return " ".join(stated.lower().split(",")[0].split())


def _from_id(style_id: str) -> str:
    """The name that an id stands for where the file does not define the style: "ListBullet2"."""
    return " ".join(re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+|\d+", style_id)).lower()
