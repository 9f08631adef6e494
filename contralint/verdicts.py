"""What a rule says of two records: that it holds, or why it does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contralint.kinds import pair
from contralint.kinds.candidate import Candidate
from contralint.kinds.comparisons import COMPARISONS, Aids
from contralint.kinds.finding import Finding, most_specific
from contralint.kinds.tasks import same_task
from contralint.linter import Linter
from contralint.reasons import below, figure, reason
from contralint.rulebook import Rule
from contralint.suppression import unsuppressed


@dataclass(frozen=True)
class Verdict:
    """Whether a rule is reported for two records, and because of what."""

    rule: Rule
    holds: bool
    because: str


def pair_verdicts(
    linter: Linter, candidate: Candidate, compared: bool, aids: Aids, others: Sequence[Finding] = ()
) -> Iterator[Verdict]:
    """Verdicts of the rules that need a common request.

    Args:
        linter: Whose rules are asked.
        candidate: The two records.
        compared: Whether they ask the same, so that their answers are compared.
        aids: What comparisons lean on.
        others: What rules of other kinds found in the two.
    """
    rules = [rule for rule in linter.running if rule.kind == "pair"]
    if not compared:
        same = same_task(candidate.first.record, candidate.second.record)
        over = [rule for rule in rules if same and rule.parameters.get("tasks")]
        yield from (Verdict(rule, False, "not compared") for rule in rules if rule not in over)
        candidate, rules = dataclasses.replace(candidate, similarity=1.0, same=1.0), over
    among = [*pair.find_among(rules, [candidate], aids), *others]
    found = {finding.rule.id: finding for finding in most_specific(among)}
    for rule in rules:
        stronger = [other.rule.id for other in among if rule.id in other.rule.supersedes]
        why_not = "" if rule.id in found else _why_not(rule, candidate, stronger, aids)
        yield found_verdict(linter, rule, found.get(rule.id), why_not)


def found_verdict(linter: Linter, rule: Rule, finding: Finding | None, why_not: str) -> Verdict:
    """The verdict of a rule on what it found; `why_not` is said where it found nothing."""
    if finding is None:
        return Verdict(rule, False, why_not)
    measures = [f"{one.kind} {figure(one.value)}" for one in finding.evidence if one.kind != "similarity"]
    sure = ", ".join([*measures, f"confidence {figure(finding.confidence)}"])
    if rule.id not in linter.rules:
        return Verdict(rule, False, f"not among the rules selected ({sure})")
    if not list(unsuppressed([finding])):
        return Verdict(rule, False, f"ignored by a record itself or by per-path-ignores ({sure})")
    if finding.confidence < linter.config.min_confidence:
        return Verdict(
            rule, False, f"{sure}: {below(finding.confidence, linter.config.min_confidence)}, min-confidence"
        )
    sides = ", ".join(dict.fromkeys(stand.label for stand in finding.stands))
    return Verdict(rule, True, f"{sides}; {sure}")


def _why_not(rule: Rule, candidate: Candidate, stronger: Sequence[str], aids: Aids) -> str:
    name = str(rule.parameters["compare"])
    clash = COMPARISONS[name]([candidate], rule.parameters, aids)[0]
    if clash is None:
        return reason(name, candidate, rule.parameters, aids)
    wanted = float(rule.parameters.get("same_request", 0.0))
    if candidate.same < wanted:
        return f"same request {below(candidate.same, wanted)}, which this rule asks for"
    confidence = clash.confidence * candidate.same
    if confidence < rule.min_confidence:
        product = f"{clash.measure} {figure(clash.confidence)} times same request {figure(candidate.same)}"
        return f"{product}: confidence {below(confidence, rule.min_confidence)}"
    return f"superseded by {', '.join(stronger)}"
