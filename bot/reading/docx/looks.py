"""What was made by hand: headings that are only bold or large, and boxes that are columns or call-outs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.reading.docx.blocks import Block, Box, Row, Text, all_texts, count, in_words
from bot.reading.structure import leads_in

# The longest headings of patient leaflets have 12 words.
_LONGEST_HEADING = 90
_MOST_WORDS = 12
# In half points: less is not seen as larger.
_LARGER = 3
# What sets out to tell somebody what to do is text, however bold: as a heading it could not be quoted.
_INSTRUCTS = re.compile(
    r"(?:do not|don['’]t|never|always|stop|call|ring|phone|seek|tell|ask|take|keep|avoid|please|warning"
    r"|important|caution|note|remember|if you|you (?:must|should|may|can)|contact (?:us|your)|go to|dial)\b",
    re.IGNORECASE,
)
# More headings in a row than this, all of one level, head nothing.
_MOST_BARE_HEADINGS = 2
# A box that holds more is a page of its own rather than a call-out.
_LONGEST_NOTE = 120
# Where boxes hold so many times the words beside them, they are the columns of a leaflet.
_CARRIED = 3


def without_boxes(blocks: Sequence[Block]) -> list[Text | Row]:
    """The blocks with boxes as notes beside the text, or as the text where they carry the document."""
    floating = sum(count(box.blocks) for box in _floating(blocks))
    carries = floating > _CARRIED * (count(blocks) - floating)
    found: list[Text | Row] = []
    for block in blocks:
        if not isinstance(block, Box):
            found.append(block)
        elif carries or _opens(block, found):
            found += without_boxes(block.blocks)
        else:
            found += _as_notes(block)
    return found


def _floating(blocks: Sequence[Block]) -> Iterator[Box]:
    for block in blocks:
        if isinstance(block, Box) and block.floating:
            yield block
        elif isinstance(block, Box):
            yield from _floating(block.blocks)


def _opens(box: Box, before: Sequence[Text | Row]) -> bool:
    """Whether a box is the banner with the document's title."""
    return not before and any(text.kind in ("title", "heading") for text in all_texts(box.blocks))


def _as_notes(box: Box) -> list[Text | Row]:
    structured = any(
        not isinstance(block, Text) or block.kind in ("title", "heading") for block in box.blocks
    )
    if count(box.blocks) <= _LONGEST_NOTE and (box.floating or not structured):
        return [Text("note", "\n".join(map(in_words, box.blocks)))]
    if box.floating:
        return [Text("note", in_words(block)) for block in box.blocks]
    return without_boxes(box.blocks)


def with_text(blocks: Sequence[Text | Row]) -> list[Text | Row]:
    """Lines in one heading style with nothing under them as paragraphs: they are text themselves."""
    found: list[Text | Row] = []
    quotable = any(isinstance(block, Row) or block.kind not in ("title", "heading") for block in blocks)
    for run in _runs(blocks):
        bare = run if not quotable and found else run[:-1]
        if len(run) > _MOST_BARE_HEADINGS or (bare and not quotable):
            found += [_plain(block) for block in bare] + run[len(bare) :]
        else:
            found += run
    return found


def _runs(blocks: Sequence[Text | Row]) -> Iterator[list[Text | Row]]:
    """Headings of one level that follow each other directly, and all else one by one."""
    run: list[Text | Row] = []
    for block in blocks:
        if run and not _heads_alike(run[-1], block):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _plain(block: Text | Row) -> Text | Row:
    if isinstance(block, Row):
        return block
    return replace(block, kind="item" if block.number else "paragraph", depth=0)


def _heads_alike(block: Text | Row, other: Text | Row) -> bool:
    if isinstance(block, Row) or isinstance(other, Row):
        return False
    return block.kind == other.kind == "heading" and block.level == other.level


def with_headings(blocks: Sequence[Text | Row], *, body_size: int) -> list[Text | Row]:
    """Short paragraphs that are set bold or large, and head text that is not, as headings."""
    usual = _Usual(blocks, body_size)
    names = {place for place in range(len(blocks)) if usual.names_section(blocks, place)}
    styled = any(isinstance(block, Text) and block.kind == "heading" for block in blocks)
    first = min(names, default=0)
    if len(names) == 1 and not styled and first and not usual.is_large(blocks[first]):
        # One line in bold somewhere is a stress.
        return list(blocks)
    sizes = sorted({usual.size(blocks[place]) for place in names}, reverse=True)
    found = list(blocks)
    outer = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Text) and block.kind == "heading":
            outer = block.level
        elif isinstance(block, Text) and place in names:
            found[place] = replace(block, kind="heading", level=outer + 1 + sizes.index(usual.size(block)))
    return found


class _Usual:
    """How most of a document is set, which is what headings stand out from."""

    def __init__(self, blocks: Sequence[Text | Row], body_size: int) -> None:
        sizes: Counter[int] = Counter()
        bold = shown = 0
        for block in blocks:
            if isinstance(block, Text) and block.look.size and block.kind in ("paragraph", "item"):
                sizes[block.look.size] += len(block.words)
                shown += len(block.words)
                bold += len(block.words) * block.look.bold
        self._size = sizes.most_common(1)[0][0] if sizes else body_size
        self._bold_tells = 2 * bold < shown

    def is_large(self, block: Text | Row) -> bool:
        """Whether a paragraph is set larger than most."""
        return isinstance(block, Text) and block.look.size >= self._size + _LARGER

    def size(self, block: Text | Row) -> int:
        """A heading's size; all that are not larger than the text are alike."""
        return block.look.size if isinstance(block, Text) and self.is_large(block) else self._size

    def names_section(self, blocks: Sequence[Text | Row], place: int) -> bool:
        """Whether a paragraph is the heading of what comes after it."""
        block = blocks[place]
        if not isinstance(block, Text) or not self._stands_out(block) or not _is_name(block):
            return False
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if following is None or (isinstance(following, Text) and following.kind == "heading"):
            return False
        if isinstance(following, Text) and following.kind != "note" and self._alike(block, following):
            return False
        return block.kind == "paragraph" or not _is_item(following)

    def _stands_out(self, block: Text) -> bool:
        return self.is_large(block) or (block.look.bold and self._bold_tells)

    def _alike(self, block: Text, following: Text) -> bool:
        return block.look.bold == following.look.bold and self.size(block) <= self.size(following)


def _is_name(block: Text) -> bool:
    """Whether a paragraph reads as the name of a section."""
    words = block.words
    if block.kind not in ("paragraph", "item") or "\n" in words or len(words) > _LONGEST_HEADING:
        return False
    if (block.kind == "item" and not block.number) or len(words.split()) > _MOST_WORDS:
        return False
    if words[-1] in ".;,!" or words[0].islower() or not any(map(str.isalpha, words)):
        return False
    return _INSTRUCTS.match(words) is None and not (words.endswith(":") and leads_in(words.rstrip(":")))


def _is_item(block: Text | Row | None) -> bool:
    return isinstance(block, Text) and block.kind == "item"
