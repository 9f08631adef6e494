"""All ties of the records of a scan, and the requests that they ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from contralint.facets.claims import Claim
from contralint.facets.lexicon import lexicon
from contralint.kinds.dataset import Dataset
from contralint.kinds.pairing import RecordKey, content_hash
from contralint.kinds.registry import KINDS
from contralint.kinds.tie import Tie
from contralint.rulebook import Rule


def ties_of(dataset: Dataset, rules: Sequence[Rule]) -> Mapping[RecordKey, list[Tie]]:
    """What links each record to others under some rules, asking the same apart."""
    found: dict[RecordKey, list[Tie]] = defaultdict(list)
    for record in dataset.records:
        # Each copy is a side of its own: one copy more is told by all of them.
        found[record.key].append(Tie(f"copy {content_hash(record)}", ""))
        for rule in rules:
            found[record.key] += KINDS[rule.kind].ties(rule, record)
    for record, claim in dataset.claims:
        found[record.key] += _claimed(claim)
    for record, identity in dataset.identities:
        found[record.key].append(Tie(f"identity {identity.attribute}", identity.value.casefold()))
    return found


def _claimed(claim: Claim) -> Iterator[Tie]:
    """Whoever denies a capability denies what it implies."""
    implied = lexicon().capabilities[claim.capability].denies if claim.stance == "denies" else []
    return (Tie(f"claim {capability}", claim.stance) for capability in (claim.capability, *implied))
