"""A scan and what its diagnostics were made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contralint.diagnostics import Report
from contralint.kinds.finding import Finding
from contralint.records import Record


@dataclass(frozen=True)
class Trace:
    """What a scan told, and how it came to tell it.

    Attributes:
        records: All teachings that were read, in order.
        findings: All findings of the rules that are reported.
    """

    report: Report
    records: Sequence[Record]
    findings: Sequence[Finding]
