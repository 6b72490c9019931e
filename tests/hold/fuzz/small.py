"""The small files: the facts at a Markdown file's head, an operator's vocabulary."""

from hypothesis import strategies as st

from bot.errors import DocumentError, SettingsError
from bot.reading.front_matter import front_matter
from bot.understanding.vocabulary import Vocabulary, read_pairs
from tests.hold.fuzz.damage import damaged
from tests.hold.fuzz.documents import place
from tests.hold.fuzz.words import any_text, prose, sentences

_KEYS = (
    "title",
    "date",
    "publisher",
    "lang",
    "references",
    "reviewed",
    "url",
    "<<",
    "id",
    "? a",
    "2",
    "Title",
    "",
)
_VALUES = (
    *(
        "Gout",
        "2019-01-01",
        "2019-13-45",
        "0x",
        "1_000",
        "!!bool x",
        "!!timestamp x",
        "!!int ''",
        "&a b",
        "*a",
    ),
    *(
        "[a, b]",
        "{a: b}",
        "|",
        ">",
        "'",
        '"',
        '"\\ud800 x"',
        "~",
        "null",
        "yes",
        "1e999",
        "- x",
        "!!python/name:os",
    ),
    *(
        "[" * 50,
        "{a: " * 30,
        "# x",
        "%YAML 9.9",
        "\ttab",
        "2019-01-01T25:00:00Z",
        "''' x '''",
        "0o9",
        "[[a]]",
    ),
)
_values = st.one_of(st.sampled_from(_VALUES), prose, any_text)


def _block(fence: str, entries: list[tuple[str, str, str, str]], closing: str) -> str:
    inner = "".join(f"{indent}{key}{sign}{value}\n" for indent, key, sign, value in entries)
    return f"{fence}\n{inner}{closing}\nText.\n"


FRONT_MATTER = st.builds(
    _block,
    st.sampled_from(("---", "---", "+++", "--- ", "\ufeff---")),
    st.lists(
        st.tuples(
            st.sampled_from(("", "", "  ", "- ", "  - ", "    ")),
            st.sampled_from(_KEYS),
            st.sampled_from((": ", " = ", ":", "")),
            _values,
        ),
        max_size=8,
    ),
    st.sampled_from(("---", "+++", "...")),
)
_pairs = st.builds(
    lambda left, right, more: f"{left}\t{right}{more}",
    sentences,
    sentences,
    st.sampled_from(("", "\t<->", "\t->", "\t", "\tx", "\t->\tx")),
)
VOCABULARIES = damaged(
    st.lists(_pairs | st.just("# a remark") | prose, max_size=8).map(
        lambda lines: "\n".join(lines).encode("utf-8", "replace")
    ),
    most=2,
)


def check_front_matter(text: str) -> None:
    """Raises where a block of facts is neither read nor refused, or ends outside of the text."""
    try:
        found = front_matter(text)
    except DocumentError as error:
        assert str(error)
        return
    assert 0 <= found.end <= len(text)
    # What is stated is sent and shown, so that it has to be text.
    repr(found.facts).encode()


def check_vocabulary(data: bytes) -> None:
    """Raises where a vocabulary is neither taken nor refused with its line."""
    path = place() / "vocabulary.tsv"
    path.write_bytes(data)
    try:
        pairs = list(read_pairs(path))
    except SettingsError as error:
        assert "vocabulary.tsv" in str(error)
        return
    found = Vocabulary(pairs, stem=str.lower).expand(["gout", "pain", "the", "liver"], useful=bool)
    assert all(own and added for own, added in found)
