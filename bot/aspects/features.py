"""Terms in, features out: single terms and runs of them, the subject's own terms made one placeholder."""

from collections.abc import Collection, Iterable, Sequence

SUBJECT = "\u00a7"
START, END = "^", "$"
NUMBER = "0"


def masked(terms: Iterable[str], subject: Collection[str]) -> list[str]:
    """The terms with every run of the subject's terms as one placeholder, and every number as another."""
    result: list[str] = []
    for term in terms:
        if term in subject:
            if not result or result[-1] != SUBJECT:
                result.append(SUBJECT)
        else:
            result.append(NUMBER if term.isdigit() else term)
    return result


def passage_features(terms: Iterable[str], subject: Collection[str]) -> set[str]:
    """Terms and pairs of neighbours."""
    row = masked(terms, subject)
    return {*row, *runs(row, 2)}


def question_features(terms: Iterable[str], subject: Collection[str]) -> set[str]:
    """Terms, pairs and triples, with the ends of the question marked: "what is" opens, "for it" closes."""
    row = [START, *masked(terms, subject), END]
    return {*row[1:-1], *runs(row, 2), *runs(row, 3)}


def runs(row: Sequence[str], length: int) -> Iterable[str]:
    """Every run of so many neighbours, joined by blanks."""
    return (" ".join(row[at : at + length]) for at in range(len(row) - length + 1))
