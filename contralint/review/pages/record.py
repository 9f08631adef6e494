"""A record as a whole: what a conflict does not quote of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from contralint.counting import number_of
from contralint.diagnostics import Passage
from contralint.records import Record, Tool, ToolCall
from contralint.reports.contrast import contrast
from contralint.reports.html.element import Element, element
from contralint.reports.html.marks import marked

_SHOWN = 20_000  # characters of a text


def differences(records: Sequence[Record]) -> list[str]:
    """What differs in the contexts of records, which may be why both hold."""
    parts: dict[str, list[Any]] = {
        "system prompt": [record.system.text.strip() for record in records],
        "tools": [record.tools for record in records],
        "earlier turns": [[(turn.role, turn.field.text) for turn in record.context] for record in records],
        "input": [record.input.text.strip() for record in records],
    }
    return [name for name, found in parts.items() if any(each != found[0] for each in found)]


def unfolded(record: Record, other: Record | None) -> Element:
    """All of a record, shut until it is asked for.

    Args:
        record: The record.
        other: One of the other side; words in which they differ are marked.
    """
    return element(
        "details", element("summary", "Whole record: ", _contents(record)), _parts(record, other), class_="record"
    )


def _contents(record: Record) -> str:
    told = [
        "system prompt" if record.system.text else "no system prompt",
        number_of(len(record.tools), "tool", ",") if record.tools else "no tools",
    ]
    if record.context:
        told.append(number_of(len(record.context), "earlier turn", ","))
    return ", ".join(told)


def _parts(record: Record, other: Record | None) -> Iterator[Element]:
    yield from _text("system prompt", record.system.text, other.system.text if other else None)
    yield from (_tool(tool) for tool in record.tools)
    for turn in record.context:
        yield from _text(turn.role, turn.field.text)
        yield from _calls(turn.calls)
    yield from _text("request", record.instruction.text, other.instruction.text if other else None)
    yield from _text("input", record.input.text, other.input.text if other else None)
    yield from _text("response", record.response.text, other.response.text if other else None)
    yield from _calls(record.calls)
    if record.rejected is not None:
        yield from _text("rejected", record.rejected.text)
        yield from _calls(record.rejected_calls)


def _text(name: str, text: str, other: str | None = None) -> Iterator[Element]:
    if not text.strip():
        return
    differing = contrast(Passage(text), Passage(other)).ours if other else ()
    yield element("p", name, class_="part")
    yield element("blockquote", marked(Passage(text), differing, _SHOWN), dir="auto")


def _tool(tool: Tool) -> Element:
    schema = marked(Passage(tool.schema), (), _SHOWN)
    return element(
        "p", element("span", "tool", class_="label"), " ", element("b", tool.name), " ", element("code", schema)
    )


def _calls(calls: Sequence[ToolCall]) -> Iterator[Element]:
    for call in calls:
        told = marked(Passage(f"{call.name}({call.arguments})"), (), _SHOWN)
        yield element("p", element("span", "calls", class_="label"), " ", element("code", told))
