import re
import time
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from bot.notices import detect
from bot.notices.detect import LANGUAGES
from bot.records import Notice
from bot.settings import Settings
from bot.wording import catalogue, notice

PARAPHRASES = Path(__file__).with_name("paraphrases.tsv")
WORD = r"[a-z]+\*?|\d[\d.]*\*?|<[a-z]+>"
WAYS_TO_WRITE = re.compile(rf"\.\.\.\.?|&|({WORD})(/({WORD}))*")

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
        "My partner has gone stiff and is jerking on the kitchen floor",
        "we are at home and grandad just dropped to the ground and isn't answering us",
        "there's blood pouring out of my drain site and it won't let up",
        "Chest feels like it's in a vice, pain going to my jaw",
        "I'm three days past my second round of chemo and my thermometer says 39",
        "my daughter's lips have turned blue",
        "Cant get enough air, ribs hurt",
        "struggling for breath here",
        "My arm and half my face went numb an hour ago",
        "my speech has gone funny and my arm feels heavy, it began 20 minutes ago",
        "She's fitting and I don't know what to do",
        "mom is shaking violently and her eyes rolled up",
        "I just brought up a cup of blood",
        "Both my legs have turned to jelly since this morning and I can't pee",
        "i lost feeling around my bottom and my bladder let go",
        "I think my sister took an entire packet of paracetamol",
        "he accidentally took his morphine twice and I can't wake him",
        "My face is swelling up and I'm wheezing after the contrast dye",
        "I feel like I'm going to pass out, my heart is racing and chest is tight",
        "my husband has breast cancer and suddenly he cannot speak properly",
        "severe chest pains now",
        "I am 8 days after docetaxel with chills and temperature",
        "Bleeding like a tap from my bottom",
        "my son had a seizure ten minutes ago and is still not himself",
        "Blood clots are coming out when I cough",
        "nana fell and now she's unconscious",
        "Can't stop being sick and there is blood in it",
        "my neighbor is not breathing",
        "my left side is paralysed since I woke up",
        "I'm having trouble breathing after my radiotherapy",
        "I'm coughing blood and I take blood thinners",
        "I just took all my pills",
        "my heart feels like someone is squeezing it and i am sweating",
        "ever since lunch my right hand won't do what I tell it and my words come out wrong",
        "The baby stopped breathing for a bit and looked blue",
        "I've soaked four towels with blood since the operation",
        "my mum is talking rubbish all of a sudden and half her face has dropped",
        "hubby hit the floor, jerking, eyes rolled back",
        "my wife won't respond when I shake her",
        "my temperature is 39.4 and my last paclitaxel was six days ago",
        "dad on chemo is shaking with cold and burning up",
        "I can't seem to get air in",
        "there is a lot of fresh blood when I go to the loo and I feel faint",
        "His breathing is getting worse and he can't finish a sentence",
        "woke up and can't feel anything below the waist",
        "since this morning I can't hold my urine and my legs are tingling",
        "I've got this crushing feeling in the middle of my chest",
        "tongue swelling after bee sting",
        "My father has taken about thirty of his heart pills",
        "she's choking",
        "i keep blacking out today",
        "my kid drank cleaning fluid",
        "I can feel my heart pounding and there's a heavy weight on my chest",
        "my uncle had chemo on monday now he's burning hot and talking nonsense",
        "I coughed and a load of bright red blood came out",
        "Please, my daughter won't stop shaking and isn't answering me",
        "the left half of my face feels dead and I'm drooling",
        "why can't I move my legs all of a sudden",
        "just been stung and my throat is getting tight",
        "Grandma fainted twice today",
        "can't stand up, legs won't hold me, started an hour ago",
        "i swallowed 40 paracetamol",
        "my wife is struggling to breathe and her lips look blue",
        "I'm neutropenic and have chills",
        "pain across my chest, I'm sweating and feel sick",
        "he's had three seizures in the last hour",
        "vomit looks like coffee grounds",
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
        "I have been thinking everyone would cope better if I wasn't around",
        "some nights I look at my pills and think about taking the lot",
        "i just want out",
        "Is there any point in staying alive with stage 4?",
        "my wife told me she's going to end her life",
        "I no longer see a reason to keep living",
        "I'd be better off dead",
        "thinking of jumping off the bridge by the hospital",
        "I've started to self-harm again since diagnosis",
        "It would be easier if I just didn't wake up",
        "how can I die without pain",
        "I feel like ending things tonight",
        "My brother has been saying goodbye to everyone and giving away his things",
        "i'm ready to go, I want God to take me",
        "sometimes I feel like I don't want to be alive",
        "I tried to overdose yesterday",
        "I don't want to carry on",
        "Thinking about taking all my sleeping tablets tonight",
        "It'd be easier for everyone if I was dead",
        "how can i die without pain",
        "I don't see why I should keep living",
        "honestly I'd rather not wake up tomorrow",
        "my husband says he wants to end it",
        "I've been looking up ways to kill myself",
        "would anyone even care if I died",
        "I can't bear to live another day",
        "it hurts so much i want to die",
        "thinking about hurting myself again",
        "I am going to hang myself",
        "I have a plan to end my life",
        "there's nothing left for me",
        "i feel like giving up on life",
        "I have no will to live since the diagnosis",
        "my daughter cut her wrists last night",
        "I can't see myself living through this and I don't want to",
        "my life isn't worth living since the stroke",
        "keep thinking about driving into a tree",
        "nobody would miss me",
        "I've had enough and want to end my life",
        "sometimes I wonder if it would be better if I wasn't here",
        "he told me he doesn't want to be alive",
        "i cant live like this any longer",
        "I wish the cancer would just kill me",
        "what's the fastest way to die",
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
        "Can you have a seizure in your sleep?",
        "Why do chemo patients get fevers?",
        "My aunt passed out at my wedding in 2015, was that epilepsy?",
        "What percentage of people with a pulmonary embolism die?",
        "is it dangerous to cough up blood",
        "Which drugs stop seizures?",
        "I had a heart attack in March, can I fly?",
        "How would I know if I was having a stroke?",
        "what does a panic attack feel like, is it like choking?",
        "My mum has COPD and gets short of breath on stairs, what inhalers are there?",
        "Do I need to go to hospital if I get a fever?",
        "I'm scared I will have a stroke like my dad",
        "What counts as heavy bleeding?",
        "I bleed a little when I brush my teeth",
        "my chest was sore after the operation but it is fine now",
        "How long do people live with brain metastases?",
        "I don't want to lose my hair",
        "can I kill the cancer with diet",
        "I want to live as long as possible",
        "I can't sleep",
        "is there a point in having chemo at stage 4",
        "my wife wants to stop treatment, what happens then",
        "I cut my finger, does that matter on chemo?",
        "My doctor said to call if my temperature goes over 38 during chemo, why?",
        "What is an overdose of vitamin D?",
        "I feel dizzy sometimes, is it the tablets?",
        "I sometimes faint, what tests will I need?",
        "Has anyone died of this?",
        "my hands and feet are numb from the taxol, will it go away?",
        "my legs are weak from lying in bed, what exercises help?",
        "I get breathless walking uphill",
        "Does spinal stenosis cause loss of bladder control?",
        "what does cyanosis mean, blue lips?",
        "I'm dying to know the results",
        "My friend took her own life last year and I wonder if the steroids did it",
        "we lost my dad to a brain bleed, am I at risk",
        "Can stopping keppra suddenly cause a seizure?",
        "I am tired of living with this rash, what creams are there?",
        "there's no point taking it with food is there",
        "will I be able to walk after spinal surgery",
        "My periods are heavier now, why?",
        "I have epilepsy, when is a fit an emergency?",
        "does it hurt to die from liver failure",
        "My mother can't walk far any more",
        "I have numbness in my legs from MS, what helps?",
        "Should I take all my pills in the morning?",
        "do I take them all at once with food",
        "I'm throwing up from chemo, what helps?",
        "can I go into the sea with a stoma",
        "the lump disappeared completely after chemo, is that usual",
        "I just want this itching to stop",
        "Am I better off with a mastectomy?",
        "would it be better if I did not eat before the scan",
        "radiation is burning my skin",
        "it hurts my legs when I stand",
        "my son took his medication, when does it start to work",
        "My tumour is not responding to chemo",
        "I stop breathing in my sleep, do I need a machine?",
        "I have a collapsed lung, how long does it take to heal",
        "I can't lift my arm since my mastectomy, which exercises?",
        "I'm dying of cancer, what will happen at the end?",
        "I have a cough and a blood test tomorrow",
        "I was told I have low blood pressure and now I am on salt tablets",
        "My mother wants to know if the fever is normal",
        "I drank too much wine yesterday, can I have chemo?",
        "The doctors stopped my heart pills, why?",
        "do I have a future with stage 4",
        "I don't want the cancer to kill me",
        "I choke on food, what helps with MS?",
        "What helps with fits in children with epilepsy?",
        "How many people survive a cardiac arrest?",
        "My gran had a stroke in her eighties, does that raise my risk?",
        "Could the tablets give me chest pain?",
        "are seizures painful",
        "I'm afraid of choking when I eat, who can help?",
        "When does fever after chemo become dangerous?",
        "My dad fainted a few months ago and they fitted a pacemaker",
        "Does sepsis happen often after surgery?",
        "How is heavy bleeding after birth stopped?",
        "Can you live with one lung?",
        "Do antidepressants raise suicide risk in teenagers?",
        "I was suicidal in my twenties but I am fine now, can I take steroids?",
        "does everyone die of stage 4 cancer",
        "I don't want to die yet, what treatments are left",
        "I am sick of taking tablets",
        "can morphine stop your breathing",
        "How long does numbness last after surgery",
        "what's the point of the second scan?",
        "Is chest tightness common with asthma?",
        "My stroke was in 2018. Can I stop aspirin?",
        "How fast should I get help for a stroke?",
        "My doctor wants to rule out a heart attack, what tests are there?",
        "i can't stand the taste of food on chemo",
        "Will I lose consciousness during the procedure?",
        "Is it common to vomit blood with cirrhosis?",
        "how do nurses help someone who can't breathe",
        "My nephew has asthma, which inhaler is best?",
        "I passed out when I gave blood as a student",
        "What are early signs of a stroke in women?",
        "Is there a link between stroke and migraine",
        "Do I need to tell the DVLA I had a fit two years ago?",
        "what should I carry in case of a severe allergic reaction",
        "My sister has seizures, what medicines are there",
        "how is suicide prevented in people with Huntington's",
        "Which foods help when I have no appetite on chemo?",
        "My leg went numb last year for a week. Could that have been MS?",
        "should people on chemo call about every fever",
        "Does it hurt when the heart stops?",
        "tell me about bleeding in the brain",
        LETTER,
    ],
)
def test_a_question_about_the_matter_or_the_past_alarms_nobody(message: str) -> None:
    assert detect(message) is None


def test_an_emergency_in_a_long_letter_is_found() -> None:
    assert detect(f"{LETTER} And now I have terrible chest pain.") == "urgent"


@pytest.mark.parametrize(("kind", "least"), [("crisis", 0.95), ("urgent", 0.95)])
def test_paraphrases_by_another_hand_are_recalled(kind: str, least: float) -> None:
    messages = [text for expected, text in paraphrases() if expected == kind]
    assert sum(detect(text) == kind for text in messages) >= least * len(messages) > 0


def test_paraphrases_of_general_questions_hardly_ever_alarm() -> None:
    messages = [text for expected, text in paraphrases() if expected == "none"]
    assert sum(detect(text) is not None for text in messages) <= 0.03 * len(messages)


def paraphrases() -> list[list[str]]:
    lines = PARAPHRASES.read_text("utf-8").splitlines()[1:]
    return [line.split("\t")[:2] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("message", ["a" * 4000, ". " * 2000, "(" * 4000, "\u2019" * 4000, "\0\ud800 |"])
def test_a_senseless_message_gets_no_notice(message: str) -> None:
    assert detect(message) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_written_as_the_file_explains(language: str) -> None:
    table = tomllib.loads(files("bot.notices").joinpath(f"{language}.toml").read_text("utf-8"))
    items = [item for phrase in strings(table) for item in phrase.split()]
    assert [item for item in items if not WAYS_TO_WRITE.fullmatch(item)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_that_a_phrase_names_is_listed(language: str) -> None:
    text = files("bot.notices").joinpath(f"{language}.toml").read_text("utf-8")
    listed = tomllib.loads(text)["words"].keys() | {"who", "name"}
    assert set(re.findall(r"<([a-z]+)>", text)) <= listed


@pytest.mark.parametrize(
    "text",
    [
        "my chest hurts and my arm is numb ",
        "took pills and took pills ",
        "no puedo respirar y no siento nada ",
        "not cannot never ",
        " \t\n",
        "?!",
    ],
)
def test_the_longest_message_is_read_in_no_time(text: str) -> None:
    message = (text * 4000)[:4000]
    detect(message)
    start = time.perf_counter()
    detect(message)
    assert time.perf_counter() - start < 0.25


def strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return strings(list(node.values()))
    return [text for child in node for text in strings(child)] if isinstance(node, list) else []


@pytest.mark.parametrize("language", catalogue())
@pytest.mark.parametrize("kind", get_args(Notice))
def test_a_notice_names_the_operators_numbers(kind: Notice, language: str) -> None:
    text = notice(kind, Settings(emergency_phone="123-emergency", crisis_phone="456-crisis"), language)
    assert "123-emergency" in text
    assert ("456-crisis" in text) == (kind == "crisis")
    assert "{" not in text
