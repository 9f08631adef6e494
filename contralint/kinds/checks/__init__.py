"""What one record alone can show; rule files of `kind: within` name it by `check:`."""

from __future__ import annotations

from contralint.kinds.checks import empty_response, equal_sides
from contralint.kinds.checks.fault import Check, Fault

CHECKS: dict[str, Check] = {"empty-response": empty_response.check, "equal-sides": equal_sides.check}

__all__ = ["CHECKS", "Check", "Fault"]
