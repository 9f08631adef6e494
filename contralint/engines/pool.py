"""A pool of Ray actors that outlives the death of any of them."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from contralint.engines.engine import Item, Result, Work
from contralint.errors import UsageError

# Blocks for each actor that are under way or wait for an earlier one: while one takes long, the others go on.
_AHEAD = 2
# A block that takes its worker along so often is itself at fault: too large for the memory of a node, most likely.
_TRIES = 4

Handle = Any  # Ray has no types for its actors, for calls of them and for what it keeps


@dataclass
class _Block:
    number: int
    items: Sequence[Any]
    tries: int = 0


@dataclass(frozen=True)
class _Outcome:
    """What became of a call: a value, an error of the work itself, or the loss of its worker."""

    value: Any = None
    error: BaseException | None = None
    loss: Exception | None = None


@dataclass
class _Turn:
    """Blocks that one work is done to, by how far they are."""

    work: Handle
    fresh: Iterator[_Block]
    more: bool = True
    running: int = 0
    lost: deque[_Block] = field(default_factory=deque)
    done: dict[int, tuple[Sequence[Any], Sequence[Any]]] = field(default_factory=dict)
    error: BaseException | None = None

    @property
    def unfinished(self) -> bool:
        """Whether a block is not done, or may come."""
        if self.error:
            raise self.error
        return bool(self.more or self.lost or self.running)

    def take(self, ahead: int) -> _Block | None:
        """The next block to work on; None while enough are under way, or there is none."""
        if self.lost:
            return self.lost.popleft()
        if not self.more or self.running + len(self.done) >= ahead:
            return None
        block = next(self.fresh, None)
        self.more = block is not None
        return block

    def settle(self, block: _Block, outcome: _Outcome) -> None:
        """Notes what became of a block."""
        self.running -= 1
        if outcome.loss is None:
            self.error = self.error or outcome.error
            self.done[block.number] = (block.items, outcome.value)
            return
        block.tries += 1
        self.lost.append(block)
        if block.tries == _TRIES:
            said = f"ray: {_TRIES} workers died over the same {len(block.items)} items: {outcome.loss}"
            self.error = UsageError(said)


@dataclass(frozen=True)
class _Call:
    """A call of an actor: to do a block of some turn, or to make itself ready."""

    actor: Handle
    turn: _Turn | None = None
    block: _Block | None = None


class Pool:
    """Actors that take blocks of work as they become free.

    Ray restarts an actor whose process or node died, where there is room for it; its block goes to another one.

    Attributes:
        size: How many actors there are at most.
    """

    def __init__(self, actors: Sequence[Handle]) -> None:
        self.size = len(actors)
        self._free: list[Handle] = []
        self._calls: dict[Handle, _Call] = {}
        for actor in actors:
            self._prepare(actor)

    def each(self, work: Work[Item, Result], blocks: Iterable[Sequence[Item]]) -> Iterator[tuple[Item, Result]]:
        """Each item of some blocks with what is made of it, in order.

        Raises:
            UsageError: No worker can be started, or a block takes its workers along; or what the work itself raises.
        """
        import ray

        turn = _Turn(ray.put(work), map(_Block, itertools.count(), blocks))
        told = 0
        while turn.unfinished:
            while self._free and (block := turn.take(_AHEAD * self.size)):
                self._run(turn, block)
            if turn.unfinished:
                self._await_one()
            while told in turn.done and turn.error is None:
                yield from zip(*turn.done.pop(told), strict=True)
                told += 1

    def _prepare(self, actor: Handle) -> None:
        self._calls[actor.prepare.options(max_task_retries=-1).remote()] = _Call(actor)

    def _run(self, turn: _Turn, block: _Block) -> None:
        actor = self._free.pop()
        turn.running += 1
        call = actor.run.options(max_task_retries=0).remote(turn.work, block.items)
        self._calls[call] = _Call(actor, turn, block)

    def _await_one(self) -> None:
        """Waits for a call to end. Its actor is then free again, or is being restarted, or is given up."""
        import ray

        (ended,), _ = ray.wait(list(self._calls), num_returns=1)
        call, outcome = self._calls.pop(ended), _outcome(ended)
        if outcome.loss is None:
            self._free.append(call.actor)
        if call.turn and call.block:
            call.turn.settle(call.block, outcome)
            if outcome.loss:
                self._prepare(call.actor)
        elif outcome.error:
            raise outcome.error
        elif not self._calls and not self._free:
            raise UsageError(f"ray: no worker can be started: {outcome.loss}")


def _outcome(call: Handle) -> _Outcome:
    import ray

    try:
        return _Outcome(ray.get(call))
    except ray.exceptions.RayTaskError as error:
        return _Outcome(error=error.cause or error)
    except ray.exceptions.RayError as error:
        return _Outcome(loss=error)
