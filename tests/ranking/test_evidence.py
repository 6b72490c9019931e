"""What speaks for a passage, on two corpora: one about a single illness, one about several."""

from pathlib import Path

import pytest

from bot.assistant import Assistant

GOUT = (
    "# Gout: signs\n\n## Which signs does gout have?\n\nGout makes a toe swell and hurt at night.\n\n"
    "## How long does an ultrasound scan of gout take?\n\nThe scan of a joint is over in ten minutes.\n"
)
DRUG = (
    "# Gout: drugs\n\n## What is colchicine for?\n\nColchicine calms the swelling of gout.\n\n"
    "## What is probenecid for?\n\nProbenecid lowers uric acid. The kidneys then pass it.\n"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("gout")
    (folder / "signs.md").write_text(GOUT, encoding="utf-8")
    (folder / "drugs.md").write_text(DRUG, encoding="utf-8")
    return Assistant.open(folder)


def evidence(assistant: Assistant, question: str) -> dict[str, float]:
    ranking = assistant.retriever.ranking(assistant.query(question))
    return ranking.signals.evidence.at(ranking.order[0])


@pytest.mark.parametrize(
    ("question", "other", "kind", "more"),
    [
        ("What is colchicine for?", "What is methotrexate for?", "placed", True),
        ("What is methotrexate for?", "What is colchicine for?", "unknown", True),
        ("What is methotrexate for?", "What is colchicine for?", "worst", True),
        ("Does colchicine probenecid help?", "Does uric acid hurt?", "apart", True),
        ("How much does colchicine cost?", "What is colchicine for?", "untyped", True),
        ("How long does a scan take?", "How long does colchicine take?", "untyped", False),
        ("Can my daughter inherit colchicine?", "How does colchicine calm?", "worded", False),
    ],
)
def test_a_question_has_more_of_a_kind_of_evidence_than_another(
    assistant: Assistant, question: str, other: str, kind: str, more: bool
) -> None:
    here, there = (evidence(assistant, text)[kind] for text in (question, other))
    assert (here > there) if more else (here < there)


@pytest.mark.parametrize("question", ["What is colchicine for?", "and?", "daughter cost minutes"])
def test_every_kind_of_evidence_is_between_0_and_1(assistant: Assistant, question: str) -> None:
    assert all(0 <= value <= 1 for value in evidence(assistant, question).values())
