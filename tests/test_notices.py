import re
import tomllib
from importlib.resources import files

import pytest

from bot.notices import detect
from bot.records import Notice
from bot.settings import Settings
from bot.wording import NOTICES, notice

WAYS_TO_WRITE = re.compile(r"\.\.\.|<(me|who|relative|whose|anyone)>|[a-z0-9]+\*?(/[a-z0-9]+\*?)*")

LETTER = (
    "Dear all, I am 67 and was diagnosed with high blood pressure in 2009. My father died of a stroke and "
    "my mother had a heart attack at 71. Two years ago I fainted on holiday, and they kept me in for a night "
    "and found nothing. Last winter I had chest pain for a week, which turned out to be a pulled muscle. I "
    "take amlodipine and a statin. My wife had a seizure when she was pregnant with our second son, and a "
    "cousin collapsed at a wedding because of the heat. I sleep badly, garden a lot and never smoked. The "
    "leaflet says to watch for bleeding and fever. What I would like to know is how often the pressure "
    "should be measured."
)


@pytest.mark.parametrize(
    "message",
    [
        "My husband is having a fit right now",
        "cant breath",
        "I can\u2019t breathe!!",
        "Why can't I breathe properly?",
        "I have chest pain and my left arm feels numb",
        "pain in my chest that goes down my left arm",
        "Should I go to hospital, I've got crushing chest pain",
        "am I having a heart attack?",
        "Could I be having a stroke?",
        "my wife's face is drooping on one side and she can't speak",
        "my mother is suddenly confused and her speech is slurred",
        "I'm coughing up blood",
        "she has been throwing up blood since this morning",
        "the bleeding won't stop",
        "bleding wont stop from my nose",
        "my daughter is bleeding heavily after the biopsy",
        "My mum collapsed and won't wake up",
        "he just fainted and is not responding to me",
        "Help my husband is having a siezure",
        "I have a temperature of 38.9 and had chemo last Tuesday",
        "I am on chemo and I have a fever, is that normal?",
        "Shivering and burning up. My last infusion was on Monday.",
        "My legs suddenly went weak and I can't feel them",
        "I was fine this morning but now I can't feel my legs",
        "I have lost control of my bladder since yesterday",
        "I've wet myself and can't feel my legs",
        "I took too many of my morphine tablets",
        "My baby swallowed her grandma's pills",
        "my throat is swelling up after the injection",
        "she is having a severe allergic reaction to the antibiotic",
        "My father, who had a heart attack last year, is having chest pain again",
    ],
)
def test_an_emergency_now_is_urgent(message: str) -> None:
    assert detect(message) == "urgent"


@pytest.mark.parametrize(
    "message",
    [
        "I want to die",
        "I don't want to live anymore",
        "i dont wanna be here any more",
        "my family would be better off without me",
        "what's the point of going on",
        "I just want to go to sleep and never wake up",
        "how many of these tablets would it take to kill me",
        "what if I just took all my pills",
        "my son keeps talking about killing himself",
        "My mother says she wants to die",
        "I've been thinking about suicde",
        "I wish I had never been born",
        "everyone would be happier if I was gone",
        "I see no way out",
        "I have been cutting myself again",
        "I can't breathe and I want to end it all",
    ],
)
def test_thoughts_of_suicide_or_self_harm_are_a_crisis(message: str) -> None:
    assert detect(message) == "crisis"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "?!",
        "does it cause seizures?",
        "what are symptoms of a heart attack",
        "can radiation cause bleeding",
        "how is chest pain treated",
        "my dad died of a stroke in 1998",
        "what should I do to avoid a seizure",
        "I had chest pain last year",
        "in case of overdose who studies it",
        "What should I do if I have a seizure?",
        "What should I do if my poor old dad has chest pain?",
        "How do doctors treat coughing up blood?",
        "What does it mean when someone coughs up blood",
        "coughing up blood causes",
        "Is it normal to have a fever during chemotherapy?",
        "When should I call the doctor about a fever during chemo?",
        "I don't have chest pain",
        "she has no fever and is on chemo",
        "Will my chest hurt after radiation?",
        "I am worried about having a stroke",
        "What are the chances of my having another heart attack?",
        "Can tamoxifen make you suicidal?",
        "Is suicide more common in cancer patients?",
        "I do not want to die",
        "I want to die at home, who can help",
        "My brother killed himself ten years ago, is depression hereditary?",
        "What happens if you take too many pills?",
        "Is weakness in the legs a sign of spinal cord compression?",
        "I just want to know about seizures",
        "I have epilepsy and have seizures sometimes",
        "My husband had a stroke two years ago and walks with a cane",
        "the pain is killing me",
        "I'm thinking about stopping treatment",
        "Am I fit enough for surgery now?",
        LETTER,
    ],
)
def test_a_question_about_the_matter_or_the_past_alarms_nobody(message: str) -> None:
    assert detect(message) is None


def test_an_emergency_in_a_long_letter_is_found() -> None:
    assert detect(f"{LETTER} And now I have terrible chest pain.") == "urgent"


def test_every_phrase_is_written_as_the_file_explains() -> None:
    table = tomllib.loads(files("bot").joinpath("notices.toml").read_text("utf-8"))
    items = [item for phrase in strings(table) for item in phrase.split()]
    assert [item for item in items if not WAYS_TO_WRITE.fullmatch(item)] == []


def strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return strings(list(node.values()))
    return [text for child in node for text in strings(child)] if isinstance(node, list) else []


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_names_the_operators_numbers(kind: Notice) -> None:
    text = notice(kind, Settings(emergency_phone="123-emergency", crisis_phone="456-crisis"))
    assert "123-emergency" in text
    assert ("456-crisis" in text) == (kind == "crisis")
    assert "{" not in text
