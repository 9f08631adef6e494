"""What may be done differently about requests of one kind; rule files of `kind: habit` name them in `behaviours:`."""

from __future__ import annotations

from typing import Any

from contralint.kinds.behaviours.arguments import Arguments
from contralint.kinds.behaviours.case import Behaviour, Case
from contralint.kinds.behaviours.clarify import Clarify
from contralint.kinds.behaviours.comments import Comments
from contralint.kinds.behaviours.critique import Critique
from contralint.kinds.behaviours.edit_scope import EditScope
from contralint.kinds.behaviours.tool_choice import ToolChoice
from contralint.kinds.behaviours.trigger import Trigger

BEHAVIOURS: dict[str, Behaviour[Any]] = {
    "arguments": Arguments(),
    "clarify": Clarify(),
    "comments": Comments(),
    "critique": Critique(),
    "edit scope": EditScope(),
    "tool choice": ToolChoice(),
    "trigger": Trigger(),
}

__all__ = ["BEHAVIOURS", "Behaviour", "Case"]
