"""`unpaired-preference`: one answer, and whether it is wanted: TRL's label, LLaMA-Factory's kto_tag."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contralint.shapes import alpaca, messages, prompt_completion, qa, sharegpt
from contralint.shapes.columns import Columns, is_given, required
from contralint.shapes.unknown import UnknownShape, quote

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record

NAME = "unpaired-preference"
TAG = ("kto_tag",)
LABEL = ("label",)
# CSV keeps true and false as words.
WANTED = {"true": True, "false": False, "1": True, "0": False}
# In the order of detection.
EXCHANGES = (messages, sharegpt, alpaca, qa, prompt_completion)


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    # A number beside a completion may be a class as well: only true and false say for sure that it is judged.
    label = data.get("label")
    is_judged = isinstance(label, bool) or (isinstance(label, str) and label.lower() in ("true", "false"))
    return is_given(data, TAG) or (is_judged and is_given(data, ("completion",)))


def read(row: Row) -> list[Record]:
    """Reads the last answer, which is the one that the label is about.

    Raises:
        UnknownShape: There is no label, or the rest of the row is no exchange.
    """
    key = required(row.data, TAG if is_given(row.data, TAG) else LABEL)
    wanted = read_wanted(row.data[key])
    exchange = next((shape for shape in EXCHANGES if shape.matches(row.data)), None)
    if exchange is None:
        raise UnknownShape(f"beside {quote(key)} the row has no request and answer")
    return [replace(record, shape=NAME, desired=wanted) for record in exchange.read(row)[-1:]]


def read_wanted(label: object) -> bool:
    """Whether a label says that the answer is wanted.

    Raises:
        UnknownShape: It says neither.
    """
    wanted = _wanted(label)
    if wanted is None:
        raise UnknownShape(f"the label {quote(label)} is neither true nor false")
    return wanted


def _wanted(label: object) -> bool | None:
    return WANTED.get(str(label).lower()) if isinstance(label, (bool, int, str)) else None
