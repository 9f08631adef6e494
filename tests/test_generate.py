"""The generator of benchmark data: the same for the same seed, and contradictory only where conflicts are planted."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from linting import Data, alpaca, write

from benchmarks.generate import generate


def request(row: Data) -> str:
    return json.dumps([row.get("instruction"), row.get("input"), row.get("messages", [])[:2]])


def response(row: Data) -> str:
    return str(row["output"] if "output" in row else row["messages"][-1]["content"])


def test_the_seed_decides_everything() -> None:
    rows = list(generate(300, seed=1, duplicates=0.1, conflicts=2))
    assert rows == list(generate(300, seed=1, duplicates=0.1, conflicts=2))
    assert rows != list(generate(300, seed=2, duplicates=0.1, conflicts=2))


def test_one_question_has_one_answer_but_for_planted_conflicts() -> None:
    answers = defaultdict(set)
    for row in generate(5000, seed=1):
        answers[request(row)].add(response(row))
    assert {len(given) for given in answers.values()} == {1}


def test_the_share_of_copies() -> None:
    rows = list(generate(2000, seed=1, duplicates=0.3))
    distinct = {json.dumps({**row, "id": ""}) for row in rows}
    assert 0.65 < len(distinct) / len(rows) < 0.72


def test_planted_conflicts_answer_one_question_twice() -> None:
    answers = defaultdict(set)
    for row in generate(1000, seed=1, conflicts=50):
        if row["id"].startswith("planted"):
            answers[row["id"].rsplit("-", 1)[0], request(row)].add(response(row))
    assert [len(given) for given in answers.values()] == [2] * 50


def test_real_rows_are_strewn_among_the_others(tmp_path: Path) -> None:
    real = [alpaca(f"Who is number {number}?", "Nobody.") for number in range(30)]
    rows = list(generate(40, seed=1, real=str(write(tmp_path / "real.jsonl", real))))
    assert len(rows) == 40
    taken = [row for row in rows if "id" not in row]
    assert sorted(map(str, taken)) == sorted(map(str, real[:20]))
    assert rows[:20] != taken
