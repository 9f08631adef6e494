"""Which sources contradict which, for people who read a report line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from contralint.clashes import Clash, Source
from contralint.diagnostics import Summary
from contralint.escape import visible

_SHOWN = 10
_LONGEST_NAME = 60  # cells of a source's name
OTHERS = "all other sources"


def contradicting(summary: Summary) -> Sequence[Clash]:
    """The sources that contradict another one; none where each contradicts itself alone, as a single one must."""
    return [clash for clash in summary.by_sources if clash.between]


def named(source: Source) -> str:
    """A source as it is shown."""
    return OTHERS if source is None else visible(source)


def source_table(summary: Summary) -> Iterator[str]:
    """Yields a table for a terminal; nothing where no two sources contradict each other."""
    found = contradicting(summary)
    if not found:
        return
    shown = found[:_SHOWN]
    ones, others = (_column([clash.sources[position] for clash in shown]) for position in (0, 1))
    counts = len(str(shown[0].diagnostics))
    yield "Sources that contradict each other:\n"
    for one, other, clash in zip(ones, others, shown, strict=True):
        names = f"{one} and {other}"
        yield f"  {names}  {_number(clash.diagnostics, 'diagnostic', counts)}, {_number(clash.records, 'record')}\n"
    if (more := len(found) - _SHOWN) > 0:
        yield f"  ... and {more} more pairs\n"


def _number(count: int, noun: str, width: int = 0) -> str:
    return f"{count:>{width}} {noun}" + ("" if count == 1 else "s")


def _column(sources: Sequence[Source]) -> list[str]:
    names = [_cropped(named(source)) for source in sources]
    width = max(map(cell_len, names))
    return [name + " " * (width - cell_len(name)) for name in names]


def _cropped(name: str) -> str:
    """The end of a path, or of any other name, tells more than its beginning."""
    if cell_len(name) <= _LONGEST_NAME:
        return name
    kept = name[-_LONGEST_NAME:]
    while cell_len(kept) > _LONGEST_NAME - 3:
        kept = kept[1:]
    return f"...{kept}"
