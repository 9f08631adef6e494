"""What does the work on a cluster: a process with models of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contralint.engines.engine import Item, Result, Work
from contralint.errors import UsageError
from contralint.models.suite import Models
from contralint.version import __version__


@dataclass(frozen=True)
class Start:
    """Where and how a scan was started.

    Attributes:
        folder: The folder that paths are relative to.
        version: The version of the program.
        epoch: SOURCE_DATE_EPOCH there: the day that it is; empty where the clock tells.
    """

    folder: str
    version: str
    epoch: str

    @classmethod
    def here(cls) -> Start:
        """This process."""
        return cls(str(Path.cwd()), __version__, os.environ.get("SOURCE_DATE_EPOCH", ""))


class Worker:
    """One process of a pool.

    Attributes:
        models: Its models, each loaded when first asked; their answers hang on nothing but the question.
        start: Where and how the scan was started.
    """

    def __init__(self, models: Models, start: Start) -> None:
        self.models = models
        self.start = start

    def prepare(self) -> None:
        """Makes itself ready for work.

        Raises:
            UsageError: The node has another version of the program, or lacks the folder.
        """
        node = socket.gethostname()
        if self.start.version != __version__:
            raise UsageError(f"{node} has contralint {__version__}, the scan was started by {self.start.version}")
        if not Path(self.start.folder).is_dir():
            raise UsageError(f"{node} has no folder {self.start.folder}: data must be at the same path on all nodes")
        os.chdir(self.start.folder)
        os.environ["SOURCE_DATE_EPOCH"] = self.start.epoch

    def run(self, work: Work[Item, Result], items: Sequence[Item]) -> Sequence[Result]:
        """What is made of some items.

        Raises:
            UsageError: As the work.
        """
        try:
            return work(self.models, items)
        except UsageError as error:
            raise UsageError(str(error)) from None  # of its own kinds some cannot be sent
