from bot.records import Answer, Turn
from bot.settings import Talking
from bot.web.asgi import Message, Receive, Send
from bot.web.conversations import Conversations
from bot.web.proxies import Proxies
from bot.web.server import served_so
from tests.web.loops import finished


async def _nothing(scope: Message, receive: Receive, send: Send) -> None:
    pass


def test_conversations_end_where_nobody_asks_any_more_too() -> None:
    now = [0.0]
    conversations = Conversations(clock=lambda: now[0])
    conversations.add(conversations.begin(), Turn("What is a lamp?", Answer("What is a lamp?", "none")))
    now[0] = Talking().conversation_minutes * 60 + 1.0

    async def once() -> None:
        now_and_then = served_so(_nothing, conversations, Proxies()).callback_notify
        assert now_and_then is not None
        await now_and_then()

    finished(once())
    assert len(conversations) == 0


def test_what_patients_ask_is_in_no_access_log() -> None:
    assert not served_so(_nothing, Conversations(), Proxies()).access_log
