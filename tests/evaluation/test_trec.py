"""What is written for trec_eval gives our figures there, and what other systems write gives theirs here."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import ir_measures
import pytest
from ir_measures import AP, RR, R, Success, nDCG

from bot.errors import QuestionSetError
from bot.evaluation.metrics import figures
from bot.evaluation.questions import load_question_set
from bot.evaluation.scoring import Run, score
from bot.evaluation.trec_run import qrels, trec_run
from bot.library import read_corpus
from bot.records import Corpus
from tests.evaluation.test_formats import written

Write = Callable[..., Path]
SAME = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "hit@5": Success @ 5,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
    "MAP": AP,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
}
DOCUMENTS, QUESTIONS = 30, 40
SENTENCE = "Herons number {0} stand in shallow water near the reeds of pond {0} and wait for fish."


def ours(run: Run) -> dict[str, float]:
    return {
        one.measure: one.value for one in figures(run.judged) if one.value is not None and one.measure in SAME
    }


def theirs(lines: Sequence[str], judged: Sequence[str], folder: Path) -> dict[str, float]:
    """The same from the files, read and worked out by ir_measures."""
    run, answers = written(folder, "run.txt", "".join(lines)), written(folder, "qrels.txt", "".join(judged))
    found = ir_measures.calc_aggregate(
        list(SAME.values()),
        ir_measures.read_trec_qrels(str(answers)),
        ir_measures.read_trec_run(str(run)),
    )
    return {name: found[measure] for name, measure in SAME.items()}


@pytest.fixture
def ponds(tmp_path: Path) -> Corpus:
    for number in range(DOCUMENTS):
        text = "\n\n".join(SENTENCE.format(100 * number + place) for place in range(4))
        written(tmp_path, f"ponds/some here/d {number}.txt", text)
    return read_corpus(tmp_path / "ponds")


def predictions(chance: random.Random, corpus: Corpus) -> list[dict[str, object]]:
    """Rankings with ties and with scores that do not fall, for some questions none."""
    found: list[dict[str, object]] = []
    for number in range(QUESTIONS):
        spans = [
            {"doc": document.id, "start": at, "end": at + 60, "score": chance.choice([1.5, 2.5, 7.125])}
            for document in corpus.documents
            for at in (0, len(document.text) // 2)
        ]
        ranked = chance.sample(spans, 40) if number % 7 else []
        found.append({"id": f"q {number}", "outcome": "related", "ranked": ranked, "depth": 40})
    return found


def golds(chance: random.Random, corpus: Corpus, *, whole: bool) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number in range(QUESTIONS):
        some = chance.sample(corpus.documents, chance.randint(1, 8))
        answers: list[dict[str, object]] = [
            {"doc": document.id, "grade": chance.randint(0, 3)}
            if whole
            else {"doc": document.id, "start": 10, "end": 70}
            for document in some
        ]
        found.append({"id": f"q {number}", "question": "What?", "answers": answers if number % 5 else []})
    return found


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_ir_measures_gives_our_figures_to_the_digit(
    ponds: Corpus, file_of: Write, tmp_path: Path, whole: bool, seed: int
) -> None:
    chance = random.Random(seed)
    asked = load_question_set(file_of(*golds(chance, ponds, whole=whole)), ponds)
    run = score(asked, file_of(*predictions(chance, ponds), name="p.jsonl"), ponds, baseline=False)
    found = theirs(list(trec_run(run)), list(qrels(run)), tmp_path)
    assert ours(run) == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_was_written_is_read_as_it_was(
    ponds: Corpus, file_of: Write, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    asked = load_question_set(file_of(*golds(chance, ponds, whole=True)), ponds)
    run = score(asked, file_of(*predictions(chance, ponds), name="p.jsonl"), ponds, baseline=False)
    again = score(asked, written(tmp_path, "again.txt", "".join(trec_run(run))), ponds, baseline=False)
    assert ours(again) == pytest.approx(ours(run))


def topics(folder: Path) -> Path:
    written(folder, "t/topics.txt", "7\tbone pain\n8\tskin\n9\titch\n")
    written(folder, "t/qrels.txt", "7 0 bones 2\n8 0 signs 1\n8 0 bones 0\n9 0 signs 1\n")
    return folder / "t"


def test_another_systems_run_is_scored_on_published_judgements(corpus: Corpus, tmp_path: Path) -> None:
    asked = load_question_set(topics(tmp_path), corpus)
    lines = ("7 Q0 bones 1 3.5 x\n", "8 Q0 bones 1 2 x\n", "8 Q0 signs 2 2 x\n", "99 Q0 bones 1 1 x\n")
    run = score(asked, written(tmp_path, "theirs.run", "".join(lines)), corpus)
    # trec_eval puts equal scores into the falling order of their names: signs before bones.
    assert [record.rank for record in run.judged] == [1, 1, None]
    judged = ["7 0 bones 2\n", "8 0 signs 1\n", "8 0 bones 0\n", "9 0 signs 1\n"]
    found = theirs(lines, judged, tmp_path)
    # Nobody can tell what a run that ends at the second place has at the third.
    assert ours(run) == pytest.approx({name: found[name] for name in ("hit@1", "MAP")}, abs=1e-12)
    assert {one.measure for one in figures(run.judged) if one.n} & {"answered", "helped", "lost"} == set()


def test_a_run_names_documents_as_the_published_judgements_do(
    corpus: Corpus, tmp_path: Path, file_of: Write
) -> None:
    asked = load_question_set(topics(tmp_path), corpus)
    ranking = [{"doc": name, "start": 0, "end": 9, "score": 1} for name in ("bones.md", "liver/signs.txt")]
    lines = [{"id": name, "outcome": "related", "ranked": ranking} for name in "789"]
    run = score(asked, file_of(*lines, name="p.jsonl"), corpus)
    assert [line.split()[2] for line in trec_run(run)][:2] == ["bones", "liver/signs"]
    assert next(iter(qrels(run))) == "7 0 bones 2\n"


def test_passages_of_a_run_are_read_too(corpus: Corpus, file_of: Write, tmp_path: Path) -> None:
    line = {"id": "a b", "question": "Ache?", "answers": [{"doc": "bones.md", "text": "A scan"}]}
    run = written(tmp_path, "r.txt", "a%20b Q0 liver/signs.txt:0-9 1 2 x\na%20b Q0 bones.md:25-43 2 1 x\n")
    scored = score(load_question_set(file_of(line), corpus), run, corpus)
    assert scored.judged[0].rank == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7 Q0 gone 1 2 x\n7 Q0 bones 1 2\n", "2 things are wrong"),
        ("7 Q0 gone 1 2 x\n", 'the document "gone" is not in the corpus'),
        ("7 Q0 bones 1 high x\n", 'the score "high" is no number'),
        ("7 Q0 bones 1 2 x\n7 Q0 bones 2 1 x\n", '"bones" was ranked before'),
        ("99 Q0 bones 1 2 x\n", "ranks nothing for any question"),
    ],
)
def test_a_run_that_does_not_fit_is_refused_with_all_that_is_wrong(
    corpus: Corpus, tmp_path: Path, text: str, message: str
) -> None:
    asked = load_question_set(topics(tmp_path), corpus)
    with pytest.raises(QuestionSetError, match=message):
        score(asked, written(tmp_path, "r.txt", text), corpus)
