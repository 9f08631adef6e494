"""Why a diagnostic was reported: the rule, and the records that show it most."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contralint.comparison import Comparison, Exhibit, compare, exhibit
from contralint.diagnostics import Diagnostic, Evidence, Report
from contralint.errors import UsageError
from contralint.grouping import DECIMALS
from contralint.kinds.finding import Finding
from contralint.linter import Linter
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean
from contralint.trace import Trace

_FINGERPRINT = re.compile(r"[0-9a-f]{4,16}")


@dataclass(frozen=True)
class Explanation:
    """A diagnostic and what led to it.

    Attributes:
        rule: The rule, with its severity as configured.
        finding: The surest of its findings; None for a row that gives no record.
        records: The records of that finding.
        comparison: The same beside each other, where there are two.
    """

    diagnostic: Diagnostic
    rule: Rule
    finding: Finding | None
    records: tuple[Exhibit, ...]
    comparison: Comparison | None

    @property
    def lowered(self) -> bool:
        """Whether the diagnostic is a step less severe than its rule."""
        return self.diagnostic.severity is not self.rule.severity


def checked_fingerprint(text: str) -> str:
    """A fingerprint, or its beginning, in lower case.

    Raises:
        UsageError: It cannot be one.
    """
    if not _FINGERPRINT.fullmatch(text.lower()):
        raise UsageError(f"'{text}' is no fingerprint: give 4 to 16 of the hexadecimal characters that a report shows")
    return text.lower()


def find(report: Report, beginning: str) -> Diagnostic:
    """The diagnostic whose fingerprint begins so.

    Raises:
        UsageError: There is none, or several.
    """
    by_fingerprint = {found.fingerprint: found for found in report.diagnostics}
    matching = sorted(fingerprint for fingerprint in by_fingerprint if fingerprint.startswith(beginning))
    if len(matching) == 1:
        return by_fingerprint[matching[0]]
    if matching:
        raise UsageError(f"several diagnostics begin with {beginning}: {', '.join(matching)}")
    nearest = did_you_mean(beginning, [fingerprint[: len(beginning)] for fingerprint in by_fingerprint])
    count = len(report.diagnostics)
    raise UsageError(f"none of the {count} diagnostics of this scan has the fingerprint {beginning}{nearest}")


def explain(linter: Linter, trace: Trace, diagnostic: Diagnostic) -> Explanation:
    """Gathers what led to a diagnostic of a scan by this linter."""
    finding = _surest(trace, diagnostic)
    records = [stand.record for stand in finding.stands] if finding else []
    return Explanation(
        diagnostic=diagnostic,
        rule=linter.rules[diagnostic.rule],
        finding=finding,
        records=tuple(exhibit(record, trace.records) for record in records),
        comparison=compare(linter, records[0], records[1], trace.records) if len(records) > 1 else None,
    )


def _surest(trace: Trace, diagnostic: Diagnostic) -> Finding | None:
    """The finding that gave the diagnostic its confidence; of several, the first in order of records."""
    rows = {(place.path, place.index) for side in diagnostic.sides for place in side.members}
    matching = [
        finding
        for finding in trace.findings
        if _tells(finding, diagnostic)
        and all((stand.record.origin.path, stand.record.origin.index) in rows for stand in finding.stands)
    ]
    return min(matching, key=lambda finding: [stand.record.key for stand in finding.stands], default=None)


def _tells(finding: Finding, diagnostic: Diagnostic) -> bool:
    evidence = tuple(Evidence(one.kind, round(one.value, DECIMALS)) for one in finding.evidence)
    told = (finding.rule.id, finding.message, round(finding.confidence, DECIMALS), evidence)
    return told == (diagnostic.rule, diagnostic.message, diagnostic.confidence, diagnostic.evidence)
