"""What a document is called: what its first pages say, not what the program that made it left behind."""

import re
from collections.abc import Iterator, Sequence

from bot.reading.pdf.blocks import TextBlock
from bot.reading.structure import heading_name

_FIRST_PAGES = 2
_MOST_WORDS = 25
_LINES_OF_TITLE = 4
_AS_LARGE = 0.97
# What a file's data may say on a page and in its title without naming what it is about.
_GENERIC = re.compile(
    r"(?:patient|parent|carer|medicine|public|health)s?(?: and (?:carer|famil|parent)\w*)?"
    r" (?:information|advice)(?: (?:leaflet|sheet|booklet|guide|series))?"
    r"|information (?:for|about) (?:patients?|you|parents|carers)\b.*"
    r"|(?:information )?(?:leaflet|fact ?sheet|booklet|brochure|guidelines?|protocol|policy|form|document)"
    r"|contents|introduction|original article|research(?: article)?|review(?: article)?|case report"
    r"|open access|untitled.*|.*\.(?:docx?|pdf|indd|pptx?|rtf|odt|qxd|pub)\b.*|microsoft \w+ - .*"
    r"|\(?anonymous\)?|(?:layout|slide|page|document|presentation|title) ?\d*|\W*",
    re.IGNORECASE,
)


def titled(blocks: Sequence[TextBlock], stated: str | None) -> tuple[str | None, tuple[int, ...]]:
    """The title, and the places of the blocks that say it; None where nothing on the first pages could be."""
    first_page = next((block.page for block in blocks), 0)
    early = [block for block in blocks if block.page < first_page + _FIRST_PAGES]
    usable = stated if stated and not _GENERIC.fullmatch(stated) else None
    largest = _largest(early, first_page)
    headings = [block for block in early if block.look is not None]
    # What is said in plain letters below larger ones is the publisher's name, or the kind of paper.
    if usable and _is_said(usable, headings if largest else early):
        places = (place for place, block in enumerate(early) if _plain(block.text) == _plain(usable))
        return heading_name(usable), tuple(places)[:1]
    if largest:
        return heading_name(" ".join(blocks[place].text for place in largest)), largest
    if usable and _is_hinted(usable, early):
        return heading_name(usable), ()
    return None, ()


def _largest(early: Sequence[TextBlock], page: int) -> tuple[int, ...]:
    """The places of the largest words on the first page, or of a heading before all text."""
    candidates = [place for place, block in enumerate(early) if block.page == page and _may_be_title(block)]
    larger = [place for place in candidates if (look := early[place].look) is not None and look[0]]
    if not larger:
        first = next((place for place, block in enumerate(early) if block.lines), None)
        return tuple(place for place in candidates if place == first and early[place].kind == "heading")
    most = max(early[place].lines[0].size for place in larger)
    largest = [place for place in larger if early[place].lines[0].size >= _AS_LARGE * most]
    together = [place for count, place in enumerate(largest) if place == largest[0] + count]
    alone = len(together) == len(largest)
    words = sum(len(early[place].text.split()) for place in together)
    if not alone and len(together) == 1 and _heads_text(early, largest[0]):
        # Headings of one size, all above text: none of them names the whole.
        return ()
    return tuple(together) if words <= _MOST_WORDS else (largest[0],)


def _heads_text(early: Sequence[TextBlock], place: int) -> bool:
    return place + 1 < len(early) and early[place + 1].kind not in ("heading", "contents")


def _is_hinted(stated: str, early: Sequence[TextBlock]) -> bool:
    """Whether the first pages use all the words of a stated title."""
    said = {word for block in early for word in _plain(block.text).split()}
    words = _plain(stated).split()
    return len(words) > 1 and said.issuperset(word for word in words if len(word) > 3)


def _may_be_title(block: TextBlock) -> bool:
    words = block.text.split()
    return (
        bool(block.lines)
        and block.kind in ("heading", "paragraph")
        and block.look is not None
        and len(words) <= _MOST_WORDS
        and sum(map(str.isalpha, block.text)) >= 3
        and _GENERIC.fullmatch(block.text) is None
    )


def _is_said(stated: str, early: Sequence[TextBlock]) -> bool:
    """Whether whole lines of the first pages are these words."""
    wanted = _plain(stated)
    return bool(wanted) and any(_plain(said) == wanted for said in _sayings(early))


def _sayings(early: Sequence[TextBlock]) -> Iterator[str]:
    lines = [line.text for block in early for line in block.lines]
    for start in range(len(lines)):
        for end in range(start + 1, min(start + 1 + _LINES_OF_TITLE, len(lines) + 1)):
            yield " ".join(lines[start:end])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
