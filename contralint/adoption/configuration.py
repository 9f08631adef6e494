"""The configuration: a table at the end of pyproject.toml, else a file of its own; and the baseline that it names."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contralint.adoption.dataset import Dataset
from contralint.adoption.edit import Edit, content, joined
from contralint.baseline import DEFAULT_FILE, Baseline
from contralint.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OWN, SHARED = "contralint.toml", "pyproject.toml"


def configured(root: Path) -> str | None:
    """The file that configures contralint already; None where there is none."""
    return next((edit.name for edit in _present(root)), None)


def edits(root: Path, dataset: Dataset) -> Iterator[Edit]:
    """Yields what becomes of the configuration, and the baseline where a new configuration names it.

    Raises:
        UsageError: A file cannot be read, or nothing can be added to it.
    """
    if present := next(_present(root), None):
        yield present
        return
    yield _written(root, dataset)
    if (root / DEFAULT_FILE).exists():
        yield Edit(DEFAULT_FILE, "is there already")
    else:
        yield Edit(DEFAULT_FILE, "knows nothing yet; `contralint baseline` fills it", after=Baseline(()).dumps())


def _present(root: Path) -> Iterator[Edit]:
    for name in (OWN, SHARED):
        text = content(root, name)
        table = _table(_parsed(name, text), shared=name == SHARED) if text is not None else None
        if table is not None:
            lacking = "" if "paths" in table else "; it names no `paths`, which a scan without a path needs"
            yield Edit(name, f"configures contralint already{lacking}")


def _written(root: Path, dataset: Dataset) -> Edit:
    listed = ", ".join(json.dumps(path, ensure_ascii=False) for path in dataset.paths)
    settings = (
        "# What is checked where no path is given: so do the hook and the workflow.\n"
        f"paths = [{listed}]\n"
        "# What is known already and not reported: `contralint baseline` writes it anew.\n"
        f'baseline = "{DEFAULT_FILE}"\n'
    )
    about = f"checks {', '.join(dataset.paths)}"
    old = content(root, SHARED)
    if old is None:
        return Edit(OWN, about, None, settings)
    new = joined(old, f"[tool.contralint]\n{settings}")
    expected = {"paths": list(dataset.paths), "baseline": DEFAULT_FILE}
    try:
        data = _parsed(SHARED, new)
    except UsageError:
        raise UsageError(f"{SHARED}: no [tool.contralint] can be added at its end; write it by hand") from None
    assert _table(data, shared=True) == expected
    return Edit(SHARED, about, old, new)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: not valid TOML: {error}") from None
    return data


def _table(data: dict[str, Any], *, shared: bool) -> dict[str, Any] | None:
    """The part that is contralint's; None where there is none."""
    if not shared:
        return data
    tools = data.get("tool")
    own = tools.get("contralint") if isinstance(tools, dict) else None
    return own if isinstance(own, dict) else None
