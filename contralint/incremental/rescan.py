"""A scan that looks at what changed since the last one, and takes over what cannot have changed."""

from __future__ import annotations

import dataclasses
import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from contralint.cache import Kept, digest
from contralint.errors import UsageError
from contralint.facets.described import Described
from contralint.found import Found, findings_in, found
from contralint.incremental.closure import Links
from contralint.incremental.conflicts import kept, placed, rows_of
from contralint.incremental.nearness import updated
from contralint.incremental.pipeline import Pipeline
from contralint.incremental.rows import Facts, RowKey, Rows, facts_of
from contralint.incremental.settings import settings_key
from contralint.incremental.state import KeptGroup, Shelf, State
from contralint.intake import Intake
from contralint.kinds.nearness import Nearness, Request
from contralint.kinds.ties import ties_of
from contralint.progress import Progress
from contralint.readers import Row, Unreadable, nothing_in, read, read_some
from contralint.suppression import Silenced

# A change that touches more than this share of the rows is scanned whole, which is simpler and no slower.
_SHARE = 0.3
_FEW = 500  # rows that are never too many


def rescan(
    pipeline: Pipeline,
    store: Kept,
    progress: Progress,
    files: Sequence[str],
    paths: Sequence[str],
    *,
    eager: bool = True,
) -> Found:
    """What a scan of some files finds; what the next one needs is kept.

    Args:
        pipeline: Whose configuration, rules and models are used.
        store: Where earlier scans left what they found.
        progress: Told of each stage.
        files: The files to scan.
        paths: What the user calls them.
        eager: As of `Shelf`.

    Raises:
        UsageError: A file cannot be read, or no file holds a row.
    """
    progress.stage("reading", len(files))
    rows = Rows.of(files, pipeline.intake().ignores)
    if not len(rows):
        raise nothing_in(files)
    shelf = Shelf(store, settings_key(pipeline.config, {rule.id: rule for rule in pipeline.running}, paths), eager)
    with _uncollected():
        before = State.load(shelf)
        outcome = _Change(before, rows, pipeline, shelf).outcome() if before else None
    return outcome or _whole(pipeline, progress, rows, shelf)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Stops the search for cycles: a state has many small objects and none, and looking takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _whole(pipeline: Pipeline, progress: Progress, rows: Rows, shelf: Shelf) -> Found:
    intake = pipeline.intake()
    for path in rows.keys:
        intake.take(read(path))
        progress.advance(1)
    dataset = pipeline.dataset(intake.records)
    outcome = found(intake, dataset, findings_in(dataset, pipeline.running), pipeline.rules)
    facts = facts_of(rows, rows.count, intake, ties_of(dataset, pipeline.running))
    nearness = dataset.pairing.nearness if dataset.paired else None
    crowd = nearness.notes if nearness else []
    state = State(
        count=rows.count,
        facts=facts,
        groups=kept(outcome.groups, rows),
        labels=rows.labels(facts),
        silenced=_by_row(outcome.silenced, rows),
        notes=[note for note in outcome.notes if note not in crowd],
        crowd=crowd,
        paired=dataset.paired,
        near=lambda: nearness,
    )
    _keep(state, rows, pipeline, shelf)
    return outcome


def _keep(state: State, rows: Rows, pipeline: Pipeline, shelf: Shelf) -> None:
    """Keeps a state, unless the files changed while they were read: then it is of rows that they do not hold."""
    if Rows.of(list(rows.keys), pipeline.intake().ignores) == rows:
        state.save(shelf)


class _Change:
    """What was kept of a dataset, and its rows now."""

    def __init__(self, before: State, rows: Rows, pipeline: Pipeline, shelf: Shelf) -> None:
        self._before = before
        self._rows = rows
        self._pipeline = pipeline
        self._shelf = shelf
        self._read: dict[str, dict[int, Row | Unreadable]] = {}
        keys = before.count.keys() | rows.count.keys()
        self._changed = {key for key in keys if before.count.get(key, 0) != rows.count.get(key, 0)}

    def outcome(self) -> Found | None:
        """What a scan finds now; None where the change is one that calls for a scan of everything."""
        if self._too_many(self._changed):
            return None
        anew = {key for key, facts in self._before.facts.items() if facts.anew and key in self._rows.count}
        facts = self._facts(anew)
        if not self._changed:
            return self._joined(self._intake(anew), self._before.groups, self._before.silenced, self._before.crowd)
        labels = self._rows.labels(facts)
        if labels != self._before.labels and len(labels) > 1:
            return None
        nearness = self._nearness(facts) if self._before.paired else None
        if self._before.paired and nearness is None:
            return None
        return self._rescanned(facts, labels, nearness, anew)

    def _too_many(self, rows: Collection[RowKey]) -> bool:
        return len(rows) > max(_FEW, _SHARE * len(self._rows.count))

    def _facts(self, anew: Collection[RowKey]) -> dict[RowKey, Facts]:
        """The facts of all rows now; a row whose own wishes changed with the day is a changed one."""
        wanted = {key for key in self._changed if key in self._rows.count} - self._before.facts.keys() | set(anew)
        intake = self._intake(wanted, first_only=True)
        ties = ties_of(self._pipeline.dataset(intake.records), self._pipeline.running) if intake.records else {}
        learnt = facts_of(self._rows, wanted, intake, ties)
        self._changed |= {key for key in anew if learnt[key].ignored != self._before.facts[key].ignored}
        return {key: learnt.get(key) or self._before.facts[key] for key in self._rows.count}

    def _nearness(self, facts: Mapping[RowKey, Facts]) -> Nearness | None:
        old = self._before.nearness
        if old is None:
            return None
        everything = {**self._before.facts, **facts}
        touched = {request for key in self._changed for request, _ in everything[key].requests}
        was = _texts(self._before.facts, touched)
        now = _texts(facts, touched)
        other = {request for request in touched if _least(was, request) != _least(now, request)}
        if not other:
            return old
        fresh = {request: min(now[request], key=_second) for request in other if request in now}
        return updated(old, other & was.keys(), self._requests(fresh), self._lookup(facts), self._pipeline.models)

    def _lookup(self, facts: Mapping[RowKey, Facts]) -> Callable[[Collection[bytes]], Mapping[bytes, Request]]:
        def lookup(requests: Collection[bytes]) -> Mapping[bytes, Request]:
            texts = _texts(facts, requests)
            return self._requests({request: min(found, key=_second) for request, found in texts.items()})

        return lookup

    def _requests(self, asked_in: Mapping[bytes, tuple[RowKey, bytes]]) -> dict[bytes, Request]:
        """Requests, each as one row asks it: by the row, and the hash of the text."""
        intake = self._intake({row for row, _ in asked_in.values()}, first_only=True)
        of_place = defaultdict(list)
        for record in intake.records:
            of_place[record.origin.path, record.origin.index].append(record)
        found = {}
        for request, (row, text) in asked_in.items():
            records = of_place[self._rows.places[row][0]]
            record = next(one for one in records if one.answers and digest(one.request) == text)
            found[request] = Request(request, record.request, (Described(record),))
        return found

    def _rescanned(
        self,
        facts: Mapping[RowKey, Facts],
        labels: Mapping[str, frozenset[str]],
        nearness: Nearness | None,
        anew: Collection[RowKey],
    ) -> Found | None:
        crowd = nearness.notes if nearness else []
        known = [near for near in (self._before.nearness, nearness) if near is not None]
        reached = Links({**self._before.facts, **facts}, known).reached(self._changed)
        affected = reached & self._rows.count.keys()
        if self._too_many(affected):
            return None
        intake = self._intake(affected | set(anew))
        affected_places = {place for key in affected for place in self._rows.places[key]}
        records = [one for one in intake.records if (one.origin.path, one.origin.index) in affected_places]
        dataset = dataclasses.replace(
            self._pipeline.dataset(records), nearness=(lambda _: nearness) if nearness else None, labels=labels
        )
        fresh = found(intake, dataset, findings_in(dataset, self._pipeline.running), self._pipeline.rules)
        stay = [group for group in self._before.groups if rows_of(group).isdisjoint(reached)]
        silenced = {row: rules for row, rules in self._before.silenced.items() if row not in reached}
        if not self._shelf.put_off(len(self._changed)):
            state = State(
                count=self._rows.count,
                facts=facts,
                groups=[*stay, *kept(fresh.groups, self._rows)],
                labels=labels,
                silenced={**silenced, **_by_row(fresh.silenced, self._rows)},
                notes=self._before.notes,
                crowd=crowd,
                paired=self._before.paired,
                near=lambda: nearness,
            )
            _keep(state, self._rows, self._pipeline, self._shelf)
        return self._joined(intake, stay, silenced, crowd, fresh)

    def _intake(self, keys: Collection[RowKey], *, first_only: bool = False) -> Intake:
        """Takes in some rows wherever they stand, or where they stand first."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for key in keys:
            for path, index in self._rows.places[key][: 1 if first_only else None]:
                wanted[path].add(index)
        intake = self._pipeline.intake()
        for path, indices in sorted(wanted.items()):
            known = self._read.setdefault(path, {})
            known.update((row.index, row) for row in read_some(path, indices - known.keys()))
            if not indices <= known.keys():
                raise UsageError(f"{path}: changed while it was read: scan it again")
            intake.take(known[index] for index in sorted(indices))
        return intake

    def _joined(
        self,
        intake: Intake,
        stay: Sequence[KeptGroup],
        silenced: Mapping[RowKey, Sequence[str]],
        crowd: Sequence[str],
        fresh: Found | None = None,
    ) -> Found:
        """What stays as it was, with what was found anew."""
        hushed = Silenced(set, {place: set(rules) for place, rules in fresh.silenced.items()} if fresh else {})
        for row, rules in silenced.items():
            for place in self._rows.places[row]:
                hushed[place].update(rules)
        return Found(
            rows=len(self._rows),
            broken=intake.broken,
            groups=[*placed(stay, self._rows, self._pipeline.rules), *(fresh.groups if fresh else [])],
            silenced=hushed,
            ignores=intake.ignores,
            evaluated=False,
            notes=[*self._before.notes, *crowd],
        )


def _by_row(silenced: Silenced, rows: Rows) -> dict[RowKey, list[str]]:
    return {rows.keys[path][index]: sorted(rules) for (path, index), rules in sorted(silenced.items())}


def _texts(facts: Mapping[RowKey, Facts], requests: Collection[bytes]) -> dict[bytes, set[tuple[RowKey, bytes]]]:
    """The rows that ask some requests, each with the hash of the text that it asks it in."""
    found: dict[bytes, set[tuple[RowKey, bytes]]] = defaultdict(set)
    for row, known in facts.items():
        for request, text in known.requests:
            if request in requests:
                found[request].add((row, text))
    return dict(found)


def _least(texts: Mapping[bytes, Collection[tuple[RowKey, bytes]]], request: bytes) -> bytes | None:
    """The text that stands for a request, as `chosen_of` has it; None where nobody asks it."""
    return min((text for _, text in texts.get(request, ())), default=None)


def _second(pair: tuple[RowKey, bytes]) -> tuple[bytes, RowKey]:
    return pair[1], pair[0]
