"""Several processes find what one finds, to the last byte, and say what became of one that was ended."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from process import variables

from contralint import Config, Linter
from contralint.engines import Local, engine_of, processes
from contralint.engines.processes import Processes
from contralint.errors import MissingExtraError, UsageError
from contralint.models.suite import Models

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def _spread_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LEAST", 2)
    monkeypatch.setattr(processes, "BLOCK", 3)


def spread(work: object, items: Sequence[int]) -> list[tuple[int, int]]:
    config = Config(jobs=2, cache=False)
    return list(Processes(config, Models(), 2).each(work, items))  # type: ignore[arg-type]  # what a test does is work


def squared(_: Models, items: Sequence[int]) -> list[int]:
    return [item * item for item in items]


def named(_: Models, items: Sequence[int]) -> list[int]:
    return [os.getpid() for _ in items]


def ended(_: Models, items: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return list(items)


def refused(_: Models, __: Sequence[int]) -> list[int]:
    raise MissingExtraError("reading", "parquet")


def test_reports_do_not_depend_on_the_number_of_processes() -> None:
    told = [
        Linter(Config(jobs=jobs, cache=False, extend_select=["ALL"])).lint_paths([FIXTURES]).to_dict()
        for jobs in (1, 2, 4)
    ]
    assert told[0]["summary"]["diagnostics"] > 20
    assert told[1] == told[0]
    assert told[2] == told[0]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100])
def test_each_item_comes_with_its_result_in_order(count: int) -> None:
    assert spread(squared, range(count)) == [(item, item * item) for item in range(count)]


def test_much_is_done_elsewhere_and_little_here() -> None:
    assert os.getpid() not in {process for _, process in spread(named, range(100))}
    assert spread(named, [7]) == [(7, os.getpid())]


def test_a_process_that_is_ended_is_told_in_one_line_and_the_next_scan_runs() -> None:
    with pytest.raises(UsageError, match=r"a process of this scan was ended.*--jobs 1"):
        spread(ended, range(100))
    assert spread(squared, [1, 2, 3, 4]) == [(1, 1), (2, 4), (3, 9), (4, 16)]


KILLED = """
import os, signal, test_engine_processes as tests
from contralint.engines import processes
processes.LEAST, processes.BLOCK, processes._LOOK = 2, 3, 0.05
print({process for _, process in tests.spread(tests.named, range(100))}, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux what runs")
def test_processes_of_a_scan_that_is_killed_end() -> None:
    paths = os.pathsep.join([str(FIXTURES.parent), str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=variables(PYTHONPATH=paths)
    ) as scan:
        assert scan.stdout
        workers = [int(number) for number in re.findall(rb"\d+", scan.stdout.readline())]
    assert workers
    assert scan.returncode == -signal.SIGKILL
    for _ in range(600):  # a minute, after which the test fails
        if not any(map(runs, workers)):
            return
        time.sleep(0.1)
    raise AssertionError


def runs(process: int) -> bool:
    """Whether a process is there, and none that has ended and that nobody has asked for since."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_an_error_of_the_work_comes_through() -> None:
    with pytest.raises(UsageError, match=r"contralint\[parquet\]"):
        spread(refused, range(100))


def test_who_counts_calls_of_a_language_model_is_one() -> None:
    assert isinstance(engine_of(Config(jobs=4, judge="openai:some-model"), Models()), Local)
    assert isinstance(engine_of(Config(jobs=1), Models()), Local)
