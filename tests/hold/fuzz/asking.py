"""Whole conversations: questions of every shape, each after those before it, some of it taken back."""

from functools import cache
from random import Random

from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.records import Answer, Turn, Undo
from bot.rendering.prediction import as_prediction
from tests.hold import STARTER_CORPUS
from tests.hold.fuzz.damage import varied_text
from tests.hold.fuzz.words import any_text, pieces, prose, sentences

_ASKED = (
    *(
        "What are its side effects?",
        "and in children?",
        "How is it treated",
        "What about the liver?",
        "thanks!",
    ),
    *(
        "I have breast cancer. Can I fly? And what can I eat?",
        "hola, \u00bfqu\u00e9 es el c\u00e1ncer?",
        "no",
        "What is chemotherapy?",
    ),
    *(
        "Subject: cancer. Message: what helps?",
        "My father had it, will I get it and when and how?",
        "why why why",
    ),
)
_long = st.lists(pieces, min_size=20, max_size=120).map(" ".join)
_questions = st.one_of(st.sampled_from(_ASKED), sentences, sentences, prose, any_text, _long)
_undone = st.lists(st.sampled_from(("kemo", "metastisis", "chemo", "brest", "")), max_size=2).map(frozenset)
_undo = st.builds(
    lambda corrected, added, carried: Undo(corrected, added, carried=carried), _undone, _undone, st.booleans()
)
CONVERSATIONS = st.lists(st.tuples(_questions, st.none() | _undo), min_size=1, max_size=4)


Conversation = list[tuple[str, Undo | None]]


@cache
def _assistant() -> Assistant:
    return Assistant.open(STARTER_CORPUS, encoder=None)


def varied_conversation(conversation: Conversation, chance: Random) -> Conversation:
    """The same conversation with one of its questions put otherwise."""
    at = chance.randrange(len(conversation))
    question, undo = conversation[at]
    return [*conversation[:at], (varied_text(question, chance), undo), *conversation[at + 1 :]]


def check(conversation: Conversation) -> None:
    """Raises where a question is neither answered in the sources' own words nor refused."""
    assistant, turns = _assistant(), list[Turn]()
    for question, undo in conversation:
        try:
            answer = assistant.ask(question, turns, undo=undo)
        except QuestionError as error:
            assert str(error)
            continue
        check_answer(answer, assistant)
        turns.append(Turn(question, answer, undo or Undo()))


def check_answer(answer: Answer, assistant: Assistant) -> None:
    """Raises where an answer quotes what is not there, or cannot be sent."""
    for quote in answer.quotes:
        passage, text = quote.passage, assistant.document(quote.passage.doc).text
        assert text[passage.start : passage.end] == passage.text
        for span in quote.highlights:
            assert passage.start <= span.start < span.end <= passage.end
    assert answer.outcome != "answered" or answer.quotes
    str(as_prediction(answer, ranked=True, sources=True)).encode()
