"""Where the traffic is and the training data is not: topics, what has nothing near, and how it is told."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import alpaca, linter, write

from contralint.cli import main
from contralint.cli.coverage_pages import json_page, markdown_page, text_page
from contralint.coverage import Coverage, Survey, Topic, survey
from contralint.coverage.clusters import Clusters, telling_words
from contralint.coverage.requests import Requests
from contralint.errors import UsageError
from contralint.models.encoder import HashEncoder
from contralint.neighbours.collapse import collapse
from contralint.progress import NoProgress
from contralint.reports import RenderOptions
from contralint.traffic import Log

ORDERS = [
    "Where is my order?",
    "How do I cancel my order?",
    "When will my order be delivered?",
    "Where's my order now?",
]
TABLES = ["How do I nest tables?", "How do I sort tables by a column?", "How are tables nested?"]
TRAFFIC = [*ORDERS, ORDERS[0], ORDERS[0], TABLES[0], "How do I sort a table by one of its columns?"]
POEMS = ["Write a poem about the sea.", "Write a poem about the sea at night."]


def surveyed(folder: Path, training: Sequence[str], traffic: Sequence[str], **wish: Any) -> Coverage:  # noqa: ANN401
    write(folder / "train.jsonl", [alpaca(text, "An answer.") for text in training])
    (folder / "log.txt").write_text("\n".join(traffic), encoding="utf-8")
    made = linter(usage=[str(folder / "log.txt")])
    return survey(made, [folder / "train.jsonl"], Survey(**wish), NoProgress())


def topic_of(found: Coverage, word: str) -> Topic:
    (topic,) = (topic for topic in found.topics if word in topic.words)
    return topic


def test_each_side_is_counted_and_what_has_nothing_near_is_told(tmp_path: Path) -> None:
    found = surveyed(tmp_path, [*TABLES, TABLES[0], *POEMS], TRAFFIC, topics=3)
    assert (found.traffic, found.training) == (8, 6)
    assert (found.uncovered, found.unasked) == (6, 2)
    assert sum(topic.traffic for topic in found.topics) == 8
    assert sum(topic.training for topic in found.topics) == 6
    gaps = [topic.traffic / 8 - topic.training / 6 for topic in found.topics]
    assert gaps == sorted(gaps, reverse=True)
    first, poems = found.topics[0], topic_of(found, "poem")
    assert "order" in first.words
    assert (first.traffic, first.training, first.uncovered) == (6, 0, 6)
    assert (poems.example in POEMS, poems.traffic, poems.training, poems.unasked) == (True, 0, 2, 2)
    tables = topic_of(found, "tables")
    assert (tables.traffic, tables.training, tables.uncovered, tables.unasked) == (2, 4, 0, 0)


def test_examples_stand_for_their_like_and_name_what_is_nearest(tmp_path: Path) -> None:
    found = surveyed(tmp_path, [*TABLES, *POEMS], TRAFFIC)
    first, *others = found.uncovered_examples
    assert (first.request, first.count) == (ORDERS[0], 4)
    assert [example.count for example in others] == [1, 1]
    assert first.nearest in [*TABLES, *POEMS]
    assert 0 <= first.similarity < found.near
    (poems,) = found.unasked_examples
    assert poems.count == 2
    fewer = surveyed(tmp_path, [*TABLES, *POEMS], TRAFFIC, examples=1)
    assert [example.request for example in fewer.uncovered_examples] == [ORDERS[0]]


def test_how_near_is_near_enough_can_be_said(tmp_path: Path) -> None:
    assert surveyed(tmp_path, TABLES, TABLES, near=1.0).uncovered == 0
    assert surveyed(tmp_path, [TABLES[0]], ["How do I nest a table?"], near=1.0).uncovered == 1
    assert surveyed(tmp_path, [TABLES[0]], ["How do I nest a table?"]).uncovered == 0


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    training, traffic = [*TABLES, *POEMS, *ORDERS[2:]], TRAFFIC
    found = surveyed(tmp_path, training, traffic)
    shuffled = random.Random(1)
    assert found == surveyed(tmp_path, shuffled.sample(training, len(training)), shuffled.sample(traffic, len(traffic)))


def requests_of(traffic: Sequence[str], training: Sequence[str]) -> Requests:
    found = collapse(traffic)
    log = Log(found.unique, np.bincount(found.member_of, minlength=len(found.unique)).astype(np.int64))
    return Requests.of(training, log, HashEncoder(), NoProgress())


TEXTS = st.lists(st.text("ab ", min_size=1, max_size=3).filter(str.strip), min_size=1, max_size=8)


@settings(max_examples=25)
@given(TEXTS, TEXTS, st.integers(1, 12))
def test_any_requests_are_parted_into_clusters_that_have_members_and_a_name(
    traffic: list[str], training: list[str], count: int
) -> None:
    requests = requests_of(traffic, training)
    assert requests.traffic.sum() == len(traffic)
    assert requests.training.sum() == len(training)
    clusters = Clusters.by_similarity(requests, count)
    members = [clusters.members(number).tolist() for number in range(clusters.count)]
    assert all(members)
    assert sorted(at for each in members for at in each) == list(range(len(requests.texts)))
    assert len(telling_words(requests, clusters)) == clusters.count <= count


def test_a_large_side_does_not_drown_a_small_one() -> None:
    subjects = [f"{first}{second}" for first in "bcdfghjklm" for second in "aeiou"]
    training = [f"Tell me about the planet {subject}" for subject in subjects]
    requests = requests_of(["refund my order", "refund this order"], training)
    clusters = Clusters.by_similarity(requests, 2)
    of = dict(zip(requests.texts, clusters.of.tolist(), strict=True))
    assert of["refund my order"] == of["refund this order"] != of[training[0]]
    words = telling_words(requests, clusters)[of["refund my order"]]
    assert words[:2] == ("order", "refund")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "train.jsonl", [alpaca(text, "An answer.") for text in [*TABLES, *POEMS]])
    (tmp_path / "log.txt").write_text("\n".join(TRAFFIC))
    return tmp_path


def test_the_command_tells_all_and_ends_with_status_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "train.jsonl").open("a") as file:
        file.write("{\n")
    assert main(["coverage", ".", "--usage", "log.txt", "--isolated"]) == 0
    out = capsys.readouterr().out
    assert "8 requests of users, 75 % with nothing near (similarity 0.6) in the training data; 5 requests there" in out
    assert f'        4  "{ORDERS[0]}"\n' in out
    assert "note: 1 row of the training data could not be read" in out


def test_json_goes_to_its_file_and_is_the_survey(folder: Path) -> None:
    arguments = ["coverage", "train.jsonl", "--usage", "log.txt", "--isolated", "--format", "json", "-o", "found.json"]
    assert main(arguments) == 0
    told = json.loads((folder / "found.json").read_text())
    made = survey(linter(usage=["log.txt"]), ["train.jsonl"], Survey(), NoProgress())
    assert told == json.loads("".join(json_page(made, RenderOptions()))) == json.loads(json.dumps(made.to_dict()))
    assert (told["traffic"], told["uncovered"], told["schema_version"]) == (8, 6, 1)


def test_pages_spell_out_what_is_hidden_and_keep_to_their_cells(tmp_path: Path) -> None:
    hostile = "Write |a| <b>poem</b> \x1b[31m\u202e about `cats`"
    found = surveyed(tmp_path, TABLES, [hostile, hostile, *TABLES])
    for page in (text_page, markdown_page):
        told = "".join(page(found, RenderOptions()))
        assert "\x1b" not in told
        assert "\u202e" not in told
    rows = [line for line in told.splitlines() if "cats" in line]
    assert rows
    assert all(line.replace("\\|", "").count("|") in (5, 6) for line in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train.jsonl"], "give --usage FILE"),
        (["--usage", "log.txt"], "nothing to compare"),
        (["empty.jsonl", "--usage", "log.txt"], "nothing to scan: no rows in empty.jsonl"),
        (["train.jsonl", "--usage", "log.txt", "--near", "0"], "--near"),
        (["train.jsonl", "--usage", "log.txt", "-o", "nowhere/x"], "cannot write nowhere/x"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (folder / "empty.jsonl").write_text("")
    assert main(["coverage", "--isolated", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_data_that_trains_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing"):
        surveyed(tmp_path, [], TRAFFIC)
