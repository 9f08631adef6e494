"""A scan with all default rules beside SemHash's self-deduplication of the same file, each as whole processes in turn.

    python -m benchmarks.deduplication FILE [--repeats N] [--profiles NAME...] [--plot FILE]

SemHash embeds with our own static table, by model2vec, so that both have the same vectors to begin with. It reads the
file with our reader and compares the requests alone. It needs `pip install semhash` (the group `benchmarks`).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import orjson

from benchmarks.plots import bars, write
from benchmarks.processes import PROFILES, Took, machine, run, scan
from contralint.bench.plot import check_plot

THRESHOLD = 0.9  # SemHash's own default


def deduplicate(path: str) -> dict[str, float]:
    """What SemHash finds, and the seconds that go to reading: all that is timed happens here, imports included."""
    from semhash import SemHash

    from benchmarks.static_speed import static_model
    from contralint.intake import Intake
    from contralint.readers import read

    start = time.perf_counter()
    intake = Intake()
    intake.take(read(path))
    texts = [record.request for record in intake.records]
    reading = time.perf_counter() - start
    found = SemHash.from_records(texts, model=static_model()).self_deduplicate(THRESHOLD)
    return {"records": len(texts), "found": len(found.filtered), "reading": reading}


def found_by_scan(took: Took) -> dict[str, int]:
    """Records and diagnostics of a scan."""
    summary = orjson.loads(took.printed)["summary"]
    return {"records": summary["records"], "found": summary["diagnostics"]}


def compare(path: str, profiles: Sequence[str], repeats: int) -> dict[str, float]:
    """Runs both in turn and prints medians with their ratio.

    Returns:
        Seconds of each by the clock.
    """
    peer = "semhash"
    taken: dict[str, list[Took]] = {name: [] for name in (peer, *profiles)}
    for _ in range(repeats):
        taken[peer].append(run(sys.executable, "-m", "benchmarks.deduplication", path, "--peer"))
        for profile in profiles:
            taken[profile].append(scan(path, "--profile", profile))
    seconds = {}
    print(f"{'':<12}{'records':>9}{'found':>8}{'seconds':>9}{'work':>9}{'memory':>10}{'ratio':>8}{'of work':>9}")
    for name, runs in taken.items():
        told = json.loads(runs[0].printed) if name == peer else found_by_scan(runs[0])
        wall, work = (statistics.median(getattr(one, what) for one in runs) for what in ("wall", "work"))
        memory = max(one.memory for one in runs) / 1e9
        # Runs of one round stand side by side in time, so whatever else the machine did weighs on both.
        ratio, of_work = (
            statistics.median(
                getattr(one, what) / getattr(other, what) for one, other in zip(runs, taken[peer], strict=True)
            )
            for what in ("wall", "work")
        )
        print(f"{name:<12}{told['records']:9}{told['found']:8}{wall:9.1f}{work:9.1f}", end="")
        print(f"{memory:7.2f} GB{ratio:8.2f}{of_work:9.2f}")
        seconds[name] = wall
    reading = statistics.median(json.loads(one.printed)["reading"] for one in taken[peer])
    print(f"of the seconds of {peer}, {reading:.1f} are our reader's")
    return seconds


def main() -> None:
    """Measures both in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--profiles", nargs="+", choices=PROFILES, default=PROFILES)
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw seconds as .svg or .png")
    parser.add_argument("--peer", action="store_true", help="run SemHash in this process, as the comparison does")
    arguments = parser.parse_args()
    if importlib.util.find_spec("semhash") is None:
        raise SystemExit("SemHash is not installed: pip install semhash")
    if arguments.peer:
        print(json.dumps(deduplicate(arguments.file)))
        return
    if arguments.plot:
        check_plot(arguments.plot)
    print(machine())
    seconds = compare(arguments.file, arguments.profiles, arguments.repeats)
    if arguments.plot:
        write(bars("A first scan beside SemHash's self-deduplication", "s", seconds), arguments.plot)


if __name__ == "__main__":
    main()
