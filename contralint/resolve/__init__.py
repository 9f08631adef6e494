"""From conflicts to a cleaned dataset: what a decision or a strategy makes of each, shown as a diff or written."""

from __future__ import annotations

from contralint.resolve.execution import carry_out, diff
from contralint.resolve.fixing import Fix, fix
from contralint.resolve.guard import Standing
from contralint.resolve.strategy import STRATEGIES, Method, Strategy

__all__ = ["STRATEGIES", "Fix", "Method", "Standing", "Strategy", "carry_out", "diff", "fix"]
