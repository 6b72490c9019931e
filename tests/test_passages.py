import re
from bisect import bisect_right
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.passages import MAX_WORDS, cut_corpus, sentences
from bot.records import Block, BlockKind, Corpus, Document, Passage, Section

WORDS = st.text(st.sampled_from("ab 12.\t\r\u0301\U0001f600\u05d0\u0628?"), min_size=1, max_size=60)

KINDS: dict[str, BlockKind] = {
    "p": "paragraph",
    "paragraph": "paragraph",
    "item": "item",
    "row": "row",
    "header": "row",
    "note": "note",
}


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
        found.append(Block(KINDS[kind], *span, lead_in=place in lead_ins, header=kind == "header"))
    section = Section(("Signs",), 0, len(text), tuple(found))
    return Document("a.txt", "A", text, (section,), digest="")


def cut(doc: Document) -> tuple[Passage, ...]:
    return tuple(cut_corpus(Corpus((doc,), digest="")))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["item", "paragraph", "row", "note"]), WORDS), max_size=12))
def test_every_passage_and_unit_is_a_slice_of_its_document(blocks: list[tuple[str, str]]) -> None:
    doc = document(*blocks)
    for passage in cut(doc):
        assert doc.text[passage.start : passage.end] == passage.text
        assert passage.units[0].start == passage.start
        assert passage.units[-1].end == passage.end
        assert all(a.end <= b.start for a, b in zip(passage.units, passage.units[1:], strict=False))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["item", "paragraph", "row", "note"]), WORDS), max_size=12))
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


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["item", "paragraph", "note"]), st.just("ache ") | WORDS), max_size=9)
)
def test_no_passage_is_longer_than_a_reader_takes_in(blocks: list[tuple[str, str]]) -> None:
    doc = document(*((kind, words * 40) for kind, words in blocks))
    starts = [word.start() for word in re.finditer(r"\S+", doc.text)]
    for passage in cut(doc):
        # A sentence may end within what stands between two blanks ("so?1"): that is one word.
        words = {bisect_right(starts, at) for unit in passage.units for at in range(unit.start, unit.end)}
        assert len(words) <= MAX_WORDS


def test_words_without_a_full_stop_are_cut_at_their_line_ends() -> None:
    lines = [f"{number} users of the red pill in the county of {number}" for number in range(40)]
    passages = cut(document(("p", "\n".join(lines))))
    assert len(passages) > 1
    assert all(p.text.splitlines()[0] in lines and p.text.splitlines()[-1] in lines for p in passages)


def test_a_note_stays_with_what_it_belongs_to() -> None:
    dose = "Take one tablet in the morning with a glass of water and some food. " * 8
    doc = document(("p", dose), ("note", "Not if your kidneys are weak. " * 5), ("p", "Drink a lot. " * 20))
    with_note = next(p for p in cut(doc) if "kidneys" in p.text)
    assert "one tablet" in with_note.text
    assert "Drink" not in with_note.text


def test_a_table_that_is_cut_shows_the_names_of_its_columns_beside_every_piece() -> None:
    rows = [
        ("row", f"{weight} kg | {weight // 10} tablets of the white ones a day") for weight in range(20, 60)
    ]
    doc = document(("header", "Weight | Dose"), *rows)
    first, *others = cut(doc)
    assert first.text.startswith("Weight | Dose")
    assert not first.beside
    assert others
    for passage in others:
        assert [doc.text[span.start : span.end] for span in passage.beside] == ["Weight | Dose"]


def test_a_paragraph_without_end_is_cut_in_time() -> None:
    doc = document(("paragraph", "a. " * 60_000 + "b"))
    assert all(len(passage.text.split()) <= MAX_WORDS for passage in cut(doc))
    doc = document(("paragraph", "It hurts at night. " * 20_000))
    assert all(passage.text.endswith("night.") for passage in cut(doc))


def test_a_footnote_is_shown_beside_the_passages_that_refer_to_it() -> None:
    doc = document(
        ("paragraph", "Take it at night.[^1] " + "It works. " * 40),
        ("paragraph", "It is red. " * 45),
        ("paragraph", "[^1]: Not with weak kidneys. " + "Ask us. " * 50),
    )
    first, second, *_ = cut(doc)
    assert [doc.text[note.start : note.end][:27] for note in first.beside] == ["[^1]: Not with weak kidneys"]
    assert second.beside == ()


def test_two_tables_are_two_passages() -> None:
    blocks = tuple(
        Block("row", at * 10, at * 10 + 9, header=header)
        for at, header in enumerate((True, False, True, False))
    )
    text = "Drug dose\nIce  much\nDay  step\nOne  rest\n"
    doc = Document("any.txt", "any", text, (Section((), 0, len(text), blocks),), "")
    assert [passage.text for passage in cut(doc)] == ["Drug dose\nIce  much", "Day  step\nOne  rest"]


def test_a_list_and_the_table_behind_it_are_two_passages() -> None:
    blocks = (
        Block("item", 0, 3),
        Block("row", 4, 13, header=True),
        Block("row", 14, 23),
        Block("item", 24, 28),
    )
    text = "red\nDrug dose\nIce  much\nrest\n"
    doc = Document("any.txt", "any", text, (Section((), 0, len(text), blocks),), "")
    assert [passage.text for passage in cut(doc)] == ["red", "Drug dose\nIce  much", "rest"]


def test_directives_between_short_paragraphs_are_not_shown_with_them() -> None:
    text = "Rest.\n\n{% end %}\n\nIce.\n"
    blocks = (Block("paragraph", 0, 5), Block("paragraph", 18, 22))
    doc = Document("any.md", "any", text, (Section((), 0, len(text), blocks),), "")
    assert [passage.text for passage in cut(doc)] == ["Rest.", "Ice."]


def test_a_fence_parts_two_tables() -> None:
    text = "a  1\n```\n\n    b  2\n"
    doc = Document(
        "a.md", "a", text, (Section((), 0, len(text), (Block("row", 0, 4), Block("row", 14, 18))),), ""
    )
    assert [passage.text for passage in cut(doc)] == ["a  1", "b  2"]


def test_the_later_pieces_of_a_list_have_the_line_that_leads_into_it_beside_them() -> None:
    items = [("item", " ".join([f"sign {number} of many"] * 12)) for number in range(6)]
    doc = document(("paragraph", "It starts slowly. Its signs are:"), *items, lead_ins=frozenset({0}))
    first, *others = cut(doc)
    assert first.text.startswith("It starts slowly.")
    assert not first.beside
    assert others
    for passage in others:
        assert [doc.text[span.start : span.end] for span in passage.beside] == ["Its signs are:"]


def test_a_list_set_apart_from_the_one_before_it_is_not_led_into_by_its_line() -> None:
    doc = document(("paragraph", "Helpful are:"), *[("item", "rest " * 60)] * 2, lead_ins=frozenset({0}))
    text = doc.text + "\n\n\n\n" + "another list " * 40
    block = Block("item", len(doc.text) + 4, len(text) - 1)
    section = replace(doc.sections[0], end=len(text), blocks=(*doc.sections[0].blocks, block))
    assert not any(passage.beside for passage in cut(replace(doc, text=text, sections=(section,))))
