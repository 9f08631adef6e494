"""Data: every reader, every shape, every facet, and whole datasets in several formats through a scan and a fix."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow
import zstandard
from fixing import FORMATS as WRITERS
from hypothesis import strategies as st
from linting import linter

from contralint.errors import UsageError
from contralint.facets.described import Described
from contralint.readers import (
    Place,
    Row,
    Stretch,
    Unreadable,
    digests,
    locate,
    placed,
    read,
    read_log,
    read_some,
    shards,
)
from contralint.readers.compressed import DAMAGED
from contralint.readers.formats import format_of
from contralint.readers.shard import Lines
from contralint.readers.source import open_source
from contralint.records import Field, Record
from contralint.reports import REPORTERS, RenderOptions
from contralint.resolve.change import Change, UnwritableError
from contralint.resolve.pieces import pieces
from contralint.shapes import SHAPES, UnknownShape, read_row
from fuzz.files import adds_up
from fuzz.inputs import ROWS, as_json, mutated, rows, texts
from fuzz.target import Target

# Of the first byte of an input, the name of the file that the rest is.
NAMES = [*WRITERS, "log.txt", "data", "two.jsonl.gz", "data.tsv.bz2", "data.json.zst", "wide.csv"]


def _named(data: bytes, folder: Path) -> Path:
    path = folder / NAMES[(data[0] if data else 0) % len(NAMES)]
    path.write_bytes(data[1:])
    return path


def _read(data: bytes, folder: Path) -> None:
    """Rows are numbered without a gap, have places, and are the same however they are read."""
    path = str(_named(data, folder))
    found = list(read(path))
    assert [row.index for row in found] == list(range(len(found)))
    assert all(row.line >= 1 and row.column >= 1 for row in found)
    assert all(row.snippet.isprintable() and len(row.snippet) <= 80 for row in found if isinstance(row, Unreadable))
    assert len(digests(path)) == len(found)
    assert _told(read_some(path, {0, 2})) == _told(row for row in found if row.index in (0, 2))
    damaged = any(isinstance(row, Unreadable) and row.reason.startswith(DAMAGED) for row in found)
    if not damaged:
        parts = shards(path)
        whole = placed(parts, {part: part.extent() for part in parts if isinstance(part, Lines)})
        assert _told(row for part in whole for row in part.read()) == _told(found)
    list(read_log(path))
    places = locate(path, {row.index: list(_stretches(row)) for row in found if isinstance(row, Row)})
    assert all(place.line >= 1 and place.column >= 1 for place in places.values())
    assert all(_in_order(place) for place in places.values())
    _rewrite(path)


def _told(found: Any) -> list[str]:  # noqa: ANN401 (any rows)
    return [repr(row) for row in found]


def _in_order(place: Place) -> bool:
    return (place.line, place.column) <= (place.end_line, place.end_column)


def _stretches(row: Row) -> list[Stretch]:
    found = [Stretch((), 0, 0)]
    if isinstance(row.data, dict):
        found += [Stretch((key,), 0, len(value)) for key, value in row.data.items() if isinstance(value, str)]
    return found


def _rewrite(path: str) -> None:
    """Of a text file whose pieces stay as they are, every character is there."""
    source = open_source(path)
    if format_of(source).raws is None:
        return
    with source.open_text() as stream:
        text = stream.read(1 << 24)
    with contextlib.suppress(UnwritableError):
        made = list(pieces(source, Change()))
        assert "".join(piece.old for piece in made) == text
        assert "".join(piece.new for piece in made) == text


def _shape(data: bytes, _folder: Path) -> None:
    """Each text of a record stands where it says that it stands."""
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(data)
        for shape in (None, *SHAPES):
            with contextlib.suppress(UnknownShape):
                for record in read_row(Row("a.jsonl", 0, 1, value, None), shape=shape):
                    _check_record(record, value)


def _check_record(record: Record, value: Any) -> None:  # noqa: ANN401 (any JSON value)
    fields = [
        record.instruction,
        record.response,
        record.system,
        record.input,
        *(turn.field for turn in record.context),
    ]
    for field in fields:
        assert isinstance(field.text, str)
        held = value
        for step in field.pointer:
            held = held[step]
    assert isinstance(record.request, str)


def _facets(data: bytes, _folder: Path) -> None:
    """A record is described, whatever it says."""
    request, _, response = data.decode("utf-8", "replace").partition("\x1d")
    response, _, system = response.partition("\x1d")
    row = {
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": request},
            {"role": "assistant", "content": response},
        ]
    }
    for record in read_row(Row("a.jsonl", 0, 1, row, None)):
        json.dumps(Described(record).to_dict(), allow_nan=False)
    twin = Described(_alone(response, request))
    json.dumps(twin.to_dict(), allow_nan=False)
    linter(cache=False, jobs=1).lint_rows(
        [row, {"instruction": request, "output": "No."}, {"prompt": request, "completion": response, "label": False}]
    )


def _alone(request: str, response: str) -> Record:
    (record,) = read_row(Row("a.jsonl", 0, 1, {"instruction": "x", "output": "y"}, None))
    return type(record)(record.origin, "alpaca", Field("instruction", request), Field("response", response))


def _dataset(data: bytes, folder: Path) -> None:
    """Several files are scanned, and each row of them is a record or is reported."""
    names = []
    for number, part in enumerate(data.split(b"\x1d--\x1d")[:4]):
        inner = folder / str(number)
        inner.mkdir()
        names.append(str(_named(part, inner)))
    try:
        report = linter(cache=False, jobs=1, select=["ALL"]).lint_paths(names)
    except UsageError:
        return
    assert adds_up(report)
    assert report.summary.rows == sum(1 for name in names for _ in read(name))
    for name, reporter in REPORTERS.items():
        told = "".join(reporter(report, linter().rules, RenderOptions()))
        told.encode()
        assert not set(told) & {"\x1b", "\x9b", "\x07", "\u202e", "\u2028"}, name


_COMPRESSORS = [lambda data: data, gzip.compress, bz2.compress, lzma.compress, zstandard.compress]


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    """A file of one of the formats, with the number of its name in front."""
    number = draw(st.integers(0, len(NAMES) - 1))
    made = draw(st.lists(rows, min_size=1, max_size=4) | st.lists(st.sampled_from(ROWS), min_size=2, max_size=3))
    try:
        data = WRITERS.get(NAMES[number], WRITERS["data.jsonl"])(_alike(made, NAMES[number]))
    except (ValueError, TypeError, pyarrow.ArrowException, OverflowError):
        data = b"\n".join(map(as_json, made))
    data = draw(mutated(st.just(data)))
    if "." in NAMES[number][5:] and draw(st.booleans()):
        data = draw(st.sampled_from(_COMPRESSORS))(data)
    return bytes([number]) + data


def _alike(made: Sequence[Any], name: str) -> Sequence[dict[str, Any]]:
    """Rows as a table needs them: with the columns of the first."""
    made = [row if isinstance(row, dict) else {"a": row} for row in made]
    if any(kind in name for kind in ("csv", "tsv", "columns", "parquet", "arrow")):
        return [{key: _shallow(row.get(key, "x")) for key in made[0]} or {"a": 1} for row in made]
    return made


def _shallow(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 (any JSON value)
    """A value that pyarrow can write: it takes memory beyond measure for deep ones."""
    if depth > 8:
        return None
    if isinstance(value, dict):
        return {key: _shallow(held, depth + 1) for key, held in value.items()}
    return [_shallow(held, depth + 1) for held in value] if isinstance(value, list) else value


_SPEECH = st.tuples(texts, texts, texts).map(lambda told: "\x1d".join(told).encode("utf-8", "surrogatepass"))
DATA = [
    Target("reader", _read, _files()),
    Target("shape", _shape, rows.map(as_json)),
    Target("facet", _facets, _SPEECH),
    Target("dataset", _dataset, st.lists(_files(), min_size=1, max_size=3).map(b"\x1d--\x1d".join)),
]
