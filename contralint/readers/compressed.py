"""Compressed files as streams of bytes, read piece by piece."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Input handed to the zstd decoder at once. It has no bound on what it puts out for it, and a block of 4 bytes may
# stand for 128 KiB: small pieces keep a decompression bomb to a few megabytes at a time.
ZSTD_PIECE = 256
# What unpacks to more than this many times its size is made to fill a disk or a memory: rows of the same long prompt
# reach some hundred. Before that much has come out, it does no harm.
_BOMB, _HARMLESS = 500, 32 * 1024 * 1024
DAMAGED = "the file is damaged from here on"
MAGIC = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\x00": ".xz", b"\x28\xb5\x2f\xfd": ".zst"}


class Reader(Protocol):
    """What every decompressor offers: `read1` gives some bytes, at most `size`, or none at the end."""

    def read1(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class ZstandardFile:
    """A zstd file of one or several frames that, unlike the library's own stream, notices when it is cut short."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame: Any = None
        self._output = io.BytesIO()

    def read1(self, size: int = -1, /) -> bytes:
        while not (given := self._output.read1(size)):
            piece = self._file.read(ZSTD_PIECE)
            if not piece and self._frame is not None:
                raise EOFError("compressed data ends before its end mark")
            if not piece:
                break
            self._output = io.BytesIO(self._decompress(piece))
        return given

    def close(self) -> None:
        """Closes nothing: the file is closed by who opened it."""

    def _decompress(self, piece: bytes) -> bytes:
        output = b""
        while piece:
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            output += self._frame.decompress(piece)
            piece = b""
            if self._frame.eof:
                piece, self._frame = self._frame.unused_data, None
        return output


class Bytes(io.RawIOBase):
    """The bytes of a file, decompressed; ends where the file is damaged, and then says why in `failure`.

    Args:
        reader: Gives them.
        packed: The file that it reads, where it is compressed.
    """

    def __init__(self, reader: Reader, packed: BinaryIO | None = None) -> None:
        self._reader = reader
        self._packed = packed
        self._given = 0
        self.failure: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view, piece = memoryview(buffer), b""
        if self.failure is None:
            try:
                piece = self._reader.read1(len(view))
            except (OSError, EOFError, lzma.LZMAError, zlib.error, zstandard.ZstdError) as error:
                self.failure = f"{DAMAGED}: {error}"
        self._given += len(piece)
        if self._packed and self._given > max(_HARMLESS, _BOMB * self._packed.tell()):
            self.failure, piece = f"{DAMAGED}: it unpacks to more than {_BOMB} times its size", b""
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._reader.close()
        if self._packed:
            self._packed.close()
        super().close()


OPENERS: dict[str, Callable[[BinaryIO], Reader]] = {
    "": lambda file: cast("io.BufferedReader", file),
    ".gz": lambda file: gzip.GzipFile(fileobj=file),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": ZstandardFile,
}


def compression(path: Path, name: str) -> str:
    """How a file is compressed: by the extension of its name, else by its first bytes.

    Args:
        path: The file to look into.
        name: The name that it goes by, which may be another one.

    Returns:
        One of ".gz", ".bz2", ".xz", ".zst", or "" for a plain file.
    """
    suffix = Path(name.lower()).suffix
    if suffix in OPENERS and suffix:
        return suffix
    with path.open("rb") as file:
        head = file.read(8)
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), "")


def open_bytes(path: Path, kind: str) -> Bytes:
    """Opens a file of one of the kinds that `compression` tells."""
    file = path.open("rb")
    return Bytes(OPENERS[kind](file), file if kind else None)
