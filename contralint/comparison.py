"""Two records beside each other: how near their requests are, and what each rule makes of the pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from contralint.facets.described import Described
from contralint.facets.request import parts
from contralint.kinds import preference, split
from contralint.kinds.candidate import Candidate
from contralint.kinds.context import differing
from contralint.kinds.finding import Finding
from contralint.kinds.judging import judged
from contralint.kinds.nearness import Asked
from contralint.kinds.pairing import SAME_REQUEST
from contralint.kinds.preferring import crossings
from contralint.kinds.registry import KINDS
from contralint.kinds.sameness import same_request
from contralint.linter import Linter
from contralint.models.search import SIMILARITY
from contralint.neighbours.collapse import collapse
from contralint.neighbours.template import cuts, edges_of, without_template
from contralint.reasons import below
from contralint.records import Record
from contralint.rulebook import Rule
from contralint.verdicts import Verdict, found_verdict, pair_verdicts

# What is said of two records for which a rule of a kind, or of one that looks for something, finds nothing.
_WHY_NOT = {
    "claim": "no claims of the two clash",
    "duplicate": "they are no copies of each other",
    "flip": "they do not prefer the same two answers the opposite way round",
    "cycle": "a circle takes three records or more",
    "taught-and-rejected": "neither rejects what the other teaches, unless as one of a ranking",
    "split": "they are not one of each split, with answers that contradict each other",
    "habit": "their requests are not of one kind, or are met alike, or something explains the difference",
}


@dataclass(frozen=True)
class Exhibit:
    """A record, and which of its row's trained turns it is: `turn`, from 1, of `turns`."""

    described: Described
    turn: int
    turns: int


@dataclass(frozen=True)
class Comparison:
    """What a scan sees in two records.

    Attributes:
        similarity: Cosine of the two requests, 1.0 where they are the same text.
        same: Probability that both ask the same.
        differing: Parts of their contexts that call for different answers, such as "system prompt" or "earlier turns".
        judge: Probability that the two answers cannot both be right, if both were asked the same.
        obstacles: Why they are not compared in what they answer; empty where they are.
        verdicts: What each rule about two records says, by ID.
    """

    first: Exhibit
    second: Exhibit
    similarity: float
    same: float
    differing: tuple[str, ...]
    judge: float
    obstacles: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def exhibit(record: Record, among: Sequence[Record]) -> Exhibit:
    """Shows a record among the teachings of its dataset."""
    turns = [other.turn for other in among if _row(other) == _row(record)]
    return Exhibit(Described(record), turns.index(record.turn) + 1, len(turns))


def compare(linter: Linter, first: Record, second: Record, among: Sequence[Record]) -> Comparison:
    """Compares two records as a scan of all the records would.

    Args:
        linter: Whose rules and models are used.
        first: One of the records.
        second: Another one.
        among: All records of the files, these two among them: what requests share with many others is no likeness.
    """
    shown = (exhibit(first, among), exhibit(second, among))
    ordered = sorted((one.described for one in shown), key=lambda described: described.record.key)
    candidate = _candidate(linter, ordered[0], ordered[1], among)
    parts = tuple(differing(first, second))
    apart = tuple(_apart(candidate, parts))
    obstacles = (*apart, *_not_both_taught(first, second))
    aids = linter.dataset(among).aids
    others = list(_other_findings(linter, candidate, among, not apart))
    found = [other.finding for other in others if other.finding]
    verdicts = [
        *pair_verdicts(linter, candidate, not obstacles, aids, found),
        *(found_verdict(linter, other.rule, other.finding, other.why_not) for other in others),
    ]
    return Comparison(
        *shown,
        similarity=candidate.similarity,
        same=candidate.same,
        differing=parts,
        judge=judged([(candidate.first, candidate.second)], linter.models)[0],
        obstacles=obstacles,
        verdicts=tuple(sorted(verdicts, key=lambda verdict: verdict.rule.id)),
    )


def _candidate(linter: Linter, first: Described, second: Described, among: Sequence[Record]) -> Candidate:
    records = [first.record, second.record, *(other for other in among if other.answers)]
    collapsed = collapse([record.request for record in records])
    ours, theirs = (int(number) for number in collapsed.member_of[:2])
    if ours == theirs:
        return Candidate(first, second, 1.0, 1.0)
    asked = dict(zip(reversed(collapsed.member_of.tolist()), map(Asked.by, reversed(records)), strict=True))
    cut = cuts(edges_of([asked[number].templated for number in range(len(collapsed.unique))])).tolist()
    similarity = linter.similarity(*(without_template(asked[at].text, cut[at]) for at in (ours, theirs)))
    taken_apart = (parts(first.record), parts(second.record))
    same = same_request([taken_apart], np.array([similarity]), linter.models)
    return Candidate(first, second, similarity, float(same[0]))


def _apart(candidate: Candidate, parts: Sequence[str]) -> Iterator[str]:
    """Why the two do not ask the same."""
    if _row(candidate.first.record) == _row(candidate.second.record):
        yield "turns of one row are read together"
    if candidate.similarity < SIMILARITY:
        yield f"similarity {below(candidate.similarity, SIMILARITY)}"
    elif candidate.same < SAME_REQUEST:
        yield f"same request {below(candidate.same, SAME_REQUEST)}"
    if parts:
        yield f"another answer may be due to other context: {', '.join(parts)}"


def _not_both_taught(first: Record, second: Record) -> Iterator[str]:
    if not (first.teaches and second.teaches):
        yield "one of them teaches no answer: it has no response, or one that is not wanted"
    if "evaluation" in (first.origin.split, second.origin.split):
        yield "one of them belongs to the evaluation split"


@dataclass(frozen=True)
class _Found:
    """The surest finding of a rule between the two records, or why there is none."""

    rule: Rule
    finding: Finding | None
    why_not: str


def _other_findings(linter: Linter, candidate: Candidate, among: Sequence[Record], near: bool) -> Iterator[_Found]:
    """What the rules of other kinds than `pair` about two records find in them."""
    rows = {_row(candidate.first.record), _row(candidate.second.record)}
    alone = linter.dataset(record for record in among if _row(record) in rows)
    splits = {candidate.first.record.origin.split, candidate.second.record.origin.split}
    for rule in linter.running:
        why_not = _WHY_NOT.get(str(rule.parameters.get("find", rule.kind)))
        if why_not is None:
            continue
        if rule.kind in ("preference", "split") and not near:
            yield _Found(rule, None, "not compared")
        elif rule.kind == "preference" and splits == {"training"}:
            yield _Found(rule, _across(preference.find_among(rule, list(crossings([candidate])))), why_not)
        elif rule.kind == "split" and len(splits) > 1:
            yield _Found(rule, _across(split.find_among(rule, [candidate], linter.dataset(among))), why_not)
        else:
            yield _Found(rule, _across(KINDS[rule.kind].find([rule], alone)), why_not)


def _across(findings: Iterator[Finding]) -> Finding | None:
    """The surest finding between two rows."""
    between = [finding for finding in findings if len({_row(stand.record) for stand in finding.stands}) > 1]
    return max(between, key=lambda finding: finding.confidence, default=None)


def _row(record: Record) -> tuple[str, int]:
    return (record.origin.path, record.origin.index)
