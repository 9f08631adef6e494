"""The search of `near_pairs` cut into pieces that can be done apart, by the cells that rows lie in.

Each row looks for its neighbours in all cells that it probes, and a piece holds whoever probes its cells: pieces
overlap in them, so that no pair is lost at a border.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from contralint.models.encoder import GRID
from contralint.neighbours import index
from contralint.neighbours.blocks import members_of_blocks
from contralint.neighbours.index import (
    Lists,
    NearPairs,
    concatenated,
    entries,
    joined,
    lists_within,
    present_rows,
    ranked,
    trained_cells,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contralint.models.suite import Models

# Rows of a piece on either side: two such blocks are half a minute's work of one core, and 50 MB on their way to it.
SIDE = 32_768
# Cells are searched together until they hold so many rows: each search sends its queries anew.
TOGETHER = 4096
# A block of fewer rows is searched faster than it is sent.
HERE = 2048


@dataclass(frozen=True)
class Piece:
    """Rows of some cells, and rows that probe one of them.

    Attributes:
        members: Numbers of the cells' rows.
        member_steps: Their vectors, in steps of 1/4096.
        cell: Which of the piece's cells each of them lies in.
        queries: Numbers of the rows that search.
        query_steps: Their vectors.
        probes: Whether each of them probes each of the cells, shape (queries, cells).
    """

    members: NDArray[np.int64]
    member_steps: NDArray[np.int16]
    cell: NDArray[np.int64]
    queries: NDArray[np.int64]
    query_steps: NDArray[np.int16]
    probes: NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """The nearest members to each query of a piece, and how many are near it."""

    nearest: Lists
    degree: NDArray[np.int64]


Search = Callable[["Models", Sequence[Piece]], list[Found]]
Each = Callable[[Search, Iterable[Piece], int], Iterator[tuple[Piece, Found]]]


def near_pairs_by_cell(
    vectors: NDArray[np.float32], threshold: float, k: int, each: Each, blocks: NDArray[np.int64] | None = None
) -> NearPairs:
    """What `near_pairs` gives.

    Args:
        vectors: As of `near_pairs`.
        threshold: As of `near_pairs`.
        k: As of `near_pairs`.
        each: Does something to each piece wherever it likes, so many at once, and tells of them in order.
        blocks: As of `near_pairs`.
    """
    degree = np.zeros(len(vectors), np.int64)
    lists = []
    for members in members_of_blocks(present_rows(vectors), blocks):
        for nearest, near in _found_within(vectors[members], partial(_searched, threshold, k), threshold, each):
            degree[members] += near
            lists.append(nearest.nearest(k).numbered(members))
    return joined(lists, len(vectors), degree)


def _found_within(
    vectors: NDArray[np.float32], search: Search, threshold: float, each: Each
) -> Iterator[tuple[Lists, NDArray[np.int64]]]:
    """Near rows of each row, and how many there are."""
    if len(vectors) < HERE:
        for found in lists_within(vectors, threshold):
            yield found, np.bincount(found.row, minlength=len(vectors))
        return
    degree = np.zeros(len(vectors), np.int64)
    lists = []
    for piece, part in each(search, _pieces(np.ascontiguousarray(vectors)), 1):
        degree[piece.queries] += part.degree
        lists.append(part.nearest)
    listed = concatenated(lists)
    yield ranked(listed.row, listed.neighbour, listed.similarity), degree


def _searched(threshold: float, k: int, _: Models, pieces: Sequence[Piece]) -> list[Found]:
    return [_search(piece, threshold, k) for piece in pieces]


def _search(piece: Piece, threshold: float, k: int) -> Found:
    import faiss

    exact = faiss.IndexFlatIP(piece.member_steps.shape[1])
    exact.add(_vectors(piece.member_steps))
    degree = np.zeros(len(piece.queries), np.int64)
    lists = []
    for start in range(0, len(piece.queries), index.QUERIES):
        near = entries(exact, _vectors(piece.query_steps[start : start + index.QUERIES]), threshold)
        query = near.query + start
        probed = piece.probes[query, piece.cell[near.neighbour]]
        query, member = query[probed], near.neighbour[probed]
        found = ranked(piece.queries[query], piece.members[member], near.similarity[probed])
        degree += np.bincount(np.searchsorted(piece.queries, found.row), minlength=len(degree))
        lists.append(found.nearest(k))
    return Found(concatenated(lists), degree)


def _vectors(steps: NDArray[np.int16]) -> NDArray[np.float32]:
    vectors: NDArray[np.float32] = steps.astype(np.float32) / np.float32(GRID)
    return vectors


def _pieces(rows: NDArray[np.float32]) -> Iterator[Piece]:
    steps = np.rint(rows * GRID).astype(np.int16)
    cell_of, probing = _parted(rows)
    by_cell = np.argsort(cell_of, kind="stable")
    ends = np.cumsum(np.bincount(cell_of, minlength=len(probing)))
    for first, last in _groups(ends):
        members = by_cell[ends[first - 1] if first else 0 : ends[last - 1]]
        probes = np.unpackbits(probing[first:last], axis=1, count=len(rows)).view(np.bool_)
        queries = np.flatnonzero(probes.any(axis=0))
        for ours in _blocks(members):
            for theirs in _blocks(queries):
                cell = cell_of[ours] - first
                yield Piece(ours, steps[ours], cell, theirs, steps[theirs], probes[:, theirs].T)


def _parted(rows: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The cell that each row lies in, and for each cell which rows probe it, eight to a byte."""
    if len(rows) < index.EXACT_LIMIT:
        everyone = np.ones((1, len(rows)), np.bool_)
        return np.zeros(len(rows), np.int64), np.packbits(everyone, axis=1)
    cells = trained_cells(rows)
    cell_of = cells.quantizer.assign(rows, 1).reshape(-1)
    probing = []
    for start in range(0, len(rows), index.QUERIES):
        _, probed = cells.quantizer.search(rows[start : start + index.QUERIES], index.PROBES)
        block = np.zeros((index.CELLS, len(probed)), np.bool_)
        block[probed.T, np.arange(len(probed))] = True
        probing.append(np.packbits(block, axis=1))
    return cell_of, np.concatenate(probing, axis=1)


def _groups(ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """First and last cells (exclusive) that are searched together."""
    first, told = 0, 0
    for last, end in enumerate(ends.tolist(), 1):
        if end - told >= TOGETHER or (last == len(ends) and end > told):
            yield first, last
            first, told = last, end


def _blocks(numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    return (numbers[start : start + SIDE] for start in range(0, len(numbers), SIDE))
