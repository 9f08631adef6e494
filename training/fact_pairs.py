"""Answers made of facts: of one subject in other words or less precisely (no clash), of another one (clash)."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from pathlib import Path

from training.answer_forms import capital, opened
from training.answer_pair import AnswerPair
from training.facts import RELATIONS

FACTS = Path(__file__).with_name("answer_facts.txt")
MEMBERS = Path(__file__).with_name("answer_members.txt")
_EACH = 10
_OPENED = 0.15
_SAME_FORM = 0.35


@dataclass(frozen=True)
class Facts:
    """One kind of fact.

    Attributes:
        questions: Ways to ask, with {s} for the subject.
        answers: Ways to answer, with {s} and {o} for the object.
        objects: By subject, the same object in several wordings and precisions.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    objects: dict[str, tuple[str, ...]]


def blocks(path: Path) -> list[dict[str, tuple[str, ...]]]:
    """Blocks of a text file, their lines by the mark in front of them."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines: dict[str, tuple[str, ...]] = {}
        for line in block.splitlines():
            mark, text = line[:1], line[2:]
            lines[mark] = (*lines.get(mark, ()), text)
        found.append(lines)
    return found[1:]


def read_facts() -> list[Facts]:
    """The facts of both tables."""
    found = [
        Facts(each.questions, each.answers, {subject: (value,) for subject, value in each.facts.items()})
        for each in RELATIONS
    ]
    for block in blocks(FACTS):
        pairs = (entry.split(": ", 1) for entry in "; ".join(block["="]).split("; "))
        objects = {subject: tuple(part.strip() for part in values.split(" | ")) for subject, values in pairs}
        found.append(Facts(block["?"], block["+"], objects))
    return found


def facts(rng: random.Random) -> list[AnswerPair]:
    """Facts against other facts of their kind, and against themselves in other words and precisions."""
    found = []
    for each in read_facts():
        for subject in each.objects:
            found += _about(each, subject, rng)
    return found


def _about(each: Facts, subject: str, rng: random.Random) -> list[AnswerPair]:
    ours = each.objects[subject]
    others = sorted(
        {values[0] for values in each.objects.values() if not any(v in o or o in v for v in values for o in ours)}
    )
    found = []
    for _ in range(_EACH):
        same = list(rng.sample(ours, 2)) if len(ours) > 1 and rng.random() < 0.7 else [ours[0]] * 2
        forms = rng.sample(each.answers, 2)
        if same[0] != same[1] and rng.random() < _SAME_FORM:
            forms = [forms[0]] * 2
        found.append(_pair(each, subject, forms, same, rng))
        forms = [rng.choice(each.answers)] * 2 if rng.random() < _SAME_FORM else rng.sample(each.answers, 2)
        found.append(_pair(each, subject, forms, [rng.choice(ours), rng.choice(others)], rng))
    return found


def _pair(each: Facts, subject: str, forms: list[str], values: list[str], rng: random.Random) -> AnswerPair:
    left, right = (capital(form.format(s=subject, o=value)) for form, value in zip(forms, values, strict=True))
    if rng.random() < _OPENED:
        right = opened(right, rng)
    agree = set(values) <= set(each.objects[subject])
    question = capital(rng.choice(each.questions).format(s=subject))
    return AnswerPair(question, left, right, not agree, "facts", f"{each.questions[0]}/{subject}")


def members(rng: random.Random) -> list[AnswerPair]:
    """Members of a kind: any of them answers the one question, only one of them the other."""
    found = []
    for block in blocks(MEMBERS):
        names = "; ".join(block["="]).split("; ")
        for left, right in itertools.combinations(names, 2):
            for mark, clash in (("~", False), ("?", True)):
                question = rng.choice(block[mark])
                form = rng.choice(("{}", "{}.", "For example {}." if not clash else "It was {}.", "I would say {}."))
                values = [capital(form.format(name)) for name in (left, right)]
                found.append(AnswerPair(question, *values, clash, "members", question))
    return found
