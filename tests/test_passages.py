from hypothesis import given
from hypothesis import strategies as st

from bot.passages import MAX_WORDS, cut_corpus, sentences
from bot.records import Block, Corpus, Document, Passage, Section

WORDS = st.text(st.sampled_from("ab 12.\t\r\u0301\U0001f600\u05d0\u0628?"), min_size=1, max_size=60)


def document(*blocks: tuple[str, str], lead_ins: frozenset[int] = frozenset()) -> Document:
    """A document of one section, its blocks joined by blank lines."""
    text, found = "", []
    for place, (kind, words) in enumerate(blocks):
        kept = words.strip()
        if not kept:
            continue
        text += "\r\n\r\n" if text else ""
        span = (len(text), len(text) + len(kept))
        text += kept
        found.append(Block("item" if kind == "item" else "paragraph", *span, lead_in=place in lead_ins))
    section = Section(("Signs",), 0, len(text), tuple(found))
    return Document("a.txt", "A", text, (section,), digest="")


def cut(doc: Document) -> tuple[Passage, ...]:
    return cut_corpus(Corpus((doc,), digest=""))


@given(st.lists(st.tuples(st.sampled_from(["item", "paragraph"]), WORDS), max_size=12))
def test_every_passage_and_unit_is_a_slice_of_its_document(blocks: list[tuple[str, str]]) -> None:
    doc = document(*blocks)
    for passage in cut(doc):
        assert doc.text[passage.start : passage.end] == passage.text
        assert passage.units[0].start == passage.start
        assert passage.units[-1].end == passage.end
        assert all(a.end <= b.start for a, b in zip(passage.units, passage.units[1:], strict=False))


@given(st.lists(st.tuples(st.sampled_from(["item", "paragraph"]), WORDS), max_size=12))
def test_no_word_of_a_block_is_lost(blocks: list[tuple[str, str]]) -> None:
    doc = document(*blocks)
    wanted = "".join(doc.text[b.start : b.end] for s in doc.sections for b in s.blocks)
    found = "".join(doc.text[unit.start : unit.end] for p in cut(doc) for unit in p.units)
    assert "".join(found.split()) == "".join(wanted.split())


def test_a_list_keeps_the_line_that_leads_into_it() -> None:
    doc = document(("p", "The signs are:"), ("item", "fever"), ("item", "cough"), lead_ins=frozenset({0}))
    (passage,) = cut(doc)
    assert passage.text.startswith("The signs are:")
    assert passage.text.endswith("cough")


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    doc = document(("p", "The knee hurts when it bends a lot. " * 40))
    passages = cut(doc)
    assert len(passages) > 1
    assert all(len(p.text.split()) <= MAX_WORDS and p.text.endswith("lot.") for p in passages)


def test_long_neighbours_stay_apart() -> None:
    doc = document(("p", "One word follows another here. " * 8), ("p", "And more words come after. " * 8))
    assert len(cut(doc)) == 2


def test_short_neighbours_are_joined() -> None:
    doc = document(("p", "Scan: a picture of bones."), ("p", "Biopsy: a piece of tissue is looked at."))
    assert len(cut(doc)) == 1


def test_left_overs_are_never_passages() -> None:
    section = Section((), 0, 14, (Block("paragraph", 0, 14),), role="leftover")
    doc = Document("a.txt", "A", "Leave a reply.", (section,), digest="")
    assert cut(doc) == ()


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    text = "Dr. Lee gave 2.5 mg, e.g. at night. It helped."
    assert [text[s.start : s.end] for s in sentences(text, 0, len(text))] == [
        "Dr. Lee gave 2.5 mg, e.g. at night.",
        "It helped.",
    ]
