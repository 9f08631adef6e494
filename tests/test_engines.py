"""What engines do apart is what is done at once: near pairs cell by cell, files part by part, vectors elsewhere."""

from __future__ import annotations

import dataclasses
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pytest
from linting import shared_encoder
from numpy.typing import NDArray
from pyarrow import parquet

from contralint import Config
from contralint.engines import Local, SpreadEncoder, cluster_of
from contralint.engines.engine import Item, Result, Work
from contralint.engines.worker import Start, Worker
from contralint.errors import MissingExtraError, UsageError
from contralint.intake import Intake
from contralint.models.encoder import on_grid
from contralint.models.suite import Models
from contralint.neighbours import cells, index, near_pairs
from contralint.readers import shard
from contralint.taking import take_files


class Blocks(Local):
    """Hands over two items at a time, as an engine that spreads the work does."""

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        return super().each(work, items, min(most or 2, 2))


ENGINE = Blocks(Models())


def vectors_of(rows: int) -> NDArray[np.float32]:
    generator = np.random.default_rng(7)
    topics = generator.normal(size=(20, 16))
    made = topics[generator.integers(0, 20, rows)] + generator.normal(size=(rows, 16)) * 0.5
    made[5] = 0
    return on_grid((made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)).astype(np.float32))


@pytest.mark.parametrize("k", [3, 50])
@pytest.mark.parametrize(("exact_limit", "side", "together"), [(50_000, 64, 64), (100, 64, 1), (100, 1000, 100)])
def test_near_pairs_cell_by_cell_are_the_same(
    monkeypatch: pytest.MonkeyPatch, k: int, exact_limit: int, side: int, together: int
) -> None:
    monkeypatch.setattr(index, "EXACT_LIMIT", exact_limit)
    monkeypatch.setattr(index, "CELLS", 16)
    monkeypatch.setattr(index, "PROBES", 3)
    monkeypatch.setattr(cells, "SIDE", side)
    monkeypatch.setattr(cells, "TOGETHER", together)
    vectors = vectors_of(600)
    whole = near_pairs(vectors, 0.5, k)
    apart = cells.near_pairs_by_cell(vectors, 0.5, k, ENGINE.each)
    assert len(whole.first) > 100
    for name in ("first", "second", "similarity", "degree"):
        np.testing.assert_array_equal(getattr(apart, name), getattr(whole, name))


def test_near_pairs_of_blocks_cell_by_cell_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "HERE", 40)
    vectors, blocks = vectors_of(300), np.random.default_rng(3).integers(0, 9, 300) // 2
    whole = near_pairs(vectors, 0.5, 5, blocks=blocks)
    apart = cells.near_pairs_by_cell(vectors, 0.5, 5, ENGINE.each, blocks)
    assert len(whole.first)
    for name in ("first", "second", "similarity", "degree"):
        assert np.array_equal(getattr(whole, name), getattr(apart, name)), name


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_rows_have_near_pairs_too(rows: int) -> None:
    vectors = on_grid(np.tile(np.array([[0.6, 0.8]], np.float32), (rows, 1)))
    assert len(cells.near_pairs_by_cell(vectors, 0.5, 5, ENGINE.each).first) == (rows == 2)


def test_vectors_made_elsewhere_are_the_same() -> None:
    texts = ["How tall is Everest?", "", "Name a river.", "a", "How high is Mount Everest?"]
    models = Models()
    models.encoder = shared_encoder()
    encoder = SpreadEncoder(Blocks(models), 384, "same")
    told: list[int] = []
    np.testing.assert_array_equal(encoder.encode(texts, told.append), shared_encoder().encode(texts))
    assert sum(told) == len(texts)


def taken(files: list[str], *, apart: bool) -> Intake:
    intake = Intake(source_field="from")
    assert list(take_files(intake, files, "training", ENGINE if apart else None)) == files
    return dataclasses.replace(intake, _layouts={}, ignores=intake.ignores)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(shard, "SIZE", 300)
    rows = [{"instruction": f"Name {number}", "output": f"number {number}"} for number in range(300)]
    lines = [
        f'{{"instruction": "Name {number}", "output": "x", "from": "wiki", "contralint": {{"ignore": ["CL1"]}}}}'
        for number in range(40)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join([*lines, "broken", '{"odd": 1}', *lines]), encoding="utf-8")
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=20)
    (tmp_path / "rows.csv").write_text("question,answer\nWho?,I\n", encoding="utf-8")
    return [str(tmp_path / name) for name in ("rows.csv", "rows.jsonl", "rows.parquet")]


def test_files_part_by_part_give_the_same_records(files: list[str]) -> None:
    whole, apart = taken(files, apart=False), taken(files, apart=True)
    assert (whole.rows, len(whole.records), len(whole.broken)) == (383, 381, 2)
    assert (apart.rows, apart.records, apart.broken) == (whole.rows, whole.records, whole.broken)
    assert apart.ignores.rows == whole.ignores.rows
    assert {record.origin.source for record in apart.records} == {None, "wiki"}


def test_what_follows_damage_is_left_out_part_by_part_too(files: list[str]) -> None:
    content = bytearray(Path(files[2]).read_bytes())
    content[3000:3400] = bytes(400)
    Path(files[2]).write_bytes(content)
    whole, apart = taken(files, apart=False), taken(files, apart=True)
    assert "damaged" in whole.broken[-1].row.reason
    assert (apart.rows, apart.records, apart.broken) == (whole.rows, whole.records, whole.broken)


def test_a_worker_works_where_and_when_the_scan_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    start = Start.here()
    monkeypatch.chdir("/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    Worker(Models(), start).prepare()
    assert (Path.cwd(), os.environ["SOURCE_DATE_EPOCH"]) == (tmp_path, "86400")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"version": "0.0.1"}, r"the scan was started by 0\.0\.1$"),
        ({"folder": "/no/such"}, "has no folder /no/such: data"),
    ],
)
def test_a_worker_that_is_not_like_the_others_says_so(changed: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Worker(Models(), dataclasses.replace(Start.here(), **changed)).prepare()


def test_an_error_that_cannot_be_sent_is_told_all_the_same() -> None:
    def work(_: Models, __: object) -> list[int]:
        raise MissingExtraError("reading", "parquet")

    with pytest.raises(UsageError, match=r"contralint\[parquet\]") as raised:
        Worker(Models(), Start.here()).run(work, [1])
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"contralint\[ray\]"):
        cluster_of(Config(engine="ray"))


def test_a_language_model_is_asked_from_one_place() -> None:
    with pytest.raises(UsageError, match=r"^engine 'ray' does not go with the judge 'openai:some-model'"):
        cluster_of(Config(engine="ray", judge="openai:some-model"))
