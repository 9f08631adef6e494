"""The report of an internal error: all that a bug's finder needs, and nothing of the data it was found with."""

from __future__ import annotations

import platform
import shlex
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from contralint.version import __version__

_PACKAGES = (
    *("click", "faiss-cpu", "jsonlines", "msgspec", "numpy", "onnxruntime", "orjson", "rich", "tokenizers"),
    *("starlette", "uvicorn"),
    *("openai", "pyarrow", "sentence-transformers", "torch"),
)
_SAID = 300  # characters of the error's own words


def bug_report(error: Exception, arguments: Sequence[str]) -> str:
    """What standard error is told: what the error says, then the part to paste.

    The error's own words may quote a record, so they stand apart, and the traceback names no more than its type.
    """
    packages = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _installed(name)))
    return (
        f"contralint: internal error: {type(error).__name__}: {repr(str(error))[1:-1][:_SAID]}\n"
        "This is a bug. Please report it with the lines below; they name your files, but quote nothing of them.\n\n"
        f"contralint {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{packages}\n"
        f"$ {shlex.join(['contralint', *arguments])}\n"
        f"{''.join(_trace(error))}"
    )


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _trace(error: BaseException) -> Iterator[str]:
    """The traceback of an error and of those that led to it, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield "\nwhich led to:\n"
    yield "Traceback (most recent call last):\n"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}\n    {frame.line}\n"
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def _place(filename: str) -> str:
    """The file within its package: where a user keeps packages is nobody's business."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return Path(*path.parts[path.parts.index("site-packages") + 1 :]).as_posix()
    home = Path(__file__).parent.parent.parent
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name
