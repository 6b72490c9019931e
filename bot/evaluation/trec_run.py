"""A scored run in, the text of a TREC run file out."""

from collections.abc import Iterator

from bot.evaluation.scoring import Run


def trec_run(run: Run) -> Iterator[str]:
    """One line for each ranked passage, named `document:start-end` as no passage has another name."""
    for question in run.questions:
        for place, passage in enumerate(run.predictions[question.id].ranked or (), 1):
            name = f"{_word(passage.doc)}:{passage.start}-{passage.end}"
            yield f"{_word(question.id)} Q0 {name} {place} {passage.score!r} {_word(run.name)}\n"


def _word(text: str) -> str:
    """The text without white space, which separates the columns."""
    return "_".join(text.split())
