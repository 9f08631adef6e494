"""A process that kills itself at a step of its own that touches a file."""

from __future__ import annotations

import itertools
import os
import signal
import sys

STEPS = ("open", "os.", "fcntl.", "tempfile.", "shutil.")  # audit events of all that touches files


def die_at(number: int) -> None:
    """Has this process killed at a step from here on."""
    steps = itertools.count()

    def watch(event: str, _: object) -> None:
        if event.startswith(STEPS) and next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
