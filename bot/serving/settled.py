"""A folder as it was just read in, a corpus that can be trusted out."""

from collections.abc import Collection

from bot.library import digest_of
from bot.records import Corpus


def settled(read: Corpus, before: Corpus, *, held: Collection[str], same: Collection[str]) -> Corpus:
    """What was read, but what was served before of the files that are `held`: somebody is writing them.

    Those that are the `same` files as before keep their documents where they cannot be read just now: a
    network share that falters takes no document away.
    """
    known = {document.id: document for document in before.documents}
    found = {document.id: document for document in read.documents if document.id not in held}
    kept = {name: document for name, document in known.items() if name in held or name in same}
    documents = tuple(document for _, document in sorted((kept | found).items()))
    problems = {problem.file: problem for problem in read.problems if problem.file not in held}
    problems |= {problem.file: problem for problem in before.problems if problem.file in held}
    return Corpus(
        documents,
        digest_of(documents),
        tuple(problem for name, problem in sorted(problems.items()) if name not in kept or name in held),
    )
