"""How well answers keep to what was decided, as text and JSON: before and after side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.escape import json_text, visible
from contralint.evals.case import Case, Expectation
from contralint.evals.scoring import Checked, Score, score
from contralint.reports.options import RenderOptions
from contralint.version import __version__

SCHEMA_VERSION = 1
_UNKNOWN = "-"
_SHOWN = 60  # characters of an answer's behaviour


@dataclass(frozen=True)
class Run:
    """Answers of one model, or of one stage of it: "before" and "after" its training.

    Attributes:
        checked: Prompt by prompt; of all runs in the same order.
    """

    name: str
    checked: Sequence[Checked]


def text_page(runs: Sequence[Run], options: RenderOptions) -> Iterator[str]:
    """Yields a block for each conflict, then the figures of all."""
    for group in _by_conflict(runs):
        case = group[0].checked[0].case
        title = f"{case.rule} {case.name} {case.conflict}"
        yield f"{options.paint(title, 'bold')}  {visible(case.message)}\n"
        for check, condition in _expectations(group[0]):
            under = f" under {_quoted(condition)}" if condition else ""
            yield visible(f"    {_wanted(check)}{under}") + "\n"
        yield from _lines(group, "    ")
        for run in group:
            yield from _wrong(run, len(group) > 1)
        yield "\n"
    yield "all conflicts\n"
    yield from _lines(runs, "    ")


def json_page(runs: Sequence[Run], notes: Sequence[str]) -> Iterator[str]:
    """Yields one JSON document: figures, and for each conflict its figures and prompts."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "contralint", "version": __version__},
        "summary": {run.name: score(run.checked).to_dict() for run in runs},
        "conflicts": [_conflict(group) for group in _by_conflict(runs)],
        "notes": list(notes),
    }
    yield json_text(data, indent=2) + "\n"


def _by_conflict(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs over the cases of each conflict."""
    for conflict in dict.fromkeys(one.case.conflict for one in runs[0].checked):
        yield [Run(run.name, [one for one in run.checked if one.case.conflict == conflict]) for run in runs]


def _expectations(run: Run) -> list[tuple[Expectation, str]]:
    cases: dict[str, Case] = {one.case.id: one.case for one in run.checked}
    return [(case.check, case.condition) for case in cases.values()]


def _wanted(check: Expectation) -> str:
    if not check.judges:
        return f"{check.facet}: the same for all prompts"
    right, wrong = " or ".join(map(_quoted, check.expected)), " or ".join(map(_quoted, check.forbidden))
    return f"{check.facet}: {', not '.join(filter(None, (right or 'anything', wrong)))}"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _lines(runs: Sequence[Run], indent: str) -> Iterator[str]:
    width = max(len(run.name) for run in runs)
    for run in runs:
        yield f"{indent}{run.name:<{width}}  {', '.join(_told(score(run.checked)))}\n"


def _told(found: Score) -> Iterator[str]:
    if found.judged:
        yield f"{found.expected} of {found.judged} answers as expected ({_percent(found.correct)})"
        yield f"{found.forbidden} forbidden"
        yield f"{found.neither} neither"
    if found.conflicts:
        yield (
            f"{found.consistent} of {found.conflicts} consistent"
            if found.conflicts > 1
            else ("consistent" if found.consistent else "not consistent")
        )
    if found.missing:
        yield f"{found.missing} of {found.prompts} prompts not answered"


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else f"{share:.0%}"


def _wrong(run: Run, several: bool) -> Iterator[str]:
    """The answers that do not do what is expected."""
    for one in run.checked:
        for outcome in one.outcomes:
            if one.case.check.judges and outcome.verdict != "expected":
                shown = outcome.shown if len(outcome.shown) <= _SHOWN else outcome.shown[:_SHOWN] + "..."
                where = f"{run.name} " if several else ""
                yield visible(f"      {where}{one.prompt}: {outcome.verdict}: {shown or 'nothing of it shows'}") + "\n"


def _conflict(group: Sequence[Run]) -> dict[str, Any]:
    case = group[0].checked[0].case
    return {
        "conflict": case.conflict,
        "rule": case.rule,
        "name": case.name,
        "message": case.message,
        **{run.name: score(run.checked).to_dict() for run in group},
        "prompts": [_prompt(position, group) for position in range(len(group[0].checked))],
    }


def _prompt(position: int, group: Sequence[Run]) -> Mapping[str, Any]:
    first = group[0].checked[position]
    told = {run.name: [vars(outcome) for outcome in run.checked[position].outcomes] for run in group}
    return {"id": first.prompt, "case": first.case.id, **told}
