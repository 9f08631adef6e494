"""What benchmarks work out of what they measure."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from linting import alpaca, linter

from benchmarks.growth import exponent, sizes
from benchmarks.near_pairs import brute_force, recall
from benchmarks.plots import chart
from benchmarks.processes import run
from benchmarks.profiles import Conflict, Kept, conflicts_of, kept
from contralint.bench.drawing import Dot
from contralint.neighbours import near_pairs
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


@pytest.mark.parametrize("power", [0.9, 1.0, 1.3])
def test_the_exponent_is_the_power_by_which_time_grows(power: float) -> None:
    rows = list(sizes(100_000))
    assert rows == [1000, 3000, 10_000, 30_000, 100_000]
    assert exponent(rows, [0.002 * count**power for count in rows]) == pytest.approx(power)


def test_brute_force_finds_the_pairs_that_stand_near_each_other() -> None:
    angles = np.radians([0, 10, 40, 44, 90])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    brute = brute_force(vectors, float(np.cos(np.radians(15))), 10)
    assert list(zip(brute.first.tolist(), brute.second.tolist(), strict=True)) == [(0, 1), (2, 3)]
    assert recall(near_pairs(vectors, 0.96, 10), brute) == (1.0, 1.0)
    assert recall(near_pairs(vectors, 0.99, 10), brute) == (0.5, 0.5)


def test_a_process_is_timed_and_its_output_kept() -> None:
    took = run(sys.executable, "-c", "print('done')")
    assert took.printed == b"done\n"
    assert took.wall > 0


def test_a_process_that_fails_is_no_figure() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        run(sys.executable, "-c", "raise SystemExit(3)")


def test_a_chart_has_every_point_within_its_frame() -> None:
    drawing = chart("Growth", "rows", {"time": [(1000, 0.5), (30_000, 12)]})
    dots = [shape for shape in drawing.shapes if isinstance(shape, Dot)]
    assert len(dots) == 3  # one of them in the legend
    assert all(0 < dot.x < drawing.width and 0 < dot.y < drawing.height for dot in dots)
