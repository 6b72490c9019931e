"""Greetings, thanks and goodbyes: messages that ask nothing."""

from bot.analysis import words
from bot.records import SmallTalk

_GREETINGS = "hi hello hey hiya howdy greetings morning afternoon evening namaste hola"
_THANKS = "thanks thank thankyou thx ty cheers appreciated grateful ta"
_SAID: dict[SmallTalk, frozenset[str]] = {
    "greeting": frozenset(_GREETINGS.split()),
    "thanks": frozenset(_THANKS.split()),
    "goodbye": frozenset({"bye", "goodbye", "cya", "farewell"}),
}
# Words that may stand beside them without asking anything.
_POLITE = (
    "there good day to you u so very much a lot for your the help all again everyone doctor bot ok okay great"
)
_PLAIN = "that was helpful it is really many and now see later night have nice one i am this information"
_BESIDE = frozenset([*_POLITE.split(), *_PLAIN.split()])


def small_talk(message: str) -> SmallTalk | None:
    """What kind of small talk a message is; None where there is anything to look up."""
    said = words(message)
    for kind, signs in reversed(_SAID.items()):
        if any(word in signs for word in said) and all(
            word in _BESIDE or any(word in others for others in _SAID.values()) for word in said
        ):
            return kind
    return None
