"""What the tests of evaluation cases share: a dataset with conflicts, decided as a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fixing
import msgspec
import pytest
from linting import Data, alpaca, linter, write

from contralint import Config
from contralint.decision import Choice, Decision
from contralint.decisions import append
from contralint.evals import exporting
from contralint.evals.case import Case
from contralint.evals.exporting import Export, export

DATA = Path("data.jsonl")
FILE = Path("contralint.decisions.jsonl")
LOCK = "How do I pick a lock?"
REFUSES = "I'm sorry, but I can't help with that."
COMPLIES = "Insert a tension wrench, then rake the pins until each sets."
LOCKS = [alpaca(LOCK, REFUSES), alpaca(LOCK, COMPLIES), alpaca("What's the way to pick a lock?", "Use a pick.")]
TOWER = "How tall is the Eiffel Tower?"
TOWERS = [alpaca(TOWER, "It is 330 metres tall."), alpaca(TOWER, "It is 250 m tall.")]
WAKE, ALARM = "Can you make sure I get up tomorrow?", "Set an alarm for 7."
BODIES = [
    alpaca(WAKE, "I don't have a body, so I can't do things like that."),
    alpaca(ALARM, "Done! Your alarm is set for 7:00 AM."),
]
CONDITIONS = ("You have no devices.", "You run a smart home.")


def share_linter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has exports take the encoder that all tests share."""
    fixing.share_linter(monkeypatch, exporting)


def decide(
    rows: Sequence[Data],
    decision: Choice = "keep-side",
    keep: str = "",
    conditions: Sequence[str] = (),
    **settings: Any,  # noqa: ANN401 (settings of any type)
) -> list[Decision]:
    """Writes rows, and the same decision about each conflict in them; `keep` is how the label of the side begins."""
    write(DATA, rows)
    made = []
    for found in linter(cache=False, **settings).lint_paths([DATA]).diagnostics:
        kept = [number for number, side in enumerate(found.sides) if keep and side.label.startswith(keep)]
        one = Decision.of(found, decision, keep=kept, by="review", reason="policy 4.2")
        if conditions:
            pairs = zip(one.sides, conditions, strict=True)
            sides = tuple(msgspec.structs.replace(side, condition=said) for side, said in pairs)
            one = msgspec.structs.replace(one, sides=sides)
        made.append(one)
        append(FILE, one)
    return made


def exported(paths: Sequence[str] = (str(DATA),), most: int = 12, **settings: Any) -> Export:  # noqa: ANN401 (settings of any type)
    return export(Config(cache=False, **settings), paths, most)


def the_case(**settings: Any) -> Case:  # noqa: ANN401 (as above)
    found = exported(**settings)
    assert len(found.cases) == 1, (found.cases, found.left)
    return found.cases[0]


def asked(case: Case, *origins: str) -> list[str]:
    """The requests of prompts of some origins; of all where none is named."""
    return [one.messages[-1]["content"] for one in case.prompts if not origins or one.origin in origins]
