"""What texts, questions and names are drawn from: plain words, odd signs, pieces of every markup."""

from hypothesis import strategies as st

WORDS = (
    *("gout", "joint", "joints", "toe", "the", "a", "is", "of", "and", "what", "how", "can", "I", "my", "it"),
    *("pain", "cancer", "symptoms", "causes", "treatment", "breast", "children", "chemotherapy", "liver"),
    *("doctor", "night", "5", "mg", "2019-04-01", "e.g.", "Dr.", "swells", "metastisis", "kemo", "brest"),
    *("?", "!", ".", ",", ";", ":", "-", "\u2013", "\u2026", '"', "'", "(", ")", "[1]", "*", "|", "#", "&"),
    *(
        "cafe\u0301",
        "na\u00efve",
        "\u00df",
        "\u0130",
        "\u212a",
        "\ufb01",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u4f60\u597d",
    ),
    *(
        "\U0001f9b6",
        "\U0001f469\U0001f3fd\u200d\u2695\ufe0f",
        "\u202e",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\u2028",
    ),
    *("\x00", "\x0b", "\x1c", "\x85", "\xa0", "\u0300" * 3, "\U000e0041", "%s", "{0}", "$x$", "&amp;"),
)
SPACES = (" ", " ", " ", "", "\n", "\n\n", "\t", "\r\n", "\r", "\xa0", "   ")
# Any text that can be written down: half of a pair of surrogates cannot.
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
# A run of one sign or word, which patterns that go back and forth are slow on.
runs = st.builds(lambda word, count: word * count, st.sampled_from((*WORDS, *SPACES)), st.integers(1, 400))
pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), any_text, runs)
prose = st.lists(st.tuples(pieces, st.sampled_from(SPACES)), max_size=25).map(
    lambda parts: "".join(word + space for word, space in parts)
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
