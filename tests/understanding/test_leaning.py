"""Which questions need what was said before them, and which never do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.library import read_corpus
from bot.records import Undo
from bot.understanding.leaning import leans

ROOT = Path(__file__).parents[2]
LIBRARY = {
    "Gout": "Gout makes a toe swell. It is treated with colchicine.",
    "Scurvy": "Scurvy makes the gums bleed. It is treated with oranges.",
    "Hiccups": "Hiccups come from the diaphragm. They pass by themselves.",
    "Colchicine": "Colchicine calms gout. Its side effects are loose stools.",
}
# Whatever the documents are about, something has to have been named before these.
LEANING = [
    "What are its side effects?",
    "wat are it's side efects",
    "How is it given?",
    "How do they work?",
    "and for men?",
    "And in children?",
    "Which of those is the safest?",
    "which one is better",
    "What are those for?",
    "Is that the same as a bruise?",
    "Does that hurt?",
    "How long does that last?",
    "Can I take it with milk?",
    "how much of it do I take a day?",
    "Should I stop taking them?",
    "Does it have side effects?",
    "What are the side effects of it?",
]
# Only where "it" can be one of many things, and where the subject is missing altogether.
LEANING_IN_A_LIBRARY = [
    "How is it treated?",
    "Can it be cured?",
    "What causes it?",
    "What are the symptoms?",
    "What is the outlook?",
    "who can get this",
    "What about children?",
    "Is it dangerous?",
    "Does it come back?",
]
STANDING = [
    "What is gout?",
    "Gout: how is it treated?",
    "My doctor said scurvy, what does that mean?",
    "Is it safe to fly with gout?",
    "Is it normal that my toe burns at night?",
    "Is it true that oranges help against scurvy?",
    "What are the side effects of colchicine?",
    "What do they do to confirm gout?",
    "How can I tell whether it is gout?",
    "Why does it burn when I walk on my toe?",
    "My toe has been swollen since Sunday and no tablet does a thing, is that anything to worry about?",
    "Which signs show that gout gets worse?",
    "Do people with gout lose their toes?",
    "Could this be scurvy?",
]
# With one conversation lost, what might stand by itself may as well go on about it.
LEANING_ON_WHAT_WAS_LOST = [
    *("Can it be cured?", "Is it painful?", "why?", "and then?", "What about the toe?", "and the gums?"),
    *("can men get this", "what if its the gums"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("library")
    for title, text in LIBRARY.items():
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return Assistant.open(folder, encoder=None)


@pytest.fixture(scope="module")
def one_topic() -> Assistant:
    return Assistant(read_corpus(ROOT / "corpus"), folder=ROOT / "corpus")


def _asked_back(assistant: Assistant, question: str, *, lost: bool = False) -> bool:
    return assistant.ask(question, lost=lost).small_talk == "leaning"


@pytest.mark.parametrize("question", LEANING)
def test_a_question_about_something_that_nobody_named_is_asked_back(
    library: Assistant, one_topic: Assistant, question: str
) -> None:
    assert _asked_back(library, question)
    assert _asked_back(one_topic, question)


@pytest.mark.parametrize("question", LEANING_IN_A_LIBRARY)
def test_where_all_documents_are_about_one_thing_it_may_be_that(
    library: Assistant, one_topic: Assistant, question: str
) -> None:
    assert _asked_back(library, question)
    assert not _asked_back(one_topic, question)


@pytest.mark.parametrize("question", STANDING)
@pytest.mark.parametrize("lost", [False, True], ids=["fresh", "lost"])
def test_a_question_that_says_what_it_is_about_is_answered(
    library: Assistant, question: str, *, lost: bool
) -> None:
    assert not _asked_back(library, question, lost=lost)


def test_a_name_alone_is_enough_where_nothing_was_asked_before(library: Assistant) -> None:
    for question in ("And gout?", "What about hiccups in babies?"):
        assert not _asked_back(library, question)
        assert _asked_back(library, question, lost=True)


@pytest.mark.parametrize("question", LEANING_ON_WHAT_WAS_LOST)
def test_more_leans_on_a_conversation_that_was_lost(
    library: Assistant, one_topic: Assistant, question: str
) -> None:
    assert _asked_back(library, question, lost=True)
    assert _asked_back(one_topic, question, lost=True)


def _starter() -> Iterator[dict[str, object]]:
    for path in sorted((ROOT / "tests" / "starter").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def test_no_question_of_the_starter_sets_that_stands_alone_is_asked_back(one_topic: Assistant) -> None:
    alone = [str(row["question"]) for row in _starter() if not row.get("history")]
    assert len(alone) > 200
    assert [question for question in alone if _asked_back(one_topic, question)] == []


def test_what_is_asked_back_is_not_asked_back_in_its_conversation(library: Assistant) -> None:
    history = library.replay(["What is colchicine?"])
    for question in (*LEANING, *LEANING_IN_A_LIBRARY):
        assert library.ask(question, history).small_talk != "leaning"


def test_a_long_message_says_what_it_is_about() -> None:
    assert leans(["is", "it", "given"], names=())
    assert not leans(["so", *["very"] * 12, "is", "it", "given"], names=())
    assert not leans([], names=())


@pytest.mark.parametrize("reply", ["colchicine", "Colchicine.", "it is colchicine", "the colchicine tablets"])
def test_who_is_asked_what_it_is_about_may_just_name_it(library: Assistant, reply: str) -> None:
    history = library.replay(["What are its side effects?"])
    answer = library.ask(reply, history)
    assert answer.question == reply
    assert answer.understood.asked == f"{reply.rstrip('.')}. What are its side effects?"
    assert "side effects" in answer.quotes[0].passage.text
    assert library.replay([*(turn.question for turn in history), reply])[-1].asks


@pytest.mark.parametrize("message", ["What is scurvy?", "How do hiccups start?", "hello", "thank you"])
def test_who_asks_something_else_instead_is_answered_that(library: Assistant, message: str) -> None:
    answer = library.ask(message, library.replay(["What are its side effects?"]))
    assert answer.understood.asked is None


def test_a_new_subject_that_is_not_named_is_asked_back(library: Assistant) -> None:
    history = library.replay(["What is gout?"])
    assert library.ask("How is it treated?", history).small_talk is None
    assert library.ask("How is it treated?", history, undo=Undo(carried=True)).small_talk == "leaning"
