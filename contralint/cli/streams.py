"""Standard streams that take whatever is written to them: closed ones, and terminals that are not UTF-8."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import sys
from typing import TextIO

_HANDLER = "contralint-escapes"


def prepare_streams() -> None:
    """Opens what is closed, and has what an encoding lacks written as JSON escapes it, as reports do anyway."""
    codecs.register_error(_HANDLER, _escaped)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # The null device also takes the descriptor, which a data file would get otherwise.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 (open to the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def drop_rest(stream: TextIO) -> None:
    """Lets go of what a stream could not write, which Python would try, and fail, to write again at exit."""
    with contextlib.suppress(OSError, ValueError):  # a stream that has no descriptor keeps nothing back
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
