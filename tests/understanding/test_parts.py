"""Messages that ask several things, and those that ask one thing at length."""

import pytest

from bot.understanding.parts import parts

SEVERAL: dict[str, tuple[str, ...]] = {
    "What is tamoxifen and what are its side effects?": ("What is tamoxifen", "what are its side effects?"),
    "What is gout? How is it treated?": ("What is gout?", "How is it treated?"),
    "How is breast cancer treated, and how long does chemo take?": (
        "How is breast cancer treated",
        "how long does chemo take?",
    ),
    "whats a pet scan and does it hurt": ("whats a pet scan", "does it hurt"),
    "Hello. What is tamoxifen? Can it cause hair loss? Thank you!": (
        "What is tamoxifen?",
        "Can it cause hair loss?",
    ),
    "I have gout. What can I eat? Is it hereditary?": ("I have gout. What can I eat?", "Is it hereditary?"),
    "My hair is falling out. Is this from the tablets and will it grow back?": (
        "My hair is falling out. Is this from the tablets",
        "will it grow back?",
    ),
    "1. What are the symptoms of gout?\n2. Which drugs help?\n3. Is it contagious?": (
        "What are the symptoms of gout?",
        "Which drugs help?",
        "Is it contagious?",
    ),
    "Please tell me what lymphoedema is and how it is treated.": (
        "Please tell me what lymphoedema is",
        "how it is treated.",
    ),
    "I wonder what causes gout and whether it can be cured": (
        "I wonder what causes gout",
        "whether it can be cured",
    ),
    "what causes gout and what helps": ("what causes gout", "what helps"),
    "Does chemo hurt? And how long is a session?": ("Does chemo hurt?", "how long is a session?"),
    "is it curable? what are the side effects of chemo": (
        "is it curable?",
        "what are the side effects of chemo",
    ),
    "My mum has bone mets, what does that mean and can they be treated?": (
        "My mum has bone mets, what does that mean",
        "can they be treated?",
    ),
    "What does stage 4 mean? I also have gout. Is that hereditary?": (
        "What does stage 4 mean?",
        "I also have gout. Is that hereditary?",
    ),
    "Can I drink alcohol on letrozole; also, should I take calcium?": (
        "Can I drink alcohol on letrozole",
        "should I take calcium?",
    ),
    "I want to know how long tamoxifen is taken. I'd like to know if it makes you gain weight.": (
        "I want to know how long tamoxifen is taken.",
        "I'd like to know if it makes you gain weight.",
    ),
    "Who gets gout? How is gout treated? Does gout go away?": (
        "Who gets gout?",
        "How is gout treated?",
        "Does gout go away?",
    ),
    "how do they find it and where does it spread": ("how do they find it", "where does it spread"),
    "What is a biopsy? Is it curable? Can it be cured?": ("What is a biopsy?", "Is it curable?"),
}
ONE = (
    "What is tamoxifen?",
    "What are the symptoms and treatment of gout?",
    "I have a question? What is tamoxifen?",
    "Can I ask you something? What helps against gout?",
    "I have gout. What can I eat?",
    "My leg hurts. Is this normal?",
    "What is the difference between a CT scan and an MRI scan?",
    "Should I stop or should I continue?",
    "Is it the drug? Or is it the cancer?",
    "When and how should I take it?",
    "Can gout be cured? If so, how long does that take?",
    "What is gout and why?",
    "Is gout curable? Can gout be cured?",
    "SUBJECT: what is in lidocaine?\nMESSAGE: what is in lidocaine?",
    "Why me? What did I do to deserve this? How is gout treated?",
    "How do I know what to eat and what to avoid?",
    "I take tamoxifen, which is a hormone drug. How long do I take it?",
    "My knees are stiff since I take letrozole. What should I do? Any ideas?",
    "I understand what it is and how it works, but is it curable?",
    "hello? anyone? what is chemo",
    "what happens when I stop taking it and start again?",
    "Can you help me? I need to know what chemo does.",
    "How long does it last? How long?",
    "SUBJECT: Stiff knees on letrozole?\nMESSAGE: My knees are stiff since March. Is it the letrozole?",
    "Could you please let me know how and where I can get a mammogram?",
    "Should I still get a shingles vaccine? I really need to know.",
)
NONE = ("", "Hello.", "Thank you so much", "I have gout.", "Can you help me?")


def texts(message: str) -> tuple[str, ...]:
    return tuple(message[part.start : part.end] for part in parts(message))


@pytest.mark.parametrize(("message", "asked"), SEVERAL.items(), ids=list(SEVERAL))
def test_each_question_of_a_message_is_a_slice_of_it(message: str, asked: tuple[str, ...]) -> None:
    assert texts(message) == asked


@pytest.mark.parametrize("message", ONE)
def test_one_question_is_not_split(message: str) -> None:
    assert len(texts(message)) <= 1


@pytest.mark.parametrize("message", NONE)
def test_a_message_without_a_question_has_no_parts(message: str) -> None:
    assert texts(message) == ()


@pytest.mark.parametrize(
    "told",
    [
        "My father is 80 and was a miner until he was 60, he keeps bees.",
        "She has gout and is the best cook in town.",
        "Was diagnosed with gout in May.",
        "Which was a shock to all of us.",
    ],
)
def test_what_a_letter_tells_is_no_question(told: str) -> None:
    asked = ("What is tamoxifen?", "Does chemo hurt?")
    assert texts(f"{told} {' '.join(asked)}") == asked
