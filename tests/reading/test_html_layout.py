from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.html import laid_out
from tests.reading.files import outline, read_one
from tests.reading.invariants import check

ELEMENTS = """<p> </p> <div> <ul> <li> </ul> <ol><li> <table> <tr> <td> </table> <h2> </h2> <aside> <br>
<details> <summary> <dl> <dt> <dd> <button> <sup> <span> <a_href=x> one Two. 3 - <b> </b> <pre> <q>"""


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("One is long.<br><br>Two is short.", ["One is long.", "Two is short."]),
        ("Bring:<br>a card<br>a drink", ["Bring:", "a card", "a drink"]),
        ("Keep it dry.<br>- no bath<br>- no pool<br>", ["Keep it dry.", "no bath", "no pool"]),
        ("1. Wash<br>2. Dry", ["1. Wash", "2. Dry"]),
        ("a. Wash<br>b. dry it<br>c. rest", ["a. Wash", "b. dry it", "c. rest"]),
        ("A. Bell<br>runs the clinic", ["A. Bell runs the clinic"]),
        ("Mon 9 to 5<br>Tue 9 to 4", ["Mon 9 to 5\nTue 9 to 4"]),
        ("a wrapped<br>line", ["a wrapped line"]),
        ("<pre>Mix it.\n\n* salt\n* sugar</pre>", ["Mix it.", "salt", "sugar"]),
        ("<p>· rest</p><p>· ice</p>", ["rest", "ice"]),
    ],
)
def test_lines_are_paragraphs_and_items(tmp_path: Path, markup: str, blocks: list[str]) -> None:
    document = read_one(tmp_path, "a.html", f"<h1>Sprain</h1>{markup}")
    check(document)
    assert [words for _, _, words in outline(document)] == [blocks]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("<tr><td><p>5 kg</p></td><td><p>one</p><p>spoon</p></td></tr>", ["5 kg | one spoon"]),
        ("<tr><td>Mon</td><td><ul><li>eyes</li><li>ears</li></ul></td></tr>", ["Mon | eyes; ears"]),
        ("<tr><td>Mon</td><td>Eyes<br>Ears</td></tr>", ["Mon | Eyes; Ears"]),
        ("<tr><td>A</td><td></td><td>two</td></tr>", ["A |  | two"]),
        (
            "<tr><td rowspan=2>Iron</td><td>1 mg</td></tr><tr><td>2 mg</td></tr>",
            ["Iron | 1 mg", "Iron | 2 mg"],
        ),
        (
            "<tr><td colspan=2>Iron</td><td>day</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>",
            ["Iron | Iron | day", "a | b | c"],
        ),
        ("<tr><td colspan=2>Band</td></tr><tr><td>a</td><td>b</td></tr>", ["Band", "a | b"]),
        ("<tfoot><tr><td>z</td><td>y</td></tr></tfoot><tr><td>a</td><td>b</td></tr>", ["a | b", "z | y"]),
        (
            "<tr><td>a</td><td><img src=t.png alt='yes'></td><td><i class=x aria-label=no></i></td></tr>",
            ["a | yes | no"],
        ),
        (
            "<tr><td>a</td><td><img src=t.png alt='A child who sits on a chair'></td><td>b</td></tr>",
            ["a |  | b"],
        ),
        ("<tr><td><img src=t.png alt='Clinic'></td></tr><tr><td>a</td><td>b</td></tr>", ["a | b"]),
        ("<tr><td>a</td><td><a href=x><img src=t.png alt='Home'></a></td><td>b</td></tr>", ["a |  | b"]),
        ("<tr><td>a</td><td rowspan=0 colspan=99999>b</td></tr>", ["a | " + " | ".join(["b"] * 59)]),
    ],
)
def test_a_row_is_on_one_line(tmp_path: Path, rows: str, lines: list[str]) -> None:
    document = read_one(tmp_path, "a.html", f"<h1>Iron</h1><table>{rows}</table>")
    check(document)
    assert [words for _, _, words in outline(document)] == [lines]


@pytest.mark.parametrize(
    "head",
    [
        "<tr><th>Age</th><th>Drops</th></tr>",
        "<thead><tr><td>Age</td><td>Drops</td></tr></thead>",
        "<tr><td><b>Age</b></td><td><p><strong>Drops</strong></p></td></tr>",
    ],
)
def test_the_row_that_names_the_columns_is_known(tmp_path: Path, head: str) -> None:
    page = f"<h2>Iron</h2><table><caption>Doses</caption>{head}<tr><td>one</td><td>2</td></tr></table>"
    document = read_one(tmp_path, "a.html", page)
    (section,) = document.sections
    assert [(block.kind, block.header) for block in section.blocks] == [
        ("paragraph", False),
        ("row", True),
        ("row", False),
    ]


@pytest.mark.parametrize("group", ["{}", "<div role=rowgroup>{}</div>"])
def test_elements_that_say_they_are_a_table_are_one(tmp_path: Path, group: str) -> None:
    rows = """<div role=row><span role=columnheader>Age</span><span role=columnheader>Drops</span></div>
    <div role=row><span role=cell>one</span><span role=cell></span></div>"""
    page = f"<h1>Iron</h1><div role=table>{group.format(rows)}</div>"
    assert outline(read_one(tmp_path, "a.html", page)) == [("body", (), ["Age | Drops", "one |"])]


def test_what_only_says_it_is_a_table_loses_no_word(tmp_path: Path) -> None:
    page = "<h1>Iron</h1><div role=table><p>Eat greens.</p><div role=row><p>Drink milk.</p></div></div>"
    assert outline(read_one(tmp_path, "a.html", page)) == [("body", (), ["Eat greens.", "Drink milk."])]


def test_tables_that_place_parts_of_a_page_are_no_tables(tmp_path: Path) -> None:
    page = """<table><tr><td><a href='a'>Home</a><br><a href='b'>News</a></td><td>
    <h2>Iron</h2><p>Eat greens.</p>
    <table><tr><th>Age</th><th>Drops</th></tr><tr><td>one</td><td>2</td></tr></table></td></tr></table>"""
    assert outline(read_one(tmp_path, "a.html", page)) == [
        ("body", ("Iron",), ["Eat greens.", "Age | Drops", "one | 2"])
    ]


@pytest.mark.parametrize(
    ("listing", "items"),
    [
        ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
        ("<ol start=4><li>a</li><li value=9>b</li><li>c</li></ol>", ["4. a", "9. b", "10. c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["2. a", "1. b"]),
        ("<ol type=a><li>a</li><li>b</li></ol>", ["a. a", "b. b"]),
        ("<ol type=I><li>a</li><li>b</li></ol>", ["I. a", "II. b"]),
        ("<ol style='list-style: none'><li>a</li></ol>", ["a"]),
        ("<ol><li>1. a</li></ol>", ["1. a"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["1. a", "b", "2. c"]),
        ("<ol start=x><li value='-'>a</li></ol>", ["1. a"]),
    ],
)
def test_items_keep_their_numbers(tmp_path: Path, listing: str, items: list[str]) -> None:
    document = read_one(tmp_path, "a.html", f"<h1>Steps</h1>{listing}")
    check(document)
    assert [words for _, _, words in outline(document)] == [items]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("10<sup>9</sup> a litre", "10⁹ a litre"),
        ("kg/m<sup>2</sup>", "kg/m²"),
        ("pain<sup><a href='#n'>1</a></sup> and", "pain[1] and"),
        ("the 1<sup>st</sup> day", "the 1st day"),
        ("H<sub>2</sub>O", "H2O"),
        ("hyper<wbr>tension and anti&shy;body", "hypertension and antibody"),
        ("5&nbsp;mg", "5 mg"),
        ("m<b>RNA</b>", "mRNA"),
        ("<span>Rest first.</span><span>Then walk.</span>", "Rest first. Then walk."),
        ("<q>Rest</q> a day", "“Rest” a day"),
        ("Use a <button>spacer</button> now", "Use a spacer now"),
    ],
)
def test_inline_elements_leave_words_whole(tmp_path: Path, markup: str, words: str) -> None:
    assert read_one(tmp_path, "a.html", f"<h1>Notes</h1><p>{markup}</p>").text == f"Notes\n\n{words}"


@pytest.mark.parametrize(
    "heading",
    [
        "<p class='H2'>At home</p>",
        "<p class='heading2'>At home</p>",
        "<div class='section-title'>At home</div>",
        "<p class='MsoHeading2'>At home</p>",
        "<p><span style='font-weight: bold'>At home</span></p>",
        "<div role='heading' aria-level='2'>At home</div>",
        "<p><strong>At home:</strong></p>",
        "<p class='MsoHeading7'>At home</p>",
        "<div class='ms-rteElement-H2B'>At home</div>",
        "<style>.s3 { font: 11px; font-size: 15pt }</style><p class='s3'>At home</p>",
        "<style>p { font-weight: normal } p.s3 { font-weight: 700 }</style><p class='s3'>At home</p>",
        "<p><font size='4' color='navy'>At home</font></p>",
        "<p style='font-size: 130%'>At home</p>",
        "<p><u>At home</u></p>",
        "<font size=+1>At home</font><br>",
        "<u>At home</u><br>",
        "<p><big>At home</big></p>",
    ],
)
def test_what_looks_like_a_heading_is_one(tmp_path: Path, heading: str) -> None:
    page = f"<h1>Hip</h1><p>It takes an hour.</p>{heading}<p>Walk each day.</p>"
    assert outline(read_one(tmp_path, "hip.html", page))[-1] == ("body", ("At home",), ["Walk each day."])


@pytest.mark.parametrize("words", ["When to call us", "How to stop a nosebleed", "Emergency numbers"])
def test_a_bold_line_that_names_what_follows_is_a_heading(tmp_path: Path, words: str) -> None:
    page = f"<h1>Hip</h1><p>It takes an hour.</p><p><b>{words}</b></p><p>Walk each day.</p>"
    assert outline(read_one(tmp_path, "hip.html", page))[-1] == ("body", (words,), ["Walk each day."])


def test_a_line_in_capitals_is_a_heading(tmp_path: Path) -> None:
    page = (
        "<h1>Hip</h1><p>It takes an hour.</p><p>AT HOME</p><p>Walk each day.</p><p>MRI</p><p>Lie still.</p>"
    )
    assert outline(read_one(tmp_path, "hip.html", page))[-1] == (
        "body",
        ("AT HOME",),
        ["Walk each day.", "MRI", "Lie still."],
    )


@pytest.mark.parametrize(
    "size",
    [
        "<body style='font-size: 22px'>{}</body>",
        "<style>p {{ font-size: 20pt }}</style>{}",
        "<font size=5>{}</font>",
        "<div style='font-size: x-large'>{}</div>",
    ],
)
def test_the_size_of_all_text_sets_nothing_apart(tmp_path: Path, size: str) -> None:
    page = size.format("<h1>Hip</h1><h2>At home</h2><p>Walk each day</p><p>Rest at night, and sleep.</p>")
    assert len(outline(read_one(tmp_path, "hip.html", page))[-1][2]) == 2


@pytest.mark.parametrize(
    "line",
    [
        "<p style='font-size: 30px'>Never cross your legs</p>",
        "<p>DO NOT CROSS YOUR LEGS</p>",
        "<p><strong>Do not cross your legs</strong></p>",
        "<p><b>Stop if it hurts.</b></p>",
        "<p class='title'>It takes about an hour, and you are awake.</p>",
    ],
)
def test_a_bold_warning_is_text(tmp_path: Path, line: str) -> None:
    page = f"<h1>Hip</h1><h2>After it</h2>{line}<p>Walk each day.</p>"
    assert len(outline(read_one(tmp_path, "hip.html", page))[-1][2]) == 2


def test_sections_that_are_items_of_a_list_are_sections(tmp_path: Path) -> None:
    page = """<h1>Hip</h1><ol><li><section><h2>1. Before it</h2><p>Eat nothing.</p></section></li>
    <li><h2>After it</h2><p>Bring:</p><ul><li>shoes</li></ul></li></ol>"""
    document = read_one(tmp_path, "hip.html", page)
    assert outline(document) == [
        ("body", ("1. Before it",), ["Eat nothing."]),
        ("body", ("2. After it",), ["Bring:", "shoes"]),
    ]
    assert document.sections[-1].blocks[-1].depth == 0


def test_a_page_without_headings_gets_those_of_its_lines(tmp_path: Path) -> None:
    page = "<title>Hip</title><p>Before the operation</p><p>Do not eat for six hours.</p>"
    assert outline(read_one(tmp_path, "hip.html", page)) == [
        ("body", ("Before the operation",), ["Do not eat for six hours."])
    ]


def test_a_fragment_is_laid_out_without_asking_what_frames_it() -> None:
    layout = laid_out("<h2>Hip</h2><nav>Walk.</nav><ul><li>one</ul>")
    assert [piece.kind for piece in layout.pieces] == ["heading", "paragraph", "item"]
    assert layout.text == "Hip\n\nWalk.\n\n• one"


@settings(max_examples=60)
@given(
    parts=st.lists(
        st.sampled_from(ELEMENTS.split()),
        max_size=40,
    )
)
def test_any_jumble_of_elements_is_laid_out_in_order(parts: list[str]) -> None:
    layout = laid_out(" ".join(parts).replace("_", " "))
    ends = [0]
    for piece in layout.pieces:
        assert ends[-1] <= piece.start <= piece.end <= len(layout.text)
        assert piece.kind == "break" or layout.text[piece.start : piece.end].strip()
        ends.append(piece.end)
