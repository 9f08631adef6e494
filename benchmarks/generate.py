"""Writes datasets of any size that look like what people ask an assistant, the same ones for the same seed.

    python -m benchmarks.generate --rows 1000000 > rows.jsonl
    python -m benchmarks.generate --rows 50000 --real DIR/t0_50k.jsonl.gz --conflicts 20 > rows.jsonl

Rows are made from the families and fillers of generate.yaml; those of a dataset given with --real are strewn among
them. One question has one answer wherever it stands, but for the planted conflicts, whose ids begin with "planted".
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
import yaml

from contralint.readers import Row, read

Data = dict[str, Any]

_BOOK: Final = Path(__file__).with_name("generate.yaml")
_SLOT: Final = re.compile(r"\{(\w+?)(?:_\d)?\}")
# Of what people ask, less is a question with one answer.
_CLOSED_SHARE: Final = 0.15
# A copy is one of the last so many rows.
_REMEMBERED: Final = 10_000


class Phrasebook:
    """Families of requests, and fillers for their slots: texts to choose from, or the bounds of a number."""

    def __init__(self) -> None:
        book = yaml.safe_load(_BOOK.read_text(encoding="utf-8"))
        self._closed = [family for family in book["families"] if "closed" in family]
        self._open = [family for family in book["families"] if "open" in family]
        self._fillers: dict[str, list[Any]] = book["fillers"]

    def row(self, rng: random.Random) -> Data:
        """A row whose request is chosen by chance, and whose response by the request."""
        family = rng.choice(self._closed if rng.random() < _CLOSED_SHARE else self._open)
        values: dict[str, str] = {}
        deciding = random.Random(self._asked(family, rng, values))
        template = deciding.choice(family["closed"] if "closed" in family else family["open"])
        return self._laid_out(family, rng.choice(family["phrasings"]), self.filled(template, deciding, values), values)

    def conflict(self, rng: random.Random) -> tuple[Data, Data]:
        """Two rows that ask the same closed question and answer it differently."""
        family = rng.choice(self._closed)
        values: dict[str, str] = {}
        self._asked(family, rng, values)
        one = other = self.filled(family["closed"][0], rng, dict(values))
        while other == one:
            other = self.filled(family["closed"][0], rng, dict(values))
        phrasing = rng.choice(family["phrasings"])
        return self._laid_out(family, phrasing, one, values), self._laid_out(family, phrasing, other, values)

    def _asked(self, family: Data, rng: random.Random, values: dict[str, str]) -> str:
        """All that is asked, in the first phrasing; puts the fillers that it takes into `values`."""
        parts = [*(family[part] for part in ("system", "input") if part in family), family["phrasings"][0]]
        return "\n".join(self.filled(part, rng, values) for part in parts)

    def _laid_out(self, family: Data, phrasing: str, response: str, values: dict[str, str]) -> Data:
        parts = {"system": family.get("system"), "user": phrasing, "input": family.get("input")}
        asked = {part: _SLOT.sub(lambda slot: values[slot[0]], text) for part, text in parts.items() if text}
        if "system" in asked:
            turns = {**asked, "assistant": response}
            return {"messages": [{"role": role, "content": content} for role, content in turns.items()]}
        given = {"input": asked["input"]} if "input" in asked else {}
        return {"instruction": asked["user"], **given, "output": response}

    def filled(self, template: str, rng: random.Random, values: dict[str, str]) -> str:
        """The template with its slots filled; those that have a value keep it, the others add theirs."""

        def fill(slot: re.Match[str]) -> str:
            if slot[0] not in values:
                values[slot[0]] = self._chosen(self._fillers[slot[1]], rng, values)
            return values[slot[0]]

        return _SLOT.sub(fill, template)

    def _chosen(self, filler: list[Any], rng: random.Random, values: dict[str, str]) -> str:
        """A filler that no slot has yet, with its own slots filled apart from those around it."""
        while True:
            chosen = str(rng.randint(*filler)) if isinstance(filler[0], int) else rng.choice(filler)
            text = self.filled(chosen, rng, {}) if "{" in chosen else chosen
            if text not in values.values():
                return text


def generate(count: int, *, seed: int, duplicates: float = 0.0, conflicts: int = 0, real: str = "") -> Iterator[Data]:
    """The rows of a dataset.

    Args:
        count: How many rows to write.
        seed: Decides all that is chosen by chance.
        duplicates: Share of rows that are copies of earlier ones.
        conflicts: How many pairs of rows to plant that contradict each other.
        real: A dataset whose first rows, up to half of all, are strewn among the others.
    """
    rng, book = random.Random(seed), Phrasebook()
    strewn = [row.data for row in islice(read(real), count // 2) if isinstance(row, Row)] if real else []
    for number in range(conflicts):
        one, other = book.conflict(rng)
        strewn += [{"id": f"planted-{number}-a", **one}, {"id": f"planted-{number}-b", **other}]
    places = dict(zip(rng.sample(range(count), len(strewn)), strewn, strict=True))
    earlier: deque[Data] = deque(maxlen=_REMEMBERED)
    for number in range(count):
        if number in places:
            yield places[number]
            continue
        copied = bool(earlier) and rng.random() < duplicates
        row = rng.choice(earlier) if copied else book.row(rng)
        earlier.append(row)
        yield {"id": f"row-{number}", **row}


def main() -> None:
    """Writes rows to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--duplicates", type=float, default=0.05, help="share of rows that are copies of earlier ones")
    parser.add_argument("--conflicts", type=int, default=10, help="pairs of rows that contradict each other")
    parser.add_argument("--real", default="", metavar="FILE", help="dataset to take up to half of the rows from")
    given = vars(parser.parse_args())
    for row in generate(given.pop("rows"), **given):
        sys.stdout.buffer.write(orjson.dumps(row) + b"\n")


if __name__ == "__main__":
    main()
