"""Terms in, features out: single terms and runs of them, the subject's own terms made one placeholder."""

from collections.abc import Collection, Iterable, Sequence

SUBJECT = "\u00a7"
START, END = "^", "$"
NUMBER = "0"
# Between two terms of a subject these are part of its name: "holes in the heart", "overweight and obesity".
LINKING = frozenset(
    ["a", "an", "and", "by", "due", "for", "from", "in", "of", "on", "or", "s", "the", "to", "with"]
)


def masked(terms: Iterable[str], subject: Collection[str]) -> list[str]:
    """The terms with every run of the subject's terms as one placeholder, and every number as another."""
    result: list[str] = []
    linking: list[str] = []
    for term in terms:
        if term in LINKING and result and result[-1] == SUBJECT:
            linking.append(term)
        elif term in subject and term not in LINKING:
            if not result or result[-1] != SUBJECT:
                result.append(SUBJECT)
            linking.clear()
        else:
            result += [*linking, NUMBER if term.isdigit() else term]
            linking.clear()
    return result + linking


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
