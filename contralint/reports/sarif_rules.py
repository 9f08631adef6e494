"""Rules as SARIF describes them: what code scanning shows beside a result."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from contralint.diagnostics import Severity
from contralint.rulebook import Rule

_LONGEST_DESCRIPTION = 1_024
_FIRST_SENTENCE = re.compile(r".+?[.!?](?= [A-Z]|$)")
# Severity `error` is kept for rules of high precision; GitHub sorts by these two properties.
_PRECISION = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def rule_descriptor(rule: Rule) -> dict[str, Any]:
    """A rule as SARIF's `reportingDescriptor`, with the properties that GitHub reads."""
    about = " ".join(rule.documentation.what_it_does.split())
    first = _FIRST_SENTENCE.match(about)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _cropped(first[0] if first else f"{about}.")},
        "fullDescription": {"text": _cropped(about)},
        "help": {"text": _plain_help(rule), "markdown": _markdown_help(rule)},
        "defaultConfiguration": {"enabled": rule.default, "level": rule.severity.value},
        "properties": {
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
            "tags": ["training-data", rule.kind],
        },
    }


def _cropped(text: str) -> str:
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 3] + "..."


def _sections(rule: Rule) -> dict[str, str]:
    documented: dict[str, str] = msgspec.to_builtins(rule.documentation)
    return {heading.capitalize(): text.strip() for heading, text in documented.items()}


def _plain_help(rule: Rule) -> str:
    return "\n\n".join(f"{heading}: {text}" for heading, text in _sections(rule).items())


def _markdown_help(rule: Rule) -> str:
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in _sections(rule).items())
