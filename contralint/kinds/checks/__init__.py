"""What one record alone can show; rule files of `kind: within` name it by `check:`."""

from __future__ import annotations

from contralint.kinds.checks import constraint, empty_response, equal_sides, turns
from contralint.kinds.checks.fault import Check, Fault

CHECKS: dict[str, Check] = {
    "constraint": constraint.check,
    "empty-response": empty_response.check,
    "equal-sides": equal_sides.check,
    "turns": turns.check,
}

__all__ = ["CHECKS", "Check", "Fault"]
