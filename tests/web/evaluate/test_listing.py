"""Every question of a run, right or wrong: found by what is looked for, a page at a time."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from bot.web.evaluate.bench import Bench
from bot.web.evaluate.kept import KEPT
from bot.web.evaluate.listing import ON_A_PAGE
from tests.web.evaluate.conftest import HOSTILE, finished

LARGEST_PAGE = 300_000


def _places(page: str) -> list[str]:
    """The places of the questions that a page lists."""
    links = BeautifulSoup(page, "html.parser").select("ol.questions > li > a")
    return [str(link["href"]).partition("?")[0].rpartition("/")[2] for link in links]


def _listed(client: TestClient, run: str, **wanted: str) -> list[str]:
    page = client.get(f"/evaluate/runs/{run}/questions", params=wanted)
    assert page.status_code == 200
    return _places(page.text)


def test_every_question_is_listed_and_not_only_what_went_wrong(client: TestClient) -> None:
    assert _listed(client, finished(client)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"kind": "plain"}, ["1", "3"]),
        ({"kind": HOSTILE}, ["2"]),
        ({"words": "gout when"}, ["2"]),
        ({"words": "WHAT IS"}, ["3"]),
        ({"words": "toe swell"}, ["1"]),
        ({"words": "night by"}, ["3"]),
        ({"words": "no such words"}, []),
        ({"judged": "judged"}, []),
        ({"judged": "not judged"}, ["1", "2", "3"]),
        ({"right": "not known"}, []),
        ({"right": "maybe"}, ["1", "2", "3"]),
        ({"kind": "plain", "words": "signs"}, ["1"]),
    ],
)
def test_questions_are_found_by_what_is_looked_for(
    client: TestClient, wanted: dict[str, str], places: list[str]
) -> None:
    assert _listed(client, finished(client), **wanted) == places


@pytest.mark.parametrize("field", ["outcome", "right", "miss"])
def test_each_question_is_found_by_what_became_of_it(client: TestClient, bench: Bench, field: str) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    for kept in bench.results.questions(record):
        become = {
            "outcome": kept.judged.outcome,
            "right": "right" if kept.right else "wrong",
            "miss": kept.miss,
        }
        value = become[field]
        if value is not None:
            assert str(kept.place) in _listed(client, run, **{field: value})


def test_a_question_opened_from_a_list_leads_on_within_it(client: TestClient) -> None:
    run = finished(client)
    page = client.get(f"/evaluate/runs/{run}/questions/1", params={"kind": "plain"}).text
    assert f'<a rel="next" href="/evaluate/runs/{run}/questions/3?kind=plain">' in page
    assert "1 of 2 in the list" in page
    other = client.get(f"/evaluate/runs/{run}/questions/2", params={"kind": "plain"}).text
    assert "The list (2)" in other


def test_a_question_that_nothing_is_wrong_with_tells_why_it_came_first(
    client: TestClient, bench: Bench
) -> None:
    run = finished(client)
    record = bench.runs.find(run)
    assert record is not None
    fine = next(kept for kept in bench.results.questions(record) if kept.right and kept.judged.rank == 1)
    page = client.get(f"/evaluate/runs/{run}/questions/{fine.place}").text
    assert "Nothing went wrong." in page
    assert "Why these came first" in page
    assert "probability that it answers" in page


@pytest.fixture
def large(client: TestClient, bench: Bench) -> str:
    """A run of 3,000 questions that all went wrong."""
    run = finished(client)
    path = Path(bench.runs.folder(run) / KEPT)
    line = json.loads(path.read_text("utf-8").splitlines()[0])
    lines = []
    for place in range(1, 3001):
        judged = {
            **line["judged"],
            "id": f"q{place}",
            "kind": f"kind {place % 3}",
            "found_at": [2],
            "cluster": None,
        }
        words = f"{HOSTILE} number {place} " + "and so on " * 40
        made = {**line, "place": place, "question": words, "judged": judged, "miss": "ranked low"}
        lines.append(json.dumps(made) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    predictions = bench.runs.folder(run) / "predictions.jsonl"
    first = predictions.read_text("utf-8").splitlines()[0]
    predictions.write_text(f"{first}\n" * 3000, encoding="utf-8")
    bench.results.forget(run)
    return run


def test_three_thousand_misses_stay_usable(client: TestClient, large: str) -> None:
    seen: list[str] = []
    address = f"/evaluate/runs/{large}/questions?right=wrong&kind=kind+1"
    while address:
        page = client.get(address)
        assert len(page.content) < LARGEST_PAGE
        assert HOSTILE not in page.text
        seen += _places(page.text)
        following = BeautifulSoup(page.text, "html.parser").select_one("a[rel=next]")
        address = f"/evaluate/runs/{large}/questions{following['href']}" if following else ""
    assert seen == [str(place) for place in range(1, 3001, 3)]


def test_the_last_page_has_the_rest_and_one_beyond_it_is_the_last(client: TestClient, large: str) -> None:
    page = client.get(f"/evaluate/runs/{large}/questions", params={"page": "999"}).text
    assert "Page 60 of 60" in page
    assert len(_places(page)) == ON_A_PAGE
    opened = client.get(f"/evaluate/runs/{large}/questions/2999", params={"right": "wrong"})
    assert len(opened.content) < LARGEST_PAGE
    assert "2999 of 3000 in the list" in opened.text


def test_many_changes_are_compared_on_a_page_of_bounded_size(
    client: TestClient, bench: Bench, large: str
) -> None:
    other = finished(client)
    path = bench.runs.folder(large) / KEPT
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:300]]
    better = [line | {"judged": line["judged"] | {"found_at": [1]}} for line in lines]
    for run, written in ((large, lines), (other, better)):
        text = "".join(json.dumps(line) + "\n" for line in written)
        (bench.runs.folder(run) / KEPT).write_text(text, encoding="utf-8")
        bench.results.forget(run)
    page = client.get("/evaluate/compare", params={"run": [large, other]})
    assert "hit@1: 300 won" in page.text
    assert "And 270 more." in page.text
    assert "this is unlikely to be chance" in page.text
    assert len(page.content) < LARGEST_PAGE
