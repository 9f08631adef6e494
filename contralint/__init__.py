"""Finds records of instruction data that teach conflicting behaviour.

from contralint import Config, Linter

report = Linter(Config(select=["CL2"])).lint_paths(["data/"])
for diagnostic in report.diagnostics:
    print(diagnostic.rule, diagnostic.message)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from contralint.version import __version__

if TYPE_CHECKING:
    from contralint.config import Config
    from contralint.diagnostics import Diagnostic, Report
    from contralint.linter import Linter

__all__ = ["Config", "Diagnostic", "Linter", "Report", "__version__"]

# Imported on first use: importing the package alone loads no model library.
_HOMES = {
    "Config": "contralint.config",
    "Diagnostic": "contralint.diagnostics",
    "Linter": "contralint.linter",
    "Report": "contralint.diagnostics",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'contralint' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
