"""Replaces a file again and again, killed at every step that touches one, and looks what it holds each time.

    python tests/killed_writing.py FOLDER

Forks: so it runs in a process of its own, in which no thread was started yet.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from dying import die_at

from contralint.files import replacing

OLD, NEW = b"old " * 1000, b"new " * 9000


def main(folder: str) -> None:
    path = Path(folder) / "report.json"
    for number in itertools.count():
        path.write_bytes(OLD)
        child = os.fork()
        if child == 0:
            die_at(number)
            with replacing(path) as file:
                file.writelines(NEW[at : at + 4000] for at in range(0, len(NEW), 4000))
            os._exit(0)
        ended = os.waitpid(child, 0)[1]
        assert path.read_bytes() in (OLD, NEW), number
        if not ended:
            assert [found.name for found in Path(folder).iterdir()] == ["report.json"]
            sys.stdout.write(str(number))
            return


if __name__ == "__main__":
    main(sys.argv[1])
