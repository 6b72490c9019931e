from pathlib import Path

import pytest

from bot.answering.hard_news import asks_for_it, is_hard_news
from bot.assistant import Assistant
from bot.settings import Settings


@pytest.mark.parametrize(
    "text",
    [
        "The five-year survival is one in six.",
        "Half of all patients with gout of the heart live for two more years.",
        "Some people die within a month of the first attack.",
        "Left alone, the fever is often fatal.",
        "It is the most frequent cause of death at this age.",
        "The prognosis of this form is, sadly, poor.",
    ],
)
def test_how_long_people_live_is_hard_to_read(text: str) -> None:
    assert is_hard_news(text)


@pytest.mark.parametrize(
    "text",
    [
        "Take one tablet a day for two years.",
        "After some days the cells of the skin die and fall off.",
        "Many people live alone and cook for themselves.",
        "The outlook is good: it heals within weeks.",
    ],
)
def test_other_passages_are_not(text: str) -> None:
    assert not is_hard_news(text)


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
    assert any(is_hard_news(hit.passage.text) for hit in answer.ranked)
    assert any(is_hard_news(quote.passage.text) for quote in answer.quotes) is asks


@pytest.mark.parametrize("question", ["How long have I got?", "what are her chances of being alive in 5 yrs"])
def test_it_is_quoted_where_it_answers(starter: Assistant, question: str) -> None:
    answer = starter.ask(question)
    assert answer.outcome == "answered"
    assert is_hard_news(answer.quotes[0].passage.text)


@pytest.mark.parametrize(
    "question",
    [
        "Will I see my son grow up?",
        "what should we expect",
        "How long?",
        "is it going to get worse",
        "How long will my mum last?",
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
