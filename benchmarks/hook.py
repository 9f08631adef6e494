"""Times the hook of a dataset repository, where one row of it is changed and the cache is warm.

    python -m benchmarks.hook [--rows N] [--data FILE] [--files N] [--repeats N] [--pre-commit CHECKOUT]

The dataset is FILE, or generated rows. Each time is of whole processes, their start included: `contralint hook` alone,
`git commit` with it as a script of git's (or as pre-commit installs it from a CHECKOUT), and `git commit` of a row that
contradicts another one, which is stopped. Told besides are seconds of processor time, which other programs disturb
less, and what the scan took that warmed the cache.
"""

from __future__ import annotations

import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import orjson

from benchmarks.generate import Data, generate
from contralint.readers import Row, read

CONTRALINT: Final = (sys.executable, "-m", "contralint")
KNOWN: Final = {"instruction": "Does the night train from Ostend to Zagreb carry bicycles?", "output": "Yes, it does."}
CONTRADICTING: Final = {**KNOWN, "output": "No, it does not."}
PASSED, STOPPED = 0, 1


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of processor time of a command and all that it started."""

    wall: float
    work: float


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Repository:
    """A dataset under git, with a cache of its own beside it."""

    def __init__(self, folder: Path, rows: Sequence[Data], files: int) -> None:
        self.root = folder / "dataset"
        who = {
            f"GIT_{role}_{part}": "bench@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
        }
        package = str(Path(__file__).parent.parent)
        self._environment = {**os.environ, **who, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": package}
        (self.root / "data").mkdir(parents=True)
        (self.root / "contralint.toml").write_text('paths = ["data"]\n', encoding="utf-8")
        self.parts = [self.root / "data" / f"part-{number}.jsonl" for number in range(files)]
        for number, part in enumerate(self.parts):
            part.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows[number::files]))
        self.run("git", "init", "--quiet")
        self.commit()

    def run(self, *command: str, expected: Sequence[int] = (PASSED,)) -> Took:
        """Runs a command.

        Returns:
            How long it took.

        Raises:
            SystemExit: It ended with another status than expected.
        """
        start, worked = time.perf_counter(), _worked()
        done = subprocess.run(
            command, check=False, cwd=self.root, env=self._environment, capture_output=True, encoding="utf-8"
        )
        took = Took(time.perf_counter() - start, _worked() - worked)
        if done.returncode not in expected:
            raise SystemExit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return took

    def commit(self) -> None:
        """Commits everything past the hook."""
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "rows")

    def change(self, number: int, row: Data) -> str:
        """Puts a row in the place of another one, each time in the next file.

        Returns:
            The file.
        """
        part = self.parts[number % len(self.parts)]
        lines = part.read_bytes().splitlines(keepends=True)
        lines[number % (len(lines) - 1) + 1] = orjson.dumps(row) + b"\n"
        part.write_bytes(b"".join(lines))
        return part.relative_to(self.root).as_posix()

    def install(self, checkout: str | None) -> None:
        """Puts the hook before each commit."""
        if checkout is None:
            hook = self.root / ".git" / "hooks" / "pre-commit"
            staged = "git diff --cached --name-only --diff-filter=d -z"
            hook.write_text(f"#!/bin/sh\n{staged} | xargs -0 {shlex.join(CONTRALINT)} hook --\n", encoding="utf-8")
            hook.chmod(0o755)
            return
        # The hook's own environment must not see this one's package.
        del self._environment["PYTHONPATH"]
        told = ["git", "-C", checkout, "rev-parse", "HEAD"]
        revision = subprocess.run(told, check=True, capture_output=True, encoding="utf-8").stdout.strip()
        config = f"repos: [{{repo: {Path(checkout).resolve()}, rev: {revision}, hooks: [{{id: contralint}}]}}]\n"
        (self.root / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        self.commit()
        self.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")


def measure(repository: Repository, checkout: str | None, repeats: int) -> None:
    """Prints the median of each time."""
    commit = ["git", "commit", "--quiet", "--all", "--message", "one row"]
    fresh = generate(2 * repeats, seed=2)
    alone, passed, stopped = [], [], []
    for number in range(repeats):
        alone.append(repository.run(*CONTRALINT, "hook", repository.change(number, next(fresh)), expected=(0, 1)))
        repository.commit()
    repository.install(checkout)
    for number in range(repeats):
        repository.change(number, next(fresh))
        passed.append(repository.run(*commit, expected=(0, 1)))
        repository.commit()
        repository.change(number, CONTRADICTING)
        stopped.append(repository.run(*commit, expected=(STOPPED,)))
        repository.run("git", "reset", "--quiet", "--hard")
    name = "pre-commit" if checkout else "git"
    for what, times in [
        ("contralint hook", alone),
        (f"git commit, by {name}", passed),
        (f"git commit that is stopped, by {name}", stopped),
    ]:
        wall, work = [took.wall for took in times], [took.work for took in times]
        spread = f"from {min(wall):.2f} to {max(wall):.2f}"
        print(f"{what:<42}median {statistics.median(wall):6.2f} s, {spread}; {statistics.median(work):.2f} s of work")


def main() -> None:
    """Builds a dataset repository in a temporary folder, warms its cache and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--data", metavar="FILE", help="dataset to take the rows from [generated]")
    parser.add_argument("--files", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--pre-commit", dest="checkout", metavar="CHECKOUT", help="measure under pre-commit, from here")
    arguments = parser.parse_args()
    data = (row.data for row in read(arguments.data) if isinstance(row, Row)) if arguments.data else None
    rows = [KNOWN, *islice(data or generate(arguments.rows, seed=1, duplicates=0.05), arguments.rows - 1)]
    with tempfile.TemporaryDirectory(prefix="contralint-") as folder:
        repository = Repository(Path(folder), rows, arguments.files)
        took = repository.run(*CONTRALINT, "scan", "--quiet", "--format", "json", expected=(0, 1))
        print(f"{len(rows):,} rows in {arguments.files} files, {os.cpu_count()} cores; first scan {took.wall:.0f} s")
        measure(repository, arguments.checkout, arguments.repeats)


if __name__ == "__main__":
    main()
