"""File content inside a message: short, on one line and without characters that steer a terminal."""

# Longer content would hide the rest of the message.
LONGEST = 80


def quoted(text: str, *, longest: int = LONGEST) -> str:
    """The text in quotation marks, shortened, each unprintable character replaced."""
    line = " ".join(text.split())
    clean = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
    return f'"{clean}"' if len(clean) <= longest else f'"{clean[: longest - 1]}…"'
