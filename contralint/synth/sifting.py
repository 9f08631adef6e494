"""What becomes of proposals: rows, dropped unless they are new, show their side and contradict nothing."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from contralint.evals.case import Expectation
from contralint.evals.checking import Checker
from contralint.evals.watch import expectation, watches
from contralint.facets.described import Described
from contralint.found import findings_in, told_by
from contralint.kinds.pairing import content_hash
from contralint.linter import Linter
from contralint.records import Origin, Record
from contralint.resolve.strategy import UnsettledError
from contralint.synth.conflict import Conflict
from contralint.synth.example import Example, Half, Writer
from contralint.synth.offline import Pair

_PLACE = "<synthetic>"


@dataclass
class Sieve:
    """Lets pairs through that teach the difference.

    Attributes:
        linter: Whose rules new examples must not break.
        records: The dataset, with all conditions of the conflicts in its system prompts.
        writer: Makes rows.
        dropped: Why examples were dropped, counted.
    """

    linter: Linter
    records: Sequence[Record]
    writer: Writer
    dropped: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._known = {content_hash(record) for record in self.records}
        self._checker = Checker(self.linter.models)

    def written(self, conflict: Conflict, pairs: Iterable[Pair], most: int) -> list[tuple[Example, ...]]:
        """Pairs as rows: those halves that are new, of which each shows its side; none where one half does not.

        Args:
            conflict: What they are about.
            pairs: Proposals, the best first.
            most: Pairs that are wanted.
        """
        checks = self._checks(conflict)
        made: list[tuple[Example, ...]] = []
        for pair in pairs:
            if len(made) >= most:
                break
            examples = self._rows(conflict, pair, checks, sum(map(len, made)))
            if examples:
                made.append(examples)
                self._known.update(content_hash(one.record) for one in examples)
        return made

    def _rows(
        self, conflict: Conflict, pair: Pair, checks: Sequence[Expectation | None], number: int
    ) -> tuple[Example, ...]:
        made: list[Example] = []
        try:
            for half in pair:
                example = self.writer.write(half, conflict, number + len(made) + 1)
                if content_hash(example.record) in self._known:
                    continue  # The dataset has this half already, and the other one is to stand beside it.
                check = checks[conflict.sides.index(half.side)]
                if not self._shows(half, example, check):
                    raise UnsettledError("its response does not show its side")
                made.append(example)
        except UnsettledError as error:
            self.dropped[str(error).rpartition(": ")[2]] += len(pair)
            return ()
        return tuple(made)

    def _shows(self, half: Half, example: Example, check: Expectation | None) -> bool:
        if check is None:
            return half.method == "recombined"
        found = self._checker.judge(check, Described(example.record)).verdict
        return found == "expected" if half.response is not None else found != "forbidden"

    def _checks(self, conflict: Conflict) -> list[Expectation | None]:
        """For each side, what shows that a response takes it; None where no facet tells the sides apart."""
        records = [record for side in conflict.sides for record in side.records]
        for watch in watches(conflict.rule, records):
            checks = [
                expectation(
                    watch,
                    side.records,
                    [record for other in conflict.sides if other is not side for record in other.records],
                    self.linter.models,
                )
                for side in conflict.sides
            ]
            if all(checks):
                return checks
        return [None] * len(conflict.sides)

    def agreeing(self, pairs: Sequence[tuple[Example, ...]]) -> list[tuple[Example, ...]]:
        """Pairs of which no example takes part in a conflict, with the dataset or among themselves.

        A half whose other half is dropped goes with it: alone it would teach no difference.
        """
        examples = [example for pair in pairs for example in pair]
        if not examples:
            return []
        placed = [_placed(example.record, number) for number, example in enumerate(examples)]
        fresh = {record.key: number for number, record in enumerate(placed)}
        dataset = self.linter.dataset([*self.records, *placed])
        torn: dict[int, str] = {}
        for finding in told_by(findings_in(dataset, self.linter.running), self.linter.rules):
            for stand in finding.stands:
                if (number := fresh.get(stand.record.key)) is not None:
                    torn.setdefault(number, f"it takes part in {finding.rule.id} {finding.rule.name}")
        return list(self._whole(pairs, torn))

    def _whole(self, pairs: Sequence[tuple[Example, ...]], torn: dict[int, str]) -> Iterator[tuple[Example, ...]]:
        start = 0
        for pair in pairs:
            why = [torn.get(number) for number in range(start, start + len(pair))]
            start += len(pair)
            if not any(why):
                yield pair
            for one in why if any(why) else ():
                self.dropped[one or "its other half was dropped"] += 1


def _placed(record: Record, number: int) -> Record:
    """A record of a row that stands nowhere yet."""
    return dataclasses.replace(record, origin=Origin(_PLACE, number, number + 1))
