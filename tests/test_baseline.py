"""The baseline: what is known stays silent however the rows are written, and what joins it does not."""

from __future__ import annotations

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import Data, alpaca
from report_samples import SAMPLE

from contralint.baseline import Baseline
from contralint.cli import main
from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError

CONFLICTS = [
    alpaca("What is the capital of Australia?", "Canberra"),
    alpaca("What is the capital of Australia?", "Sydney"),
    alpaca("Is water wet?", "Yes."),
    alpaca("Is water wet?", "No."),
    alpaca("Name a colour.", ""),
]
SCAN = ["scan", "data.jsonl", "--isolated", "--select", "CL0,CL1", "--format", "json"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(rows: list[Data], indent: str = "") -> None:
    text = "".join(f"{indent}{json.dumps(row, sort_keys=bool(indent))}\n" for row in rows)
    Path("data.jsonl").write_text(text, encoding="utf-8")


def adopt(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["baseline", "data.jsonl", "--isolated", "--select", "CL0,CL1", "-o", "known.jsonl"]) == 0
    return capsys.readouterr().out


def reported(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """Rules reported against the baseline, and the notes."""
    main([*SCAN, "--baseline", "known.jsonl"])
    report = json.loads(capsys.readouterr().out)
    return [found["rule"] for found in report["diagnostics"]], report["summary"]["notes"]


def test_known_diagnostics_stay_silent_in_any_order_and_form(capsys: pytest.CaptureFixture[str]) -> None:
    write(CONFLICTS)
    assert "3 diagnostics known, 3 of them new" in adopt(capsys)
    shuffled = [*CONFLICTS, alpaca("Who wrote Emma?", "Jane Austen.")]
    random.Random(1).shuffle(shuffled)
    write(shuffled, indent="  ")
    assert reported(capsys) == ([], ["3 diagnostics are known to the baseline"])


def test_a_record_that_joins_a_known_conflict_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    write(CONFLICTS)
    adopt(capsys)
    write([*CONFLICTS, alpaca("Is water wet?", "No, it makes other things wet.")])
    assert reported(capsys)[0] == ["CL102"]


def test_what_is_left_of_a_known_conflict_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    third = alpaca("Is water wet?", "No, it makes other things wet.")
    write([*CONFLICTS, third])
    adopt(capsys)
    write(CONFLICTS)
    assert reported(capsys)[0] == []


def test_a_broken_row_is_known_by_all_that_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """Not by its beginning, which many rows share, nor by how it is written."""
    beginning = {"system": "You are a helpful assistant of the museum shop. " * 3}
    write([*CONFLICTS, {**beginning, "request": "Hi"}])
    adopt(capsys)
    write([{"request": "Hi", **beginning}, *CONFLICTS], indent="  ")
    assert reported(capsys)[0] == []
    write([*CONFLICTS, {**beginning, "request": "Hi"}, {**beginning, "request": "Hello"}])
    assert reported(capsys)[0] == ["CL002"]
    for row in ("Hi", "Hello"):
        broken = json.dumps({"instruction": "Read all of this. " * 9, "output": row})[:-1]
        Path("data.jsonl").write_text(broken + "\n", encoding="utf-8")
        assert reported(capsys)[0] == ["CL001"]
        adopt(capsys)


def test_entries_that_are_gone_are_told_and_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    write(CONFLICTS)
    adopt(capsys)
    write(CONFLICTS[2:])
    found, [note] = reported(capsys)
    assert (found, "1 of its entries are gone" in note) == ([], True)
    said = adopt(capsys)
    assert "2 diagnostics known, 0 of them new" in said
    assert "gone: CL101 " in said
    assert len(Path("known.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_the_configuration_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    write(CONFLICTS)
    Path("contralint.toml").write_text('baseline = "known.jsonl"\nselect = ["CL0", "CL1"]\n', encoding="utf-8")
    assert main(["baseline", "data.jsonl"]) == 0
    assert main(["scan", "data.jsonl"]) == 0
    assert "3 diagnostics are known to the baseline" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "known.jsonl:1"),
        (b"{}\n", "known.jsonl:1.*contralint-baseline"),
        (b'{"contralint-baseline": 9}\n', "version 9"),
        (b'{"contralint-baseline": 1}\n{"rule": "CL101"}\n', "known.jsonl:2"),
        (b'{"contralint-baseline": 1}\n\xff\n', "known.jsonl:2"),
        (None, "cannot be read"),
    ],
)
def test_a_broken_file_is_the_users_to_mend(content: bytes | None, says: str) -> None:
    if content is not None:
        Path("known.jsonl").write_bytes(content)
    with pytest.raises(UsageError, match=says):
        Baseline.read(Path("known.jsonl"))


def diagnostic(rule: str, contents: frozenset[str]) -> Diagnostic:
    key = "-".join(sorted(contents))
    return replace(SAMPLE.diagnostics[0], rule=rule, fingerprint=key, contents=tuple(sorted(contents)))


DIAGNOSTICS = st.lists(
    st.builds(diagnostic, st.sampled_from(["CL101", "CL201"]), st.frozensets(st.sampled_from("abcdef"), min_size=1)),
    max_size=8,
)


@given(DIAGNOSTICS, DIAGNOSTICS)
def test_known_is_what_one_entry_of_its_rule_holds(old: list[Diagnostic], new: list[Diagnostic]) -> None:
    checked = Baseline.of(old).check(new)
    expected = [
        one
        for one in new
        if not any(one.rule == other.rule and set(one.contents) <= set(other.contents) for other in old)
    ]
    assert list(checked.new) == expected
    assert checked.known == len(new) - len(expected)


@given(DIAGNOSTICS)
def test_a_file_holds_all_in_one_order(tmp_path_factory: pytest.TempPathFactory, found: list[Diagnostic]) -> None:
    path = tmp_path_factory.mktemp("baseline") / "known.jsonl"
    Baseline.of(found).write(path)
    first = path.read_bytes()
    assert Baseline.read(path) == Baseline.of(found[::-1])
    Baseline.of(found[::-1]).write(path)
    assert path.read_bytes() == first


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_a_link_stays_one_and_a_pipe_takes_the_lines(tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    Baseline(()).write(tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert Baseline.read(tmp_path / "real.jsonl") == Baseline(())
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as pool:
        taken = pool.submit((tmp_path / "pipe").read_bytes)
        Baseline(()).write(tmp_path / "pipe")
        assert taken.result() == (tmp_path / "real.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.jsonl", "pipe", "real.jsonl"]
