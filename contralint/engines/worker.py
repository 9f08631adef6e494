"""What does the work on a cluster: a process with models of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path

from contralint.engines.engine import Item, Result, Work
from contralint.errors import UsageError
from contralint.models.suite import Models
from contralint.version import __version__


class Worker:
    """One process of a pool.

    Attributes:
        models: Its models, each loaded when first asked; their answers hang on nothing but the question.
        folder: Where the scan was started, which paths are relative to.
        version: Version of the program that started it.
    """

    def __init__(self, models: Models, folder: str, version: str) -> None:
        self.models = models
        self.folder = folder
        self.version = version

    def prepare(self) -> None:
        """Makes itself ready for work.

        Raises:
            UsageError: The node has another version of the program, or lacks the folder.
        """
        node = socket.gethostname()
        if self.version != __version__:
            raise UsageError(f"{node} has contralint {__version__}, and the scan was started by {self.version}")
        if not Path(self.folder).is_dir():
            raise UsageError(f"{node} has no folder {self.folder}: data must be at the same path on all nodes")
        os.chdir(self.folder)

    def run(self, work: Work[Item, Result], items: Sequence[Item]) -> Sequence[Result]:
        """What is made of some items."""
        return work(self.models, items)
