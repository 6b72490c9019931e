import json

from bot.records import Answer, Document, Hit, Passage, Quote, Span, Understood
from bot.rendering.prediction import as_prediction

PASSAGE = Passage(
    index=0,
    doc="bones.md",
    start=10,
    end=24,
    text="Bones may ache",
    heading=("Symptoms", "Bones"),
    units=(Span(10, 24),),
    beside=(Span(0, 8),),
)
DOCUMENT = Document("bones.md", "Bones", f"# Symptoms{PASSAGE.text}", (), "")
ANSWER = Answer(
    question="bone metastisis?",
    outcome="answered",
    quotes=(Quote(PASSAGE, DOCUMENT, 7.125, (Span(10, 15),)),),
    ranked=(Hit(PASSAGE, 7.125),),
    understood=Understood(corrected=(("metastisis", "metastasis"),), carried=("liver",)),
    confidence=0.98765432,
    milliseconds=3.21,
)


def test_an_answer_becomes_the_object_that_every_door_gives() -> None:
    assert as_prediction(ANSWER, question_id="d-1") == {
        "id": "d-1",
        "question": "bone metastisis?",
        "outcome": "answered",
        "notice": None,
        "passages": [
            {
                "doc": "bones.md",
                "start": 10,
                "end": 24,
                "text": "Bones may ache",
                "heading": ["Symptoms", "Bones"],
                "page": None,
                "score": 7.125,
                "answers": False,
                "highlights": [[10, 15]],
                "beside": [[0, 8]],
            }
        ],
        "ranked": [{"doc": "bones.md", "start": 10, "end": 24, "score": 7.125}],
        "understood": {
            "corrected": [["metastisis", "metastasis"]],
            "added": [],
            "carried": ["liver"],
            "asked": None,
            "aspects": [],
        },
        "confidence": 0.987654,
        "missing": [],
        "suggestions": [],
        "parts": [],
        "left": [],
        "small_talk": None,
        "decision": False,
        "language": "en",
        "milliseconds": 3.2,
    }


def test_the_ranking_and_the_id_are_left_out_on_request() -> None:
    prediction = as_prediction(ANSWER, ranked=False)
    assert "ranked" not in prediction
    assert "id" not in prediction


def test_a_prediction_is_the_same_after_a_round_trip_through_json() -> None:
    prediction = as_prediction(ANSWER, question_id="d-1")
    assert json.loads(json.dumps(prediction)) == prediction
