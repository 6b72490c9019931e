import pytest

from bot.aspects.answer_types import answer_type, answer_types


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How long does an MRI scan take?", "duration"),
        ("For how many weeks will I be off work?", "duration"),
        ("how much does the infusion cost", "money"),
        ("Does my insurance pay for a wig?", "money"),
        ("How often should I be scanned?", "how_often"),
        ("How many people get it?", "number"),
        ("At what age does it start?", "age"),
        ("how much is the infusion", "money"),
        ("How much is known about gout?", None),
        ("How many times a week is the infusion given?", "times"),
        ("How much colchicine should I take a day?", "dose"),
        ("who discovered colchicine", "discoverer"),
        ("side effects of colchicine", "harms"),
        ("Does the infusion have any adverse reactions?", "harms"),
        ("What is the effect of the infusion?", None),
        ("Who gets gout?", None),
        ("How long have I got?", None),
        ("How much will it hurt?", None),
        ("What are the symptoms of gout?", None),
    ],
)
def test_a_question_asks_for_an_answer_of_a_type_or_of_none(question: str, asked: str | None) -> None:
    assert answer_type(question) == asked


@pytest.mark.parametrize(
    ("kind", "passage", "holds"),
    [
        ("duration", "The scan is over within forty minutes.", True),
        ("duration", "The scan makes pictures with a strong magnet.", False),
        ("money", "Medicare pays for most of it.", True),
        ("money", "The infusion is given into a vein.", False),
        ("how_often", "The blood is tested every third week.", True),
        ("how_often", "The blood is tested for calcium.", False),
        ("number", "Gout is common in older men.", True),
        ("times", "The infusion is given twice a week.", True),
        ("times", "The infusion often causes a rash.", False),
        ("dose", "Adults take 2 mg at once.", True),
        ("dose", "Take it with water.", False),
        ("age", "Gout begins in middle age.", True),
        ("age", "Gout begins at night.", False),
        ("discoverer", "The sign was first described by a physician.", True),
        ("discoverer", "The sign is a swollen toe.", False),
        ("harms", "Colchicine may make you feel sick.", True),
        ("harms", "Diarrhoea and vomiting are the commonest complaints with it.", True),
        ("harms", "Colchicine is taken by mouth, with food or without.", False),
        ("number", "Gout makes a toe swell.", False),
    ],
)
def test_a_passage_holds_an_answer_of_a_type_or_does_not(kind: str, passage: str, holds: bool) -> None:
    assert bool(answer_types()[kind].holds.search(passage)) is holds
