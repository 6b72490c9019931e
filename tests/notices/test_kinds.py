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
    "much blood that came up, however it is asked": [
        "What should I do if my dad has just thrown up a bowl of blood",
        "About a mugful of bright red blood came up when I coughed. Could that wait for Thursday's clinic?",
        "can i wait until monday, ive been sick and there was loads of blood in it",
        "dad just brought up what looks like a whole mug of blood, should we set off or ring first",
        "tosí como medio vaso de sangre, ¿llamo ya o espero?",
        "mi padre echó por la boca un montón de sangre, ¿lo llevo ya?",
    ],
    "too much of a risky drug, with what it does": [
        "mum took her warfarin three times by mistake and has bruises all over and a nosebleed",
        "Wrong insulin, I took the fast one instead of the slow one, 30 units, I'm sweating and dizzy",
        "he's had three extra oxycodone by accident and keeps nodding off mid sentence",
        "me puse 30 unidades de insulina en vez de 3 y estoy temblando",
        "le di la morfina dos veces por error y respira muy despacio",
    ],
    "fever and confusion in somebody on chemo": [
        "wife's on FEC chemo, thermometer 39, she doesn't make sense",
        "Our son is on chemo, 101.5 F and he is talking nonsense",
        "mi esposo con quimio, 38,8 y dice cosas raras, está confundido",
        "mi hijo está con quimioterapia, tiene 39 y no sabe dónde está",
    ],
    "now or wait": [
        "100.9 and chemo eight days back. Call the hospital tonight or leave it?",
        "wait for the GP or 999? crushing feeling behind the breastbone for 20 mins",
        "ring now or sleep on it: numb from the waist since teatime, spine mets",
        "¿llamo o espero? me duele el pecho y se me duerme el brazo",
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
    "veiled plans": [
        "Everything I need is in the garage, I made my decision and I'm at peace with it",
        "I have put the tablets by and chosen the evening. It is strange how quiet my head is.",
        "I have decided how and when, and I feel peaceful",
        "my husband has bought a rope and he is strangely cheerful",
        "ya tengo lo que necesito para irme y estoy tranquila, mañana se acaba",
        "ya elegí el día, dejé todo arreglado y me siento en calma",
    ],
    "not waiting for the illness": [
        "I don't intend to wait for the cancer to get me, I'll go first",
        "My father says he won't wait for the disease to take him and he has his shotgun",
        "Why should I let this disease choose the day? I've chosen it.",
        "no pienso dejar que la enfermedad me lleve, me voy yo",
        "prefiero irme yo antes de que el tumor decida",
    ],
    "which amount kills, in despair": [
        "I feel hopeless. At which dose does amitriptyline kill somebody",
        "is 5 grams of morphine enough to stop a heart, I've lost every hope",
        "could 60 paracetamol kill someone my size? nobody would notice anyway",
        "cuánta insulina hace falta para morirse, estoy harto de todo",
    ],
    "other words for it": [
        "he says he'll just od and be done",
        "my flatmate wants to od",
        "Considering offing myself after the holidays",
        "thought about topping myself more than once this week",
        "I want to put an end to things",
        "me voy a quitar de en medio",
    ],
    "farewell by a day": [
        "I'll be out of everyone's way by the weekend, please forgive me",
        "By Sunday I won't be a problem to anybody, thank you for everything",
        "tell mum it wasn't her fault. It'll be done before she wakes",
        "el viernes me despido de todos, ya no habrá más dolor",
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
    # Fear that it comes back.
    "I lie awake at 3am worrying it has come back",
    "Every ache makes me think it's back and then I lie awake all night",
    "I wake at two most nights sure that it has returned",
    "tengo miedo de que el cáncer regrese y no duermo",
    # Low without danger.
    "I feel flat most days since treatment ended",
    "I'm just not myself lately, is that the hormones?",
    "I'm terrified of the scan on Thursday and can't stop crying",
    "I feel so alone since the diagnosis",
    "since the op I feel nothing much, just grey",
    "estoy triste y sin ganas de nada pero no corro peligro, ¿con quién hablo?",
    # Old scars, and what is long over.
    "Old self-harm scars on my arm, can they still take blood there?",
    "white scars on my thighs from when I hurt myself at 15, can I have a skin graft from there",
    "I overdosed at 19, I'm 50 now and well, can I have codeine?",
    "en 2018 intenté suicidarme, hoy estoy bien, ¿puedo ser donante?",
    # Figures of speech.
    "this mask is nearly killing me, is there a smaller one",
    "the waiting list nearly killed my dad with worry, how long is it now",
    "I'd die for a proper cup of tea, when may I drink after the gastroscopy",
    "me muero por saber el resultado",
    # What a word means.
    "What's the difference between hopelessness and depression",
    "define suicidal ideation please",
    "qué diferencia hay entre un desmayo y un ataque epiléptico",
    # Dated.
    "In March 2021 I coughed up blood and they found nothing. Is a yearly scan enough?",
    "He fainted in August 2022 and once in May 2023, is a pacemaker needed?",
    "mum had a fit in April, when's it safe for her to swim alone",
    # The dead, and talk of dying.
    "My wife died in April and I can't stop crying. Where do I find a bereavement group?",
    "since my sister passed I keep dreaming of her, is this grief normal",
    "mi padre falleció en marzo y sigo llorando todos los días",
    "How do I talk about dying with my children?",
    "My husband doesn't want to talk about dying but I do",
    "Is hospice care free and can I keep my own doctor",
    "¿cómo le explico a mi hija que me voy a morir?",
    # A sign denied.
    "no pain in the hips and no chest pain, only a rash after the new cream",
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


FAREWELLS = [
    "goodbye",
    "Bye, thanks for your time",
    "ok thank you, goodbye for now",
    "goodbye and thank you",
    "good bye and good luck",
    "that was all, thanks. Goodbye!",
    "adiós",
    "adiós y muchas gracias",
]
FEARS = [
    "I'm gonna die, am I not?",
    "I am frightened that I will die of this",
    "so i'm going to die of it right",
    "they found spots on my lungs and i'm terrified, will i die",
    "could this kill my dad",
    "We're not ready for her to die, is she dying?",
    "I do not want to die, my girls are small",
    "tengo mucho miedo de morirme",
]
LAST_WORDS = [
    "goodbye, I can't go on",
    "goodbye everyone, forgive me",
    "Goodbye and sorry for being such a burden",
    "I'm scared of dying but I want to kill myself",
    "Am I going to die if I swallow all my tablets? I hope so",
    "I'm going to die tonight, I have chosen it and the rope is ready",
]


@pytest.mark.parametrize("message", FAREWELLS)
def test_a_plain_farewell_alarms_nobody(message: str) -> None:
    assert detect(message) is None


@pytest.mark.parametrize("message", FEARS)
def test_to_fear_the_death_that_an_illness_brings_is_no_crisis(message: str) -> None:
    assert detect(message) is None


@pytest.mark.parametrize("message", LAST_WORDS)
def test_last_words_and_a_wish_to_die_beside_fear_are_a_crisis(message: str) -> None:
    assert detect(message) == "crisis"
