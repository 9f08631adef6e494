"""The tool and its rules as SARIF describes them: what code scanning shows beside a result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from contralint.diagnostics import Severity
from contralint.rulebook import Rule
from contralint.version import __version__

_LONGEST_DESCRIPTION = 1_024
_FIRST_SENTENCE = re.compile(r".+?[.!?](?= [A-Z]|$)")
# Severity `error` is kept for rules of high precision; GitHub sorts by these two properties.
_PRECISION = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}

# SARIF wants an absolute URI at which one can read about the tool. There is no page on the web that is surely ours in
# every installation, so the URI holds what such a page would say.
_ABOUT = (
    "contralint finds records of training data that teach conflicting behaviour. "
    "`contralint rule ID` explains a rule, `contralint explain FINGERPRINT` a result."
)
_INFORMATION = f"data:text/plain,{quote(_ABOUT)}"


def driver(rules: Sequence[Rule]) -> dict[str, Any]:
    """The tool as SARIF's `toolComponent`, with its rules in order."""
    return {
        "name": "contralint",
        "semanticVersion": __version__,
        "informationUri": _INFORMATION,
        "rules": [_descriptor(rule) for rule in rules],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
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
