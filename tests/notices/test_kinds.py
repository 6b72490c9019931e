"""Every kind of emergency and of crisis, told in several ways, in both languages."""

import pytest

from bot.notices import detect

URGENT = {
    "chest": [
        "chest pain spreading to my arm",
        "Tight band round my chest since supper and I'm clammy",
        "my husband's chest is hurting and his jaw aches",
        "siento una opresion en el pecho que se me pasa al brazo",
        "a mi viejo le duele el pecho y suda frio",
    ],
    "breathing": [
        "cant breath properly its getting worse",
        "My little girl is wheezing badly and her puffer does nothing",
        "his oxygen reads 83",
        "no puedo respirar",
        "a mi hija le falta el aire y tiene los labios morados",
    ],
    "bleeding": [
        "my nose has been bleeding for two hours and it will not stop",
        "threw up dark red blood just now",
        "im losing a lot of blood down there",
        "no me para de sangrar la herida",
        "mi padre esta vomitando sangre",
    ],
    "fever with low immunity": [
        "temperature 38.5 and I had chemo last week",
        "102.4 F this evening, third round of chemo was on Friday",
        "shaking with cold and my white cells are very low",
        "tengo 38,5 y me pusieron la quimio el lunes",
        "estoy sin defensas y con fiebre",
    ],
    "newborn fever": [
        "our 5 week old baby has a fever of 38.6",
        "mi bebe de 20 dias tiene fiebre de 38",
    ],
    "stroke": [
        "her mouth has gone crooked and she can't get words out",
        "Suddenly no strength in my left arm",
        "all at once I cannot see with one eye",
        "se le fue la boca de lado y no puede hablar",
        "de repente se me paralizo el brazo derecho",
    ],
    "spine": [
        "I've lost the feeling in both legs and can't hold my pee",
        "legs gave way this morning, I have tumours in my spine",
        "no siento las piernas desde ayer",
        "se me sale la orina sin darme cuenta y tengo las piernas dormidas",
    ],
    "seizure and fainting": [
        "my aunt is having a fit and it goes on and on",
        "Found him on the floor, he does not react",
        "she passed out twice today",
        "mi hermana esta convulsionando",
        "mi abuela se desmayo y no responde",
    ],
    "allergy": [
        "after the shot my tongue swelled up",
        "hives all over and my throat feels tight",
        "se me hincho la lengua despues de la inyeccion",
        "comi mariscos y se me esta cerrando la garganta",
    ],
    "overdose and poison": [
        "overdose",
        "took too many pills",
        "my toddler swallowed my blood pressure tablets",
        "I gave mum her morphine twice by mistake and she is so sleepy",
        "mi niña se tomó las pastillas de su abuela",
        "tome demasiadas pastillas por equivocacion",
    ],
    "head and injury": [
        "my mother hit her head, she takes warfarin and is getting drowsy",
        "mi tio se golpeo la cabeza y esta vomitando",
    ],
    "belly": [
        "unbearable stomach pain and my belly is hard like wood",
        "tengo un dolor insoportable en el vientre y esta duro como tabla",
    ],
    "pregnancy": [
        "I'm 30 weeks pregnant and bleeding heavily",
        "estoy embarazada y sangro mucho",
    ],
    "sugar": [
        "his sugar is 38 and he is shaking and sweating",
        "tiene el azucar en 35 y esta temblando y sudando",
    ],
}

CRISIS = {
    "wish to die": [
        "I would rather be dead than do this again",
        "hoping I don't wake from the operation",
        "quisiera dormirme y no despertar",
        "me quiero morir",
        "ya no kiero vivir",
    ],
    "means and plans": [
        "I've a rope ready in the shed",
        "my brother has loaded his gun and says goodbye to us all",
        "thinking of stepping in front of the train",
        "estoy juntando pastillas para acabar con todo",
        "mi primo dice que se va a tirar del puente",
    ],
    "overdose on purpose": [
        "I swallowed my whole prescription on purpose",
        "me tome todas las pastillas a proposito",
    ],
    "self-harm": [
        "cutting my arms again because it calms me",
        "my niece burns herself with a lighter",
        "me corto los brazos cuando estoy triste",
        "mi sobrina se hace daño a propósito",
    ],
    "burden": [
        "they'd all be better off if I wasn't around",
        "todos estarian mejor sin mi",
    ],
    "farewell": [
        "By the time you read this I'll be gone. Goodbye",
        "escribi una carta de despedida para mis hijos",
    ],
    "hastening": ["please help me end my life", "ayudenme a morir ya"],
}

CALM = [
    "Can chest pain spread to the arm?",
    "I had chemo last week and my temperature is normal",
    "What is a fever on chemo, 38 or 38.5?",
    "I am 39 and had chemo last year, can I get pregnant?",
    "no fever, had chemo on Monday, what may I eat?",
    "which number do I ring about an overdose of vitamin C",
    "Do people with cancer think of suicide more often?",
    "My neighbour's son killed himself years ago, how do I talk to her?",
    "I'm dying to hear the result",
    "my back is killing me after gardening",
    "I cut my finger while cooking, can I swim with a plaster?",
    "My dad hit his head two years ago, can that cause dementia?",
    "qué hago si me duele el pecho",
    "no tengo fiebre, tuve quimio el lunes, puedo comer fruta?",
    "mi abuela murió de un infarto",
    "cuáles son los síntomas de una embolia",
    "me muero de hambre",
    "esta tos me está matando",
    "¿el suicidio es hereditario?",
    "mi hermano se suicidó hace años y quiero saber de grupos de duelo",
    "no quiero morir, qué tratamientos quedan",
    "me corté el dedo cocinando",
    "tuve una convulsión el año pasado, puedo nadar?",
    "quiero terminar con la quimio pronto",
    "tengo 39 años y me dan quimio",
]


def told(kinds: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, message) for kind, messages in kinds.items() for message in messages]


@pytest.mark.parametrize(("kind", "message"), told(URGENT))
def test_an_emergency_of_every_kind_is_urgent(kind: str, message: str) -> None:
    assert detect(message) == "urgent"


@pytest.mark.parametrize(("kind", "message"), told(CRISIS))
def test_a_crisis_of_every_kind_is_one(kind: str, message: str) -> None:
    assert detect(message) == "crisis"


@pytest.mark.parametrize("message", CALM)
def test_a_calm_question_alarms_nobody(message: str) -> None:
    assert detect(message) is None


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("37.4", None),
        ("38.0", "urgent"),
        ("38,6", "urgent"),
        ("40", "urgent"),
        ("99.5", None),
        ("101.2", "urgent"),
    ],
)
def test_a_reading_is_a_fever_from_38_degrees_or_100_4(reading: str, expected: str | None) -> None:
    assert detect(f"I am on chemo and my thermometer says {reading}") == expected
