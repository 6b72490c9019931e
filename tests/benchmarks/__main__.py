"""`python -m tests.benchmarks`: our engine and its peers over made corpora of growing size."""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.corpora import MadeCorpus, Sentences, made_questions, question_terms, read_questions
from tests.benchmarks.engines import ENGINES, LUCENE
from tests.benchmarks.measure import Measured, measured
from tests.benchmarks.processes import ROOT, lucene_folder, prepare_lucene
from tests.benchmarks.report import table, write_report


def main() -> None:
    options = _options()
    if LUCENE in options.engines and not (lucene_folder() / "Peer.class").is_file():
        prepare_lucene(lucene_folder())
    sentences = Sentences.of(options.text)
    questions = (
        read_questions(options.asked, options.questions)
        if options.asked
        else made_questions(sentences, options.questions)
    )
    found: list[Measured] = []
    for size in sorted(options.sizes):
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            corpus = MadeCorpus.write(sentences, size, Path(scratch) / "corpus")
            vocabulary = corpus.vocabulary()
            forms = {
                "every word": question_terms(questions, vocabulary, idle=True),
                "telling words": question_terms(questions, vocabulary, idle=False),
            }
            known = {form: [terms for terms in asked if terms] for form, asked in forms.items()}
            found += measured(options.engines, corpus.folder, known, size)
        print(table(one for one in found if one.passages == size), flush=True)
        write_report(found, options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=[*ENGINES, LUCENE], choices=[*ENGINES, LUCENE])
    parser.add_argument(
        "--text", type=Path, default=ROOT / "corpus", help="a folder whose sentences are used"
    )
    parser.add_argument("--asked", type=Path, help='questions: a JSON object a line, with "question"')
    parser.add_argument("--questions", type=int, default=200, help="how many are asked")
    parser.add_argument("--out", type=Path, required=True, help="where the table and the plot are written")
    parser.add_argument("--scratch", type=Path, help="where corpora and indices are made, and removed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
