"""What benchmarks work out of what they measure."""

from __future__ import annotations

import pytest
from linting import alpaca, linter

from benchmarks.profiles import Conflict, Kept, conflicts_of, kept
from contralint.readers import Row


def conflict(fingerprint: str, *contents: str, rule: str = "CL101") -> Conflict:
    return Conflict(fingerprint, rule, frozenset(contents), searched=True)


def test_a_conflict_is_found_again_by_its_fingerprint() -> None:
    thorough = [conflict("a", "1", "2"), conflict("b", "3", "4"), conflict("c", "5", "6")]
    assert kept(thorough, thorough) == Kept(3, 3, 3, 0)
    assert kept(thorough, [thorough[0], conflict("d", "7", "8")]) == Kept(3, 1, 1, 1)
    assert kept(thorough, []) == Kept(3, 0, 0, 0)


@pytest.mark.parametrize(
    ("other", "partly"),
    [
        (conflict("b", "1", "2"), 1),
        (conflict("b", "1", "9"), 0),
        (conflict("b", "1", "2", rule="CL102"), 0),
    ],
)
def test_a_conflict_is_found_in_part_where_two_of_its_records_clash(other: Conflict, partly: int) -> None:
    assert kept([conflict("a", "1", "2", "3")], [other]) == Kept(1, 0, partly, 1)


def test_only_requests_that_differ_need_a_search() -> None:
    rows = [
        alpaca("Is the museum open on Mondays?", "Yes, it is."),
        alpaca("is the museum open on  Mondays?", "No, it is not."),
        alpaca("Does the ferry to Aran run in winter?", "Yes, it does."),
        alpaca("In winter, does the ferry to Aran run?", "No, it does not."),
    ]
    made = linter(select=["CL102"], profile="thorough", cache=False)
    intake = made.intake()
    intake.take(Row("<rows>", index, index + 1, row, None) for index, row in enumerate(rows))
    found = conflicts_of(made.lint_rows(rows).diagnostics, intake.records, frozenset({"CL102"}))
    assert sorted(one.searched for one in found) == [False, True]
