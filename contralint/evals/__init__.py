"""From decided conflicts to evaluation cases, and from a model's answers to how well it keeps to what was decided."""

from __future__ import annotations

from contralint.evals.case import Case, Expectation, Prompt, read_cases
from contralint.evals.checking import Checker, Outcome

__all__ = ["Case", "Checker", "Expectation", "Outcome", "Prompt", "read_cases"]
