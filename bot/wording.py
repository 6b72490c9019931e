"""Every sentence of the bot's own; all else that a patient reads stands in the sources."""

from bot.records import Notice, Outcome, SmallTalk
from bot.settings import Settings

WHAT_THIS_IS = (
    "Answers here are passages copied word for word from the documents that this site holds. This is "
    "information, not medical advice: your own doctors know your case. Nothing you type is stored."
)

TITLE = "Answers in the sources' own words"
YOUR_QUESTION = "Your question"
PLACEHOLDER = "For example: what are the symptoms?"
ASK = "Ask"
ANSWERS = "Questions and answers"

OUTCOMES: dict[Outcome, str] = {
    "answered": "The documents say:",
    "related": "The documents do not answer this directly. The nearest that they say:",
    "none": "The documents do not answer this question.",
}

SMALL_TALK: dict[SmallTalk, str] = {
    "greeting": "Hello. Ask a question, and you will see what the documents say about it, word for word.",
    "thanks": "You are welcome. Ask again whenever you like.",
    "goodbye": "Goodbye, and all the best.",
}

NOTICES: dict[Notice, str] = {
    "urgent": (
        "What you describe may be an emergency. Do not wait for an answer here: call {emergency_phone} now, "
        "or go to the nearest emergency department with somebody's help."
    ),
    "crisis": (
        "You are not alone with this, and talking helps. Please speak to somebody now: call {crisis_phone}. "
        "If you or the person you write about may be in danger, call {emergency_phone}."
    ),
}

MISSING = "These words do not stand in the documents: {words}."
SUGGESTIONS = "The documents do answer:"
CORRECTED = 'Searched for "{meant}"; you wrote "{typed}".'
ADDED = 'Also searched for "{added}", for your "{own}".'
CARRIED = "Taken to be about: {words}."
ASKED = 'Taken as your question: "{asked}"'


def notice(kind: Notice, settings: Settings) -> str:
    """A notice with the operator's phone numbers."""
    return NOTICES[kind].format(emergency_phone=settings.emergency_phone, crisis_phone=settings.crisis_phone)
