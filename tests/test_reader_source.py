from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from contralint.readers import Place, Row, Stretch, locate, read


def pipe_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


def data_of(path: str) -> list[object]:
    return [row.data for row in read(path) if isinstance(row, Row)]


@pytest.mark.parametrize(
    "content",
    [b'{"a": 1}\n{"a": 2}\n', b'[{"a": 1}, {"a": 2}]', gzip.compress(b'{"a": 1}\n{"a": 2}\n')],
)
def test_standard_input_is_read_as_what_it_is(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    pipe_in(monkeypatch, content)
    assert data_of("-") == [{"a": 1}, {"a": 2}]


def test_standard_input_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe_in(monkeypatch, b'{"a": "x"}\n')
    (row,) = read("-")
    assert row.path == "<stdin>"
    stretch = Stretch(("a",), 0, 1)
    assert locate(row.path, {0: [stretch]}) == {(0, stretch): Place(1, 8, 1, 9)}
    pipe_in(monkeypatch, b'{"b": 1}\n')
    assert data_of("<stdin>") == [{"b": 1}]


def test_the_copy_is_removed_at_exit(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from contralint.readers import read; print(len(list(read('-'))))"]
    done = subprocess.run(
        command, input=b"{}\n{}\n", capture_output=True, env={**os.environ, "TMPDIR": str(tmp_path)}, check=True
    )
    assert done.stdout.strip() == b"2"
    assert list(tmp_path.iterdir()) == []


def test_a_named_pipe_can_be_read_again(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"a": 1}\n',))
    writer.start()
    assert data_of(str(pipe)) == [{"a": 1}]
    writer.join()
    assert data_of(str(pipe)) == [{"a": 1}]
