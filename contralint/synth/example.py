"""One half of a minimal pair, and the row that it becomes: of the shape, keys and layout of the row it is made from."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contralint.records import Record
from contralint.resolve.change import applied
from contralint.resolve.conditions import placed
from contralint.resolve.edits import text_edit
from contralint.resolve.rows import Rows, Teaching, short_hash
from contralint.resolve.strategy import UnsettledError
from contralint.shapes.origin import ID_KEYS
from contralint.synth.conflict import Conflict, Side

Method = Literal["recombined", "template", "model"]
KEY = "contralint"
_WITHIN = 12  # characters from which a request is also looked for within other texts of its row


@dataclass(frozen=True)
class Half:
    """What an example is to say.

    Attributes:
        side: The side that it takes.
        donor: The record whose row it is made from.
        request: What it asks.
        response: What it answers; None for what the donor answers.
        rejected: What it rejects, of a preference; None for what the donor rejects.
        method: Whether the response is the donor's own, a rule's template, or a language model's.
    """

    side: Side
    donor: Record
    request: str
    response: str | None = None
    rejected: str | None = None
    method: Method = "recombined"


@dataclass(frozen=True)
class Example:
    """A row that is ready to be written, and the record that it gives.

    Attributes:
        conflict: Fingerprint of the conflict that it is about.
    """

    conflict: str
    half: Half
    data: Mapping[str, Any]
    record: Record


class Writer:
    """Makes rows.

    Args:
        rows: The rows of the conflict, which new ones are made from.
        columns: Field to column, for rows of no known shape.
        model: Name of the language model that is asked, if any.
    """

    def __init__(self, rows: Rows, columns: Mapping[str, str], model: str | None) -> None:
        self._rows = rows
        self._columns = columns
        self._model = model

    def can_use(self, record: Record) -> bool:
        """Whether a record has a row to itself that can be read again."""
        teaching = self._teaching(record)
        return teaching is not None and len(teaching.records) == 1 and isinstance(teaching.row.data, Mapping)

    def write(self, half: Half, conflict: Conflict, number: int) -> Example:
        """The row of a half.

        Raises:
            UnsettledError: The donor's row has no place for what it is to say.
        """
        teaching = self._teaching(half.donor)
        assert teaching is not None
        data = _asking(copy.deepcopy(teaching.row.data), half.donor.instruction.text, half.request)
        asking = self._rows.again(teaching, data)
        if len(asking.records) != 1:
            raise UnsettledError("its row cannot be read with another request")
        data = self._answering(asking, half)
        data = self._conditional(self._rows.again(teaching, data), half, conflict)
        final = self._rows.again(teaching, data)
        if len(final.records) != 1 or not _says(final.records[0], half, conflict):
            raise UnsettledError(f"a row of the shape {half.donor.shape} does not hold it as it is meant")
        name = f"{conflict.fingerprint}-{number}"
        return Example(
            conflict.fingerprint,
            half,
            {**_renamed(data, name), KEY: self._provenance(half, conflict)},
            final.records[0],
        )

    def _teaching(self, record: Record) -> Teaching | None:
        return self._rows.taught.get((record.origin.path, record.origin.index))

    def _answering(self, teaching: Teaching, half: Half) -> Any:  # noqa: ANN401 (a row of any type)
        record = teaching.records[0]
        wanted = [(record.response, half.response), (record.rejected, half.rejected)]
        edits = [text_edit(teaching, field, text) for field, text in wanted if field and text is not None]
        return applied(teaching.row.data, edits)

    def _conditional(self, teaching: Teaching, half: Half, conflict: Conflict) -> Any:  # noqa: ANN401 (as above)
        record = teaching.records[0]
        bare = conflict.unconditional(record.system.text, half.side)
        if bare != record.system.text:
            data = applied(teaching.row.data, [text_edit(teaching, record.system, bare)])
            teaching = self._rows.again(teaching, data)
        if not half.side.condition:
            return teaching.row.data
        return applied(teaching.row.data, placed(teaching, half.side.condition, self._rows, self._columns))

    def _provenance(self, half: Half, conflict: Conflict) -> dict[str, Any]:
        told = {
            "rule": conflict.rule.id,
            "fingerprint": conflict.fingerprint,
            "side": half.side.label,
            "condition": half.side.condition,
            "method": half.method,
            "made_from": short_hash(half.donor),
        }
        return {"synthetic": {**told, "model": self._model} if half.method == "model" else told}


def _asking(data: Any, old: str, new: str) -> Any:  # noqa: ANN401 (a row of any type)
    """A row with another request, wherever it says the old one."""
    if isinstance(data, str):
        return new if data == old else data.replace(old, new) if len(old) >= _WITHIN else data
    if isinstance(data, Mapping):
        return {key: _asking(value, old, new) for key, value in data.items()}
    return [_asking(value, old, new) for value in data] if isinstance(data, (list, tuple)) else data


def _says(record: Record, half: Half, conflict: Conflict) -> bool:
    """Whether a row gives the record that is wanted, and what else the donor said."""
    donor = half.donor
    rejected = half.rejected if half.rejected is not None else donor.rejected and donor.rejected.text
    wanted = (
        half.request,
        donor.input.text,
        half.response if half.response is not None else donor.response.text,
        rejected,
        conflict.system(donor.system.text, half.side),
        _turns(donor),
        donor.tools,
        donor.calls,
    )
    found = (
        record.instruction.text,
        record.input.text,
        record.response.text,
        record.rejected and record.rejected.text,
        record.system.text,
        _turns(record),
        record.tools,
        record.calls,
    )
    return found == wanted


def _turns(record: Record) -> list[tuple[str, str]]:
    return [(turn.role, turn.field.text) for turn in record.context]


def _renamed(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A row under an id of its own; ids that are no text are left empty."""
    given = {key: name if isinstance(data[key], str) else None for key in ID_KEYS if data.get(key) is not None}
    return {**data, **given}
