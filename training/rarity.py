"""Counts in how many texts each stem stands, for `contralint/models/weights/rarity.json`.

    python -m training.rarity --data DIR

The texts are prompts of T0's training mixture and of GPTeacher (MIT); only how often a word stands in them is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

from contralint.models.released import WEIGHTS
from contralint.models.tokens import tokens
from training.checksums import record_checksum

FEWEST = 4


def texts(data: Path) -> Iterator[str]:
    """The texts that are counted, each line once."""
    seen: set[str] = set()
    with gzip.open(data / "t0_50k.jsonl.gz", "rt", encoding="utf-8") as rows:
        prompts = [json.loads(row)["prompt"] for row in rows]
    for name in ("gpteacher_roleplay.jsonl", "self_instruct_user_oriented.jsonl"):
        prompts += [json.loads(row)["instruction"] for row in (data / name).read_text(encoding="utf-8").splitlines()]
    for prompt in prompts:
        for line in prompt.splitlines():
            if line not in seen:
                seen.add(line)
                yield line


def main() -> None:
    """Writes rarity.json: for each rarity, rounded to halves, the stems that have it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    counts: Counter[str] = Counter()
    total = 0
    for text in texts(parser.parse_args().data):
        total += 1
        counts.update({token.key for token in tokens(text) if token.kind in ("word", "name")})
    classes: dict[str, list[str]] = {}
    for word, count in sorted(counts.items()):
        if count >= FEWEST and word.isalpha():
            classes.setdefault(str(round(2 * log(total / count)) / 2), []).append(word)
    table = {rarity: " ".join(words) for rarity, words in sorted(classes.items(), key=lambda item: float(item[0]))}
    (WEIGHTS / "rarity.json").write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    record_checksum("rarity.json")


if __name__ == "__main__":
    main()
