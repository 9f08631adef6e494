"""What a conflict asks of its rows: by what was decided about it, else by the strategy that the user names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from contralint.decision import DecidedSide, Decision
from contralint.diagnostics import Diagnostic, Location, Side
from contralint.escape import visible
from contralint.resolve.change import RowKey
from contralint.resolve.rows import Rows, short_hash
from contralint.resolve.strategy import Method, Scales, UnsettledError, counted, winner


@dataclass
class Wishes:
    """What is wanted of rows.

    Attributes:
        keep: Rows that are to stay as they are.
        drop: Rows that are to go.
        weigh: Rows that are to count less.
        say: Rows whose system prompt is to say when they hold.
        rewrite: Rows of which some records get new texts: hash of the record to its fields to their text.
    """

    keep: set[RowKey] = field(default_factory=set)
    drop: set[RowKey] = field(default_factory=set)
    weigh: set[RowKey] = field(default_factory=set)
    say: dict[RowKey, str] = field(default_factory=dict)
    rewrite: dict[RowKey, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def staying(self) -> set[RowKey]:
        """Rows that must not be lost."""
        return self.keep | self.say.keys() | self.rewrite.keys()

    @property
    def losing(self) -> set[RowKey]:
        """Rows that are to be lost, or to count less."""
        return self.drop | self.weigh

    @property
    def changing(self) -> set[RowKey]:
        """Rows that are not to stay as they are."""
        return self.losing | self.say.keys() | self.rewrite.keys()


@dataclass(frozen=True)
class Settlement:
    """A conflict, and what becomes of its rows.

    Attributes:
        found: The conflict.
        means: By which means: a strategy, or a decision.
        reason: Why, in words.
        decision: What was decided; None where a strategy settles it.
    """

    found: Diagnostic
    means: str
    reason: str
    wishes: Wishes
    decision: Decision | None = None


@dataclass(frozen=True)
class Settler:
    """Settles conflicts.

    Attributes:
        method: How undecided conflicts are settled.
        scales: What rows are measured by.
        rows: The rows of all conflicts.
        evaluation: Files of the evaluation split.
        copies: IDs of the rules whose conflicts are copies of one record.
    """

    method: Method
    scales: Scales
    rows: Rows
    evaluation: Collection[str]
    copies: Collection[str]

    def decided(self, found: Diagnostic, decision: Decision) -> Settlement:
        """What a decision asks for.

        Raises:
            UnsettledError: It cannot be carried out as it stands.
        """
        wishes = Wishes()
        for side in found.sides:
            for place in side.members:
                self._wish(wishes, place, side, decision)
        _check_apart(wishes)
        return Settlement(found, f"decision: {decision.decision}", decision.reason or "decided", wishes, decision)

    def by_strategy(self, found: Diagnostic) -> Settlement:
        """What the strategy makes of an undecided conflict.

        Raises:
            UnsettledError: It does not settle it.
        """
        settle = self._within if len(found.sides) == 1 else self._between
        wishes = settle(found)
        _check_apart(wishes)
        return Settlement(found, self.method.strategy, f"{found.name}: {counted(found)}", wishes)

    def _wish(self, wishes: Wishes, place: Location, side: Side, decision: Decision) -> None:
        """Adds what a decision wants of one row."""
        key, hashes = (place.path, place.index), self._hashes(place, side)
        edits = {one: texts for one, texts in decision.edits.items() if one in hashes}
        if decision.decision == "drop":
            wishes.drop.add(key)
        elif edits:
            wishes.rewrite[key] = {**wishes.rewrite.get(key, {}), **edits}
        elif decision.decision in ("keep-side", "keep-both"):
            for one in _sides_of(hashes, side, decision):
                if one.condition:
                    wishes.say[key] = one.condition
                else:
                    (wishes.keep if one.keep or decision.decision == "keep-both" else wishes.drop).add(key)

    def _hashes(self, place: Location, side: Side) -> set[str]:
        """Hashes of what a row teaches on a side."""
        taught = self.rows.taught.get((place.path, place.index))
        records = taught.records if taught else ()
        return {short_hash(record) for record in records}.intersection(side.contents) or set(side.contents)

    def _within(self, found: Diagnostic) -> Wishes:
        """One side: copies of one record, or records that are wrong by themselves."""
        (side,) = found.sides
        strategy = self.method.strategy
        if found.rule in self.copies and strategy not in ("condition", "down-weight"):
            return Wishes(drop={*_keys(side)} - {_key(self._best(side))})
        if strategy != "drop-both":
            raise UnsettledError("it is within the record: only drop-both drops it")
        return Wishes(drop=set(_keys(side)))

    def _best(self, side: Side) -> Location:
        """The copy that stays: the newest, or of the best source; of equal ones the first."""
        places = side.members
        if self.method.strategy == "keep-newest":
            return max(places, key=self.scales.ages.age)
        if self.method.strategy == "keep-source":
            return min(places, key=self.scales.ranks.rank)
        return places[0]

    def _between(self, found: Diagnostic) -> Wishes:
        if self.method.strategy == "drop-both":
            return Wishes(drop={key for side in found.sides if not self._evaluates(side) for key in _keys(side)})
        if self.method.strategy == "condition":
            return self._conditions(found)
        stays = winner(found, self.method.strategy, self.scales, self._evaluates)
        others = {key for side in found.sides if side is not stays for key in _keys(side)}
        kept = set(_keys(stays))
        weighing = self.method.strategy == "down-weight"
        return Wishes(keep=kept, weigh=others) if weighing else Wishes(keep=kept, drop=others)

    def _conditions(self, found: Diagnostic) -> Wishes:
        wishes = Wishes()
        for side in found.sides:
            if condition := self.method.conditions.get(side.label):
                wishes.say.update(dict.fromkeys(_keys(side), condition))
            else:
                wishes.keep.update(_keys(side))
        if not wishes.say:
            labels = " or ".join(f"'{side.label}'" for side in found.sides)
            raise UnsettledError(f"no condition is known for {labels}: decide it, or give --condition LABEL=TEXT")
        return wishes

    def _evaluates(self, side: Side) -> bool:
        return any(place.path in self.evaluation for place in side.members)


def _sides_of(hashes: Collection[str], side: Side, decision: Decision) -> list[DecidedSide]:
    """The decided sides that records stand on, told by what they teach; where a decision does not say, by name."""
    known = [one for one in decision.sides if not set(one.records).isdisjoint(hashes)]
    return known or [one for one in decision.sides if not one.records and one.label == visible(side.label)]


def _key(place: Location) -> RowKey:
    return place.path, place.index


def _keys(side: Side) -> list[RowKey]:
    return [_key(place) for place in side.members]


def _check_apart(wishes: Wishes) -> None:
    torn = sorted(wishes.staying & wishes.losing)
    if torn:
        path, index = torn[0]
        raise UnsettledError(f"row {index + 1} of {path} stands on both sides, in different turns: part it by hand")
