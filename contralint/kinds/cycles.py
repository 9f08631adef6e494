"""Cycles of a directed graph."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Graph = Mapping[Node, Iterable[Node]]


def strong_components(graph: Graph[Node]) -> list[list[Node]]:
    """Sets of nodes each of which leads to all others of its set (Kosaraju's way), in the order of the graph."""
    ordered: list[Node] = []
    seen: set[Node] = set()
    for start in graph:
        ordered += _finished(graph, start, seen)
    turned: dict[Node, list[Node]] = {node: [] for node in graph}
    for node, following in graph.items():
        for other in following:
            turned[other].append(node)
    seen.clear()
    return [found for start in reversed(ordered) if (found := _finished(turned, start, seen))]


def _finished(graph: Graph[Node], start: Node, seen: set[Node]) -> list[Node]:
    """Nodes reached from a start and not seen before, in the order in which nothing new is left behind them."""
    finished: list[Node] = []
    path: list[tuple[Node, Iterator[Node]]] = []
    entered: Node | None = start if start not in seen else None
    while entered is not None or path:
        if entered is not None:
            seen.add(entered)
            path.append((entered, iter(graph[entered])))
        entered = next((node for node in path[-1][1] if node not in seen), None)
        if entered is None:
            finished.append(path.pop()[0])
    return finished


def reaches(graph: Graph[Node], start: Node, goal: Node, avoiding: frozenset[Node]) -> bool:
    """Whether some path of one step or more leads from a start to a goal past all nodes to avoid."""
    waiting, seen = [start], set(avoiding)
    while waiting:
        for node in graph[waiting.pop()]:
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return False
