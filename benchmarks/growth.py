"""Time and memory of a scan as data grows, each scan a whole process without a cache, on generated rows.

    python -m benchmarks.growth [--rows N] [--profile NAME] [--repeats N] [--csv FILE] [--plot FILE]

Sizes go up by about three from 1,000 rows. Time grows with rows to the power of the exponent, fitted by least squares
over the logarithms; from what a scan takes at any size, what it takes for a single row (its start) is subtracted.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from benchmarks.generate import generate
from benchmarks.plots import chart, write
from benchmarks.processes import PROFILES, machine, scan
from contralint.bench.plot import check_plot

SMALLEST = 1000
NAMES = {"wall": "time", "work": "processor time"}


@dataclass(frozen=True)
class Point:
    """What a scan of so many rows takes: seconds by the clock and of processor time, and bytes of memory."""

    rows: int
    wall: float
    work: float
    memory: int


def sizes(most: int) -> Iterator[int]:
    """1,000, 3,000, 10,000, 30,000 and so on, up to a size."""
    size, factors = SMALLEST, (3, 10)
    while size <= most:
        yield from (step for step in (size, size * factors[0]) if step <= most)
        size *= factors[1]


def exponent(rows: Sequence[float], taken: Sequence[float]) -> float:
    """The power of rows by which something grows."""
    slope, _ = np.polyfit(np.log(rows), np.log(taken), 1)
    return float(slope)


def measured(rows: int, folder: Path, profile: str, repeats: int) -> Point:
    """Medians of several scans."""
    path = folder / f"{rows}.jsonl"
    with path.open("wb") as file:
        file.writelines(
            orjson.dumps(row) + b"\n" for row in generate(rows, seed=1, duplicates=0.05, conflicts=min(10, rows // 2))
        )
    taken = [scan(str(path), "--profile", profile) for _ in range(repeats)]
    path.unlink()
    wall, work = (statistics.median(getattr(one, what) for one in taken) for what in ("wall", "work"))
    return Point(rows, wall, work, max(one.memory for one in taken))


def main() -> None:
    """Measures size after size, prints, fits and draws."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=30_000, help="the largest size")
    parser.add_argument("--profile", choices=PROFILES, default="balanced")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the points here")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw time and memory as .svg or .png")
    arguments = parser.parse_args()
    if arguments.rows < SMALLEST:
        parser.error(f"--rows: at least {SMALLEST}")
    if arguments.plot:
        check_plot(arguments.plot)
    print(f"{machine()}; profile {arguments.profile}")
    print(f"{'rows':>9}{'seconds':>10}{'work':>10}{'GB':>8}{'ms a row':>10}{'ms of work':>12}{'KB a row':>10}")
    points: list[Point] = []
    with tempfile.TemporaryDirectory(prefix="contralint-") as folder:
        nothing = measured(1, Path(folder), arguments.profile, arguments.repeats)
        for rows in sizes(arguments.rows):
            point = measured(rows, Path(folder), arguments.profile, arguments.repeats)
            points.append(point)
            print(
                f"{rows:9}{point.wall:10.1f}{point.work:10.1f}{point.memory / 1e9:8.2f}"
                f"{1e3 * point.wall / rows:10.2f}{1e3 * point.work / rows:12.2f}{point.memory / rows / 1e3:10.1f}",
                flush=True,
            )
    print(f"start, of one row: {nothing.wall:.1f} s, {nothing.work:.1f} s of work, {nothing.memory / 1e9:.2f} GB")
    for what in ("wall", "work") if len(points) > 1 else ():
        taken = [getattr(point, what) - getattr(nothing, what) for point in points]
        print(f"exponent of {NAMES[what]}: {exponent([point.rows for point in points], taken):.3f}")
    if arguments.csv:
        table(arguments.csv, [nothing, *points])
    if arguments.plot:
        draw(arguments.plot, arguments.profile, points)


def table(path: Path, points: Sequence[Point]) -> None:
    """Writes the points as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["rows", "seconds", "seconds_of_work", "bytes"])
        lines.writerows([point.rows, f"{point.wall:.2f}", f"{point.work:.2f}", point.memory] for point in points)


def draw(path: Path, profile: str, points: Sequence[Point]) -> None:
    """Draws time and memory."""
    series = {
        NAMES["wall"] + ", s": [(point.rows, point.wall) for point in points],
        NAMES["work"] + ", s": [(point.rows, point.work) for point in points],
        "memory, GB": [(point.rows, point.memory / 1e9) for point in points],
    }
    write(chart(f"A first scan as data grows, profile {profile}", "rows", series), path)


if __name__ == "__main__":
    main()
