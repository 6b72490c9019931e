"""Text of documents and persons in, HTML out that shows it character for character.

Gradio's chat reads messages as Markdown and as HTML; what is written in numbers is neither.
"""

import re

# All but letters, digits and a blank between two other signs. The numbers of C1 controls stand for other
# characters in HTML, so that those are left as they are.
_ACTING = re.compile(r"[^\w\x80-\x9f ]|_|(?<!\S) | (?!\S)")
# It cannot be written in HTML at all.
_NUL, _REPLACEMENT = "\x00", "\ufffd"
_NAMES = {"kind": "class", "label": "aria-label"}


def entities(text: str) -> str:
    """The text with every character in numbers that Markdown, HTML or formulas could act on."""
    return _ACTING.sub(lambda found: f"&#{ord(found[0])};", text.replace(_NUL, _REPLACEMENT))


def tag(element: str, /, *inner: str, **attributes: str | bool | None) -> str:
    """An element around HTML; attributes are texts, None and False are left out.

    `kind` stands for class, `label` for aria-label.
    """
    written = "".join(
        f' {_NAMES.get(key, key)}="{"" if value is True else entities(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return f"<{element}{written}>{''.join(inner)}</{element}>"
