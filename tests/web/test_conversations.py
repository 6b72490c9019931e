from bot.records import Answer, Hit, Passage, Span, Turn
from bot.settings import Talking
from bot.web.conversations import Conversations

BOUNDS = Talking()
IDLE_SECONDS = BOUNDS.conversation_minutes * 60


def _turn(question: str) -> Turn:
    return Turn(question, Answer(question, "none"))


def test_turns_are_kept_in_order_and_the_oldest_fall_off() -> None:
    kept = Conversations()
    conversation = kept.begin()
    for number in range(BOUNDS.conversation_turns + 3):
        kept.add(conversation, _turn(str(number)))
    turns = kept.turns(conversation) or ()
    assert [turn.question for turn in turns] == [str(n) for n in range(3, BOUNDS.conversation_turns + 3)]


def test_the_longest_idle_conversation_goes_first() -> None:
    kept = Conversations()
    first, *others = [kept.begin() for _ in range(BOUNDS.conversations + 1)]
    assert kept.turns(first) is None
    assert kept.turns(others[0]) == ()


def test_an_idle_conversation_is_forgotten() -> None:
    now = [0.0]
    kept = Conversations(clock=lambda: now[0])
    conversation = kept.begin()
    now[0] = IDLE_SECONDS + 1.0
    assert kept.turns(conversation) is None


def test_forgetting_drops_all() -> None:
    kept = Conversations()
    conversation = kept.begin()
    kept.forget(conversation)
    assert kept.turns(conversation) is None


def test_what_was_said_leaves_the_memory_when_its_time_is_over() -> None:
    now = [0.0]
    kept = Conversations(clock=lambda: now[0])
    kept.add(kept.begin(), _turn("What is a lamp?"))
    now[0] = IDLE_SECONDS / 2
    later = kept.begin()
    now[0] = IDLE_SECONDS + 1.0
    kept.sweep()
    assert len(kept) == 1
    assert kept.turns(later) == ()


def test_a_conversation_that_was_forgotten_during_a_question_does_not_come_back() -> None:
    kept = Conversations()
    conversation = kept.begin()
    kept.forget(conversation)
    kept.add(conversation, _turn("What is a lamp?"))
    assert kept.turns(conversation) is None
    assert len(kept) == 0


def test_no_ranking_is_kept() -> None:
    passage = Passage(0, "lamp.md", 0, 4, "Lamp", (), (Span(0, 4),))
    kept = Conversations()
    conversation = kept.begin()
    kept.add(conversation, Turn("lamp?", Answer("lamp?", "related", ranked=(Hit(passage, 1.0),))))
    (turn,) = kept.turns(conversation) or ()
    assert turn.answer == Answer("lamp?", "related")
