"""A document in, where it can be opened on the web out."""

from urllib.parse import quote

from bot.records import Document

# So many words at either end of a passage tell a browser where it stands in a live page.
FRAGMENT_WORDS = 6


def address(document: Document) -> str | None:
    """The document's address on the web, if it states one that a browser may safely open."""
    stated = document.address
    return stated if stated and stated.lower().startswith(("https://", "http://")) else None


def fragment(text: str) -> str:
    """The end of an address that makes a browser scroll to these words."""
    words = text.split()
    long = len(words) > 2 * FRAGMENT_WORDS
    ends = [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]] if long else [words]
    return f"#:~:text={','.join(quote(' '.join(end), safe='').replace('-', '%2D') for end in ends)}"
