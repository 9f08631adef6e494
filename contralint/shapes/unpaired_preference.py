"""`unpaired-preference`: one answer, and whether it is wanted: TRL's label, LLaMA-Factory's kto_tag."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contralint.shapes import alpaca, messages, prompt_completion, qa, sharegpt
from contralint.shapes.columns import Columns, is_given, required, required_value
from contralint.shapes.content import read_content
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import read_asked, with_system
from contralint.shapes.origin import read_origin
from contralint.shapes.tools import tools_at_hand
from contralint.shapes.turns import answer_turn
from contralint.shapes.unknown import UnknownShape, quote

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record

NAME = "unpaired-preference"
TAG = ("kto_tag",)
LABEL = ("label",)
STEPS, STEP_LABELS = "completions", "labels"
# CSV keeps true and false as words.
WANTED = {"true": True, "false": False, "1": True, "0": False}
# In the order of detection.
EXCHANGES = (messages, sharegpt, alpaca, qa, prompt_completion)


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    # A number beside a completion may be a class as well: only true and false say for sure that it is judged.
    label = data.get("label")
    is_judged = isinstance(label, bool) or (isinstance(label, str) and label.lower() in ("true", "false"))
    return is_given(data, TAG) or (is_judged and is_given(data, ("completion",))) or _is_stepwise(data)


def read(row: Row) -> list[Record]:
    """Reads the last answer, which is the one that the label is about.

    Of an answer in steps that are labelled one by one (TRL's stepwise supervision), all steps are one answer, which is
    wanted where each step is.

    Raises:
        UnknownShape: There is no label, or the rest of the row is no exchange.
    """
    if _is_stepwise(row.data):
        return _read_steps(row)
    key = required(row.data, TAG if is_given(row.data, TAG) else LABEL)
    wanted = read_wanted(row.data[key])
    exchange = next((shape for shape in EXCHANGES if shape.matches(row.data)), None)
    if exchange is None:
        raise UnknownShape(f"beside {quote(key)} the row has no request and answer")
    return [replace(record, shape=NAME, desired=wanted) for record in exchange.read(row)[-1:]]


def _is_stepwise(data: Columns) -> bool:
    steps, labels = data.get(STEPS), data.get(STEP_LABELS)
    lists = isinstance(steps, (list, tuple)) and isinstance(labels, (list, tuple))
    return lists and is_given(data, prompt_completion.PROMPT)


def _read_steps(row: Row) -> list[Record]:
    data = row.data
    labels = [read_wanted(label) for label in data[STEP_LABELS]]
    if not labels or len(labels) != len(data[STEPS]):
        raise UnknownShape(f"{len(data[STEPS])} '{STEPS}' stand beside {len(labels)} '{STEP_LABELS}'")
    asked = required_value(data, prompt_completion.PROMPT)
    answer = answer_turn(read_content("response", data[STEPS], (STEPS,)))
    turns = with_system(data, (*read_asked(data[asked], (asked,)), answer))
    records = Conversation(read_origin(row), NAME, turns, tools_at_hand(data)).teachings()
    return [replace(record, desired=all(labels)) for record in records]


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
