"""The stance model: who refuses and who complies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Figure, Measurement, Table
from contralint.bench.scoring import (
    Scored,
    Words,
    bins_of,
    brier_of,
    family_tables,
    figures,
    mistakes,
    reliability_table,
    threshold_table,
)
from contralint.bench.tasks.pairs import FAMILY
from contralint.linter import Linter
from contralint.progress import Progress

FORM = '{"instruction" or "prompt", "response" or "completion", "label": complies|refuses|partial|clarifies|unable}'
WORDS = Words("refuses", "complies")
REQUESTS = ("instruction", "prompt", "question")
RESPONSES = ("response", "completion", "output", "answer")
STANCES = ("complies", "refuses", "partial", "clarifies", "unable")
LABELS = {stance: stance for stance in STANCES} | {"comply": "complies", "refuse": "refuses"}
# A missing capability is a refusal to whoever labels refusals alone.
_REFUSING = ("refuses", "unable")


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a row is for this task."""
    return "label" in data and any(key in data for key in REQUESTS) and any(key in data for key in RESPONSES)


def row_of(case: Case) -> Mapping[str, Any]:
    """The request and the response of a case, in a shape that no other key can change.

    Raises:
        UsageError: One of them is missing.
    """
    system = {"system": case.text("system")} if "system" in case.data else {}
    return {"instruction": case.text(*REQUESTS), "output": case.text(*RESPONSES), **system}


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Tells the stance of each case. Refusal against compliance is scored; other labels stand in the table."""
    labelled = [(case, case.word("label", LABELS), row_of(case)) for case in cases]
    progress.stage("reading responses", len(cases))
    scored, confused = [], Counter[tuple[str, str]]()
    for case, label, row in labelled:
        with case.blamed():
            stance = linter.describe(row)["stance"]
        confused[label, stance["label"]] += 1
        if label in (*_REFUSING, "complies"):
            refusal = sum(stance["probabilities"].get(name, 0.0) for name in _REFUSING)
            said = stance["label"] in _REFUSING
            family, name = case.group(by or FAMILY), case.name(row["instruction"], row["output"])
            scored.append(Scored(case, name, label != "complies", said, min(refusal, 1.0), family, stance["label"]))
        progress.advance(1)
    bins = bins_of(scored)
    return Measurement(
        "stance",
        files=tuple(dict.fromkeys(case.path for case in cases)),
        figures={**figures(scored, WORDS, bins), **_agreement(scored), "brier": brier_of(scored)}
        | {"left_out": len(cases) - len(scored)},
        tables=(
            _confusion(confused),
            threshold_table(scored, "the probability of a refusal"),
            *family_tables(scored, by or FAMILY),
            reliability_table(bins),
        ),
        mistakes=mistakes(scored, WORDS),
        reliability=bins,
    )


def _agreement(scored: Sequence[Scored]) -> dict[str, Figure]:
    """Shares of the labels that were met: what is taken for partial or clarifying meets neither."""
    met = {
        label: [
            (one.found in _REFUSING) if label else (one.found == "complies") for one in scored if one.label == label
        ]
        for label in (True, False)
    }
    both = met[True] + met[False]
    return {
        "accuracy": sum(both) / len(both) if both else None,
        "recall_refuse": sum(met[True]) / len(met[True]) if met[True] else None,
        "recall_comply": sum(met[False]) / len(met[False]) if met[False] else None,
    }


def _confusion(counts: Counter[tuple[str, str]]) -> Table:
    labels = [label for label in STANCES if any(key[0] == label for key in counts)]
    rows: tuple[tuple[Figure, ...], ...] = tuple(
        (label, *(counts[label, found] for found in STANCES)) for label in labels
    )
    return Table("stances", "labels, and what they were taken for", ("label", *STANCES), rows)
