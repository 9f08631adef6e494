"""What the tests of the whole linter share: one encoder, files made of rows, reports without places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from contralint import Config, Diagnostic, Linter, Report
from contralint.diagnostics import Location
from contralint.models.encoder import Encoder, load_encoder
from contralint.readers import Row, read
from contralint.rulebook import Rule, load_rules

Data = dict[str, Any]


@cache
def shared_encoder() -> Encoder:
    return load_encoder()


@cache
def shared_rules() -> dict[str, Rule]:
    return load_rules()


def linter(**settings: Any) -> Linter:  # noqa: ANN401 (settings of any type)
    """A linter that loads neither rules nor encoder again."""
    made = Linter(Config(**settings), rules=shared_rules())
    made.models.encoder = shared_encoder()
    return made


def alpaca(instruction: str, output: str, **more: Any) -> Data:  # noqa: ANN401 (values of any type)
    return {"instruction": instruction, "output": output, **more}


def messages(*turns: tuple[str, str] | Data, **more: Any) -> Data:  # noqa: ANN401 (values of any type)
    spelled = [{"role": turn[0], "content": turn[1]} if isinstance(turn, tuple) else turn for turn in turns]
    return {"messages": spelled, **more}


def jsonl(rows: Sequence[Data]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write(path: Path, rows: Sequence[Data]) -> Path:
    path.write_text(jsonl(rows), encoding="utf-8")
    return path


def rules(report: Report) -> list[str]:
    return sorted(diagnostic.rule for diagnostic in report.diagnostics)


def members(diagnostic: Diagnostic) -> list[Location]:
    return [place for side in diagnostic.sides for place in side.members]


def lines(report: Report) -> set[tuple[str, frozenset[int]]]:
    """Each diagnostic as its rule and the lines of its members."""
    return {(found.rule, frozenset(place.line for place in members(found))) for found in report.diagnostics}


def example_rows(prefix: str = "", conflicts: int = 2, others: int = 1) -> list[Data]:
    """Rows of all shapes, of which many contradict each other: the first examples of each rule that ships."""
    examples = [
        example
        for rule in shared_rules().values()
        if rule.id.startswith(prefix)
        for example in [*rule.examples.conflict[:conflicts], *rule.examples.ok[:others]]
    ]
    return [dict(row) for example in examples for row in example.records]


def read_rows(paths: Sequence[Path]) -> dict[tuple[str, int], Data]:
    """The data of the rows of files, by path and index."""
    rows = (row for path in paths for row in read(str(path)))
    return {(row.path, row.index): row.data for row in rows if isinstance(row, Row)}


def essence(report: Report, rows: Mapping[tuple[str, int], Data]) -> list[str]:
    """What a report says of the contents, whatever their places: its diagnostics in an order of their own."""
    return sorted(json.dumps(_without_places(found, rows), sort_keys=True) for found in report.diagnostics)


def bare(told: str) -> Data:
    """What `essence` has of a diagnostic, but for what a side is called: that is said in the words of its first row."""
    found: Data = json.loads(told)
    return {**found, "sides": sorted(rows for _, _, rows in found["sides"])}


def _without_places(found: Diagnostic, rows: Mapping[tuple[str, int], Data]) -> Data:
    sides = [
        (side.label, side.plural, sorted(json.dumps(rows[place.path, place.index]) for place in side.members))
        for side in found.sides
    ]
    evidence = [(reason.kind, reason.value) for reason in found.evidence]
    told = (found.rule, found.fingerprint, found.severity, found.message, found.confidence)
    return {"told": told, "sides": sides, "evidence": evidence}
