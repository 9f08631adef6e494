"""Datasets as the `datasets` library opens them, from folders, from folders that it saved, and from a hub."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from dataset_hub import NAME, hub
from linting import Data, alpaca, jsonl, lines, linter, members, messages, rules, write
from shape_rows import the_record

import contralint
from contralint.errors import UsageError
from contralint.readers import Row, Unreadable, digests, discover, read, read_some

pytestmark = pytest.mark.extras

CANBERRA = alpaca("What is the capital of Australia?", "The capital of Australia is Canberra.")
SYDNEY = alpaca("What is the capital of Australia?", "The capital of Australia is Sydney.")
CAROL = alpaca("Write a carol about snow.", "Snow, snow, falling slow.")
CALL = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "f", "arguments": {"x": 1}}}]}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, and no network."""

    def forbidden(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / ".cache"))


def folder(name: str, **splits: Sequence[Data]) -> Path:
    path = Path(name)
    path.mkdir()
    for split, rows in splits.items():
        write(path / f"{split}.jsonl", rows)
    return path


def data_of(path: str) -> list[Any]:
    rows = list(read(path))
    assert [(row.path, row.index, row.line) for row in rows] == [
        (path, number, number + 1) for number in range(len(rows))
    ]
    return [row.data if isinstance(row, Row) else row.reason for row in rows]


def test_each_split_is_read_as_a_file() -> None:
    folder("set", train=[CANBERRA, CAROL], test=[SYDNEY])
    assert discover(["hf:set"]) == ["hf:set@train"]
    assert discover(["hf:./set@test", f"hf:{Path('set').absolute()}@train"]) == ["hf:set@test", "hf:set@train"]
    assert data_of("hf:set@train") == data_of("hf:set@train") == [CANBERRA, CAROL]
    assert [row.index for row in read_some("hf:set@train", {1})] == [1]
    assert len({*digests("hf:set@train"), *digests("hf:set@train")}) == 2


def test_splits_that_are_held_out_are_told_of() -> None:
    folder("set", train=[CANBERRA, SYDNEY], test=[CAROL])
    report = linter().lint_paths(["hf:set"])
    assert lines(report) == {("CL101", frozenset({1, 2}))}
    assert {place.path for place in members(report.diagnostics[0])} == {"hf:set@train"}
    assert (report.summary.files, report.summary.records) == (1, 2)
    assert report.summary.notes == ("held out, so not scanned unless said: hf:set@test",)


def test_a_split_may_be_the_evaluation_split() -> None:
    folder("set", train=[SYDNEY], test=[CANBERRA])
    report = linter(against=["hf:set@test"]).lint_paths(["hf:set"])
    assert rules(report) == ["CL801"]
    assert report.summary.notes == ()


def test_a_dataset_of_held_out_splits_asks_which() -> None:
    folder("set", test=[CANBERRA], validation=[CANBERRA])
    with pytest.raises(UsageError, match="say which: hf:set@validation, hf:set@test"):
        discover(["hf:set"])
    with pytest.raises(UsageError, match="hf:set@tset: no such split; did you mean 'test'"):
        discover(["hf:set@tset"])


def test_a_configuration_is_asked_for_where_there_are_several() -> None:
    splits = "data_files:\n  - split: {}\n    path: {}.jsonl\n"
    path = folder("set", one=[CANBERRA], two=[SYDNEY])
    card = "".join(f"- config_name: {name}\n  {splits.format('train', name)}" for name in ("one", "two"))
    (path / "README.md").write_text(f"---\nconfigs:\n{card}---\n")
    with pytest.raises(UsageError, match=r"hf:set: cannot be opened: .*\['one', 'two'\]$"):
        discover(["hf:set"])
    assert data_of("hf:set:two@train") == [SYDNEY]


def test_classes_are_named_and_media_left_alone() -> None:
    import datasets

    columns = {
        "text": datasets.Value("string"),
        "label": datasets.ClassLabel(names=["sad", "glad"]),
        "image": datasets.Image(),
        "audio": datasets.Audio(),
        "tags": datasets.List({"mood": datasets.ClassLabel(names=["sad", "glad"]), "note": datasets.Value("string")}),
    }
    row = {"text": "a", "label": 1, "image": {"bytes": b"none", "path": None}, "audio": None}
    table = datasets.Dataset.from_list([{**row, "tags": [{"mood": 0}]}], features=datasets.Features(columns))
    Path("set").mkdir()
    table.to_parquet("set/train.parquet")
    meant = {**row, "label": "glad", "tags": [{"mood": "sad", "note": None}]}
    assert data_of("hf:set@train") == data_of("set/train.parquet") == [meant]


def test_conversations_with_unlike_tool_calls_are_read() -> None:
    other = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "g", "arguments": {"y": "z"}}}]}
    rows = [messages(("user", "Hello"), call) for call in (CALL, other)]
    folder("set", train=rows)
    assert [the_record(data).calls[0].arguments for data in data_of("hf:set@train")] == ['{"x":1}', '{"y":"z"}']


def test_rows_after_damage_are_told_to_be_lost() -> None:
    folder("set", a=[CANBERRA], b=[{"text": "other columns", "label": 1}])
    card = "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: '*.jsonl'\n---\n"
    Path("set/README.md").write_text(card)
    first, last = list(read("hf:set@train"))
    assert isinstance(first, Row)
    assert isinstance(last, Unreadable)
    assert last.reason.startswith("the dataset cannot be read from here on: Couldn't cast")


def test_half_a_dataset_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        features = None

        def __iter__(self) -> Iterator[Data]:
            yield CANBERRA
            raise ConnectionResetError("reset by peer")

    folder("set")
    monkeypatch.setattr("datasets.load_dataset", lambda *_, **__: {"train": Broken()})
    with pytest.raises(UsageError, match="hf:set@train: reading ends after 1 rows: reset by peer"):
        linter().lint_paths(["hf:set"])


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"train.parquet": "garbage"}, "hf:set: cannot be opened: .*Parquet"),
        ({}, "hf:set: cannot be opened: The directory at .* doesn't contain any data files"),
        ({"set.py": "raise SystemExit(1)", "train.jsonl": "{}"}, "scripts are no longer supported"),
    ],
)
def test_what_cannot_be_opened_is_one_line(files: Mapping[str, str], reason: str) -> None:
    folder("set")
    for name, content in files.items():
        Path("set", name).write_text(content)
    with pytest.raises(UsageError, match=reason) as raised:
        discover(["hf:set"])
    assert "\n" not in str(raised.value)


def test_the_name_of_a_format_is_no_dataset() -> None:
    write(Path("train.json"), [CANBERRA])
    with pytest.raises(UsageError, match="is the name of a format"):
        discover(["hf:json"])


def test_git_cannot_tell_what_changed() -> None:
    folder("set", train=[CANBERRA])
    with pytest.raises(UsageError, match="--diff: git knows nothing of hf:set@train"):
        linter().lint_paths(["hf:set"], diff="HEAD")


def test_a_dataset_in_memory_is_rows() -> None:
    import datasets

    assert rules(linter().lint_rows(datasets.Dataset.from_list([CANBERRA, SYDNEY]))) == ["CL101"]


def test_saved_datasets_are_scanned_without_their_caches() -> None:
    import datasets

    saved = datasets.Dataset.from_list([CANBERRA, SYDNEY, CAROL])
    saved.save_to_disk("alone", num_shards=2)
    datasets.load_from_disk("alone").map(lambda row: {"output": row["output"] + " Yes."})
    assert discover(["alone"]) == ["alone/data-00000-of-00002.arrow", "alone/data-00001-of-00002.arrow"]
    report = linter().lint_paths(["alone"])
    assert (report.summary.records, lines(report)) == (3, {("CL101", frozenset({1, 2}))})


def test_saved_splits_are_scanned_together_or_apart() -> None:
    import datasets

    train = datasets.Dataset.from_list(
        [messages(("user", "Hello"), CALL), messages(("user", "Hi"), ("assistant", "x"))]
    )
    kept = datasets.Dataset.from_list([CAROL, SYDNEY, CANBERRA]).shuffle(seed=1).filter(lambda row: row != CAROL)
    splits = datasets.DatasetDict(train=train, test=kept)
    splits.save_to_disk("several", num_shards={"train": 2, "test": 1})
    assert discover(["several"]) == [
        "several/test/data-00000-of-00001.arrow",
        "several/train/data-00000-of-00002.arrow",
        "several/train/data-00001-of-00002.arrow",
    ]
    assert discover(["several/test"]) == discover(["several/t*st"]) == ["several/test/data-00000-of-00001.arrow"]
    assert rules(linter().lint_paths(["several"])) == ["CL101"]
    (calling,) = data_of("several/train/data-00000-of-00002.arrow")
    assert the_record(calling).calls[0].arguments == '{"x":1}'


def scan(path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A scan in a process of its own: the library reads the environment when it is loaded."""
    package = str(Path(contralint.__file__).parent.parent)
    told = {**os.environ, "PYTHONPATH": package, "HF_HOME": str(Path("home").absolute()), **environment}
    command = [sys.executable, "-m", "contralint", "scan", path, "--format", "json", "--isolated"]
    return subprocess.run(command, capture_output=True, text=True, env=told, check=False)


def test_a_dataset_of_the_hub_is_scanned() -> None:
    files = {"README.md": b"---\n---\n", "train.jsonl": jsonl([CANBERRA, SYDNEY]).encode(), "test.jsonl": b"{}\n"}
    with hub(files) as address:
        run = scan(f"hf:{NAME}", HF_ENDPOINT=address)
        strange = scan("hf:owner/other", HF_ENDPOINT=address)
    assert (run.returncode, run.stderr) == (1, "")
    (found,) = json.loads(run.stdout)["diagnostics"]
    places = [member for side in found["sides"] for member in side["members"]]
    assert [(place["path"], place["line"]) for place in places] == [(f"hf:{NAME}@train", 1), (f"hf:{NAME}@train", 2)]
    assert strange.returncode == 2
    assert strange.stderr.startswith("contralint: error: hf:owner/other: cannot be opened: ")


def test_offline_says_so_in_one_line() -> None:
    run = scan(f"hf:{NAME}", HF_HUB_OFFLINE="1")
    assert run.returncode == 2
    assert run.stderr.startswith(f"contralint: error: hf:{NAME}: the hub cannot be reached, is this machine offline? ")
    assert run.stderr.count("\n") == 1
