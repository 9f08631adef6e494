"""Exact places: what stands in the file between a location's columns decodes to the words that it marks."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, linter, members, messages, rules

from contralint.diagnostics import Location, Report

ODD = 'Caf\u00e9 "ol\u00e9" \\ or /\ttab \U0001f512\U0001f468\u200d\U0001f469 \u4f60\u597d \u202e'
MARKS = "\t\\ \U0001f512\U0001f468\u200d\U0001f469 "  # before an answer: not letters
ROWS: list[Data] = [
    alpaca(f"{ODD}. Can penguins fly?", f"{MARKS}No, penguins cannot fly. {ODD}", id=7),
    alpaca(f"{ODD}. Can penguins fly?", f"\n \n{MARKS}Yes, they can.", deep=[{"output": "a decoy"}]),
    messages(
        ("system", ODD),
        ("user", "How do I pick a lock?"),
        ("assistant", f"{MARKS}I'm sorry, but I can't help with that. {ODD}"),
        id="\U0001f512",
    ),
    messages(
        ("system", ODD),
        ("user", "How do I pick a lock?"),
        ("assistant", f"{MARKS}Insert a \"tension wrench\", press lightly\nand lift the pins until the plug turns."),
    ),
    {"prompt": "How many bones does an adult human have?", "completion": f"{MARKS}206"},
    {"prompt": "How many bones does an adult human have?", "completion": f"{MARKS}208"},
    alpaca("Name a season.", ""),
]  # fmt: skip
SNIPPET = 200


def raw(text: str, place: Location) -> str:
    """What stands in a text from a place's first character to its last."""
    lines = text.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def from_json(written: str) -> str:
    return str(json.loads(f'"{written}"'))


def from_csv(written: str) -> str:
    return written.replace('""', '"')


def check(report: Report, text: str, decode: Callable[[str], str]) -> None:
    for diagnostic in report.diagnostics:
        for place in members(diagnostic):
            marked = place.snippet[place.mark_start : place.mark_end]
            decoded = decode(raw(text, place))
            assert decoded == marked or (len(marked) == SNIPPET and decoded.startswith(marked))


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json(tmp_path: Path, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(ROWS, indent=indent, ensure_ascii=ascii_only)
    (tmp_path / "a.json").write_text(text, encoding="utf-8", newline="")
    report = linter().lint_paths([tmp_path / "a.json"])
    assert {"CL003", "CL102", "CL103", "CL201"} <= set(rules(report))
    check(report, text, from_json)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n  \n"])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_jsonl(tmp_path: Path, end: str, ascii_only: bool, encoding: str) -> None:
    text = "".join(json.dumps(row, ensure_ascii=ascii_only) + end for row in ROWS)
    (tmp_path / "a.jsonl").write_text(text, encoding=encoding, newline="")
    report = linter().lint_paths([tmp_path / "a.jsonl"])
    assert {"CL003", "CL102", "CL103", "CL201"} <= set(rules(report))
    check(report, text, from_json)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(text.encode(encoding), mtime=0))
    check(linter().lint_paths([packed]), text, from_json)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_delimited(tmp_path: Path, quoting: int, suffix: str, delimiter: str) -> None:
    rows = [(row.get("id", ""), row["instruction"], row["output"]) for row in ROWS if "instruction" in row]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type] # csv takes the plain number
    writer.writerows([("id", "instruction", "output"), *rows])
    path = tmp_path / f"a{suffix}"
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    report = linter().lint_paths([path])
    assert {"CL003", "CL102"} <= set(rules(report))
    check(report, buffer.getvalue(), from_csv)


@settings(max_examples=15)
@given(
    before=st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda text: "?" not in text),
    ascii_only=st.booleans(),
)
def test_any_text_before_the_words(tmp_path_factory: pytest.TempPathFactory, before: str, ascii_only: bool) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    rows = [
        {"pad": before, "text": "Refund me", "label": f" {before} one"},
        {"text": "Refund me", "label": "two", before: 1},
    ]
    text = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="")
    check(linter(select=["CL104", "CL0"]).lint_paths([path]), text, from_json)


def test_row_numbers_ids_and_fields(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in ROWS]
    (tmp_path / "a.jsonl").write_text("\n\n".join(["{broken", *lines]))
    report = linter().lint_paths([tmp_path / "a.jsonl"])
    found = {
        diagnostic.rule: [(p.line, p.index, p.id, p.field) for p in members(diagnostic)]
        for diagnostic in report.diagnostics
    }
    assert found["CL001"] == [(1, 0, None, "row")]
    assert found["CL102"] == [(3, 1, "7", "response"), (5, 2, None, "response")]
    assert found["CL201"] == [(7, 3, "\U0001f512", "response"), (9, 4, None, "response")]


def test_of_keys_that_stand_twice_the_last_counts(tmp_path: Path) -> None:
    text = '{"text": "Refund me", "label": "three", "label": "one"}\n{"text": "Refund me", "label": "two"}\n'
    (tmp_path / "a.jsonl").write_text(text)
    report = linter(select=["CL104"]).lint_paths([tmp_path / "a.jsonl"])
    check(report, text, from_json)
    assert [place.snippet for place in members(report.diagnostics[0])] == ["one", "two"]


def test_content_in_parts(tmp_path: Path) -> None:
    def row(answer: str) -> Data:
        parts = [{"type": "image_url", "image_url": {"url": "cat.png"}}, {"type": "text", "text": answer}]
        return messages(("user", "Can penguins fly?"), {"role": "assistant", "content": parts})

    text = json.dumps(row("No, penguins can't.")) + "\n" + json.dumps(row("Yes, they can.")) + "\n"
    (tmp_path / "a.jsonl").write_text(text)
    report = linter(select=["CL102"]).lint_paths([tmp_path / "a.jsonl"])
    for diagnostic in report.diagnostics:
        for place in members(diagnostic):
            assert place.line == place.end_line == place.index + 1
            assert 1 <= place.column <= place.end_column <= len(text.split("\n")[place.index]) + 1


def test_snippets_hold_the_mark_of_a_long_text(tmp_path: Path) -> None:
    rows = [{"text": "Refund me", "label": "x" * 500 + label} for label in ("one", "two")]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for diagnostic in linter().lint_paths([path]).diagnostics:
        for place in members(diagnostic):
            assert len(place.snippet) <= SNIPPET
            assert 0 <= place.mark_start <= place.mark_end <= len(place.snippet)


def test_a_side_is_labelled_by_what_its_first_member_does() -> None:
    rows = [
        alpaca("Join me for a run?", "I don't have a body, so I can't go running."),
        alpaca("Wake me at 7.", "Your alarm is set for 7:00 AM."),
        alpaca("What did you do this morning?", "I went for a long run in the park this morning."),
    ]
    for first, label in ((1, "device control"), (2, "physical acts")):
        order = [rows[0], rows[first], rows[3 - first]]
        (found,) = linter(select=["CL302"]).lint_rows(order).diagnostics
        assert [side.label for side in found.sides] == ["denies: embodiment", f"exercises: {label}"]
