import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.analysis import Analyser
from bot.aspects.features import SUBJECT
from bot.errors import SettingsError
from bot.learning.aspect_models import Example
from bot.learning.examples import publishers_passages

PAIR = {"title": "Gout", "kind": "treatment", "passage": "Gout is treated with rest and ice."}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pairs.jsonl"


def examples(path: Path, *pairs: Mapping[str, object]) -> list[Example]:
    path.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    return list(publishers_passages(path, Analyser()))


def test_a_passage_has_the_aspect_that_it_answers_and_its_subject_is_a_placeholder(path: Path) -> None:
    (example,) = examples(path, PAIR)
    assert (example.aspect, example.weight) == ("treatment", 1.0)
    assert SUBJECT in example.features
    assert Analyser().term("gout") not in example.features


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, 1),
        ({"kind": "none"}, 1),
        ({"kind": "recipes"}, 0),
        ({"passage": "The Human Phenotype Ontology lists signs."}, 0),
        ({"passage": "These resources address the treatment of gout."}, 0),
    ],
)
def test_only_passages_that_tell_an_aspect_themselves_are_kept(
    path: Path, change: dict[str, str], kept: int
) -> None:
    assert len(examples(path, PAIR | change)) == kept


def test_a_question_that_a_passage_opens_with_is_left_out(path: Path) -> None:
    opened = PAIR | {"passage": f"How might doctors help? {PAIR['passage']}"}
    plain, asked = examples(path, PAIR, opened)
    assert plain == asked


@pytest.mark.parametrize("line", ["no json", "[1]", "3", "", '{"title": "Gout", "kind": "treatment"}'])
def test_a_line_that_is_no_pair_is_an_error_that_names_file_and_line(path: Path, line: str) -> None:
    path.write_text(f"{json.dumps(PAIR)}\n{line}\n")
    with pytest.raises(SettingsError, match=r"pairs\.jsonl, line 2: no pair of title, kind and passage\."):
        list(publishers_passages(path, Analyser()))


def test_pairs_that_are_not_there_are_an_error_that_names_the_file(path: Path) -> None:
    with pytest.raises(SettingsError, match=r"pairs\.jsonl"):
        list(publishers_passages(path, Analyser()))
