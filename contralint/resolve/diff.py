"""Changes of a file as a unified diff, made as its pieces come: no file is held whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contralint.resolve.pieces import Piece

CONTEXT = 3


@dataclass
class _Block:
    """Lines that belong together: either alike on both sides, or changed."""

    old: list[str]
    new: list[str]

    @property
    def same(self) -> bool:
        return self.old == self.new


@dataclass
class _Hunk:
    old_start: int
    new_start: int
    lines: list[str] = field(default_factory=list)
    old_count: int = 0
    new_count: int = 0

    def add(self, sign: str, line: str) -> None:
        self.old_count += sign != "+"
        self.new_count += sign != "-"
        ending = "" if line.endswith("\n") else "\n\\ No newline at end of file\n"
        self.lines.append(f"{sign}{line}{ending}")

    def text(self) -> Iterator[str]:
        yield f"@@ -{_range(self.old_start, self.old_count)} +{_range(self.new_start, self.new_count)} @@\n"
        yield from self.lines


def unified(name: str, pieces: Iterable[Piece]) -> Iterator[str]:
    """A unified diff, line by line; nothing where nothing changes."""
    headed = False
    for hunk in _hunks(_blocks(pieces)):
        if not headed:
            yield from (f"--- a/{name}\n", f"+++ b/{name}\n")
            headed = True
        yield from hunk.text()


def _range(start: int, count: int) -> str:
    begin = start if count else start - 1
    return str(begin) if count == 1 else f"{begin},{count}"


def _blocks(pieces: Iterable[Piece]) -> Iterator[_Block]:
    """Pieces as whole lines: a block ends where both sides are at the end of a line."""
    old, new = "", ""
    for piece in pieces:
        if piece.old != piece.new:
            old, new = old + piece.old, new + piece.new
            continue
        for line in _lines(piece.old):
            old, new = old + line, new + line
            if line.endswith("\n"):
                yield from _parted(old, new)
                old, new = "", ""
        if _whole(old) and _whole(new):
            yield from _parted(old, new)
            old, new = "", ""
    yield from _parted(old, new)


def _lines(text: str) -> list[str]:
    """Lines as diffs count them: only a line feed ends one."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _whole(text: str) -> bool:
    return not text or text.endswith("\n")


def _parted(old: str, new: str) -> Iterator[_Block]:
    """A block, without the lines at its beginning and end that are the same on both sides."""
    ours, theirs = _lines(old), _lines(new)
    head = 0
    while head < min(len(ours), len(theirs)) and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    yield from (_Block([line], [line]) for line in ours[:head])
    if len(ours) > head + tail or len(theirs) > head + tail:
        yield _Block(ours[head : len(ours) - tail], theirs[head : len(theirs) - tail])
    yield from (_Block([line], [line]) for line in ours[len(ours) - tail :])


def _hunks(blocks: Iterable[_Block]) -> Iterator[_Hunk]:
    """Changed blocks with what stands around them; such that are near each other share a hunk."""
    before: deque[str] = deque(maxlen=CONTEXT)
    behind: list[str] = []  # lines alike since the last change
    hunk: _Hunk | None = None
    old, new = 1, 1
    for block in blocks:
        if block.same:
            before.extend(block.old)
            behind += block.old if hunk else []
            if hunk and len(behind) > 2 * CONTEXT:
                yield _closed(hunk, behind)
                hunk, behind = None, []
        else:
            if hunk is None:
                hunk = _Hunk(old - len(before), new - len(before))
                behind = [*before]
            for line in behind:
                hunk.add(" ", line)
            for sign, lines in (("-", block.old), ("+", block.new)):
                for line in lines:
                    hunk.add(sign, line)
            before.clear()
            behind = []
        old, new = old + len(block.old), new + len(block.new)
    if hunk:
        yield _closed(hunk, behind)


def _closed(hunk: _Hunk, behind: list[str]) -> _Hunk:
    for line in behind[:CONTEXT]:
        hunk.add(" ", line)
    return hunk
