from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import DocumentError
from bot.reading import markdown, text
from bot.records import Document
from tests.reading.invariants import check

LINES = (
    "Gout",
    "Gout: causes",
    "# Gout",
    "## Causes",
    "Signs are:",
    "The joint swells and hurts. It may be red.",
    "- a swollen toe",
    "  - at night",
    "\t- after a feast",
    "1. Rest",
    "• Ice",
    "> quoted words",
    "| drug | dose |",
    "| --- | --- |",
    "cafe\u0301 e\u0301te\u0301",
    "👩🏽‍⚕️ and 🦶",
    "שלום עולם",
    "a\tb\xa0c",
    "[^1]: Author A. (2011) Title.",
    "References",
    "Leave a reply",
    "---",
    "```",
    "    code",
    "    drug   dose",
    "drug\t5 mg\tat night",
    "=====",
    "Step 1: Rest",
    "2. Aftercare",
    "<div class='warning'>",
    "</div>",
    "<details><summary>Why <b>rest</b>?</summary>",
    "</details>",
    "<table><tr><th>drug</th><td></td><td>5&nbsp;mg</td></tr>",
    "<p hidden>unseen",
    "<!-- a comment -->",
    "<script>",
    "<li>not <i>too</i> much<br><br>salt",
    "> [!WARNING] Not at night",
    '!!! note "Mind this"',
    "    Not with salt.",
    "::: tip",
    ":::",
    "{% include x %}",
    "![A foot that is red and swollen](foot.png)",
    "- [ ] Pack a bag",
    "+++",
    "title: Gout",
    "",
    "",
    "   ",
)
lines = st.one_of(st.sampled_from(LINES), st.text(max_size=20).filter(lambda line: "\x00" not in line))
ends = st.sampled_from(("\n", "\r\n", "\r"))
texts = st.builds(
    lambda mark, parts, end, last: mark + end.join(parts) + last,
    st.sampled_from(("", "\ufeff")),
    st.lists(lines, max_size=25),
    ends,
    st.sampled_from(("", "\n", "\r\n\r\n")),
)


@pytest.mark.parametrize("read", [text.from_text, markdown.from_text])
@settings(deadline=None)
@given(source=texts)
def test_spans_are_ordered_inside_their_section_and_free_of_outer_white_space(
    read: Callable[[str, str], Document], source: str
) -> None:
    try:
        document = read(source, "any.txt")
    except DocumentError:
        return
    assert document.text == source
    check(document)


@settings(deadline=None)
@example(source="- \x1c1")
@example(source="[^1]:a\n\x85")
@example(source="\u2028\r1")
@example(source="1\r\x1c")
@given(
    source=st.text(
        alphabet=st.sampled_from("-*>#|:.1)ab \t\n\r\x0b\x0c\x1c\x85\u2028\ufeff[^]`~=<!/&;+"), max_size=60
    )
)
def test_any_jumble_of_marks_is_read_or_refused(source: str) -> None:
    for read in (text.from_text, markdown.from_text):
        try:
            check(read(source, "any.md"))
        except DocumentError:
            continue
