import pytest

from bot.errors import DocumentError
from bot.reading.front_matter import front_matter
from bot.reading.markdown import from_text

TEXT = "\n\nGout hurts.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_the_text_begins_behind_the_closing_fence(fence: str, end: str) -> None:
    entry = "Title: Gout" if fence == "---" else 'title = "Gout"'
    source = f"\ufeff{fence}\n{entry}\n{fence}{TEXT}".replace("\n", end)
    facts, start = front_matter(source)
    assert facts.title == "Gout"
    assert source[start:].strip() == "Gout hurts."


def test_toml_says_what_yaml_says() -> None:
    source = (
        '+++\ntitle = "Gout"\ndate = 2020-01-02\nlastmod = 2021-03-04T05:06:07Z\ndraft = false\n+++' + TEXT
    )
    facts, _ = front_matter(source)
    assert (facts.title, facts.published, facts.revised) == ("Gout", "2020-01-02", "2021-03-04")


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("title: !!bool Gout", "Gout"),
        ("title: !!int ''", "gout"),
        ("title: !!python/object/apply:os.getcwd []", "gout"),
        ("title: 0x" + "f" * 4000, "gout"),
        ("title: " + "9" * 5000, "gout"),
        ("title: null", "gout"),
        ("title: 2024", "2024"),
        ('title: "Gout \\ud800"', "Gout"),
        ("title: |\n  Gout\n  at night", "Gout at night"),
        ("date: !!timestamp x\ntitle: Gout", "Gout"),
        ("date: 2019-13-45\ntitle: Gout", "Gout"),
    ],
)
def test_values_are_the_words_that_were_written(entry: str, title: str) -> None:
    assert from_text(f"---\n{entry}\n---{TEXT}", "gout.md").title == title


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ("title: Gout: the facts", "at line 2; correct the YAML there, for example by quotation marks"),
        ("a: &a [x]\ntitle: *a", "at line 3"),
        ("a: &a\n  b: c\nd:\n  <<: *a", "at line 5"),
        ("a: " + "[" * 5000, "at line 2"),
        ("a: " + "{b: " * 2000, "at line 2"),
        ("title: a\x07b", "unprintable sign at line 2"),
        ('title: "\\UFFFFFFFF"', "a sign that does not exist"),
        ("- a", "on line 2 is not a list of"),
        ("title: Gout\n" * 5000, "longer than 16 KB; shorten it"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(entries: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        front_matter(f"---\n{entries}\n---{TEXT}")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("entries", ["title = ", "a = " + "9" * 5000, "a = " + "[" * 5000])
def test_toml_that_cannot_be_read_is_told_with_its_line(entries: str) -> None:
    with pytest.raises(DocumentError, match="at line 2; correct the TOML there"):
        front_matter(f"+++\n{entries}\n+++{TEXT}")


@pytest.mark.parametrize("between", ["Gout hurts.", "\nCauses: many.\n", "Gout hurts.\n\nIt passes."])
def test_text_between_two_rules_is_text(between: str) -> None:
    document = from_text(f"---\n{between}\n\n---{TEXT}", "gout.md")
    words = [document.text[block.start : block.end] for block in document.sections[0].blocks]
    assert words[-1] == "Gout hurts."
    assert len(words) > 1
