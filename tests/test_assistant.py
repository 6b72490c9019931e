from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import QuestionError
from bot.meaning import load_encoder
from bot.records import Answer, Undo
from bot.rendering.terminal import paragraphs
from bot.wording import say


def texts(answer: Answer) -> str:
    return "\n".join(quote.passage.text for quote in answer.quotes)


def test_a_question_is_answered_with_exact_slices(assistant: Assistant) -> None:
    answer = assistant.ask("What are the symptoms of gout?")
    assert answer.outcome == "answered"
    for quote in answer.quotes:
        text = assistant.document(quote.passage.doc).text
        assert text[quote.passage.start : quote.passage.end] == quote.passage.text
        assert all(quote.passage.start <= h.start < h.end <= quote.passage.end for h in quote.highlights)


def test_a_list_answers_with_its_items_marked(assistant: Assistant) -> None:
    first = assistant.ask("What are the symptoms of gout?").quotes[0]
    text = assistant.document(first.passage.doc).text
    assert [text[h.start : h.end] for h in first.highlights] == [
        "sudden strong pain in the big toe",
        "a red and hot joint",
        "a fever",
    ]


def test_a_question_that_the_sources_do_not_answer_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the president of Brazil?")
    assert answer.outcome != "answered"
    assert "brazil" in answer.missing


def test_a_slip_is_corrected_and_can_be_undone(assistant: Assistant) -> None:
    assert assistant.ask("what is colchisine").understood.corrected == (("colchisine", "colchicine"),)
    undone = assistant.ask("what is colchisine", undo=Undo(corrected=frozenset({"colchisine"})))
    assert undone.understood.corrected == ()


def test_a_follow_up_goes_on_about_the_subject(assistant: Assistant) -> None:
    answer = assistant.ask("How is it treated?", assistant.replay(["What is gout?"]))
    assert "gout" in answer.understood.carried
    assert "colchicine" in texts(answer)


def test_what_was_carried_over_can_be_dropped(assistant: Assistant) -> None:
    turns = assistant.replay(["What is gout?"])
    assert assistant.ask("How is it treated?", turns, undo=Undo(carried=True)).understood.carried == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("hello", "greeting"),
        ("Thanks a lot!", "thanks"),
        ("bye", "goodbye"),
        ("I'm scared", "distress"),
        ("my mum died yesterday", "grief"),
        ("are you a robot?", "identity"),
        ("help me", "help"),
        ("you are useless", "insult"),
        ("asdf", "unclear"),
        ("why?", "unclear"),
    ],
)
def test_small_talk_is_answered_in_kind(assistant: Assistant, said: str, kind: str) -> None:
    answer = assistant.ask(said)
    assert (answer.small_talk, answer.quotes) == (kind, ())
    assert answer.suggestions


def test_after_a_refusal_what_one_may_begin_with_is_offered(assistant: Assistant) -> None:
    # It shares nothing but "of" with any heading.
    answer = assistant.ask("What is the capital of Australia?")
    assert (answer.outcome, answer.suggestions) == ("none", assistant.starters(3))


def test_a_feeling_beside_a_question_leaves_it_a_question(assistant: Assistant) -> None:
    answer = assistant.ask("I'm scared, how is gout treated?")
    assert (answer.small_talk, answer.outcome) == (None, "answered")


@pytest.mark.parametrize(
    "between", ["thanks", "my mum died yesterday", "test", "ich habe angst vor der chemo"]
)
def test_small_talk_is_no_subject_to_go_on_about(assistant: Assistant, between: str) -> None:
    answer = assistant.ask("How is it treated?", assistant.replay(["What is gout?", between]))
    assert answer.understood.carried == ("gout",)


def test_beside_a_crisis_notice_nothing_is_offered(assistant: Assistant) -> None:
    answer = assistant.ask("I just want to die")
    assert (answer.notice, answer.small_talk, answer.suggestions) == ("crisis", None, ())


@pytest.mark.parametrize("bad", ["", "  \n", "x" * 10_000, "\U0001f600\U0001f622", "ꦲꦏꦱꦫ", "???"])
def test_a_question_that_cannot_be_looked_up_is_an_error_in_one_sentence(
    assistant: Assistant, bad: str
) -> None:
    with pytest.raises(QuestionError, match=r"^[A-Z].*\.$"):
        assistant.ask(bad)


def test_the_same_question_gets_the_same_answer(assistant: Assistant, folder: object) -> None:
    again = Assistant(assistant.corpus, encoder=load_encoder())
    again.encode()
    one, other = assistant.ask("What helps gout?"), again.ask("What helps gout?")
    assert (one.quotes, one.ranked, one.confidence) == (other.quotes, other.ranked, other.confidence)


def test_suggested_questions_come_from_headings_and_are_answered(assistant: Assistant) -> None:
    starters = assistant.starters()
    assert "What are the symptoms of gout?" in starters
    assert assistant.ask("What are the symptoms of gout?").outcome == "answered"


def test_an_emergency_is_a_notice_beside_the_outcome(assistant: Assistant) -> None:
    assert assistant.ask("I cannot breathe and my chest hurts badly right now, help").notice == "urgent"


@pytest.mark.parametrize("message", ["im so scared, what is gout?", "What is gout? I feel really desperate."])
def test_who_asks_in_fear_is_told_kindly_before_the_answer(assistant: Assistant, message: str) -> None:
    answer = assistant.ask(message)
    assert answer.quotes
    assert answer.afraid
    assert paragraphs(answer, assistant)[0] == say("afraid")
    assert not assistant.ask("Are people with gout afraid of stairs?").afraid


def test_a_decision_is_the_doctors_whatever_the_documents_say(assistant: Assistant) -> None:
    answer = assistant.ask("Should I take colchicine for gout?")
    assert answer.decision
    assert "colchicine" in texts(answer)
    assert not assistant.ask("What is gout?").decision


@pytest.mark.parametrize(
    ("message", "language"),
    [("Ist das heilbar?", "de"), ("que es la gota", "es"), ("что это такое", "ru"), ("能治好吗", "zh")],
)
def test_a_message_in_another_language_is_not_looked_up(
    assistant: Assistant, message: str, language: str
) -> None:
    answer = assistant.ask(message)
    assert (answer.language, answer.outcome, answer.quotes) == (language, "none", ())
    assert answer.suggestions


def test_a_question_in_the_language_of_the_documents_is_looked_up(tmp_path: Path) -> None:
    page = "---\nlanguage: es\n---\n# La gota\n\nLa gota es una enfermedad de las articulaciones.\n"
    (tmp_path / "gota.md").write_text(page, encoding="utf-8")
    answer = Assistant.open(tmp_path).ask("¿Qué es la gota?")
    assert answer.language == "en"
    assert answer.ranked


def test_several_questions_are_answered_each_by_itself(assistant: Assistant) -> None:
    answer = assistant.ask("Which drugs treat gout? How long does an attack of gout last?")
    assert [part.question for part in answer.parts] == [
        "Which drugs treat gout?",
        "How long does an attack of gout last?",
    ]
    assert all(0 <= place < len(answer.quotes) for part in answer.parts for place in part.quotes)


def test_a_crisis_notice_stands_alone(assistant: Assistant) -> None:
    answer = assistant.ask("I have gout and I want to kill myself. Which drugs treat gout?")
    assert (answer.notice, answer.outcome, answer.quotes, answer.parts) == ("crisis", "none", (), ())


def test_a_crisis_in_one_question_of_several_stands_alone(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Which drugs treat gout? I want to kill myself. How long does an attack of gout last?"
    )
    assert (answer.notice, answer.quotes, answer.suggestions, answer.understood.added) == (
        "crisis",
        (),
        (),
        (),
    )


def test_a_crisis_in_another_language_stands_alone(assistant: Assistant) -> None:
    answer = assistant.ask("Quiero suicidarme, no quiero vivir más")
    assert (answer.notice, answer.suggestions) == ("crisis", ())
