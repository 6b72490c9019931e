from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from bot.analysis import Analyser, words
from bot.errors import SettingsError
from bot.understanding.vocabulary import GENERAL_FILE, Pair, Vocabulary, read_pairs

GENERAL = files("bot.understanding").joinpath(GENERAL_FILE)
STARTER = Path(__file__).parents[2] / "corpus" / "vocabulary.tsv"
STEM = Analyser().term
SMALL = Vocabulary(
    [
        Pair("heart", "cardiac"),
        Pair("heart attack", "myocardial infarction"),
        Pair("tummy", "abdomen"),
        Pair("tummy", "stomach", both_ways=False),
        Pair("can't sleep", "insomnia"),
        Pair("Herceptin", "trastuzumab"),
    ],
    stem=STEM,
)


def written(folder: Path, text: str) -> Path:
    file = folder / "vocabulary.tsv"
    file.write_bytes(text.encode("utf-8"))
    return file


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("is my heart at risk", [("heart", "cardiac")]),
        ("was it a heart attack", [("heart attack", "myocardial infarction")]),
        ("signs of myocardial infarctions", [("myocardial infarctions", "heart attack")]),
        ("a sore tummy", [("tummy", "abdomen"), ("tummy", "stomach")]),
        ("stomach", []),
        ("abdomen", [("abdomen", "tummy")]),
        ("I cant sleep", [("cant sleep", "insomnia")]),
        ("I can\u2019t sleep", [("can\u2019t sleep", "insomnia")]),
        ("HERCEPTIN and Herceptin", [("herceptin", "trastuzumab")]),
        ("trastuzumab", [("trastuzumab", "Herceptin")]),
        ("nothing of the kind", []),
        ("", []),
    ],
)
def test_terms_are_added_to_the_longest_terms_found(question: str, added: list[tuple[str, str]]) -> None:
    assert list(SMALL.expand(words(question), useful=bool)) == added


def test_every_word_of_the_vocabulary_is_known_as_right() -> None:
    assert {"herceptin", "infarction", "can't", "tummy"} <= SMALL.words()


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("why is my skin turning yellow", "jaundice"),
        ("does peeing hurt", "urine"),
        ("the renal function", "kidney"),
        ("can Tykerb help", "lapatinib"),
        ("is zoledronic acid given", "Zometa"),
        ("how are brain mets found", "brain metastases"),
        ("I get out of breath", "shortness of breath"),
        ("is the change early", "menopause"),
        ("is a tumour always cancer", "tumor"),
        ("Lou Gehrig's disease", "amyotrophic lateral sclerosis"),
        ("will the chemo work", "chemotherapy"),
        ("do I need a water pill", "diuretic"),
    ],
)
def test_the_general_vocabulary_knows_what_patients_say(question: str, added: str) -> None:
    vocabulary = Vocabulary.load(stem=STEM)
    assert added in [term for _, term in vocabulary.expand(words(question), useful=bool)]


@pytest.mark.parametrize(
    "question",
    ["am I fit enough", "when I went back", "what are the odds", "a private room", "I run every day"],
)
def test_words_of_many_meanings_add_nothing(question: str) -> None:
    assert Vocabulary.load(stem=STEM).expand(words(question), useful=bool) == ()


def test_a_file_beside_the_corpus_adds_to_the_general_one(tmp_path: Path) -> None:
    file = written(tmp_path, "# ours\n\ngrumbles\tdyspepsia\t<->\nkidney\tgrumbler\t->\n")
    vocabulary = Vocabulary.load(file, stem=STEM)
    assert ("kidney", "grumbler") in vocabulary.expand(["kidney"], useful=bool)
    assert ("kidney", "renal") in vocabulary.expand(["kidney"], useful=bool)
    assert ("grumbles", "dyspepsia") in vocabulary.expand(["grumbles"], useful=bool)


def test_without_a_file_beside_the_corpus_the_general_one_serves(tmp_path: Path) -> None:
    assert Vocabulary.load(tmp_path / "vocabulary.tsv", stem=STEM).expand(["kidney"], useful=bool)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# fine\nkidney renal\n", "line 2 has 1 parts"),
        ("a\tb\t->\tc\n", "line 1 has 4 parts"),
        ("kidney\t\n", "line 1 needs 1 to 6 words"),
        ("?!\trenal\n", "line 1 needs 1 to 6 words"),
        ("one two three four five six seven\trenal\n", "line 1 needs 1 to 6 words"),
        ("kidney\trenal\r\nliver\thepatic\t<-\r\n", "line 2 has the direction '<-'"),
    ],
)
def test_a_malformed_line_is_named_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        list(read_pairs(file))
    assert str(caught.value).startswith(f"{file}, {complaint}")


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "vocabulary.tsv"
    file.write_bytes("kidney\trenal\nn\xe9vrite\tneuritis\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="line 2 is not UTF-8"):
        Vocabulary.load(file, stem=STEM)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        Vocabulary.load(tmp_path, stem=STEM)


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_term(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeffkidney\trenal\t->\r\n")
    assert list(read_pairs(file)) == [Pair("kidney", "renal", both_ways=False)]


@pytest.mark.parametrize("source", [GENERAL, STARTER], ids=["general", "starter"])
def test_no_pair_of_a_shipped_file_is_given_twice_or_says_nothing(source: Path) -> None:
    def key(term: str) -> tuple[str, ...]:
        return tuple(STEM(word) for word in words(term))

    pairs = [(key(pair.lay), key(pair.medical)) for pair in read_pairs(source)]
    assert [pair for pair in pairs if pair[0] == pair[1]] == []
    assert [pair for pair, count in Counter(pairs).items() if count > 1] == []


def test_the_general_vocabulary_covers_its_field() -> None:
    pairs = list(read_pairs(GENERAL))
    assert len(pairs) >= 2000
    assert {"Herceptin", "Lipitor", "Glucophage", "Keppra", "Ventolin"} <= {pair.lay for pair in pairs}
    assert any(not pair.both_ways for pair in pairs)


def test_a_shorter_term_is_taken_where_nothing_useful_is_known_for_the_longest() -> None:
    pairs = [Pair("cannot pee", "retention"), Pair("pee", "urine")]
    vocabulary = Vocabulary(pairs, stem=STEM)
    assert vocabulary.expand(["cannot", "pee"], useful=bool) == (("cannot pee", "retention"),)
    assert vocabulary.expand(["cannot", "pee"], useful=lambda added: added == "urine") == (("pee", "urine"),)
