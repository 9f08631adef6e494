"""Files, read row by row, with exact places."""

from __future__ import annotations

from collections.abc import Iterator

from contralint.readers.digest import content_digest, digests, read_some
from contralint.readers.discover import Splits, discover, discover_splits, held_out, holds_rows, nothing_in, shown
from contralint.readers.formats import format_of, log_format_of
from contralint.readers.hosted import is_hosted, with_splits
from contralint.readers.locate import locate
from contralint.readers.manifest import described
from contralint.readers.place import Place, Stretch
from contralint.readers.row import Row, Unreadable
from contralint.readers.shard import Extent, Lines, Shard, WholeFile, placed, shards
from contralint.readers.source import STDIN, is_kept, keep_stdin, open_source
from contralint.readers.state import state_of, unchanged

__all__ = [
    "STDIN",
    "Extent",
    "Lines",
    "Place",
    "Row",
    "Shard",
    "Splits",
    "Stretch",
    "Unreadable",
    "WholeFile",
    "content_digest",
    "described",
    "digests",
    "discover",
    "discover_splits",
    "held_out",
    "holds_rows",
    "is_hosted",
    "is_kept",
    "keep_stdin",
    "locate",
    "nothing_in",
    "placed",
    "read",
    "read_log",
    "read_some",
    "shards",
    "shown",
    "state_of",
    "unchanged",
    "with_splits",
]


def read(path: str) -> Iterator[Row | Unreadable]:
    """Rows of a file, one by one, in order, none left out: rows that cannot be read come as `Unreadable`.

    Args:
        path: A path that `discover` gave; the format is told by its extension, else by its content.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    return format_of(source).rows(source)


def read_log(path: str) -> Iterator[Row | Unreadable]:
    """As `read`, of a log of prompts: of a file that is plain text, each line is a row.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    return log_format_of(source).rows(source)
