from bot.records import Corpus, Document, Problem
from bot.serving.settled import settled


def _corpus(texts: dict[str, str], *problems: str) -> Corpus:
    documents = tuple(Document(name, name, text, (), text) for name, text in texts.items())
    return Corpus(documents, "", tuple(Problem(name, f"{name} was left out.") for name in problems))


def _texts(corpus: Corpus) -> dict[str, str]:
    return {document.id: document.text for document in corpus.documents}


BEFORE = _corpus({"a": "1", "b": "1"})


def test_what_was_read_is_taken() -> None:
    read = _corpus({"b": "2", "c": "1"}, "d")
    found = settled(read, BEFORE, held=(), same=())
    assert _texts(found) == {"b": "2", "c": "1"}
    assert [problem.file for problem in found.problems] == ["d"]
    assert found.digest != settled(BEFORE, BEFORE, held=(), same=()).digest


def test_files_that_somebody_is_writing_stay_as_they_were_or_away() -> None:
    read = _corpus({"b": "hal", "new": "hal"}, "a")
    found = settled(read, BEFORE, held={"a", "b", "new"}, same=())
    assert _texts(found) == {"a": "1", "b": "1"}
    assert found.problems == ()


def test_a_file_at_rest_that_cannot_be_read_just_now_keeps_its_document() -> None:
    found = settled(_corpus({"b": "1"}, "a"), BEFORE, held=(), same={"a", "b"})
    assert _texts(found) == {"a": "1", "b": "1"}
    assert found.problems == ()


def test_a_problem_of_a_file_that_is_held_stays() -> None:
    before = _corpus({"a": "1"}, "b")
    found = settled(_corpus({"a": "1", "b": "hal"}), before, held={"b"}, same={"a"})
    assert (_texts(found), [problem.file for problem in found.problems]) == ({"a": "1"}, ["b"])
