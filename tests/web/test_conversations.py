from bot.records import Answer, Turn
from bot.web import conversations as bounds
from bot.web.conversations import Conversations


def _turn(question: str) -> Turn:
    return Turn(question, Answer(question, "none"))


def test_turns_are_kept_in_order_and_the_oldest_fall_off() -> None:
    kept = Conversations()
    conversation = kept.begin()
    for number in range(bounds.MOST_TURNS + 3):
        kept.add(conversation, _turn(str(number)))
    turns = kept.turns(conversation) or ()
    assert [turn.question for turn in turns] == [str(n) for n in range(3, bounds.MOST_TURNS + 3)]


def test_the_longest_idle_conversation_goes_first() -> None:
    kept = Conversations()
    first, *others = [kept.begin() for _ in range(bounds.MOST_CONVERSATIONS + 1)]
    assert kept.turns(first) is None
    assert kept.turns(others[0]) == ()


def test_an_idle_conversation_is_forgotten() -> None:
    now = [0.0]
    kept = Conversations(clock=lambda: now[0])
    conversation = kept.begin()
    now[0] = bounds.LONGEST_IDLE_SECONDS + 1.0
    assert kept.turns(conversation) is None


def test_forgetting_drops_all() -> None:
    kept = Conversations()
    conversation = kept.begin()
    kept.forget(conversation)
    assert kept.turns(conversation) is None
