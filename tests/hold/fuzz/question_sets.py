"""Question sets in every format, made of rows that are right, nearly right and wrong."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.errors import QuestionSetError
from bot.evaluation.formats import spreadsheet
from bot.evaluation.questions import load_question_set
from bot.library import digest_of
from bot.reading import text
from bot.records import Corpus
from bot.web.evaluate.unpacking import unpack
from tests.hold.fuzz import workbooks
from tests.hold.fuzz.damage import damaged
from tests.hold.fuzz.documents import place
from tests.hold.fuzz.words import any_text, prose, sentences

_DOC = text.from_text("Gout\n\nGout is a painful swelling of a joint. It hurts at night.\n", "gout.txt")
_CORPUS = Corpus((_DOC,), digest_of((_DOC,)))
_ANSWERS = ("Gout is a painful swelling of a joint.", "It hurts", "hurts at day", "", "\u00adIt")
_docs = st.sampled_from(("gout.txt", "gout", "gut.txt", "../gout.txt", "", "g\x00ut"))
_numbers = st.sampled_from((0, 1, 6, 12, 60, -1, 10**30, 2.5, True, None, "6"))
_texts = st.one_of(sentences, any_text, st.sampled_from(_ANSWERS))
_values: SearchStrategy[object] = st.one_of(_texts, _numbers, st.lists(_texts, max_size=2), st.just({}))


def _objects(fields: Mapping[str, SearchStrategy[object]], odd: tuple[str, ...]) -> SearchStrategy[object]:
    """Objects with these fields, each of which may be missing, and some that nobody knows."""
    right = st.fixed_dictionaries({}, optional=dict(fields))
    wrong = st.dictionaries(st.sampled_from((*fields, *odd)), _values, max_size=3)
    return st.builds(
        lambda one, other, mixed: {**one, **other} if mixed else one, right, wrong, st.booleans()
    )


_answers = st.lists(
    _objects(
        {"doc": _docs, "text": _texts, "start": _numbers, "end": _numbers, "grade": _numbers}, ("page",)
    ),
    max_size=2,
)
_rows = _objects(
    {
        "id": sentences,
        "question": _texts,
        "kind": _texts,
        "history": st.lists(_texts, max_size=2),
        "answers": _answers,
    },
    ("of", "x", ""),
)
_lines = st.builds(lambda row, ascii_only: json.dumps(row, ensure_ascii=ascii_only), _rows, st.booleans())
_file = st.lists(_lines | prose, max_size=6).map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))
JSONL = damaged(_file, most=2)

_headings = st.lists(
    st.sampled_from(
        ("id", "question", "answer", "doc", "start", "end", "kind", "history", "x", "", "Question")
    ),
    max_size=6,
)
_cells = st.one_of(
    _texts, _numbers.map(str), st.sampled_from(('"', '"a', 'a""b', "#REF!", "=1+1", "a;b", "a\nb"))
)
_tables = st.builds(
    lambda header, rows: [header, *rows], _headings, st.lists(st.lists(_cells, max_size=7), max_size=5)
)
CSV = damaged(
    st.builds(
        lambda rows, sign: "\n".join(sign.join(row) for row in rows).encode("utf-8", "replace"),
        _tables,
        st.sampled_from((",", ";", "\t")),
    ),
    most=2,
)
XLSX: SearchStrategy[bytes] = workbooks.workbooks(_tables)

_squad_answer = _objects({"text": st.sampled_from(_ANSWERS), "answer_start": _numbers}, ("x",))
_squad_question = _objects(
    {
        "id": _values,
        "question": _texts,
        "answers": st.lists(_squad_answer, max_size=2),
        "is_impossible": st.booleans(),
    },
    ("x",),
)
_paragraph = _objects(
    {"context": st.sampled_from((_ANSWERS[0], _DOC.text, "x")), "qas": st.lists(_squad_question, max_size=2)},
    ("x",),
)
_article = _objects({"title": _texts, "paragraphs": st.lists(_paragraph, max_size=2)}, ("x",))
SQUAD = damaged(
    st.one_of(_objects({"data": st.lists(_article, max_size=2)}, ("version",)), _values).map(
        lambda value: json.dumps(value).encode()
    ),
    most=1,
)

_judged = st.lists(
    st.tuples(
        st.sampled_from(("q1", "q2", "q3", "")),
        _docs,
        _numbers.map(str),
        st.sampled_from(("\t", " ", "\t0\t")),
    ),
    max_size=5,
).map(lambda rows: "\n".join(f"{one}{sign}{doc}{sign}{grade}" for one, doc, grade, sign in rows))
_queries = st.lists(
    _objects({"_id": st.sampled_from(("q1", "q2", "q3")), "text": _texts}, ("x",)), max_size=3
).map(lambda rows: "\n".join(map(json.dumps, rows)))
_topics = st.lists(
    st.sampled_from(
        ("<top>", "</top>", "<num> Number: q1", "<title> gout", "</title>", "<topic number='q2'>")
    )
    | st.sampled_from(
        ("</topic>", "<question>a</question>", "q3\tWhat is gout?", "<topic", "<query>", "</num>", "&lt;")
    )
    | prose,
    max_size=10,
).map("\n".join)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip with these files, be their names as they may: a usual one refuses to have one without."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            with archive.open(zipfile.ZipInfo(name), "w") as member:
                member.write(data)
    return stream.getvalue()


def _bytes(texts: SearchStrategy[str]) -> SearchStrategy[bytes]:
    return damaged(texts.map(lambda found: found.encode("utf-8", "replace")), most=1)


BEIR: SearchStrategy[Mapping[str, bytes]] = st.fixed_dictionaries(
    {"queries.jsonl": _bytes(_queries)}, optional={"qrels/test.tsv": _bytes(_judged)}
)
TREC: SearchStrategy[Mapping[str, bytes]] = st.fixed_dictionaries(
    {}, optional={"topics.txt": _bytes(_topics), "qrels.txt": _bytes(_judged), "more-topics": _bytes(_topics)}
)
_names = st.sampled_from(
    ("queries.jsonl", "x/qrels/test.tsv", "topics", "a/qrels", "", "..", "/", "\\", "x/", "a\x00b")
)
ZIP = damaged(st.dictionaries(_names, _bytes(_queries | _judged | _topics), max_size=4).map(_zipped), most=3)


def _loaded(path: Path) -> None:
    try:
        found = load_question_set(path, _CORPUS)
    except QuestionSetError as error:
        assert str(error)
        return
    for question in found.questions:
        question.question.encode()
        for gold in question.answers:
            assert all(0 <= span.start < span.end <= len(_DOC.text) for span in gold.spans)


def check_xlsx(data: bytes) -> None:
    """Raises where a workbook is neither read nor refused, here and not in a process apart."""
    path = place() / "set.xlsx"
    path.write_bytes(data)
    try:
        found = spreadsheet.read(path, {})
    except QuestionSetError as error:
        assert str(error)
        return
    assert all(entry.question.strip() for entry in found.entries)


def _checked(name: str) -> Callable[[bytes], None]:
    def checked(data: bytes) -> None:
        path = place() / name
        path.write_bytes(data)
        _loaded(path)

    return checked


def _folder(name: str) -> Callable[[Mapping[str, bytes]], None]:
    def checked(inner: Mapping[str, bytes]) -> None:
        folder = place() / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path, data in inner.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
        _loaded(folder)

    return checked


def check_zip(data: bytes) -> None:
    """Raises where an archive is neither unpacked nor refused, or unpacked to where it does not belong."""
    folder = place() / "uploaded"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "set.zip").write_bytes(data)
    try:
        found = unpack(folder / "set.zip")
    except QuestionSetError as error:
        assert str(error)
        return
    assert found == folder / "set"
    _loaded(found)


check_jsonl = _checked("set.jsonl")
check_csv = _checked("set.csv")
check_squad = _checked("set.json")
check_beir, check_trec = _folder("beir"), _folder("trec")
