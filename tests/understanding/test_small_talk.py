"""What strangers write who ask the documents nothing, and what looks like it and does ask."""

import pytest

from bot.records import SmallTalk
from bot.understanding.small_talk import small_talk

# What a corpus on breast cancer might know; "cancer" is what all its documents are about.
KNOWN = frozenset(
    {*("tamoxifen", "fatigue", "metastasis", "liver", "test", "tests", "pain", "cancer", "anxious")}
)
TOPIC = frozenset({"cancer", "breast"})

ASKS_NOTHING: dict[SmallTalk, tuple[str, ...]] = {
    "distress": (
        "I'm scared",
        "im so scared",
        "I can't cope any more",
        "cant cope anymore",
        "I am absolutely terrified",
        "I just want to cry",
        "I can't stop crying",
        "why me",
        "It's not fair!!!",
        "I feel so alone with this",
        "I was diagnosed with breast cancer today and I'm frightened",
        "don't know what to do",
        "i hate this so much",
        "I'm scared of dying",
        "I don't want to die",
        "this is all too much for me",
        "I have cancer and I'm scared",
        "I've had enough",
        "cancer sucks",
        "i have stage 4 breast cancer and I'm scared",
        "my cancer has spread and I can't stop crying",
        "Help me I'm scared",
        "I am going to die, am I not",
    ),
    "grief": (
        "my mum died yesterday",
        "My dad passed away last week",
        "my husband left me after diagnosis",
        "I lost my sister to cancer",
        "my wife has died",
        "we buried my mother today",
        "my best friend died of a stroke",
        "I miss my mum so much",
        "i'm grieving",
    ),
    "greeting": ("Hi!", "good morning", "hello there, how are you?", "hellooo", "anyone there?", "hey doc"),
    "thanks": (
        "thank you so much, that was really helpful",
        "thx",
        "ok thanks",
        "Thanks for your help",
        "many thanks for the information",
        "much appreciated",
    ),
    "sources": (
        "how old is this information?",
        "When was this last updated?",
        "is this up to date",
        "what are your sources?",
        "Has a doctor checked this?",
        "who wrote this",
        "where did you get this from?",
    ),
    "privacy": (
        "is this private?",
        "who can see what I type",
        "can my husband read my questions?",
        "How do I delete my data",
        "do you store my questions",
    ),
    "goodbye": ("bye", "ok bye, thank you", "good night", "see you later", "take care"),
    "identity": (
        "who are you",
        "What are you?",
        "are you a doctor",
        "r u a real person",
        "am I talking to a robot",
        "is this a bot?",
        "can I speak to a human please",
        "are you human",
        "what's your name?",
        "what can you do",
        "hello, are you chatgpt?",
        "are you sure?",
        "is it a real nurse i am chatting with",
        "is this an actual person answering me",
        "is a human typing these answers",
    ),
    "help": (
        "help",
        "help me",
        "please help",
        "can you help me?",
        "I need some advice please",
        "I have a question",
        "can I ask you something?",
    ),
    "insult": (
        "you are useless",
        "stupid bot",
        "this is rubbish",
        "fuck off",
        "what a load of crap",
        "idiot",
    ),
    "unclear": (
        "asdf",
        "ok",
        "yes",
        "test",
        "qwertyuiop",
        "hmm",
        "aaaaaa",
        "lol",
        "no",
        "xcvbnm",
        "blah blah",
    ),
}
ASKS = (
    "I'm scared, is it curable?",
    "I'm scared will it come back",
    "i am worried about the side effects of tamoxifen",
    "tamoxifen",
    "fatigue",
    "metastasis",
    "tests",
    "help with pain",
    "what helps?",
    "hello, what is metastasis",
    "thanks. and after that?",
    "Thank you. How long?",
    "should I see a doctor",
    "do I need a doctor",
    "my mum died of breast cancer, am I at risk?",
    "my mum died of breast cancer and I found a lump",
    "Will I die?",
    "how long have I got",
    "is it serious",
    "I can't sleep",
    "I can't cope with the pain",
    "what can I do?",
    "what can you do for liver pain",
    "I'm tired",
    "I am anxious",
    "I can't breathe, help me",
    "who is at risk",
    "ptsd",
    "HRT",
    "xeljanz",
    "can a robot do the operation",
    "is there help for people with cancer?",
    "why is this happening to my liver",
    "stage 4",
    "can I ask you what tamoxifen does?",
    "my dad left hospital today, what can he eat",
    "is my family at risk",
    "can you die from it",
    "who can help me",
    "What now?",
    "what do i ask the doctor on monday about cancer",
    "can stress give you cancer",
    "people stare at me because of it, how do I deal with that",
    "I'm worried about what cancer will do to my body in the long term",
)


def taken(message: str) -> SmallTalk | None:
    return small_talk(message, known=KNOWN.__contains__, topic=TOPIC.__contains__)


@pytest.mark.parametrize(
    ("kind", "message"), [(kind, message) for kind, said in ASKS_NOTHING.items() for message in said]
)
def test_a_message_that_asks_nothing_is_told_its_kind(kind: SmallTalk, message: str) -> None:
    assert taken(message) == kind


@pytest.mark.parametrize("message", ASKS)
def test_a_question_is_never_small_talk(message: str) -> None:
    assert taken(message) is None


def test_a_word_that_follows_nothing_is_unclear() -> None:
    assert taken("why?") is None
    assert small_talk("why?", known=KNOWN.__contains__, first=True) == "unclear"


def test_a_feeling_that_the_documents_write_about_is_a_question() -> None:
    assert small_talk("I am anxious", known=lambda _: False) == "distress"


@pytest.mark.parametrize(
    "message",
    ["my gran passed out", "our baby just passed out", "my wife has passed out at home"],
)
def test_who_reports_an_emergency_is_not_told_of_a_loss(message: str) -> None:
    assert taken(message) is None
