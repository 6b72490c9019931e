"""Text in numbers: it reads back exactly, and nothing in it acts."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.web.messages.encoding import entities, tag

# HTML has no NUL, and reads numbers of C1 controls as other characters: those are written as they are.
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
ACTING = "*_`[]()<>#+-.!|~$\\{}&\"'=:;@/^%,\n\r\t"


@given(TEXTS)
def test_it_reads_back_exactly(text: str) -> None:
    # html.unescape leaves out numbers of characters that HTML forbids but browsers show.
    numbers = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), entities(text))
    assert numbers == text


@given(st.text(st.sampled_from(ACTING + "aB1 \u00e9\U0001f9b6")))
def test_only_letters_digits_and_inner_blanks_stand_as_they_are(text: str) -> None:
    rest = re.sub(r"&#\d+;", "", entities(text))
    assert all(sign.isalnum() or sign == " " for sign in rest)
    assert html.unescape(entities(text)) == text


@given(st.text(st.sampled_from(ACTING + "aB1 ")))
def test_markdown_makes_nothing_of_it(text: str) -> None:
    made = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(f"<blockquote>{entities(text)}</blockquote>")
    )
    assert re.findall(r"<[^>]*>", made) == ["<blockquote>", "</blockquote>"]


def test_a_nul_is_shown_as_a_sign_that_could_not_be_read() -> None:
    assert html.unescape(entities("a\x00b")) == "a\ufffdb"


def test_attributes_are_encoded_and_those_that_are_not_there_are_left_out() -> None:
    made = tag("a", "x", href='"><script>', kind="b", lang=None, hidden=False, open=True)
    assert made == '<a href="&#34;&#62;&#60;script&#62;" class="b" open="">x</a>'
