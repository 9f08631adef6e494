"""Measures the static table as a sieve: which of the encoder's pairs it keeps, and what it leaves to the encoder.

    python -m training.measure_static --data DIR [--table FILE]

A pair counts where the encoder finds both requests near and the same-request model says that they ask the same. Kept is
one whose static similarity reaches the threshold. The threshold is chosen on the first sets and judged on the others.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contralint.facets.request import Parts, parts
from contralint.kinds.nearness import NEIGHBOURS, SIMILARITY
from contralint.kinds.pairing import SAME_REQUEST
from contralint.kinds.sameness import same_request
from contralint.models.encoder import Encoder
from contralint.models.released import WEIGHTS, shipped
from contralint.models.static import StaticEncoder
from contralint.models.suite import Models
from contralint.neighbours import collapse, distinctive, near_pairs
from contralint.readers import Row
from contralint.records import Record
from contralint.shapes import read_row
from contralint.words import normalise, words
from training import edits
from training.answer_pair import rows
from training.option_pairs import permitted
from training.request_groups import apart, written
from training.request_pairs import frame, front, reworded, topic

_REWORDINGS: list[edits.Edit] = [frame, edits.contract, edits.swap_synonym, edits.mistype, edits.recase, front, topic]
_HELD_APART = ("everyday.txt", "gate_measured.txt")
# Rows of T0 that lie together in the file share passages; words of material from which it is a text of its own.
_SLICE, _SPELT_OUT = 4000, 40
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
LISTS = (1, 5, 10, 20, 50)
WANTED = 0.99


def chosen_on(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Sets on which the threshold is chosen; none trained the table."""
    yield "XSTest, reworded", _with_rewordings(row["prompt"] for row in rows(data / "xstest.jsonl"))
    lines = [line for name in _HELD_APART for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]
    yield "everyday, reworded", _with_rewordings(line[2:] for line in lines if line[:2] in ("? ", "= ", "~ "))
    yield "T0, one part", _prompts(data)[:_SLICE]


def judged_on(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Sets on which it is judged; none trained the table."""
    yield "TruthfulQA, reworded", _with_rewordings(row["question"] for row in rows(data / "truthfulqa_dev.jsonl"))
    yield "AlpacaEval, reworded", _with_rewordings(r["instruction"] for r in rows(data / "alpaca_eval_outputs.jsonl"))
    pairs = rows(data / "medical_question_pairs_dev.jsonl")
    yield "medical questions", [row[side] for row in pairs for side in ("question_1", "question_2")]
    groups = [group for group in written() if apart(group.name)]
    yield "own groups, kept apart", [text for group in groups for text in (*group.same, *group.other)]
    yield "T0, another part", _prompts(data)[-_SLICE:]


def _with_rewordings(texts: Iterable[str]) -> list[str]:
    rng, unique = random.Random(0), sorted(set(texts))
    return [*unique, *(reworded(text, _REWORDINGS, rng) for text in (*unique, *unique))]


def _prompts(data: Path) -> list[str]:
    trained = set(permitted(data))
    return [row["prompt"] for row in rows(data / "t0_50k.jsonl.gz") if row["prompt"] not in trained]


@dataclass(frozen=True)
class Measured:
    """A set of requests with the encoder's pairs that ask the same.

    Attributes:
        requests: The requests taken apart.
        texts: What of them is embedded.
        first: One request of each pair.
        second: The other.
    """

    requests: list[Parts]
    texts: list[str]
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    @classmethod
    def of(cls, texts: list[str], models: Models) -> Measured:
        """Asks the encoder and the same-request model."""
        found: dict[int, Record] = {}
        records = [record for at, text in enumerate(texts) for record in _records(text, at)]
        collapsed = collapse([record.request for record in records])
        for record, number in zip(records, collapsed.member_of, strict=True):
            found.setdefault(int(number), record)
        requests = [parts(found[number]) for number in range(len(collapsed.unique))]
        embedded = distinctive(collapsed.unique)
        near = near_pairs(models.encoder.encode(embedded), SIMILARITY, NEIGHBOURS)
        pairs = [(requests[a], requests[b]) for a, b in zip(near.first, near.second, strict=True)]
        same = same_request(pairs, near.similarity, models) >= SAME_REQUEST
        return cls(requests, embedded, near.first[same], near.second[same])

    def report(self, name: str, table: Encoder) -> NDArray[np.float32]:
        """Prints what thresholds and lists keep and leave; gives the static similarities of the pairs."""
        vectors = table.encode(self.texts)
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -1)
        found: NDArray[np.float32] = cosines[self.first, self.second]
        lists = -np.sort(-cosines, axis=1)[:, : max(LISTS)]
        needed = len(np.union1d(self.first, self.second)) / len(self.texts)
        print(f"{name}: {len(self.texts)} requests, {len(found)} pairs, in them {needed:.3f} of the requests")
        kept = [np.minimum(lists[self.first, k - 1], lists[self.second, k - 1]) <= found for k in LISTS]
        print("  lists of", ", ".join(f"{k}: {np.mean(each):.4f}" for k, each in zip(LISTS, kept, strict=True)))
        material = _fit(self.requests)
        for threshold in THRESHOLDS:
            close = cosines >= threshold
            left = (
                f"{each.sum() / 2 / len(each):.2f} / {each.any(axis=1).mean():.3f}"
                for each in (close, close & material)
            )
            print(f"  {threshold:.2f}: kept {np.mean(found >= threshold):.4f}, candidates a request / requests", *left)
        return found


def _records(text: str, number: int) -> list[Record]:
    return read_row(Row("measured", number, number + 1, {"prompt": text, "completion": "."}, None))


def _fit(requests: list[Parts]) -> NDArray[np.bool_]:
    """Which requests may ask the same by the material that they are given."""
    plain = [normalise(request.material) for request in requests]
    keys: dict[tuple[str, ...], int] = {}
    key = np.array([keys.setdefault(tuple(words(text)), len(keys)) if text else -1 for text in plain])
    given, long = key >= 0, np.array([text.count(" ") >= _SPELT_OUT for text in plain])
    one_sided = ~given[:, None] & ~long[None, :]
    return (key[:, None] == key[None, :]) | one_sided | one_sided.T


def main() -> None:
    """Chooses on some sets, judges on others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--table", type=Path, default=WEIGHTS / "static.npy")
    options = parser.parse_args()
    table, models = StaticEncoder(options.table, shipped("encoder.json")), Models()
    found = [Measured.of(texts, models).report(name, table) for name, texts in chosen_on(options.data)]
    steps = np.arange(1, 0, -0.01)
    threshold = next(step for step in steps if np.mean([np.mean(each >= step) for each in found]) >= WANTED)
    print(f"chosen: {threshold:.2f}, which keeps {WANTED} of a set's pairs on average")
    for name, texts in judged_on(options.data):
        kept = Measured.of(texts, models).report(name, table) >= threshold
        print(f"  judged: {kept.mean():.4f} kept")


if __name__ == "__main__":
    main()
