"""False alarms on answers that nobody expects to conflict.

    python -m benchmarks.calm --data DIR

Each model's answers to AlpacaEval's 805 different instructions make one dataset. Nearly everything that is reported
there with more than a note is a false alarm.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from contralint import Linter


def main() -> None:
    """Prints diagnostics per 1,000 records, and the rules that they are of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    lines = (parser.parse_args().data / "alpaca_eval_outputs.jsonl").read_text(encoding="utf-8").splitlines()
    by_model: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in map(json.loads, lines):
        by_model[row["generator"]].append({"instruction": row["instruction"], "output": row["output"]})
    linter = Linter()
    found: Counter[str] = Counter()
    for rows in by_model.values():
        report = linter.lint_rows(rows)
        found.update(one.rule for one in report.diagnostics if len(one.sides) > 1 and one.severity.value != "note")
    records = sum(map(len, by_model.values()))
    print(f"{1000 * found.total() / records:.2f} per 1,000 of {records} records: {dict(found)}")


if __name__ == "__main__":
    main()
