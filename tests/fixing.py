"""What the tests of fixes share: the same rows in every format, and fixes by a linter that is loaded once."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest
import zstandard
from linting import Data, linter
from pyarrow import parquet

from contralint import Config, Linter
from contralint.readers import Row, read
from contralint.readers.source import open_source
from contralint.resolve import Fix, Method, carry_out, fix, fixing
from contralint.resolve.change import Change
from contralint.resolve.output import write_text
from contralint.resolve.pieces import pieces


def lines(rows: Sequence[Data]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def compact(rows: Sequence[Data]) -> bytes:
    return json.dumps(rows, separators=(",", ":")).encode()


def pretty(rows: Sequence[Data]) -> bytes:
    return json.dumps(rows, indent=2, ensure_ascii=False).encode() + b"\n"


def columns(rows: Sequence[Data]) -> bytes:
    names = list(rows[0])
    return json.dumps({name: [row[name] for row in rows] for name in names}, indent=1).encode()


def table(rows: Sequence[Data], **style: Any) -> bytes:  # noqa: ANN401 (settings of any type)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **style)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def arrow(new: Callable[..., Any]) -> Callable[[Sequence[Data]], bytes]:
    """Writes rows as one of Arrow's two formats, in batches of two."""

    def written(rows: Sequence[Data]) -> bytes:
        sink = pa.BufferOutputStream()
        made = pa.Table.from_pylist(list(rows))
        with new(sink, made.schema) as writer:
            writer.write_table(made, max_chunksize=2)
        return bytes(sink.getvalue())

    return written


def parquet_file(rows: Sequence[Data]) -> bytes:
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(list(rows)), sink, row_group_size=2, compression="zstd")
    return bytes(sink.getvalue())


# Name of a file to the bytes that rows are in it.
FORMATS: dict[str, Callable[[Sequence[Data]], bytes]] = {
    "data.jsonl": lines,
    "data.ndjson": lambda rows: b"\xef\xbb\xbf" + lines(rows).replace(b"\n", b"\r\n").removesuffix(b"\r\n"),
    "wide.jsonl": lambda rows: b"\xff\xfe" + lines(rows).decode().encode("utf-16-le"),
    "data.json": compact,
    "pretty.json": pretty,
    "columns.json": columns,
    "data.csv": table,
    "quoted.csv": lambda rows: table(rows, quoting=csv.QUOTE_ALL, lineterminator="\n"),
    "data.tsv": lambda rows: table(rows, delimiter="\t"),
    "data.parquet": parquet_file,
    "data.arrow": arrow(pa.ipc.new_stream),
    "file.arrow": arrow(pa.ipc.new_file),
    "data.jsonl.gz": lambda rows: gzip.compress(lines(rows)),
    "data.json.bz2": lambda rows: bz2.compress(pretty(rows)),
    "data.csv.xz": lambda rows: lzma.compress(table(rows)),
    "data.jsonl.zst": lambda rows: zstandard.compress(lines(rows)),
}


def write_as(name: str, rows: Sequence[Data]) -> Path:
    path = Path(name)
    path.write_bytes(FORMATS[name](rows))
    return path


def rows_in(path: str | Path) -> list[Data]:
    found = list(read(str(path)))
    assert all(isinstance(row, Row) for row in found), found
    return [row.data for row in found if isinstance(row, Row)]


def rewritten_bytes(path: Path, change: Change) -> bytes:
    """A text file as it is written, before compression is looked at."""
    out = io.BytesIO()
    source = open_source(str(path))
    write_text(source, out, (piece.new for piece in pieces(source, change)))
    return out.getvalue()


def share_linter(monkeypatch: pytest.MonkeyPatch, module: ModuleType = fixing) -> None:
    """Has fixes, or what else makes a linter, take the encoder that all tests share."""

    def made(config: Config, **_: object) -> Linter:
        settings = {name: getattr(config, name) for name in Config.__struct_fields__}
        return linter(**settings)

    monkeypatch.setattr(module, "Linter", made)


def planned(paths: Sequence[str], strategy: Any = "keep-chosen-side", **more: Any) -> Fix:  # noqa: ANN401 (as above)
    settings = {name: more.pop(name) for name in Config.__struct_fields__ if name in more and name != "severity"}
    return fix(Config(cache=False, **{"select": ["CL1", "CL2"], **settings}), paths, Method(strategy=strategy, **more))


def apply(paths: Sequence[str], strategy: str = "keep-chosen-side", **more: Any) -> Fix:  # noqa: ANN401 (as above)
    made = planned(paths, strategy, **more)
    carry_out(made)
    return made


def rescan(paths: Sequence[str], **settings: Any) -> set[str]:  # noqa: ANN401 (as above)
    """Fingerprints that a scan reports."""
    report = linter(cache=False, **{"select": ["CL1", "CL2"], **settings}).lint_paths(paths)
    return {found.fingerprint for found in report.diagnostics}
