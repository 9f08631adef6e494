"""Files taken in: one after the other, or in parts, wherever the engine of a cluster has them read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial

from contralint.engines import Engine
from contralint.intake import Intake
from contralint.models.suite import Models
from contralint.readers import Extent, Lines, Shard, WholeFile, placed, read, shards
from contralint.readers.compressed import DAMAGED
from contralint.records import Split


def take_files(intake: Intake, files: Sequence[str], split: Split, engine: Engine | None = None) -> Iterator[str]:
    """Reads the records of some files, and tells of each file when it is done.

    Args:
        intake: Takes them in.
        files: Their paths.
        split: What they are for.
        engine: What reads them; None reads them here.

    Raises:
        UsageError: A file cannot be opened.
    """
    if engine:
        yield from _take_parts(intake, files, split, engine)
        return
    for path in files:
        intake.take(read(path), split)
        yield path


def _take_parts(intake: Intake, files: Sequence[str], split: Split, engine: Engine) -> Iterator[str]:
    cut = [shards(path) for path in files]
    lines = [part for parts in cut if len(parts) > 1 for part in parts if isinstance(part, Lines)]
    extents = dict(engine.each(_extents, lines, 1))
    parts_of = [list(placed(parts, extents)) if len(parts) > 1 else parts for parts in cut]
    work = partial(_taken, intake.blank(), split)
    read_parts = engine.each(work, itertools.chain.from_iterable(parts_of), 1)
    for path, parts in zip(files, parts_of, strict=True):
        taken = [made for _, made in itertools.islice(read_parts, len(parts))]
        if len(taken) > 1 and any(map(_damaged, taken)):
            taken = [made for _, made in engine.each(work, [WholeFile(path)])]
        for made in taken:
            intake.add(made)
        if not parts:
            intake.take(read(path), split)
        yield path


def _extents(_: Models, parts: Sequence[Lines]) -> list[Extent]:
    return [part.extent() for part in parts]


def _taken(blank: Intake, split: Split, _: Models, parts: Sequence[Shard]) -> list[Intake]:
    found = []
    for part in parts:
        intake = blank.blank()
        intake.take(part.read(), split)
        found.append(intake)
    return found


def _damaged(intake: Intake) -> bool:
    return any(broken.row.reason.startswith(DAMAGED) for broken in intake.broken)
