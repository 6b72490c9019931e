"""What a question is taken to be about, on a small library of subjects."""

from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.records import Turn, Undo
from bot.understanding.mending import MOST_MISSPELT
from bot.understanding.spelling import Speller

LIBRARY = {
    "High Blood Pressure": "It hardens the vessels. It is treated with tablets.",
    "Cough": "It clears the airways. It is treated with rest.",
    "Gout": "It makes a toe swell. It is treated with colchicine.",
    "Treatment": "A treatment is what is done against an illness.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("library")
    for title, text in LIBRARY.items():
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What causes high blood pressure?", {"high", "blood", "pressur"}),
        ("Which blood test is done for gout?", {"gout"}),
        ("What is a cough?", {"cough"}),
        ("What is the treatment?", set()),
    ],
)
def test_a_title_that_is_named_whole_is_the_subject_whatever_its_words_ask(
    library: Assistant, question: str, names: set[str]
) -> None:
    assert set(library.query(question).names) == names


@pytest.mark.parametrize("question", ["What causes high blood pressure?", "How is a cough treated?"])
def test_a_new_subject_drops_the_old_one(library: Assistant, question: str) -> None:
    history = library.replay(["What is gout?", "What are the symptoms?"])
    assert library.query(question, history).understood.carried == ()


@pytest.mark.parametrize("question", ["What is the treatment?", "and how is it treated?"])
def test_a_question_without_a_subject_keeps_the_old_one(library: Assistant, question: str) -> None:
    assert library.query(question, library.replay(["What is gout?"])).understood.carried == ("gout",)


def test_a_statement_of_a_sign_asks_nothing_in_words(library: Assistant) -> None:
    assert library.query("My toe has been swollen and hurts on one side").asking == {}


@pytest.mark.parametrize(
    ("question", "asking"),
    [("How does colchicine work?", set()), ("Can I work with a cough?", {"work"})],
)
def test_how_something_works_is_no_question_about_work(
    library: Assistant, question: str, asking: set[str]
) -> None:
    assert set(library.query(question).asking) == asking


@pytest.mark.parametrize(
    ("letter", "asked"),
    [
        (
            "SUBJECT: gout. MESSAGE: my aunt has had it in both feet for years. Is there a cure?",
            "Is there a cure?",
        ),
        ("hi i have had gout in my left toe for about ten years now what should i eat", "what should i eat"),
        (
            "Gout: my son limped all week and cannot put on a shoe, how is it found out?",
            "how is it found out?",
        ),
        (
            "I was diagnosed with gout 3 years ago and take pills. Im now wondering how long I will have it. "
            "Thanking you in advance, Rose",
            "Im now wondering how long I will have it.",
        ),
        (
            "My aunt was told that it is gout, which is a pain. The family would like to know what comes.",
            "The family would like to know what comes.",
        ),
    ],
)
def test_the_question_of_a_letter_is_found_and_its_subject_beside_it(
    library: Assistant, letter: str, asked: str
) -> None:
    query = library.query(letter)
    assert query.understood.asked == asked
    assert set(query.names) & {"gout"}
    assert library.ask(letter).ranked[0].passage.doc == "Gout.md"


def test_a_title_in_full_beside_the_question_outweighs_a_word_of_another_title_in_it(
    library: Assistant,
) -> None:
    letter = (
        "They say now that my husband has gout, and he is only forty. Will his blood ever be normal again?"
    )
    assert library.ask(letter).ranked[0].passage.doc == "Gout.md"


def test_a_heading_does_not_tell_what_is_asked(library: Assistant) -> None:
    assert library.query("Gout. How is it treated?").aspects == pytest.approx(
        library.query("How is gout treated?").aspects, abs=0.2
    )


def test_a_letter_that_names_its_subject_leaves_the_last_one_behind(library: Assistant) -> None:
    letter = "My mother has been told that it is a cough, and she cannot sleep. What can they give her?"
    history = library.replay(["What is gout?"])
    assert library.query(letter, history).understood.carried == ()
    assert library.query("What can they give her?", history).understood.carried == ("gout",)


def test_a_message_of_nonsense_is_not_corrected_to_its_end(
    library: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: set[str] = set()

    def correct(_: Speller, word: str, beside: object = None) -> None:
        looked_up.add(word)

    monkeypatch.setattr(Speller, "correct", correct)
    library.query(" ".join(f"qz{chr(97 + at % 26)}{chr(97 + at // 26)}x" for at in range(400)))
    assert 0 < len(looked_up) <= MOST_MISSPELT


def test_a_slip_is_read_by_the_word_beside_it(tmp_path: Path) -> None:
    text = "# Gout\n\nCold packs calm a gout attack. Graves are dug, and gaiters worn, in the yard. "
    (tmp_path / "gout.md").write_text(
        text + "Grapes are fruit.\n\nGraves disease makes eyes bulge.\n", "utf-8"
    )
    assistant = Assistant.open(tmp_path, encoder=None)
    corrected = assistant.ask("What is graes disease, and how long is a goat atack?").understood.corrected
    assert dict(corrected) == {"graes": "graves", "goat": "gout", "atack": "attack"}
    assert "goat" not in dict(assistant.ask("May I eat goat with colchicin?").understood.corrected)


def test_a_spelling_that_was_undone_stays_undone_after_other_questions(library: Assistant) -> None:
    history, undo = library.replay(["What is a cough?"]), Undo(corrected=frozenset({"colchisine"}))
    question = "how is it treated with colchisine?"
    assert library.ask(question, history).understood.corrected == (("colchisine", "colchicine"),)
    assert library.ask(question, history, undo=undo).understood.corrected == ()


def test_a_follow_up_goes_on_about_an_earlier_question_as_it_was_read_then(library: Assistant) -> None:
    question, undo = "What is goutt?", Undo(corrected=frozenset({"goutt"}))
    as_typed = Turn(question, library.ask(question, undo=undo), undo)
    corrected = Turn(question, library.ask(question))
    assert library.query("how is it treated?", [as_typed]).understood.carried == ("goutt",)
    assert library.query("how is it treated?", [corrected]).understood.carried == ("gout",)


def test_a_follow_up_corrects_nothing_of_the_history_again(
    library: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = library.replay(["What is goutt and colchicin?", "Is hardning of the vessels goutt?"])
    looked_up: set[str] = set()
    monkeypatch.setattr(Speller, "correct", lambda _, word, **_beside: looked_up.add(word))
    library.query("how is it treeated?", history)
    assert looked_up == {"how", "treeated"}


@pytest.mark.parametrize("word", ["dont", "arent", "wasnt", "havent", "shouldnt", "theyre", "weve", "whos"])
def test_a_contraction_without_its_apostrophe_is_right(tmp_path: Path, word: str) -> None:
    near = "It is done by an agent who wants a haven where there should be were whose."
    (tmp_path / "gout.md").write_text(f"# Gout\n\n{near}\n", encoding="utf-8")
    assert (
        Assistant.open(tmp_path, encoder=None).query(f"what if they {word} cure gout").understood.corrected
        == ()
    )
