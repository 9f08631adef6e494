"""Progress on standard error: a bar on a terminal, or a line a stage."""

from __future__ import annotations

import time
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class BarProgress:
    """A bar that is gone when the work is done."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> BarProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def stage(self, name: str, total: int | None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total)

    def advance(self, count: int) -> None:
        if self._task is not None:
            self._bar.advance(self._task, count)


class StageLines:
    """A line for each stage, with the seconds since the start (`--verbose`)."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __enter__(self) -> StageLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stage("done", None)

    def stage(self, name: str, total: int | None) -> None:
        count = "" if total is None else f" ({total})"
        click.echo(f"contralint: {time.monotonic() - self._start:7.2f} s  {name}{count}", err=True)

    def advance(self, count: int) -> None:
        """Shows nothing between stages."""
