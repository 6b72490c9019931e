from pathlib import Path

import pytest

from tests.reading.files import outline, read_one
from tests.reading.invariants import check

PAGE = """<!doctype html><html lang="en-GB"><head><title>Gout | Joint Site</title>
<meta property="og:site_name" content="Joint Site">
<meta property="article:published_time" content="2019-04-02T10:00:00Z">
<meta property="article:modified_time" content="2021-05-17T10:00:00Z">
<link rel="canonical" href="https://example.org/gout"></head>
<body><nav>Home</nav><main><h1>Gout</h1><p>Gout <b>hurts</b>.</p>
<h2>Signs</h2><p>The signs are:</p>
<ul><li>red joint<ul><li>very red</li></ul></li><li><p>hot joint</p></li></ul>
<h3>Late</h3>loose<br>words<dl><dt>Tophi</dt><dd>Lumps.</dd></dl>
<table><tr><th>Drug</th><th>Use</th></tr><tr><td>Colchicine</td><td>attack</td></tr></table>
</main><aside>Subscribe</aside><footer>All rights reserved</footer></body></html>"""


def test_a_page_gets_headings_lists_terms_and_rows(tmp_path: Path) -> None:
    document = read_one(tmp_path, "gout.html", PAGE)
    check(document)
    assert outline(document) == [
        ("body", (), ["Gout hurts."]),
        ("body", ("Signs",), ["The signs are:", "red joint", "very red", "hot joint"]),
        ("body", ("Signs", "Late"), ["loose words", "Tophi: Lumps.", "Drug | Use", "Colchicine | attack"]),
    ]


def test_the_head_says_what_the_page_is(tmp_path: Path) -> None:
    document = read_one(tmp_path, "gout.html", PAGE)
    assert (document.title, document.publisher, document.language) == ("Gout", "Joint Site", "en-GB")
    assert (document.published, document.revised) == ("2019-04-02", "2021-05-17")
    assert document.address == "https://example.org/gout"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>SECRET</script>",
        "<style>SECRET</style>",
        "<template><p>SECRET</p></template>",
        "<noscript>SECRET</noscript>",
        "<!-- SECRET -->",
        "<p hidden>SECRET</p>",
        "<style>/* x */ .a, p.gone { color: red; display: none }</style><p class='gone'>SECRET</p>",
        "<div aria-hidden='true'><p>SECRET</p></div>",
        "<p style='color:red; DISPLAY : none'>SECRET</p>",
        "<p style='visibility:hidden'>SECRET</p>",
        "<input type='hidden' value='SECRET'>",
        "<nav>SECRET</nav>",
        "<div class='breadcrumb'>SECRET</div>",
        "<table hidden><tr><td>SECRET</td></tr></table>",
        "<tr><td hidden>SECRET</td></tr>",
    ],
)
def test_what_a_reader_does_not_see_is_never_text(tmp_path: Path, hidden: str) -> None:
    document = read_one(tmp_path, "gout.html", f"<h1>Gout</h1><p>Gout hurts.</p>{hidden}<p>It passes.</p>")
    assert "SECRET" not in document.text
    assert "It passes." in document.text


def test_a_script_is_no_address(tmp_path: Path) -> None:
    page = "<link rel=canonical href='javascript:alert(1)'><p>Gout hurts.</p>"
    assert read_one(tmp_path, "gout.html", page).address is None


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    page = "<meta charset='iso-8859-1'><p>Ménière’s disease.</p>".encode("cp1252")
    assert "Ménière’s" in read_one(tmp_path, "ear.html", page).text


def test_a_page_that_declares_no_encoding_is_decoded_as_browsers_do(tmp_path: Path) -> None:
    document = read_one(tmp_path, "ear.html", "<p>Ménière</p>".encode("cp1252"))
    assert document.text == "Ménière"
    assert document.remarks == ("Its encoding was guessed: Windows-1252.",)


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print { p { display: none } }",
        "p:no-such-thing( { display: none }",
        "body { visibility: hidden }",
        "@import url(x.css); @media (max-width: 9px) { .b { color: red } p { display: none } }",
    ],
)
def test_what_a_style_sheet_hides_only_sometimes_or_wrongly_is_read(tmp_path: Path, sheet: str) -> None:
    page = f"<style>{sheet}</style><h1>Gout</h1><p>Gout hurts.</p>"
    assert "Gout hurts." in read_one(tmp_path, "gout.html", page).text
