from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.hard_news import asks_for_it, is_hard_news
from bot.assistant import Assistant
from bot.records import Passage, Span
from bot.settings import Settings


def hard(text: str) -> bool:
    return is_hard_news(Passage(0, "a.md", 0, len(text), text, (), ()), text)


@pytest.mark.parametrize(
    "text",
    [
        "The five-year survival is one in six.",
        "Half of all patients with gout of the heart live for two more years.",
        "Some people die within a month of the first attack.",
        "Left alone, the fever is often fatal.",
        "It is the most frequent cause of death at this age.",
        "The prognosis of this form is, sadly, poor.",
        "Only 15% of patients survive.",
        "Most babies do not survive infancy.",
        "The chance of surviving five years is 20 percent.",
        "Mortality rates are high.",
        "It was behind 685,000 deaths a year.",
        "Half are dead within five years.",
        "It shortens life by ten years.",
        "The outlook of this form is not good.",
    ],
)
def test_how_long_people_live_is_hard_to_read(text: str) -> None:
    assert hard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Take one tablet a day for two years.",
        "After some days the cells of the skin die and fall off.",
        "Many people live alone and cook for themselves.",
        "The outlook is good: it heals within weeks.",
        "The mite lives in the skin for two months.",
        "Get a live vaccine two weeks before you travel.",
        "People living in one of these towns for a few months get used to it.",
    ],
)
def test_other_passages_are_not(text: str) -> None:
    assert not hard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Too many tablets can be fatal. Ring the poisons line.",
        "Children may die of a single tablet. Call an ambulance at once.",
        "Never mix bleach and ammonia: the gas is deadly.",
        "Some people die of a sting: use the pen immediately.",
        "Put babies to sleep on their backs, for some die in their sleep. Always on their back.",
    ],
)
def test_what_to_do_in_danger_is_never_kept_from_anybody(text: str) -> None:
    assert not hard(text)


def test_the_heading_and_the_header_of_a_table_tell_what_its_rows_are_about() -> None:
    text = "Alive after five years\n\n15 in 100\n"
    row = Passage(0, "a.md", 24, 33, "15 in 100", (), (), beside=(Span(0, 22),))
    assert is_hard_news(row, text)
    assert is_hard_news(replace(row, beside=(), heading=("Survival by stage",)), text)
    assert not is_hard_news(replace(row, beside=()), text)


def test_one_sentence_at_the_end_of_a_passage_on_something_else_does_not_make_it_one() -> None:
    sentences = ("Splints help.", "Exercise helps.", "A tube may be needed.", "Some people die young.")
    starts = [sum(len(before) + 1 for before in sentences[:at]) for at in range(4)]
    text = " ".join(sentences)
    units = tuple(Span(start, start + len(one)) for start, one in zip(starts, sentences, strict=True))
    passage = Passage(0, "a.md", 0, len(text), text, (), units)
    assert not is_hard_news(passage, text)
    assert is_hard_news(replace(passage, units=(units[3], *units[:3])), text)
    assert is_hard_news(replace(passage, units=units[2:]), text)


CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def starter() -> Assistant:
    return Assistant.open(CORPUS)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many days apart are doses of docetaxel?", False),
        ("Is it handed down to my daughters?", False),
        ("Can I still fly to Spain in June?", False),
        ("How many women die of breast cancer in a year?", True),
        ("Is the lung the worst place for it to be?", True),
    ],
)
def test_it_is_near_only_to_what_asks_for_it(starter: Assistant, question: str, *, asks: bool) -> None:
    answer = starter.ask(question, depth=8)
    assert answer.outcome == "related"
    assert any(hard(hit.passage.text) for hit in answer.ranked)
    assert any(hard(quote.passage.text) for quote in answer.quotes) is asks


@pytest.mark.parametrize("question", ["How long have I got?", "what are her chances of being alive in 5 yrs"])
def test_it_is_quoted_where_it_answers(starter: Assistant, question: str) -> None:
    answer = starter.ask(question)
    assert answer.outcome == "answered"
    assert hard(answer.quotes[0].passage.text)


@pytest.mark.parametrize(
    "question",
    [
        "Will I see my son grow up?",
        "what should we expect",
        "How long?",
        "is it going to get worse",
        "How long will my mum last?",
        "how much longer does he have",
        "will he pull through",
        "what happens if i dont treat it",
    ],
)
def test_whoever_asks_about_the_outlook_in_own_words_asks_for_it(starter: Assistant, question: str) -> None:
    assert asks_for_it(starter.query(question))


@pytest.mark.parametrize("question", ["How long do I take it?", "can i drink wine", "Can I live with a cat?"])
def test_whoever_asks_something_else_does_not(starter: Assistant, question: str) -> None:
    assert not asks_for_it(starter.query(question))


def test_nothing_is_near_where_all_that_is_left_is_hard_to_read(tmp_path: Path) -> None:
    source = "# Gout of the heart\n\n## Outlook\n\nPeople with gout of the heart live for two years.\n"
    (tmp_path / "gout.md").write_text(source, "utf-8")
    assistant = Assistant.open(tmp_path, settings=Settings(related_threshold=0.0, answer_threshold=0.99))
    for question, outcome in (("Which tablets help the heart?", "none"), ("Do they die of it?", "related")):
        answer = assistant.ask(question)
        assert (answer.outcome, bool(answer.quotes)) == (outcome, outcome == "related")


GOUT_PILLS = """# Colchicine tablets

## How to take it

Take one colchicine tablet in the morning with water.

## Too many tablets

Too many colchicine tablets can be fatal. Ring the poisons line.

## Children

Children who take one colchicine tablet may die. Call an ambulance.

## Side effects

Colchicine tablets can make you feel sick.
"""


@pytest.mark.parametrize(
    "question", ["I swallowed three colchicine instead of one, what now?", "my toddler got at my gout pills"]
)
def test_whoever_took_too_much_is_shown_what_to_do(tmp_path: Path, question: str) -> None:
    (tmp_path / "colchicine.md").write_text(GOUT_PILLS, "utf-8")
    assistant = Assistant.open(tmp_path, settings=Settings(related_threshold=0.0))
    quoted = " ".join(quote.passage.text for quote in assistant.ask(question).quotes)
    assert "Call an ambulance" in quoted or "Ring the poisons line" in quoted
