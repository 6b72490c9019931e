import pytest

from bot.evaluation.follow_up import follow_up


@pytest.mark.parametrize(
    ("question", "opening", "then"),
    [
        ("What are the symptoms of gout?", "gout", "What are the symptoms of it?"),
        ("What is the outlook for cancer of the liver", "cancer of the liver", "What is the outlook for it"),
        ("what causes Sleep Apnea??", "Sleep Apnea", "what causes it??"),
        ("What is (are) Hives?", "Hives", "What is (are) it?"),
        ("How is gout treated?", "gout", "How is it treated?"),
        ("How does cancer spread through the body?", "cancer", "How does it spread through the body?"),
        ("What does stenosis mean?", "stenosis", "What does it mean?"),
        ("What is Zometa for?", "Zometa", "What is it for?"),
        ("Can you explain lupus to me?", "lupus", "Can you explain it to me?"),
        ("What tests will I have for gout?", "gout", "What tests will I have for it?"),
    ],
)
def test_the_subject_is_named_first_and_is_it_then(question: str, opening: str, then: str) -> None:
    made = follow_up(question)
    assert made is not None
    assert made.opening == f"Please tell me about {opening}."
    assert made.question == then


@pytest.mark.parametrize(
    "question",
    [
        "",
        "How is it treated?",
        "What about the bones?",
        "I can't stop coughing",
        "My father has gout. What helps against gout?",
        "Does sugar feed cancer?",
        "gout",
        "What is the use of " + "very " * 7 + "long names?",
    ],
)
def test_a_question_without_a_subject_that_can_be_found_has_no_such_form(question: str) -> None:
    assert follow_up(question) is None
