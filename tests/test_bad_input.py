"""Bad input: each row that cannot be used is reported with its place, the rest is scanned, and nothing ever crashes."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from damage import GOOD, OTHER, adds_up, scan
from linting import alpaca, jsonl, linter, rules

from contralint.cli import main
from contralint.errors import UsageError
from contralint.reports import REPORTERS, RenderOptions

LONG = "spam and eggs " * 360_000  # 5 MB


@dataclass(frozen=True)
class Case:
    """A damaged file, the places reported in it, and the rows that are read all the same.

    Attributes:
        found: Rule, line and column of each report, in order.
        says: What the first of them says.
    """

    name: str
    content: bytes
    found: list[tuple[str, int, int]]
    records: int
    says: str = ""


def damaged(name: str, content: str, found: list[tuple[str, int, int]], records: int, says: str = "") -> Any:  # noqa: ANN401 (pytest has no public type for a case)
    return pytest.param(Case(name, content.encode(), found, records, says), id=f"{name}: {says or content[:30]}")


def packed(content: str) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
        file.write(content.encode())
    return buffer.getvalue()


RANDOM = bytes(range(256)) * 64
CASES = [
    damaged("a.jsonl", GOOD + '{"instruction": "Hi", "output"\n' + OTHER, [("CL001", 2, 31)], 2, "broken JSON"),
    damaged("a.jsonl", GOOD + '{"instruction": "Hi", "output": "He', [("CL001", 2, 36)], 1, "broken JSON"),
    damaged("a.jsonl", GOOD + "{'instruction': 'Hi', 'output': 'Hello.'}\n", [("CL001", 2, 2)], 1, "broken JSON"),
    damaged("a.jsonl", '{"instruction": NaN, "output": "x"}\n' + GOOD, [("CL001", 1, 17)], 1, "NaN is no JSON value"),
    damaged("a.jsonl", '{"instruction": "a", "output": "\\ud83d"}\n' + GOOD, [("CL001", 1, 33)], 1, "surrogate pair"),
    damaged("a.jsonl", '{"instruction": "a", "output": "b\0c"}\n' + GOOD, [("CL001", 1, 34)], 1, "U+0000"),
    damaged("a.jsonl", GOOD + "\0\0\0\0", [("CL001", 2, 1)], 1, "U+0000"),
    damaged("a.jsonl", GOOD + "[" * 100_000 + "\n" + OTHER, [("CL001", 2, 1026)], 2, "nested too deeply"),
    damaged("a.jsonl", GOOD + '{"ask": "' + LONG + "\n" + OTHER, [("CL001", 2, 10 + len(LONG))], 2, "broken JSON"),
    damaged("a.jsonl", f'{{"instruction": "Repeat: {LONG}", "output": "{LONG}"}}\n' + GOOD, [], 2),
    damaged("a.jsonl", "\n\n" + GOOD + "\n   \n" + OTHER.rstrip("\n"), [], 2),
    damaged("a.jsonl", (GOOD + OTHER).replace("\n", "\r\n"), [], 2),
    damaged("a.jsonl", "\ufeff" + GOOD + OTHER, [], 2),
    damaged("a.json", f"[{GOOD}, {OTHER}", [("CL001", 3, 1)], 2, "the file ends before its array does"),
    damaged("a.json", f"[{GOOD}, {{'a': 1}}, {OTHER}]", [("CL001", 2, 4)], 2, "broken JSON"),
    damaged("a.json", '{"instruction": ["a", "b"], "output": [1, {}]}', [("CL002", 1, 1), ("CL002", 1, 1)], 0, "not"),
    damaged("a.csv", "instruction,output\nHi,Hello.\nHi\nHi,Hello.,Hey\nBye,See you.\n",
            [("CL001", 3, 1), ("CL001", 4, 1)], 2, "the header has 2 cells, this row 1"),
    damaged("a.csv", 'instruction,output\nHi,Hello.\nHi,"Hel\nBye,See you.\n', [("CL001", 3, 1)], 1, "not closed"),
    damaged("a.csv", "instruction,output\nHi,Hel\0lo.\nBye,See you.\n", [("CL001", 2, 7)], 1, "NUL character"),
    damaged("a.csv", "ask,reply\nHi,Hello.\n", [("CL002", 2, 1)], 0, "keys found: 'ask', 'reply'"),
    pytest.param(Case("a.jsonl", GOOD.encode() + b'{"text": "caf\xe9"}\n', [("CL001", 2, 14)], 1, "UTF-8")),
    pytest.param(Case("a.csv", b"text,label\ncaf\xe9,x\ntea,y\n", [("CL001", 2, 4)], 1, "UTF-8")),
    pytest.param(Case("a.jsonl", (GOOD + OTHER).encode("utf-16"), [], 2)),
    pytest.param(Case("a.jsonl", (GOOD + OTHER).encode("utf-32"), [], 2)),
    pytest.param(Case("a.json", f"[{GOOD},{OTHER}]".encode("utf-16"), [], 2)),
    pytest.param(Case("a.csv", "text,label\ntea,y\n".encode("utf-16"), [], 1)),
    pytest.param(Case("a.jsonl.gz", packed(GOOD + OTHER), [], 2)),
    pytest.param(Case("a.jsonl.gz", packed(GOOD) + packed(OTHER)[:-12], [("CL001", 2, 1)], 1, "damaged from here on")),
    pytest.param(Case("a.jsonl.gz", GOOD.encode(), [("CL001", 1, 1)], 0, "damaged from here on")),
    pytest.param(Case("a.jsonl.zst", packed(GOOD), [("CL001", 1, 1)], 0, "damaged from here on")),
    pytest.param(Case("a.csv.xz", b"text,label\n", [("CL001", 1, 1)], 0, "damaged from here on")),
    pytest.param(Case("a.parquet", RANDOM, [("CL001", 1, 1)], 0, "damaged from here on")),
    pytest.param(Case("a.arrow", RANDOM, [("CL001", 1, 1)], 0, "damaged from here on")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_damage_is_reported_where_it_stands(case: Case, folder: Path) -> None:
    (folder / case.name).write_bytes(case.content)
    report = scan(case.name)
    places = [(found.rule, found.primary.line, found.primary.column) for found in report.diagnostics]
    assert places == case.found
    assert all(found.primary.path == case.name and len(found.primary.snippet) <= 80 for found in report.diagnostics)
    assert not case.found or case.says in report.diagnostics[0].message
    assert (report.summary.rows, report.summary.records) == (len(case.found) + case.records, case.records)
    assert adds_up(report)


def test_damage_is_found_by_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text(GOOD + "{\n" + OTHER)
    assert main(["scan", "a.jsonl", "--isolated", "--select", "CL0"]) == 1
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.startswith("a.jsonl:2:2: error[CL001]: unreadable-row: this row cannot be parsed: broken JSON")
    assert shown.out.endswith("Found 1 diagnostic (1 error) in 2 records of 1 file, 1 row unread.\n")


NO_ROWS: list[Any] = [
    *[7, -0.5, True, None, "text", [], ["a"], [[[[]]]], {}, {"a": {"b": {"c": []}}}, {"": ""}],
    {"instruction": "Hi"},
    {"output": "Hello."},
    {"instruction": "Hi", "output": {"nested": ["garbage", None]}},
    {"messages": None},
    {"messages": 7},
    {"messages": "user: Hi"},
    {"messages": {"messages": {"messages": []}}},
    {"messages": [None]},
    {"messages": [[[]]]},
    {"messages": ["Hi", "Hello."]},
    {"messages": [{"role": "user"}, {"role": "assistant"}]},
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "wizard", "content": "Hello."}]},
    {"messages": [{"role": ["user"], "content": "Hi"}]},
    {"messages": [{"role": "assistant", "content": {"a": [1]}}]},
    {"conversations": [{"from": "human", "value": 7}, {"from": "gpt", "value": "Hello."}]},
    {"prompt": "Hi", "chosen": "Hello."},
    {"prompt": "Hi", "chosen": 7, "rejected": []},
    {"text": "What a film!"},
    {"text": "What a film!", "label": {"a": 1}},
    {"instruction": "Hi", "output": "Hello.", "contralint": {"ignroe": ["CL201"]}},
    {"instruction": "Hi", "output": "Hello.", "contralint": "CL201"},
]


def test_rows_of_no_known_shape_are_reported_one_by_one(folder: Path) -> None:
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in NO_ROWS) + GOOD)
    report = scan("a.jsonl")
    assert {found.rule for found in report.diagnostics} == {"CL002"}
    assert [found.primary.line for found in report.diagnostics] == list(range(1, len(NO_ROWS) + 1))
    assert report.summary.records == 1
    assert adds_up(report)
    given = linter(select=["CL0"]).lint_rows(NO_ROWS)
    assert [found.message for found in given.diagnostics] == [found.message for found in report.diagnostics]


def test_python_rows_may_hold_anything() -> None:
    odd: list[Mapping[Any, Any]] = [
        alpaca("Name a season.", "Winter. \ud83d\0\x1b[31m"),
        alpaca("Name a season.", "\ud83d"),
        alpaca("\udc00\0", "Winter."),
        {1: 2, None: object()},
        {"instruction": b"Hi", "output": b"Hello."},
        {"instruction": object(), "output": {1, 2}},
        {"text": "tea", "label": float("nan")},
        alpaca("Hi", "Hello.", extra=object()),
    ]
    report = linter().lint_rows(odd)
    assert report.summary.rows == len(odd)
    assert adds_up(report)
    for reporter in REPORTERS.values():
        assert "".join(reporter(report, linter().rules, RenderOptions())).encode() is not None


def test_mixed_shapes_in_one_file_are_one_dataset(folder: Path) -> None:
    rows = [
        alpaca("Can penguins fly?", "No, penguins cannot fly."),
        {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]},
        {"text": "I was charged twice", "label": "billing"},
        {"prompt": "Name a season.", "chosen": "Winter.", "rejected": "Monday."},
        {"question": "Can penguins fly?", "answer": "Yes, they can."},
        {"what": "is this?"},
    ]
    (folder / "a.jsonl").write_text(jsonl(rows))
    report = linter().lint_paths(["a.jsonl"])
    assert rules(report) == ["CL002", "CL102"]
    assert (report.summary.rows, report.summary.records) == (6, 5)


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (["none.jsonl"], "none.jsonl: no such file or folder"),
        (["nothing/*.jsonl"], "no such file or folder"),
        (["empty.jsonl"], "nothing to scan: no rows in empty.jsonl"),
        (["blank.json"], "nothing to scan: no rows in blank.json"),
        (["array.json"], "nothing to scan: no rows in array.json"),
        (["header.csv"], "nothing to scan: no rows in header.csv"),
        (["empty.csv"], "nothing to scan: no rows in empty.csv"),
        (["hollow"], "hollow: no data files found"),
        (["x.jsonl"], "x.jsonl: no data files found"),
        (["good.jsonl", "--schema", "alpca"], "no shape is called 'alpca'"),
        (["good.jsonl", "--map", "anser=output"], "anser"),
    ],
)
def test_nothing_to_scan_is_one_clear_line(
    paths: list[str], says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("hollow/deeper", "x.jsonl"):
        (folder / name).mkdir(parents=True)
    contents = {
        "empty.jsonl": "",
        "empty.csv": "",
        "blank.json": " \n\n",
        "array.json": "[]",
        "header.csv": "text,label\n",
    }
    for name, content in {**contents, "good.jsonl": GOOD, "hollow/deeper/notes.txt": "not data"}.items():
        (folder / name).write_text(content)
    assert main(["scan", *paths, "--isolated"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("contralint: error: ")
    assert says in shown.err
    assert shown.err.count("\n") == 1


def test_an_empty_file_among_others_is_fine(folder: Path) -> None:
    (folder / "a.jsonl").write_text("")
    (folder / "b.jsonl").write_text(GOOD)
    summary = scan(".").summary
    assert (summary.files, summary.rows) == (2, 1)


@pytest.mark.parametrize("name", ["locked.jsonl", "locked.csv", "locked.jsonl.gz"])
def test_a_file_that_may_not_be_read_is_one_clear_line(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / name).write_text(GOOD)

    def refuse(*arguments: object, **_: object) -> None:
        raise PermissionError(13, os.strerror(13), str(arguments[0]))

    made = linter()
    with monkeypatch.context() as context:
        context.setattr(Path, "open", refuse)
        context.setattr("builtins.open", refuse)
        with pytest.raises(UsageError, match=f"^{name}: cannot be read: Permission denied$"):
            made.lint_paths([name])


def test_every_format_prints_what_bad_input_holds(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b'{"\x1b[31m": "\xff\x9b"}\n' + OTHER.encode() + b'{"a\\u202e": "<b>"}\n')
    report = linter().lint_paths(["a.jsonl"])
    for reporter in REPORTERS.values():
        printed = "".join(reporter(report, linter().rules, RenderOptions()))
        assert printed.encode()
        assert not set(printed) & {"\x1b", "\x9b", "\u202e"}
