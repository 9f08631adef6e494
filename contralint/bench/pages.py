"""Measurements as text, Markdown and JSON."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from contralint.bench.measurement import Figure, Measurement, Mistake, Table
from contralint.escape import json_text, visible
from contralint.reports.options import RenderOptions
from contralint.version import __version__

SCHEMA_VERSION = 1
_DECIMALS = 6  # in JSON; sums of floats differ beyond
_UNKNOWN = "-"
Page = Callable[[Sequence[Measurement], RenderOptions, bool], Iterator[str]]


def text_page(measurements: Sequence[Measurement], options: RenderOptions, mistakes: bool) -> Iterator[str]:
    """Yields a heading, the figures, the tables and, if wanted, the mistakes of each task."""
    for number, one in enumerate(measurements):
        yield "\n" if number else ""
        yield f"{options.paint(one.task, 'bold')}: {visible(', '.join(one.files))}\n"
        yield _rich(Table("figures", "", ("figure", "value"), tuple(one.figures.items())), options)
        for table in _filled(one):
            yield f"\n{table.title}\n{_rich(table, options)}"
        if mistakes and one.mistakes:
            yield "\nwhat was taken for something else\n"
            yield from (f"{_line(mistake)}\n" for mistake in one.mistakes)
        yield from (f"\nnote: {visible(note)}\n" for note in one.notes)


def markdown_page(measurements: Sequence[Measurement], options: RenderOptions, mistakes: bool) -> Iterator[str]:  # noqa: ARG001 - a page's signature
    """Yields the same as Markdown."""
    for number, one in enumerate(measurements):
        yield "\n" if number else ""
        yield f"## {one.task}\n\nMeasured: {_cell(', '.join(one.files))}\n\n"
        yield _markdown(Table("figures", "", ("figure", "value"), tuple(one.figures.items())))
        for table in _filled(one):
            yield f"\n### {table.title.capitalize()}\n\n{_markdown(table)}"
        if mistakes and one.mistakes:
            yield "\n### What was taken for something else\n\n"
            yield from (f"- {_cell(_line(mistake))}\n" for mistake in one.mistakes)
        yield from (f"\nNote: {_cell(note)}\n" for note in one.notes)


def json_page(measurements: Sequence[Measurement], options: RenderOptions, mistakes: bool) -> Iterator[str]:  # noqa: ARG001 - a page's signature
    """Yields one JSON document, mistakes included."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "contralint", "version": __version__},
        "results": [_plain(one) for one in measurements],
    }
    yield json_text(data, indent=2) + "\n"


PAGES: dict[str, Page] = {"text": text_page, "json": json_page, "markdown": markdown_page}


def _filled(one: Measurement) -> list[Table]:
    return [table for table in one.tables if table.rows]


def _plain(one: Measurement) -> dict[str, Any]:
    tables = {
        table.key: [dict(zip(table.columns, map(_rounded, row), strict=True)) for row in table.rows]
        for table in one.tables
    }
    return {
        "task": one.task,
        "files": list(one.files),
        "figures": {name: _rounded(figure) for name, figure in one.figures.items()},
        "tables": tables,
        "mistakes": [
            {
                "path": mistake.case.path,
                "line": mistake.case.line,
                "name": mistake.name,
                "expected": mistake.expected,
                "found": mistake.found,
            }
            for mistake in one.mistakes
        ],
        "notes": list(one.notes),
    }


def _rounded(figure: Figure) -> Figure:
    return round(figure, _DECIMALS) if isinstance(figure, float) else figure


def _shown(figure: Figure) -> str:
    if figure is None:
        return _UNKNOWN
    return f"{figure:.3f}" if isinstance(figure, float) else visible(str(figure))


def _line(mistake: Mistake) -> str:
    said = f"expected {mistake.expected}, found {mistake.found}"
    return visible(f"{mistake.case.path}:{mistake.case.line}: {said}: {mistake.name}")


def _rich(table: Table, options: RenderOptions) -> str:
    made = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, column in enumerate(table.columns):
        made.add_column(column, justify="right" if _numeric(table, position) else "left", overflow="fold")
    for row in table.rows:
        made.add_row(*(Text(_shown(figure)) for figure in row))
    page = io.StringIO()
    console = Console(
        file=page,
        width=options.width,
        color_system="standard" if options.color else None,
        force_terminal=options.color,
        legacy_windows=False,
    )
    console.print(made)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def _numeric(table: Table, position: int) -> bool:
    return not any(isinstance(row[position], str) for row in table.rows)


def _markdown(table: Table) -> str:
    ruler = ["---:" if _numeric(table, position) else "---" for position in range(len(table.columns))]
    rows = [table.columns, ruler, *([_cell(_shown(figure)) for figure in row] for row in table.rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(text: str) -> str:
    """Text that ends no cell and starts no markup."""
    return "".join(f"\\{letter}" if letter in "\\`*[]<>|#" else letter for letter in visible(text))
