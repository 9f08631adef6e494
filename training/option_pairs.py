"""Answers of T0's question tasks: the right option against wrong ones, spans against others of their type."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import edits
from training.answer_forms import capital, opened, said, spoken
from training.answer_pair import AnswerPair, rows

# QASC (CC BY 4.0) and CoS-E's questions of CommonsenseQA (MIT), as T0 words them.
_OPTIONS = (
    re.compile(r"then (?P<question>[^\n]{8,140}\?)\s*\n+Answer choices:\n(?P<options>(?: ?- [^\n]+\n?)+)"),
    re.compile(
        r"presented with the question \"(?P<question>[^\n]{8,140}\?)\" and[^\n]*\n(?P<options>(?: ?- [^\n]+\n?)+)"
    ),
    re.compile(r"for the following question:\n(?P<question>[^\n]{8,140}\?)\nOptions:\n(?P<options>(?:- [^\n]+\n?)+)"),
)
_EXTRACTIVE = re.compile(r"^Question: \"(?P<question>[^\n\"]{12,160}\?)\"\n\nContext: \"")
# HotpotQA (CC BY-SA 4.0), asked without its paragraphs.
_BARE = re.compile(
    r"^(?:Combine facts and answer this|Formulate an answer to this elaborate question): "
    r"(?P<question>[^\n]{12,160}\?)\s*$"
)
_MOST_SPANS = 2000


def _clean(text: str) -> str:
    return text.replace("<|endoftext|>", "").strip()


def _asked(data: Path) -> Iterator[dict[str, Any]]:
    yield from rows(data / "t0_50k.jsonl.gz")


def choices(data: Path, rng: random.Random) -> list[AnswerPair]:
    """The right option against wrong ones, wrong ones against each other, and the right one against itself reworded."""
    found: dict[str, list[AnswerPair]] = {}
    for row in _asked(data):
        match = next((m for pattern in _OPTIONS if (m := pattern.search(row["prompt"]))), None)
        if match and match["question"] not in found:
            right, question = _clean(row["completion"]), capital(match["question"])
            options = [option.strip(" -") for option in match["options"].splitlines()]
            wrong = [option for option in options if option not in ("", right)]
            found[match["question"]] = _optional(question, right, wrong, rng)
    return [pair for pairs in found.values() for pair in pairs]


def _optional(question: str, right: str, wrong: list[str], rng: random.Random) -> list[AnswerPair]:
    clash = [(right, option) for option in wrong[:6]] + list(zip(wrong[:2], wrong[2:4], strict=False))
    pairs = [(said(question, a, rng), said(question, b, rng), True) for a, b in clash]
    for _ in range(4):
        left, other = said(question, right, rng), said(question, right, rng)
        pairs.append((left, opened(right, rng) if left == other else other, False))
    return [AnswerPair(question, left, other, conflict, "options", question) for left, other, conflict in pairs]


def spans(data: Path, rng: random.Random) -> list[AnswerPair]:
    """Adversarial QA and HotpotQA (CC BY-SA 4.0): an answer against one of its type, and against itself reworded."""
    asked: dict[str, str] = {}
    for row in _asked(data):
        match = _EXTRACTIVE.search(row["prompt"]) or _BARE.search(row["prompt"])
        answer = _clean(row["completion"])
        if match and answer and len(answer) < 80 and answer.lower() not in ("yes", "no"):
            asked.setdefault(match["question"], answer)
    found, answers = [], list(asked.values())
    for question, answer in itertools.islice(asked.items(), _MOST_SPANS):
        changed = edits.change_number(answer, rng) if rng.random() < 0.5 else None
        others = [changed] if changed else [each for each in rng.sample(answers, 40) if _alike(each, answer)][:2]
        question = capital(question)
        for other in others:
            left, right = said(question, answer, rng), said(question, other, rng)
            found.append(AnswerPair(question, left, right, True, "spans", question))
        left, right = said(question, answer, rng), said(question, answer, rng)
        found.append(AnswerPair(question, left, right, False, "spans", question))
        found.append(AnswerPair(question, spoken(answer, rng), opened(answer, rng), False, "spans", question))
    return found


def _alike(left: str, right: str) -> bool:
    """Whether two answers are of one type and like length, and say something else."""
    same = left[0].isupper() == right[0].isupper() and any(c.isdigit() for c in left) == any(c.isdigit() for c in right)
    near = abs(len(left.split()) - len(right.split())) <= 1
    return same and near and set(left.lower().split()).isdisjoint(right.lower().split())


def permitted(data: Path) -> list[str]:
    """Whole prompts of the tasks above."""
    patterns = (*_OPTIONS, _EXTRACTIVE, _BARE)
    return [row["prompt"] for row in _asked(data) if any(pattern.search(row["prompt"]) for pattern in patterns)]
