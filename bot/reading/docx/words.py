"""The words of a paragraph as they are shown, and what is anchored between them."""

from collections import Counter
from dataclasses import dataclass, field

from bot.reading.docx import symbols
from bot.reading.docx.blocks import Look
from bot.reading.docx.equations import in_line
from bot.reading.docx.fields import Fields, is_contents
from bot.reading.docx.figures import Figures, chosen
from bot.reading.docx.styles import Style, Styles
from bot.reading.docx.xml import Element, child, name, number, switch, value

_R, _T, _RPR = name("w:r"), name("w:t"), name("w:rPr")
_SDT, _SDT_CONTENT = name("w:sdt"), name("w:sdtContent")
_ALTERNATES = name("mc:AlternateContent")
_FIELD = name("w:fldSimple")
_EQUATIONS = (name("m:oMath"), name("m:oMathPara"))
_FIGURES = (name("w:drawing"), name("w:pict"), name("w:object"))
_NOTES = {name("w:footnoteReference"): "footnotes", name("w:endnoteReference"): "endnotes"}
_PLAIN = {
    name("w:tab"): " ",
    name("w:ptab"): " ",
    name("w:br"): "\n",
    name("w:cr"): "\n",
    name("w:noBreakHyphen"): "-",
}
# Text that was deleted or moved away with changes tracked, and what is no text.
_SKIPPED = {
    name(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:rt", "w:delText", "w:delInstrText")
}

_NO_STYLE = Style("", ())


@dataclass(slots=True)
class Words:
    """What was found in a paragraph: text, its lines ended with "\\n", and boxes and notes anchored in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: int = 0
    sizes: Counter[int] = field(default_factory=Counter)

    @property
    def look(self) -> Look:
        """How most of it is set; bold where all of it is."""
        shown = sum(self.sizes.values())
        size = self.sizes.most_common(1)[0][0] if shown else 0
        return Look(bold=shown > 0 and self.bold == shown, size=size)


class Inline:
    """Goes through the runs of paragraphs."""

    def __init__(self, styles: Styles, fields: Fields, figures: Figures) -> None:
        self._styles = styles
        self._fields = fields
        self._figures = figures
        self._words = Words()
        self._heading = False
        self._plain = _Setting()

    def words(self, paragraph: Element, style: Style, *, heading: bool) -> Words:
        """What a paragraph of a style shows, without lines of a table of contents; no heading is one."""
        self._words = Words()
        self._heading = heading
        self._plain = _Setting(
            hidden=bool(style.hidden), bold=bool(style.bold), size=style.size or self._styles.body_size
        )
        self._over(paragraph)
        return self._words

    def _over(self, element: Element) -> None:
        for part in element:
            tag = part.tag
            if tag == _R:
                self._run(part)
            elif tag in _SKIPPED:
                continue
            elif tag == _SDT:
                self._control(part)
            elif tag == _ALTERNATES:
                self._over(chosen(part))
            elif tag in _EQUATIONS:
                self._add(in_line(part))
            elif tag == _FIELD and is_contents(part.get(name("w:instr"))):
                continue
            else:
                self._over(part)

    def _control(self, control: Element) -> None:
        """A content control: what asks to be replaced ("Click here to enter text") is no content."""
        if not switch(control, "w:sdtPr", "w:showingPlcHdr"):
            for content in control.iterchildren(_SDT_CONTENT):
                self._over(content)

    def _run(self, run: Element) -> None:
        setting = self._setting(child(run, "w:rPr"))
        if setting.hidden:
            for part in run:
                self._mark(part)
        else:
            self._parts(run, setting)

    def _setting(self, properties: Element | None) -> "_Setting":
        if properties is None:
            return self._plain
        run_style = value(properties, "w:rStyle")
        style = self._styles.of("character", run_style) if run_style is not None else _NO_STYLE
        hidden = _first(switch(properties, "w:vanish"), style.hidden, self._plain.hidden)
        return _Setting(
            hidden=bool(hidden) or style.is_placeholder,
            bold=bool(_first(switch(properties, "w:b"), style.bold, self._plain.bold)),
            size=number(value(properties, "w:sz")) or style.size or self._plain.size,
            font=symbols.font_of(properties),
            raised=value(properties, "w:vertAlign") == "superscript"
            or number(value(properties, "w:position")) > 0,
        )

    def _parts(self, run: Element, setting: "_Setting") -> None:
        for part in run:
            tag = part.tag
            if tag == _T:
                self._add(symbols.shown(part.text or "", setting.font), setting)
            elif tag in _PLAIN:
                self._add(_PLAIN[tag])
            elif tag == name("w:sym"):
                self._add(symbols.coded(part.get(name("w:char")), part.get(name("w:font"))), setting)
            elif tag in _NOTES:
                self._note(_NOTES[tag], part)
            elif tag in _FIGURES:
                self._figure(part)
            elif tag == _ALTERNATES:
                self._parts(chosen(part), setting)
            elif tag == name("w:ruby"):
                self._over(part)
            else:
                self._mark(part)

    def _mark(self, part: Element) -> None:
        if part.tag == name("w:fldChar"):
            self._add(self._fields.meet(part))
        elif part.tag == name("w:instrText"):
            self._fields.instruct(part.text or "")

    def _note(self, kind: str, reference: Element) -> None:
        if not self._fields.in_code:
            self._words.notes.append((kind, reference.get(name("w:id")) or ""))

    def _figure(self, figure: Element) -> None:
        if not self._fields.in_code:
            self._words.boxes.extend(self._figures.boxes(figure))

    def _add(self, text: str, setting: "_Setting | None" = None) -> None:
        if not text or self._fields.in_code or (self._fields.in_contents and not self._heading):
            return
        parts = self._words.parts
        if setting is not None:
            if setting.raised and text.strip().isdecimal() and parts and parts[-1][-1:].isdecimal():
                text = symbols.raised(text)
            weight = len(text.strip())
            if weight:
                self._words.sizes[setting.size] += weight
                self._words.bold += weight * setting.bold
        parts.append(text)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a run is set; without properties of its own, as its paragraph is."""

    hidden: bool = False
    bold: bool = False
    size: int = 0
    font: str | None = None
    raised: bool = False


def _first(*switches: bool | None) -> bool | None:
    return next((found for found in switches if found is not None), None)
