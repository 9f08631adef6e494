from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.grouping import GroupSide, group
from contralint.kinds.finding import Finding, Stand
from contralint.records import Field, Origin, Record, Span
from contralint.rulebook import Rule, load_rules


@pytest.fixture(scope="module")
def rule() -> Rule:
    return load_rules()["CL201"]


def record(index: int, response: str = "") -> Record:
    text = response or f"answer {index}"
    return Record(Origin("a.jsonl", index, index + 1), "qa", Field("instruction", "q"), Field("response", text))


def stand(number: int, side: str) -> Stand:
    made = record(number)
    return Stand(made, Span(made.response, 0, 3), side, side, side)


def finding(rule: Rule, one: Stand, other: Stand, confidence: float = 0.9, topic: str = "") -> Finding:
    return Finding(rule, (one, other), "message", confidence, topic=topic)


def members(sides: tuple[GroupSide, ...]) -> list[list[int]]:
    return [[one.key[1] for one in side.members] for side in sides]


def test_findings_that_share_a_record_are_one_group_minority_first(rule: Rule) -> None:
    found = [finding(rule, stand(0, "no"), stand(number, "yes")) for number in (3, 1, 2)]
    (only,) = group(found, {})
    assert members(only.sides) == [[0], [1, 2, 3]]
    assert only.minority is only.sides[0]


def test_findings_that_share_none_and_other_topics_stay_apart(rule: Rule) -> None:
    apart = [finding(rule, stand(0, "no"), stand(1, "yes")), finding(rule, stand(2, "no"), stand(3, "yes"))]
    assert len(group(apart, {})) == 2
    topics = [finding(rule, stand(0, "no"), stand(1, "yes"), topic="a")]
    topics += [finding(rule, stand(0, "no"), stand(2, "yes"), topic="b")]
    assert len(group(topics, {})) == 2


def test_the_same_records_over_two_topics_are_told_once(rule: Rule) -> None:
    topics = [finding(rule, stand(0, "no"), stand(1, "yes"), topic=topic) for topic in "ab"]
    assert len(group(topics, {})) == 1


def test_three_answers_are_three_sides_and_no_minority(rule: Rule) -> None:
    stands = [stand(number, side) for number, side in enumerate(("a", "b", "c"))]
    found = [finding(rule, one, other) for one in stands for other in stands if one.side < other.side]
    (only,) = group(found, {})
    assert members(only.sides) == [[0], [1], [2]]
    assert only.minority is None


def test_copies_become_members(rule: Rule) -> None:
    first = stand(0, "no")
    copies = {first.record.key: (first.record, record(7, first.record.response.text))}
    (only,) = group([finding(rule, first, stand(1, "yes"))], copies)
    assert members(only.sides) == [[1], [0, 7]]


def test_low_confidence_lowers_severity(rule: Rule) -> None:
    def severity(confidence: float) -> str:
        return group([finding(rule, stand(0, "no"), stand(1, "yes"), confidence)], {})[0].severity.value

    assert severity(0.99) == "error"
    assert severity(rule.lower_below - 0.01) == "warning"


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19)), min_size=1), st.randoms(use_true_random=False))
def test_order_of_findings_does_not_matter(pairs: list[tuple[int, int]], randoms: Random) -> None:
    rule = load_rules()["CL201"]
    found = [finding(rule, stand(one, "no"), stand(other, "yes")) for one, other in pairs]
    shuffled = list(found)
    randoms.shuffle(shuffled)

    def plain(findings: list[Finding]) -> list[tuple[str, list[list[int]]]]:
        return sorted((made.fingerprint, members(made.sides)) for made in group(findings, {}))

    assert plain(found) == plain(shuffled)
