"""Finding the characters of a file that decoded text was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contralint.readers.formats import format_of
from contralint.readers.place import Place, Stretch
from contralint.readers.row import Raw
from contralint.readers.source import open_source

Wanted = tuple[int, Stretch]


def locate(path: str, wanted: Mapping[int, Iterable[Stretch]]) -> dict[Wanted, Place]:
    """Places of stretches of decoded text, found by reading the file again, only as far as needed.

    Args:
        path: A file that `read` read.
        wanted: For each row's index, the stretches to find in it.

    Returns:
        A place for each index and stretch: that of the string's characters in the file, escapes counted as they are
        written; of a value that is no string, the whole value; of an empty pointer, the whole row. In formats that
        are not text, lines stand for rows and columns for characters of the string itself.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    raws = format_of(source).raws
    found = {(index, stretch): _within_field(index, stretch) for index in wanted for stretch in wanted[index]}
    if raws is not None and wanted:
        for index, raw in _up_to(max(wanted), raws(source)):
            for stretch in wanted.get(index, ()):
                found[index, stretch] = raw.place(stretch)
    return found


def _up_to(last: int, raws: Iterator[Raw]) -> Iterator[tuple[int, Raw]]:
    for index, raw in enumerate(raws):
        yield index, raw
        if index == last:
            return


def _within_field(index: int, stretch: Stretch) -> Place:
    return Place(index + 1, stretch.start + 1, index + 1, stretch.end + 1)
