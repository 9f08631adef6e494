"""What is not to be changed is not, and the reason is told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pyarrow as pa
import pytest
from fixing import apply, planned, rows_in, share_linter
from linting import alpaca, write
from report_samples import SAMPLE

from contralint.cli import main
from contralint.decision import Decision
from contralint.errors import UsageError
from contralint.ledger import Ledger
from contralint.resolve import carry_out, sidecar
from contralint.resolve.rewriting import Rewritten

FLY = "Can penguins fly?"
ROWS = [alpaca(FLY, "No, they cannot."), alpaca(FLY, "Yes, they can."), alpaca(FLY, "No, penguins cannot fly.")]
FIX = ["fix", "--isolated", "--no-cache", "--select", "CL1"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["-", "<stdin>"])
def test_standard_input_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="standard input cannot be fixed"):
        planned([path])


@pytest.mark.parametrize("path", ["hf:owner/data", "https://example.com/a.jsonl", "s3://bucket/a.jsonl"])
def test_what_is_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="only files on this machine"):
        planned([path])


def test_links_out_of_what_was_given_are_refused(folder: Path) -> None:
    write(Path("elsewhere.jsonl"), ROWS)
    Path("data/link.jsonl").symlink_to(folder / "elsewhere.jsonl")
    for paths in (["data"], ["data/*.jsonl"], ["data/link.jsonl"]):
        made = apply(paths, "keep-majority")
        assert made.plan.changes == {}
        assert "it is a link to elsewhere.jsonl, outside of what was given" in made.plan.left[0].reason
    assert rows_in("elsewhere.jsonl") == ROWS
    apply(["."], "keep-majority")
    assert rows_in("elsewhere.jsonl") == [ROWS[0], ROWS[2]]


def test_a_linked_folder_may_be_given(folder: Path) -> None:
    write(Path("data/a.jsonl"), ROWS)
    Path("door").symlink_to(folder / "data")
    apply(["door"], "keep-majority")
    assert rows_in("data/a.jsonl") == [ROWS[0], ROWS[2]]


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do everything is refused nothing")
def test_a_file_that_may_not_be_written_is_refused() -> None:
    write(Path("data/a.jsonl"), ROWS).chmod(0o444)
    assert planned(["data"], "keep-majority").plan.left[0].reason.endswith("it may not be written")


def test_a_saved_dataset_is_refused() -> None:
    table = pa.Table.from_pylist(ROWS)
    with pa.ipc.new_stream("data/data-00000-of-00001.arrow", table.schema) as writer:
        writer.write_table(table)
    Path("data/state.json").write_text('{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}')
    (left,) = planned(["data"], "keep-majority").plan.left
    assert "`datasets` saved it" in left.reason


def test_a_refused_file_holds_up_its_own_conflicts_alone(folder: Path) -> None:
    write(Path("elsewhere.jsonl"), ROWS)
    Path("data/link.jsonl").symlink_to(folder / "elsewhere.jsonl")
    clouds = [alpaca("Is rain wet?", said) for said in ("Yes.", "Yes, it is.", "No.")]
    write(Path("data/a.jsonl"), clouds)
    assert len(apply(["data"], "keep-majority").plan.left) == 1
    assert rows_in("data/a.jsonl") == clouds[:2]


def test_sidecars_and_what_is_left_of_a_broken_run_are_no_data(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("data/a.jsonl"), ROWS)
    apply(["data"], "keep-majority")
    write(Path("data/.contralint-x-a.jsonl"), ROWS)
    assert Path("data/a.jsonl.dropped.jsonl").exists()
    assert main(["scan", "data", "--isolated", "--no-cache", "--format", "json"]) == 0
    assert '"files": 1' in capsys.readouterr().out


def test_a_sidecar_is_added_to() -> None:
    write(Path("data/a.jsonl"), ROWS)
    apply(["data"], "keep-majority")
    first = Path("data/a.jsonl.dropped.jsonl").read_bytes()
    Path("data/a.jsonl.dropped.jsonl").write_bytes(first.removesuffix(b"\n"))
    write(Path("data/a.jsonl"), [*ROWS[:1], alpaca(FLY, "Yes, of course."), *ROWS[2:]])
    apply(["data"], "keep-majority")
    both = Path("data/a.jsonl.dropped.jsonl").read_bytes().splitlines(keepends=True)
    assert (both[0], len(both)) == (first, 2)


def test_numbers_and_order_of_a_dropped_row_stay() -> None:
    written = '{"output":"Yes, they can.","n":1.50,"big":12345678901234567890123,"instruction":"Can penguins fly?"}'
    write(Path("data/a.jsonl"), [ROWS[0], ROWS[2]])
    Path("data/a.jsonl").write_text(Path("data/a.jsonl").read_text() + written)
    apply(["data"], "keep-majority")
    assert f'"row":{written}' in Path("data/a.jsonl.dropped.jsonl").read_text()


def test_a_row_of_a_table_is_kept_as_text_too() -> None:
    text = 'instruction,output\nCan penguins fly?,"No, they cannot."\nCan penguins fly?,"Yes, ""indeed""."\n'
    Path("data/a.csv").write_text(text + "Can penguins fly?,No.\n")
    apply(["data"], "keep-majority")
    assert '"text":"Can penguins fly?,\\"Yes, \\"\\"indeed\\"\\".\\""' in Path("data/a.csv.dropped.jsonl").read_text()


def test_a_file_that_changed_meanwhile_is_left() -> None:
    write(Path("data/a.jsonl"), ROWS)
    made = planned(["data"], "keep-majority")
    write(Path("data/a.jsonl"), [*ROWS, *ROWS])
    with pytest.raises(UsageError, match="changed while it was being fixed"):
        carry_out(made)
    assert rows_in("data/a.jsonl") == ROWS * 2
    assert list(Path("data").iterdir()) == [Path("data/a.jsonl")]


def test_several_files_are_changed_together_or_it_is_said_which(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        write(
            Path(f"data/{name}.jsonl"),
            [alpaca(f"Is {name} a letter?", said) for said in ("Yes.", "Yes, it is.", "No.")],
        )
    made = planned(["data"], "keep-majority")
    replace = Rewritten.replace

    def failing(self: Rewritten) -> None:
        if self.path == "data/b.jsonl":
            raise PermissionError(13, "Permission denied")
        replace(self)

    monkeypatch.setattr(Rewritten, "replace", failing)
    told = "data/b.jsonl: Permission denied; changed: data/a.jsonl; not changed: data/b.jsonl, data/c.jsonl"
    with pytest.raises(UsageError, match=told):
        carry_out(made)
    assert [len(rows_in(f"data/{name}.jsonl")) for name in ("a", "b", "c")] == [2, 3, 3]
    assert list(Path("data").glob(".contralint-*")) == []


def test_nothing_is_dropped_that_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("data/a.jsonl"), ROWS)
    made = planned(["data"], "keep-majority")

    def full(*_: Any) -> None:  # noqa: ANN401 (whatever it is called with)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sidecar, "_replace", full)
    with pytest.raises(UsageError, match="cannot be written, so nothing was dropped: No space left on device"):
        carry_out(made)
    assert rows_in("data/a.jsonl") == ROWS
    assert list(Path("data").glob(".contralint-*")) == []


def test_what_was_changed_is_told_where_it_cannot_be_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("data/a.jsonl"), ROWS)
    made = planned(["data"], "keep-majority")
    noted = Decision.of(SAMPLE.diagnostics[0], "drop")
    monkeypatch.setattr(Ledger, "append", Mock(side_effect=UsageError("d.jsonl: the decision cannot be written: full")))
    with pytest.raises(UsageError, match=r"full; changed: data/a\.jsonl; what was done is not noted there"):
        carry_out(replace(made, decisions=(noted,)))
    assert rows_in("data/a.jsonl") != ROWS


def test_the_command_line_shows_and_applies(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("data/a.jsonl"), ROWS)
    held = Path("data/a.jsonl").read_bytes()
    assert main([*FIX, "data"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "0 conflicts to fix (--apply), 1 undecided (--strategy settles them)\n")
    for asked in ([], ["--diff"]):
        assert main([*FIX, *asked, "data", "--strategy", "keep-majority"]) == 0
        shown = capsys.readouterr()
        assert shown.out.startswith("--- a/data/a.jsonl\n+++ b/data/a.jsonl\n@@ -1,3 +1,2 @@\n")
        assert shown.err.endswith("1 conflict to fix (--apply)\n")
        assert Path("data/a.jsonl").read_bytes() == held
    assert main([*FIX, "data", "--strategy", "keep-majority", "--apply", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert rows_in("data/a.jsonl") == [ROWS[0], ROWS[2]]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--diff", "--apply", "data"], "give it or --apply, not both"),
        ([], "nothing to fix: give a PATH"),
        (["--strategy", "keep-source", "data"], "--strategy keep-source needs --sources"),
        (["--strategy", "keep-mayority", "data"], "keep-majority"),
        (["--weight", "2", "data"], "2.0 is not in the range"),
        (["--condition", "refuses", "data"], "'refuses' is not of the form"),
        (["none.jsonl"], "no such file or folder"),
    ],
)
def test_misuse_is_told(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("data/a.jsonl"), ROWS)
    assert main([*FIX, *arguments]) == 2
    assert says in capsys.readouterr().err


def test_rows_of_binary_files_are_shown_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(ROWS), "data/a.parquet")
    assert main([*FIX, "data", "--strategy", "down-weight"]) == 0
    out = capsys.readouterr().out
    assert '-{"instruction":"Can penguins fly?","output":"Yes, they can."}\n' in out
    assert '+{"instruction":"Can penguins fly?","output":"Yes, they can.","weight":0.1}\n' in out
