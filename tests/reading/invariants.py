"""What holds for the sections of every document, whatever its format."""

import hashlib

from bot.records import Document


def check(document: Document) -> None:
    """Fails where a span is out of order, out of its section, empty or framed by white space."""
    end = 0
    for section in document.sections:
        assert end <= section.start <= section.end <= len(document.text)
        inside = section.start
        for block in section.blocks:
            assert inside <= block.start < block.end <= section.end
            words = document.text[block.start : block.end]
            assert words == words.strip()
            inside = block.end
        end = section.end
    assert any(section.blocks for section in document.sections)
    assert list(document.pages) == sorted(document.pages)
    assert document.digest == hashlib.sha256(document.text.encode()).hexdigest()
