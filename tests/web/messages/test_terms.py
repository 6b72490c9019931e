"""Terms that the documents explain themselves."""

import pytest

from bot.records import Passage, Span
from bot.web.messages.terms import Terms


def _passage(text: str, heading: str = "Of joints", index: int = 0) -> Passage:
    return Passage(index, f"{index}.md", 10, 10 + len(text), text, (heading,), (Span(10, 10 + len(text)),))


@pytest.mark.parametrize(
    ("text", "heading", "name"),
    [
        ("A biopsy is a test that takes out a bit of skin.", "Tests", "biopsy"),
        ("Uric acid (UA) is the waste that the blood carries along.", "Acid", "uric acid"),
        ("Tophi, which means lumps of crystals under the skin.", "Lumps", "tophi"),
        ("Triptans are medicines that ease a headache at once.", "What are triptans?", "triptans"),
    ],
)
def test_a_sentence_that_says_what_something_is_explains_it(text: str, heading: str, name: str) -> None:
    passage = _passage(text, heading)
    [term] = Terms.of([passage]).used(_passage(f"They asked about {name} today.", index=1))
    assert term.name.casefold() == name
    assert term.text == text
    assert term.passage is passage


@pytest.mark.parametrize(
    "text",
    [
        "It is a test that takes out a bit of skin.",
        "The best treatment is a rest that lasts long enough.",
        "A biopsy is a test.",
        "Triptans are often taken when the pain is strong.",
        "Rest is the best of all that can be done.",
    ],
)
def test_other_sentences_explain_nothing(text: str) -> None:
    terms = Terms.of([_passage(text)])
    assert terms.used(_passage("test rest biopsy triptans treatment it", index=1)) == ()


def test_a_passage_does_not_explain_its_own_term_and_words_are_whole() -> None:
    passage = _passage("A cyst is a small bag that is filled with water.")
    terms = Terms.of([passage])
    assert terms.used(passage) == ()
    assert terms.used(_passage("The cystic kind is rare.", index=1)) == ()


def test_what_most_passages_are_about_is_not_explained() -> None:
    passages = [_passage("Gout is a disease of the joints that hurts.")]
    passages += [_passage("Gout hurts.", index=index) for index in range(1, 20)]
    assert Terms.of(passages).used(passages[1]) == ()
