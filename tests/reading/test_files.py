import codecs
import random
from pathlib import Path
from types import ModuleType

import pytest

from bot.errors import DocumentError
from bot.reading import encodings, markdown, text
from bot.reading.files import decoded
from tests.reading.files import problem, read_one

WESTERN = (
    "Looking after a burn\n\nDon’t burst a blister – it’s a dressing of its own.\n\n"
    "• Cool it at 15°C\n• Rinse for an hour\n\n“Hot?” A crème from a café won’t do; it costs £4.\n"
)
LANGUAGES = {
    "German": "Nach der Verbrennung kühlen Sie zwanzig Minuten. Größere Flächen müssen geprüft werden.\n",
    "French": "Après une brûlure, refroidissez la plaie à l’eau. Ne perçez rien, même très gêné.\n",
    "Polish": "Oparzenie należy chłodzić wodą. Jeśli pojawią się pęcherze, proszę zgłosić się do lekarza.\n",
    "Czech": "Popáleninu chlaďte vodou. Přijďte k lékaři, když se žádný puchýř nezhojí.\n",
    "Russian": "Ожог нужно сразу охладить водой. Обратитесь к врачу, если появились пузыри.\n",
    "Greek": "Ψύξτε το έγκαυμα με νερό. Καλέστε τον γιατρό σας αν δείτε φουσκάλες.\n",
}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_says_how_to_read(encoding: str) -> None:
    assert decoded(WESTERN.encode(encoding)).text.removeprefix("\ufeff") == WESTERN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_text_is_told_with_and_without_its_mark(encoding: str, mark: str) -> None:
    found = decoded((mark + WESTERN).encode(encoding))
    assert found.text == WESTERN
    assert found.remark is not None
    assert encoding[:6].upper() in found.remark


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")],
)
def test_western_text_is_read_in_the_encoding_that_leaves_no_sign_out_of_place(
    encoding: str, name: str
) -> None:
    found = decoded(WESTERN.encode(encoding))
    assert found.text == WESTERN
    assert found.remark == f"It is not in UTF-8; it was read as {name}: check its accented letters."


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("German", "cp1252"),
        ("German", "iso8859_1"),
        ("French", "cp1252"),
        ("French", "mac_roman"),
        ("Polish", "cp1250"),
        ("Polish", "iso8859_2"),
        ("Czech", "iso8859_2"),
        ("Russian", "cp1251"),
        ("Russian", "koi8_r"),
        ("Greek", "cp1253"),
        ("Greek", "iso8859_7"),
    ],
)
def test_other_languages_are_read_in_their_encodings(language: str, encoding: str) -> None:
    text = LANGUAGES[language] * 3
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "words",
    [
        *("Cool it to 20°C.", "½ a cup", "5 µg", "2 × 50 ml", "£3", "€3", "Gauze® pads", "© Burns Unit"),
        *("Don’t pull.", "A “wet” pad – cold.", "Wait…", "• Rest", "Zoë’s café", "Guillain–Barré", "± 5 ml"),
    ],
)
@pytest.mark.parametrize(
    "around", ["{}\n", "Burns\n\n{}\n\nYou may wash as usual. Call us if it hurts more.\n"]
)
def test_a_short_text_is_what_word_and_notepad_write(words: str, around: str) -> None:
    text = around.format(words)
    assert decoded(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "text",
    [
        "Dressings\r\n\r\nThe dressing costs £3, and £5 with tape. There is a café.\r\n",
        "Scalds\n\nCool it to 15° – no colder.\n\nPrices: £2 or £30. Don’t wait.\n\n• pads\n• tape\n",
        "Keep the pad on for 12 hours – it’s sterile.\n\nIt’s £20, or £5 a week.\n",
    ],
)
def test_signs_tell_the_encoding_by_where_they_stand(text: str, encoding: str) -> None:
    if encoding == "cp850":
        text = text.replace("–", "-").replace("’", "'").replace("•", "-")
    assert decoded(text.encode(encoding)).text == text


def test_a_price_in_euros_and_bullets_are_as_notepad_writes_them() -> None:
    text = "Keep it wet for 16 minutes – no less.\r\n\r\nIt is £20 or €25. Don’t rub.\r\n\r\n• pads\r\n"
    assert decoded(text.encode("cp1252")).text == text


def test_one_accent_in_a_long_text_is_enough() -> None:
    text = "Keep the burn cool and clean, and cover it loosely. " * 3000 + "It’s healing.\n"
    assert decoded(text.encode("cp1252")).text == text
    assert decoded(text.encode("mac_roman")).text == text


def test_a_line_of_dashes_is_no_foreign_word() -> None:
    text = f"Burns\n{'—' * 60}\n\xa0\xa0\xa0\xa0Cool the burn at 15°C.\n"
    assert decoded(text.encode("cp1252")).text == text


def test_the_remark_goes_with_the_document(tmp_path: Path) -> None:
    for name in ("burn.txt", "burn.md"):
        document = read_one(tmp_path, name, WESTERN.encode("cp1252"))
        assert document.text == WESTERN
        assert any("Windows-1252" in remark for remark in document.remarks)
        (tmp_path / name).unlink()


def test_garbled_letters_are_told_and_quoted_as_they_stand() -> None:
    text = "Burns\n\n" + "Don’t burst it.".encode().decode("cp1252") + "\n"
    found = decoded(text.encode())
    assert found.text == text
    assert found.remark is not None
    assert '"â€™" on line 3' in found.remark


@pytest.mark.parametrize("text", ["« CAFÉ » et “CAFÉ”", "50 €“ – …”", "Ελλάδα", "naïve É»", "Ö²"])
def test_rare_signs_side_by_side_are_not_garbled(text: str) -> None:
    assert decoded(text.encode()).remark is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{\\rtf1\\ansi Burns}", "Rich Text Format"),
        (b"PK\x03\x04\x14\x00\x06\x00", "packed file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"%PDF-1.4\n", "a PDF"),
        (b"Burns\n\nCool\x00 it.", "NUL byte at byte 11"),
        (b"\xff\xfeB", "marked as UTF-16 and damaged"),
        (b"\xff\xfe\x00\x00B\x00\x00", "marked as UTF-32 and damaged"),
        ("Brûlé – crème\nBr".encode() + b"\xfbl\xe9", "not UTF-8 (byte 21, on line 2)"),
        ("Brûlé – salve\nBr".encode() + b"\xfbl\xe9\xa3", "not UTF-8 (byte 20, on line 2)"),
        (random.Random(7).randbytes(5000).replace(b"\x00", b"\x01"), "its encoding cannot be told"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes, reason: str) -> None:
    sentence = problem(tmp_path, "burn.txt", data)
    assert reason in sentence
    assert "save it" in sentence
    assert sentence.count("\n") == 0


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\xef\xbb\xbf\r\n", "\ufeff\n".encode("utf-16-le"), b"\xa0\n"]
)
def test_a_mark_or_blanks_alone_are_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match="is empty"):
        decoded(data)


def test_a_web_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><body><h1>Burns</h1><p>Cool the <b>burn</b>.</p></body></html>"
    document = read_one(tmp_path, "burn.txt", page)
    assert "<" not in document.text
    assert document.title == "Burns"


@pytest.mark.parametrize("reader", [text, markdown])
def test_a_text_that_is_too_large_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: ModuleType
) -> None:
    monkeypatch.setattr(reader, "MAX_TEXT_BYTES", 1024 * 1024)
    name = "burn.txt" if reader is text else "burn.md"
    assert "larger than 1 MB; split it" in problem(tmp_path, name, b"a" * (1024 * 1024 + 1))


def test_an_encoding_is_read_under_the_name_that_it_is_told_by() -> None:
    for encoding, name in encodings._NAMES.items():
        assert codecs.lookup(name).name == codecs.lookup(encoding).name
