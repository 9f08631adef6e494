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

Handle = Any  # Ray has no types for its actors and for calls of them


@dataclass
class _Block:
    number: int
    items: Sequence[Any]
    tries: int = 0


@dataclass
class _Round:
    """Blocks on their way through the pool, by where they are."""

    work: Handle
    fresh: Iterator[_Block]
    more: bool = True
    lost: deque[_Block] = field(default_factory=deque)
    running: dict[Handle, _Block] = field(default_factory=dict)
    done: dict[int, tuple[Sequence[Any], Sequence[Any]]] = field(default_factory=dict)

    @property
    def unfinished(self) -> bool:
        return bool(self.more or self.lost or self.running)

    def take(self, ahead: int) -> _Block | None:
        """The next block to work on; None while enough are under way, or there is none."""
        if self.lost:
            return self.lost.popleft()
        if not self.more or len(self.running) + len(self.done) >= ahead:
            return None
        block = next(self.fresh, None)
        self.more = block is not None
        return block

    def settle(self, block: _Block, outcome: _Outcome) -> None:
        """Notes what became of a block.

        Raises:
            UsageError: It took too many workers along; or what the work itself raises.
        """
        if outcome.error:
            raise outcome.error
        if not outcome.loss:
            self.done[block.number] = (block.items, outcome.value)
            return
        block.tries += 1
        if block.tries == _TRIES:
            raise UsageError(f"ray: {_TRIES} workers died over the same {len(block.items)} items: {outcome.loss}")
        self.lost.append(block)


@dataclass(frozen=True)
class _Outcome:
    """What became of a call: a value, an error of the work itself, or the loss of its worker."""

    value: Any = None
    error: BaseException | None = None
    loss: Exception | None = None


class Pool:
    """Actors that take blocks of work as they become free.

    Ray restarts an actor whose process or node died, where there is room for it; its block goes to another one.

    Attributes:
        size: How many actors there are at most.
    """

    def __init__(self, actors: Sequence[Handle]) -> None:
        self.size = len(actors)
        self._free: list[Handle] = []
        self._busy: dict[Handle, Handle] = {}
        self._preparing: set[Handle] = set()
        for actor in actors:
            self._prepare(actor)

    def each(self, work: Work[Item, Result], blocks: Iterable[Sequence[Item]]) -> Iterator[tuple[Item, Result]]:
        """Each item of some blocks with what is made of it, in order.

        Raises:
            UsageError: No worker is left, or a block takes every worker along; or what the work itself raises.
        """
        import ray

        turn = _Round(ray.put(work), map(_Block, itertools.count(), blocks))
        told = 0
        while turn.unfinished:
            while self._free and (block := turn.take(_AHEAD * self.size)):
                turn.running[self._run(turn.work, block)] = block
            if turn.unfinished:
                call, outcome = self._next()
                if ours := turn.running.pop(call, None):
                    turn.settle(ours, outcome)
            while told in turn.done:
                yield from zip(*turn.done.pop(told), strict=True)
                told += 1

    def _prepare(self, actor: Handle) -> None:
        call = actor.prepare.options(max_task_retries=-1).remote()
        self._preparing.add(call)
        self._busy[call] = actor

    def _run(self, work: Handle, block: _Block) -> Handle:
        actor = self._free.pop()
        call = actor.run.options(max_task_retries=0).remote(work, block.items)
        self._busy[call] = actor
        return call

    def _next(self) -> tuple[Handle, _Outcome]:
        """The next call that ends, and how. Its actor is free again, is being restarted, or is given up."""
        import ray

        (call,), _ = ray.wait(list(self._busy), num_returns=1)
        actor, outcome = self._busy.pop(call), _outcome(call)
        if not outcome.loss:
            self._free.append(actor)
        if call not in self._preparing:
            if outcome.loss:
                self._prepare(actor)
            return call, outcome
        self._preparing.discard(call)
        if outcome.error:
            raise outcome.error
        if not self._busy and not self._free:
            raise UsageError(f"ray: no worker can be started: {outcome.loss}")
        return call, outcome


def _outcome(call: Handle) -> _Outcome:
    import ray

    try:
        return _Outcome(ray.get(call))
    except ray.exceptions.RayTaskError as error:
        return _Outcome(error=error.cause or error)
    except ray.exceptions.RayError as error:
        return _Outcome(loss=error)
