"""What the static table learns from: families of texts, near and look-alike, of all lengths."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from contralint.neighbours import distinctive
from training.answer_pair import rows
from training.edits import mistype
from training.option_pairs import permitted
from training.request_groups import apart, by_aspect, by_fact, written
from training.request_pairs import edited, paraphrases

# Edited requests, and texts of a family; long texts are made of so many sentences.
_EDITED, _MEMBERS, _SENTENCES = 12_000, 6, (3, 9)
# Long texts that share their middle and end in different questions.
_JOINED, _QUESTIONS = 4_000, 3

# Share of families with a misspelt word.
_MISTYPED = 0.5

Family = tuple[str, ...]


def judged(data: Path) -> frozenset[str]:
    """Requests that only measure the table."""
    asked = {row["prompt"] for row in rows(data / "xstest.jsonl")}
    return frozenset(asked | {row["question"] for row in rows(data / "truthfulqa_dev.jsonl")})


def families(data: Path) -> list[Family]:
    """All families, in one order, as they are embedded; a text may stand alone."""
    rng = random.Random(0)
    requests, sentences = list(_requests(data, rng)), list(_sentences(data))
    alone = [row["output"] for row in rows(data / "gpteacher_roleplay.jsonl")] + permitted(data)
    found = [*requests, *sentences, *((text,) for text in alone), *_long(requests, sentences, rng)]
    return _cut([_mistyped(family, rng) for family in found if family])


def _requests(data: Path, rng: random.Random) -> Iterator[Family]:
    """Requests with their rewordings and look-alikes."""
    for group in [group for group in written() if not apart(group.name)] + by_aspect(rng) + by_fact(rng):
        yield (*group.same, *group.other)
    unseen = judged(data)
    pairs = [(pair.left, pair.right) for pair in edited(data, rng, _EDITED) if not apart(pair.left)]
    yield from _grouped((left, right) for left, right in pairs if left not in unseen)
    for row in rows(data / "gpteacher_toolformer_dev.jsonl"):
        yield (row["instruction"],)


def _sentences(data: Path) -> Iterator[Family]:
    """Statements with what is concluded from them, and with others of the same words."""
    pairs = [*rows(data / "nli_mix.jsonl"), *rows(data / "conjnli_train.jsonl")]
    yield from _grouped((row["premise"], row["hypothesis"]) for row in pairs)
    yield from ((pair.left, pair.right) for pair in paraphrases(data, random.Random(0)))


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterator[Family]:
    found: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        found[left].append(right)
    for left, others in found.items():
        yield (left, *others[: _MEMBERS - 1])


def _mistyped(family: Family, rng: random.Random) -> Family:
    """The family with one of its texts mistyped: the pieces that misspelt words fall into mean little."""
    return (*family, mistype(rng.choice(family), rng) or family[0]) if rng.random() < _MISTYPED else family


def _long(requests: Sequence[Family], sentences: Sequence[Family], rng: random.Random) -> Iterator[Family]:
    """One passage, asked different things."""
    for _ in range(_JOINED):
        passage = " ".join(family[0] for family in rng.sample(sentences, rng.randint(*_SENTENCES)))
        asked = [rng.choice(family) for family in rng.sample(requests, _QUESTIONS)]
        yield tuple(f"{passage}\n{question}" if rng.random() < 0.5 else f"{question}\n{passage}" for question in asked)


def _cut(found: list[Family]) -> list[Family]:
    texts = iter(distinctive(list(itertools.chain.from_iterable(found))))
    return [tuple(itertools.islice(texts, len(family))) for family in found]
