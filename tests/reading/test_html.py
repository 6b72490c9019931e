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
        "<p style='opacity:0'>SECRET</p>",
        "<style>.a { display: block } .a { display: none }</style><p class='a'>SECRET</p>",
        "<style>p[data-x=y] { visibility: hidden }</style><p data-x='y'>SECRET</p>",
        "<p>Old dose <del>SECRET</del> new dose.</p>",
        "<button>SECRET</button>",
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


@pytest.mark.parametrize(
    "sheet",
    [
        ".tip::after { display: none }",
        "p:nth-col(2) { display: none }",
        "a:::b, p:has(> :is(" + "(" * 2000 + ") { display: none }",
        "@" * 50_000,
        "".join(f".x{number} > p {{ display: none }}" for number in range(3000)),
        ".js p { display: none }",
    ],
)
def test_a_selector_that_cannot_be_followed_hides_nothing_and_stops_nothing(
    tmp_path: Path, sheet: str
) -> None:
    page = f"<style>{sheet}</style><h1>Gout</h1><p class='tip'>Gout hurts.</p>"
    assert read_one(tmp_path, "gout.html", page).text == "Gout\n\nGout hurts."


@pytest.mark.parametrize(
    "page",
    [
        "<style>.a { opacity: 0; transition: opacity 1s }</style><div class='a'><p>Splints help.</p></div>",
        "<style>#app { display: none }</style><div id='app'><p>Splints help.</p></div>",
        "<body style='visibility: hidden'><p>Splints help.</p></body>",
        "<p>Rest well at first.</p><div data-aos='fade-up' style='opacity:0'><p>Splints help.</p></div>",
        "<style>.elementor-invisible { visibility: hidden }</style><p>Rest well at first, and ice it.</p>"
        "<div class='elementor-invisible'><p>Splints help.</p></div>",
        "<header><div>Logo</div><div><h1>Wrist</h1><p>Splints help.</p></div>",
        "<nav><a href='/'>Home</a><main><p>Splints help.</p></main>",
        "<div class='share'><a href='#'>Share</a><h1>Wrist</h1><p>Splints help.</p><p>Ice it too.</p></div>",
        "<noscript><p>Splints help.</p></noscript>",
        "<div id='x'><template shadowrootmode='open'><p>Splints help.</p></template></div>",
        "<form><fieldset><legend>Care</legend><p>Splints help.</p></fieldset><input type='submit'></form>",
        "<p hidden>Old.<section><p>Splints help.</p></section>",
        "<div>" * 1000 + "<p>Splints help.</p>",
        "<?xml version='1.0'?><html><title/><script src='a.js'/><body>Splints help.</body></html>",
    ],
)
def test_what_only_looks_hidden_or_framed_is_read(tmp_path: Path, page: str) -> None:
    assert "Splints help." in read_one(tmp_path, "wrist.html", page).text


@pytest.mark.parametrize(
    "panel",
    [
        "<h2>May I swim?</h2><div style='display:none'><p>After a week.</p></div>",
        "<h2>May I swim?</h2><div class='x' aria-hidden='true'>After a week.</div>",
        "<h2><button aria-expanded='false'>May I swim?</button></h2><div hidden><p>After a week.</p></div>",
        "<button class='accordion'>May I swim?</button><div class='panel' hidden>After a week.</div>",
        "<button data-target='#a'>May I swim?</button><p id='a' class='collapse' hidden>After a week.</p>",
        "<details><summary>May I swim?</summary><p>After a week.</p></details>",
        "<p class='q'>May I swim?</p><div class='a' style='display:none'>After a week.</div>",
        "<p><a href='#' onclick=\"toggle('w')\">May I swim?</a></p><div id='w' hidden>After a week.</div>",
        "<ul class='faqs'><li><a href='javascript:void(0)'>May I swim?</a>"
        "<div style='display:none'>After a week.</div></li></ul>",
        "<dl><dt><a href='#'>May I swim?</a></dt><dd hidden><p>After a week.</p></dd></dl>",
        "<div><label for='c'>May I swim?</label><input type='checkbox' id='c'><div>After a week.</div></div>",
        "<fieldset><legend>May I swim?</legend><p>After a week.</p></fieldset>",
        "<h3><button aria-expanded='false'>May I swim?<span>expand_more</span></button></h3>"
        "<div><p>After a week.</p></div>",
        "<button aria-expanded='false'><span>Show all sections</span></button><div class='accordion-section'>"
        "<h2><button aria-expanded='false' aria-controls='g'><span>May I swim?</span><span>Show</span>"
        "</button></h2><div id='g' hidden='until-found'><p>After a week.</p></div></div>",
        "<dl><dt>May I swim?</dt><dd style='display:none'>After a week.</dd></dl>",
        "<div role='heading' aria-level='3'>May I swim?</div><div hidden='until-found'>After a week.</div>",
        "<div class='faq-question'>May I swim?</div><div class='faq-answer' hidden>After a week.</div>",
        "<h3 class='toggle'><a href='#t'>May I swim?</a></h3><div id='t' hidden>After a week.</div>",
        "<input type='checkbox' id='c'><label for='c'>May I swim?</label><div>After a week.</div>",
        "<p><strong>May I swim?</strong></p><p>After a week.</p>",
        "<p><b>May I swim?</b><br>After a week.</p>",
        "<div role='tab' class='tab-title' aria-controls='t'><a class='accordion-title'>May I swim?</a></div>"
        "<div role='tabpanel' id='t' style='display:none'><p>After a week.</p></div>",
        "<ul role='tablist'><li><a role='tab' href='#t'>May I swim?</a></li></ul>"
        "<div role='tabpanel' id='t' hidden><p>After a week.</p></div>",
    ],
)
def test_what_a_click_opens_stands_under_its_question(tmp_path: Path, panel: str) -> None:
    page = f"<main><h1>Ear tubes</h1><p>Keep the ears dry.</p>{panel}</main>"
    document = read_one(tmp_path, "ears.html", page)
    check(document)
    assert outline(document) == [
        ("body", (), ["Keep the ears dry."]),
        ("body", ("May I swim?",), ["After a week."]),
    ]


def test_what_follows_a_panel_is_not_under_its_heading(tmp_path: Path) -> None:
    page = """<h1>Ear tubes</h1><h2>At home</h2><p>Rest.</p><details><summary>Pain</summary>
    <p>Take a tablet.</p>
    <h3>At night</h3><p>Sit up.</p></details><p>Ring the ward with any worry.</p>"""
    assert outline(read_one(tmp_path, "ears.html", page)) == [
        ("body", ("At home",), ["Rest."]),
        ("body", ("At home", "Pain"), ["Take a tablet."]),
        ("body", ("At home", "Pain", "At night"), ["Sit up."]),
        ("body", ("At home",), ["Ring the ward with any worry."]),
    ]


def test_tabs_stand_beside_each_other(tmp_path: Path) -> None:
    page = """<h1>Hernia</h1><div class="tabs">
    <ul><li><a href="#s">Signs</a></li><li><a href="#o">Operation</a></li></ul>
    <div id="s"><h2>Signs</h2><p>A lump shows.</p></div><div id="o" hidden><p>It is mended.</p></div></div>
    <h4 class="toggle-title">Work</h4><div class="toggle-content" hidden>Rest two weeks.</div>
    <p>Ring us.</p>"""
    assert outline(read_one(tmp_path, "hernia.html", page)) == [
        ("body", ("Signs",), ["A lump shows."]),
        ("body", ("Operation",), ["It is mended."]),
        ("body", ("Work",), ["Rest two weeks."]),
        ("body", (), ["Ring us."]),
    ]


def test_tabs_are_known_by_the_names_of_builders_of_sites(tmp_path: Path) -> None:
    page = """<h1>Hernia</h1><p>It is a lump.</p><ul class="vc_tta-tabs-list"><li><a href="#s">Signs</a></li>
    <li><a href="#o">Operation</a></li></ul><div id="s" class="tab-pane"><p>A lump shows.</p></div>
    <div id="o" class="tab-pane" style="display:none"><p>It is mended.</p></div>"""
    assert outline(read_one(tmp_path, "hernia.html", page)) == [
        ("body", (), ["It is a lump."]),
        ("body", ("Signs",), ["A lump shows."]),
        ("body", ("Operation",), ["It is mended."]),
    ]


@pytest.mark.parametrize(
    "more",
    [
        "<details><summary>Read more</summary><p>A net holds it.</p></details>",
        "<button onclick=\"show('n')\">Read more</button><div id='n' class='x' hidden>A net holds it.</div>",
        "<a href='javascript:reveal(\"n\")'>Show more</a><div id='n' hidden>A net holds it.</div>",
    ],
)
def test_a_switch_that_says_nothing_heads_nothing(tmp_path: Path, more: str) -> None:
    page = f"<h1>Hernia</h1><h2>Operation</h2><p>It is mended.</p>{more}"
    assert outline(read_one(tmp_path, "hernia.html", page)) == [
        ("body", ("Operation",), ["It is mended.", "A net holds it."])
    ]


@pytest.mark.parametrize(
    "told", ["<p>A net of plastic.</p>", "<div>A net of plastic.</div>", "A net of plastic."]
)
def test_a_term_stands_before_what_is_said_of_it(tmp_path: Path, told: str) -> None:
    page = f"<h1>Hernia</h1><dl><dt>Mesh</dt><dd>{told}</dd></dl>"
    assert outline(read_one(tmp_path, "hernia.html", page)) == [("body", (), ["Mesh: A net of plastic."])]


def test_how_many_panels_were_folded_is_said(tmp_path: Path) -> None:
    page = (
        "<h2>One</h2><div hidden><p>First words.</p></div><h2>Two</h2><div hidden><p>Other words.</p></div>"
    )
    assert read_one(tmp_path, "a.html", page).remarks == ("2 folded panels were read.",)


@pytest.mark.parametrize(
    "box",
    [
        "<aside class='tip'><p>Ring 112 if it bleeds.</p></aside>",
        "<div role='alert'>Ring 112 if it bleeds.</div>",
        "<div role='note'><p>Ring 112 if it bleeds.</p></div>",
        "<section role='complementary'><p>Ring 112 if it bleeds.</p></section>",
        "<div class='alert alert-danger'>Ring 112 if it bleeds.</div>",
        "<div class='nhsuk-inset-text'><p>Ring 112 if it bleeds.</p></div>",
    ],
)
@pytest.mark.parametrize("around", ["<main>{}</main>", "<article>{}</article>", "{}"])
def test_a_call_out_is_a_note_to_what_it_stands_beside(tmp_path: Path, around: str, box: str) -> None:
    page = around.format(f"<h1>Teeth</h1><p>Bite on the gauze.</p>{box}<p>Eat soft food.</p>")
    (section,) = read_one(tmp_path, "teeth.html", page).sections
    assert [block.kind for block in section.blocks] == ["paragraph", "note", "paragraph"]


def test_the_heading_of_a_call_out_is_said_with_it_and_heads_nothing_else(tmp_path: Path) -> None:
    page = """<h1>Teeth</h1><h2>At home</h2><p>Bite on the gauze.</p><aside><h2>Warning</h2>
    <p>Ring 112 if it bleeds.</p><ul><li>day</li><li>night</li></ul></aside><p>Eat soft food.</p>"""
    notes = ["Warning: Ring 112 if it bleeds.", "• day", "• night"]
    assert outline(read_one(tmp_path, "teeth.html", page)) == [
        ("body", ("At home",), ["Bite on the gauze.", *notes, "Eat soft food."])
    ]


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='menu'><ul><li><a href='/a'>FRAME one</a></li><li><a href='/b'>two</a></li></ul></div>",
        "<ul><li><a href='/a'>FRAME one</a></li><li><a href='/b'>two</a></li></ul>",
        "<p><a href='/a'>FRAME one</a> | <a href='/b'>two</a></p>",
        "<div id='cookie-banner'><p>FRAME is about cookies that we set.</p></div>",
        "<footer><p>FRAME is a charity in the north.</p></footer>",
        "<aside>Subscribe</aside><aside><ul><li><a href='/a'>FRAME</a></li></ul></aside>",
        "<div class='comments-area'><p>FRAME happened to me as well.</p></div>",
        "<form role='search'><label>FRAME</label><input type='text'></form>",
        "<div role='dialog'><p>FRAME asks you to take part in a survey.</p></div>",
        "<h3>Related stories</h3><ul><li>FRAME one</li></ul>",
        "<h3>More on teeth</h3><p><a href='/a'>FRAME one</a></p><p><a href='/b'>FRAME two</a></p>",
        "<h3>Latest</h3><div><a href='/a'>FRAME one</a><p>All there is to know of it.</p></div>"
        "<div><a href='/b'>FRAME two</a><p>All there is to know of that.</p></div>",
        "<div class='sharing'><a href='#'>FRAME</a></div>",
        "<div><a href='/a'>FRAME one</a></div><div><a href='/b'>two</a></div>",
        "<nav>FRAME</nav>",
        "<section><h2>Was this page helpful?</h2><button>FRAME</button></section>",
        "<p>Did you find this information useful? <button>Yes</button> / <button>No</button></p>",
        "<div class='region-sidebar-second'><h2>Latest news</h2><p>FRAME opens in May.</p></div>",
        "<div id='rightcol'><h4>Popular searches</h4><ul><li>FRAME one</li><li>two</li></ul></div>",
        "<h2>Recommended for you</h2><div><a href=1>FRAME one</a></div><div><a href=2>two</a></div>",
        "<h4>Popular searches</h4><ul><li>FRAME one</li><li>two</li></ul>",
    ],
)
def test_what_frames_every_page_is_no_text_and_what_follows_is(tmp_path: Path, frame: str) -> None:
    page = f"""<h1>Teeth</h1><h2>At home</h2><p>Bite on the gauze for an hour after it, then rinse.</p>{frame}
    <p>Eat soft food all day.</p>"""
    document = read_one(tmp_path, "teeth.html", page)
    assert "FRAME" not in document.text
    assert outline(document) == [
        (
            "body",
            ("At home",),
            ["Bite on the gauze for an hour after it, then rinse.", "Eat soft food all day."],
        )
    ]


def test_menus_without_links_stand_around_the_text(tmp_path: Path) -> None:
    page = """<title>Gum care</title><div class="a"><h2>Tooth Centre</h2><ul><li>Braces</li>
    <li>Crowns</li></ul></div>
    <div><h3>Gum care</h3><p>Brush the gums gently twice a day.</p><ul><li>morning</li></ul></div>
    <div class="b"><h3>Explore</h3><ul><li>Jaw</li></ul></div>"""
    document = read_one(tmp_path, "gums.html", page)
    assert document.text == "Gum care\n\nBrush the gums gently twice a day.\n\n• morning"


def test_links_that_a_line_leads_into_are_a_list_of_the_text(tmp_path: Path) -> None:
    page = (
        "<h1>Teeth</h1><p>Signs are:</p><ul><li><a href='/a'>ache</a></li><li><a href='/b'>pus</a></li></ul>"
    )
    assert read_one(tmp_path, "teeth.html", page).text.endswith("Signs are:\n\n• ache\n• pus")


@pytest.mark.parametrize(
    "title", ["export", "Untitled document", "Leaflet", "Microsoft Word - Hip v3", "hip_care.docx"]
)
def test_a_title_that_says_nothing_gives_way_to_the_heading(tmp_path: Path, title: str) -> None:
    page = f"<title>{title}</title><p class='h1'>Hip care</p><p>Walk each day.</p>"
    assert read_one(tmp_path, "hip.html", page).title == "Hip care"


@pytest.mark.parametrize(
    "page",
    [
        "<title>New Page 1</title><p align=center><b><font size=6>Hip care</font></b></p>"
        "<div><b>At home</b><br>Walk each day.</div>",
        "<h2>Hip care</h2><p>It takes an hour.</p><h3>At home</h3><p>Walk each day.</p>",
    ],
)
def test_a_page_without_a_title_has_its_first_heading(tmp_path: Path, page: str) -> None:
    document = read_one(tmp_path, "a.htm", page)
    assert document.title == "Hip care"
    assert document.sections[-1].heading == ("At home",)


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset='utf-16'><p>Für Kühe</p>".encode(),
        "<p>Für Kühe</p>".encode("utf-16"),
        "<p>Für Kühe</p>".encode("utf-16-le"),
        "<p>Für Kühe</p>".encode("utf-32"),
        "<p>Für Kühe</p>".encode("utf-8-sig"),
        "<?xml version='1.0' encoding='iso-8859-15'?><p>Für Kühe</p>".encode("iso-8859-15"),
        "<meta charset='no-such-thing'><p>Für Kühe</p>".encode(),
        "<meta charset='base64'><p>Für Kühe</p>".encode(),
        "<meta charset='utf-8'><p>Für Kühe</p>".encode("cp1252"),
        b'<meta charset="a\0b">' + "<p>Für Kühe\0</p>".encode(),
    ],
)
def test_no_encoding_stops_a_page(tmp_path: Path, data: bytes) -> None:
    assert read_one(tmp_path, "cow.html", data).text == "Für Kühe"
