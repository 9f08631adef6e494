"""Cases made of decided conflicts: what is expected, and the prompts that ask for it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contralint.decision import Decision
from contralint.evals.case import Case, Expectation, Origin
from contralint.evals.checking import Checker
from contralint.evals.prompting import Prompting, Sided, Wanted
from contralint.evals.watch import expectation, watches
from contralint.models.suite import Models
from contralint.records import Record
from contralint.resolve.decided import Decided, LeftOut, Part
from contralint.rule import Rule


@dataclass(frozen=True)
class Scenario:
    """What is right under one condition, or everywhere.

    Attributes:
        condition: What the system prompt says; "" for nothing.
        right: What then stays right.
        wrong: What is not, or no longer.
    """

    condition: str
    right: tuple[Part, ...]
    wrong: tuple[Part, ...]


@dataclass(frozen=True)
class Made:
    """What became of decisions.

    Attributes:
        cases: In order of their conflicts.
        left: Decisions that give no case.
        unreadable: Prompts that were left out since their own answers could not be told, counted.
    """

    cases: tuple[Case, ...]
    left: tuple[LeftOut, ...]
    unreadable: int


class Maker:
    """Makes cases.

    Args:
        rules: All rules, by ID.
        models: What is asked where prompts are reworded and answers judged.
        prompting: Finds prompts.
    """

    def __init__(self, rules: Mapping[str, Rule], models: Models, prompting: Prompting) -> None:
        self._rules = rules
        self._models = models
        self._prompting = prompting
        self._checker = Checker(models)

    def make(self, decided: Sequence[Decided], left: Sequence[LeftOut] = ()) -> Made:
        """The cases of all decisions; `left` are those that gave no records."""
        cases: list[Case] = []
        out = [*left]
        for one in decided:
            made = self._cases(one)
            if isinstance(made, str):
                out.append(LeftOut(one.decision, made))
            else:
                cases += made
        ordered = sorted(out, key=lambda one: (one.decision.rule, one.decision.fingerprint))
        return Made(tuple(cases), tuple(ordered), self._prompting.unreadable)

    def _cases(self, one: Decided) -> list[Case] | str:
        """The cases of one decision; why there are none."""
        if one.decision.decision == "not-a-conflict":
            return "it is no conflict, so that nothing is wrong"
        rule = self._rules.get(one.decision.rule)
        if rule is None:
            return "its rule is not among those that run"
        records = [record for part in one.parts for record in part.records]
        looked_at = watches(rule, records)
        if not looked_at:
            return "its rule is about rows, not about what a model does"
        if not (ways := list(_ways(one))):
            return "both sides stay without a condition, so that nothing is wrong"
        for way in ways:
            for watch in looked_at:
                checks = [expectation(watch, _records(each.right), _records(each.wrong), self._models) for each in way]
                told = [check for check in checks if check]
                if len(told) == len(way):
                    return (
                        list(self._made(one, rule, way, told, ranked=watch.ranked))
                        or "none of its records shows what is to be checked"
                    )
        return "no facet tells what is right from what is wrong"

    def _made(
        self, one: Decided, rule: Rule, way: Sequence[Scenario], checks: Sequence[Expectation], *, ranked: bool
    ) -> Iterator[Case]:
        decision = one.decision
        conditions = [part.condition for part in one.parts if part.condition]
        for number, (scenario, check) in enumerate(zip(way, checks, strict=True), start=1):
            name = f"{decision.rule}-{decision.fingerprint}" + (f"-{number}" if len(way) > 1 else "")
            wanted = Wanted(name, scenario.condition, conditions, check, ranked)
            prompts = self._prompting.prompts(wanted, _sided(scenario, decision), self._checker)
            if prompts:
                yield Case(
                    name,
                    rule.id,
                    rule.name,
                    decision.fingerprint,
                    decision.decision,
                    check,
                    tuple(prompts),
                    decision.message or rule.message,
                    decision.reason,
                    scenario.condition,
                )


def _sided(scenario: Scenario, decision: Decision) -> list[Sided]:
    """Records and what becomes of them, in turns, so that both sides have their share where there are too many."""
    right: list[Sided] = [(record, "kept") for record in _records(scenario.right)]
    leaving: Origin = "recombined" if decision.decision == "keep-both" else "dropped"
    wrong: list[Sided] = [(record, leaving) for record in _records(scenario.wrong)]
    return [each for pair in itertools.zip_longest(right, wrong) for each in pair if each]


def _ways(made: Decided) -> Iterator[list[Scenario]]:
    """How a decision may be put to the test, the simplest way first."""
    kept, dropped = tuple(made.kept), tuple(made.dropped)
    if made.decision.decision != "keep-both":
        yield [Scenario("", kept, dropped)]
        if made.decision.decision == "edit" and len(kept) > 1:
            # Edited requests may call for different answers: each part by itself.
            yield [Scenario("", (part,), dropped) for part in kept]
        return
    parts = list(_by_condition(kept))
    if any(part.condition for part in parts):
        yield [Scenario(one.condition, (one,), tuple(part for part in parts if part is not one)) for one in parts]


def _by_condition(parts: Sequence[Part]) -> Iterator[Part]:
    """Sides that hold under one condition, as one."""
    for condition in dict.fromkeys(part.condition for part in parts):
        same = [part for part in parts if part.condition == condition]
        yield dataclasses.replace(same[0], records=tuple(_records(same)))


def _records(parts: Sequence[Part]) -> list[Record]:
    return [record for part in parts for record in part.records]
