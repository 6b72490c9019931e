import json
import random
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.errors import SettingsError
from bot.learning import encoder
from bot.learning.batches import MASKED, batches, masked, misses_of, padded
from bot.learning.encoder import PASSES, Texts, main, matches_of
from bot.learning.examples_of_meaning import (
    HELD_OUT,
    JUDGED,
    JUDGED_KIND,
    WRITTEN,
    Match,
    Message,
    Passage,
    judged_matches,
    phrased_matches,
    read_messages,
    read_passages,
    summarised_matches,
    written_matches,
)

GOUT = Passage("Gout", "causes", "Gout comes from uric acid. " + "Crystals form in the joints. " * 6)
SCURVY = Passage("Scurvy", "treatment", "Scurvy is treated with vitamin C. " + "Fruit helps as well. " * 6)
PASSAGES = [GOUT, SCURVY]
MESSAGES = [
    Message("my toe burns at night why", "What causes gout?", dev=False),
    Message("gums bleed, what now", "How is scurvy treated?", dev=True),
    Message("hello", "", dev=False),
]


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def judged(message: int, state: str, *right: int) -> dict[str, object]:
    shown = [[0, 0, 26], [1, 0, 33], [0, 27, 55]]
    return {"message": message, "state": state, "shown": shown, "right": right}


def test_a_hand_is_held_out(tmp_path: Path) -> None:
    rows = [{"pair": at, "hand": hand, "short": "a", "letter": "b"} for at, hand in enumerate((0, HELD_OUT))]
    path = lines(tmp_path / "w.jsonl", *rows)
    assert {match.passage for match in written_matches(PASSAGES, path=path)} == {GOUT}
    assert {match.passage for match in written_matches(PASSAGES, held_out=True, path=path)} == {SCURVY}


def test_messages_of_a_development_set_are_left_out(tmp_path: Path) -> None:
    path = lines(tmp_path / "j.jsonl", judged(0, "yes", 0), judged(1, "yes", 1))
    assert [match.message for match in summarised_matches(MESSAGES)] == [MESSAGES[0].text]
    assert [match.message for match in judged_matches(PASSAGES, MESSAGES, path=path)] == [MESSAGES[0].text]


def test_the_best_right_passages_count_and_the_wrong_ones_are_misses(tmp_path: Path) -> None:
    path = lines(tmp_path / "j.jsonl", judged(0, "yes", 2, 0), judged(2, "near"), judged(2, "none"))
    matches = judged_matches(PASSAGES, MESSAGES, path=path)
    assert [match.passage.text for match in matches] == [GOUT.text[27:55], GOUT.text[:26]]
    assert {match.misses for match in matches} == {(Passage("Scurvy", JUDGED_KIND, SCURVY.text[:33]),)}


def test_a_phrasing_asks_for_what_its_passage_tells_and_is_the_same_every_time() -> None:
    short, rote = (
        Passage("Mumps", "causes", "A virus."),
        Passage("X", "causes", f"{GOUT.text} inherited in an"),
    )
    matches = phrased_matches([GOUT, short, rote], 9, seed=1)
    assert matches == phrased_matches([GOUT, short, rote], 9, seed=1)
    assert {match.passage.title for match in matches} == {"Gout", "X"}
    assert all("{x}" not in match.message for match in matches)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"pair": 0, "hand": 1, "short": "a"}',
        '{"pair": 2, "hand": 1, "short": "a", "letter": "b"}',
        '{"pair": -1, "hand": 1, "short": "a", "letter": "b"}',
        '{"pair": 0, "hand": 1, "short": 3, "letter": "b"}',
    ],
)
def test_a_malformed_line_of_written_messages_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl"
    path.write_text(f'{{"pair": 0, "hand": 1, "short": "a", "letter": "b"}}\n{line}\n', "utf-8")
    with pytest.raises(SettingsError, match=r"w\.jsonl, line 2: no pair of the given file with .*\.$"):
        written_matches(PASSAGES, path=path)


@pytest.mark.parametrize("shown", [[0, 0, 9999], [0, 5, 5], [-1, 0, 5], [0, 0], "no"])
def test_a_slice_that_a_passage_has_not_is_named(shown: object, tmp_path: Path) -> None:
    path = lines(tmp_path / "j.jsonl", {"message": 0, "state": "none", "shown": [shown], "right": []})
    with pytest.raises(SettingsError, match="line 1: no message"):
        judged_matches(PASSAGES, MESSAGES, path=path)


def test_what_is_in_the_repository_is_well_formed() -> None:
    written = [json.loads(line) for line in WRITTEN.read_text("utf-8").split("\n")[:-1]]
    found = [json.loads(line) for line in JUDGED.read_text("utf-8").split("\n")[:-1]]
    assert len(written) == 2297
    assert {row["hand"] for row in written} == set(range(10))
    assert len(found) == 1782
    assert sum(row["state"] == "yes" for row in found) == 445
    assert all(bool(row["right"]) is (row["state"] == "yes") for row in found)
    assert all(0 <= place < len(row["shown"]) for row in found for place in row["right"])


def test_only_the_second_pass_learns_from_judged_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    near = Match("m", GOUT, "message 0", (SCURVY,))
    monkeypatch.setattr(encoder, "written_matches", lambda _: [])
    monkeypatch.setattr(encoder, "judged_matches", lambda *_: [near])
    first, second = (matches_of(one, Texts(PASSAGES, MESSAGES)) for one in PASSES)
    assert near not in first
    assert near in second


def likeness(count: int, *same: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    vectors = np.eye(count, dtype=np.float32)
    for place in same[1:]:
        vectors[place] = vectors[same[0]]
    return vectors


def test_what_may_be_right_as_well_does_not_count_as_wrong() -> None:
    batch = [
        Match("a", GOUT, "pair 0"),
        Match("b", Passage("GOUT", "causes", "other words"), "pair 5"),
        Match("c", Passage("Gout", "treatment", "rest"), "pair 6"),
        Match("d", SCURVY, "pair 6"),
        Match("e", Passage("", "", "a summary"), "message 1"),
        Match("f", Passage("", "", "a summary too"), "message 2"),
        Match("g", Passage("", "", "and a third"), "message 3"),
    ]
    found = masked(batch, likeness(7, 4, 5), [], 0)
    pairs = {(int(row), int(column)) for row, column in np.argwhere(found == MASKED)}
    assert pairs == {(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)}


def test_a_miss_counts_as_wrong_but_where_it_is_right() -> None:
    batch = [Match("a", GOUT, "message 0", (SCURVY,)), Match("b", SCURVY, "message 1")]
    misses = misses_of(batch, random.Random(1))
    found = masked(batch, likeness(2), misses, 3)
    assert misses == [SCURVY, SCURVY]
    assert found[:, 2:].tolist() == [[0, 0, np.float32(MASKED)], [np.float32(MASKED)] * 3]


def test_a_batch_has_at_most_sixteen_misses() -> None:
    assert len(misses_of([Match("a", GOUT, "message 0", (SCURVY,))] * 20, random.Random(1))) == 16


def test_batches_hold_each_place_once_and_are_the_same_every_time() -> None:
    matches = [Match(f"m{at} " * (1 + at % 70), GOUT, f"pair {at // 2}") for at in range(150)]
    vectors = np.random.default_rng(1).normal(size=(150, 8)).astype(np.float32)
    found = list(batches(matches, vectors, size=16, seed=3))
    places = [place for batch in found for place in batch]
    assert [len(batch) for batch in found] == [16] * 9
    assert len(set(places)) == len(places)
    assert found == list(batches(matches, vectors, size=16, seed=3))


@pytest.mark.parametrize(("most", "length"), [(3, 32), (33, 96), (97, 112), (112, 112)])
def test_rows_are_padded_to_few_lengths(most: int, length: int) -> None:
    found = padded([[7], [5] * most], 112)
    assert found.ids.shape == (2, length)
    assert found.mask.sum(axis=1).tolist() == [1, most]


def test_files_of_others_are_read_in_their_order(tmp_path: Path) -> None:
    pair = {"title": "Gout", "kind": "causes", "passage": "Uric\u2028acid."}
    message = {"message": "toe", "summary": None, "dev": "ninds"}
    assert read_passages(lines(tmp_path / "p", pair)) == [Passage("Gout", "causes", "Uric\u2028acid.")]
    assert read_messages(lines(tmp_path / "m", message)) == [Message("toe", "", dev=True)]


def run(folder: Path) -> int:
    named = ("model", "tokenizer", "pairs", "messages")
    return main([part for name in named for part in (f"--{name}", str(folder / name))])


def test_missing_packages_give_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda name: None if name == "optax" else find_spec("json"))
    assert run(tmp_path) == 2
    assert capsys.readouterr().err == "Making an encoder needs more packages: pip install optax==0.2.8\n"


def test_a_missing_file_gives_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda _: find_spec("json"))
    assert run(tmp_path) == 2
    said = capsys.readouterr().err
    assert (
        said
        == f"{tmp_path / 'pairs'} cannot be read (No such file or directory); name a file of JSON lines.\n"
    )
