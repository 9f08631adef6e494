"""Pairs of answers to one question, with whether both can be right: what the judge learns from."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training import edits
from training.facts import RELATIONS, Relation

CASES = Path(__file__).with_name("answer_cases.txt")
# Halves of TruthfulQA's questions.
FOLDS = 2


@dataclass(frozen=True)
class AnswerPair:
    """Two answers to one question.

    Attributes:
        question: What is asked, "" where two statements stand alone.
        left: One answer.
        right: The other.
        conflict: Whether not both can be right.
        source: Where it comes from.
        group: What must stay on one side of a split: the question, mostly.
    """

    question: str
    left: str
    right: str
    conflict: bool
    source: str
    group: str


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSONL file, packed or not."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def inference(data: Path) -> list[AnswerPair]:
    """Premises and hypotheses; the answers are statements, without a question."""
    found = [*rows(data / "nli_mix.jsonl"), *rows(data / "conjnli_train.jsonl")]
    return [
        AnswerPair(
            "",
            row["premise"],
            row["hypothesis"],
            row["label"] == "contradiction",
            row.get("source", "conjnli"),
            row["premise"],
        )
        for row in found
    ]


def truthful(data: Path, rng: random.Random, each: int = 8, introduced: bool = True) -> list[AnswerPair]:
    """Right against wrong answers, and right against right ones, of TruthfulQA's questions."""
    found = []
    for row in rows(data / "truthfulqa_dev.jsonl"):
        clash = list(itertools.product(row["correct"], row["incorrect"]))
        agree = list(itertools.combinations(row["correct"], 2))
        for pairs, conflict in ((clash, True), (agree, False)):
            found += [
                AnswerPair(row["question"], left, right, conflict, "truthfulqa", row["question"])
                for left, right in rng.sample(pairs, min(each, len(pairs)))
            ]
        wrong = rng.sample(row["incorrect"], min(2, len(row["incorrect"]))) if introduced else []
        found += [
            AnswerPair(row["question"], one, _introduced(one, rng), False, "truthfulqa", row["question"])
            for one in wrong
        ]
    return found


def _introduced(text: str, rng: random.Random) -> str:
    return edits.introduce(edits.contract(text, rng) or edits.swap_synonym(text, rng) or text, rng) or text


def facts(rng: random.Random, each: int = 10) -> list[AnswerPair]:
    """Facts against other facts of their kind, and against themselves in other words."""
    found = []
    for relation in RELATIONS:
        for subject, value in relation.facts.items():
            others = sorted({other for other in relation.facts.values() if other not in value and value not in other})
            for _ in range(each):
                question = rng.choice(relation.questions).format(s=subject)
                left, right = rng.sample(relation.answers, 2)
                found.append(_fact(relation, question, (left, right), (subject, value, value), rng))
                left, right = rng.choices(relation.answers, k=2) if rng.random() < 0.8 else relation.answers[:1] * 2
                found.append(_fact(relation, question, (left, right), (subject, value, rng.choice(others)), rng))
    return found


def _fact(
    relation: Relation, question: str, templates: tuple[str, str], values: tuple[str, str, str], rng: random.Random
) -> AnswerPair:
    subject, ours, theirs = values
    left, right = (
        _sentence(form.format(s=subject, o=value)) for form, value in zip(templates, (ours, theirs), strict=True)
    )
    if rng.random() < 0.2:
        right = edits.introduce(right, rng) or right
    return AnswerPair(
        _sentence(question), left, right, ours != theirs, f"facts/{relation.name}", f"{relation.name}/{subject}"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] if " " in text else text


@dataclass(frozen=True)
class Case:
    """A question with answers that agree, and answers that clash with each of those."""

    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Cases of a text file: `?` asks, `+` agrees, `-` clashes."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        asked, right, wrong = (
            tuple(line[2:] for line in block.splitlines() if line.startswith(f"{mark} ")) for mark in "?+-"
        )
        found += [Case(question, right, wrong) for question in asked]
    return found


def paired(case: Case) -> list[AnswerPair]:
    """Right against wrong answers, and right against right ones."""
    pairs = [(a, b, True) for a, b in itertools.product(case.right, case.wrong)]
    pairs += [(a, b, False) for a, b in itertools.combinations(case.right, 2)]
    return [AnswerPair(case.question, a, b, conflict, "cases", case.question) for a, b, conflict in pairs]


def cases(rng: random.Random) -> list[AnswerPair]:
    """Cases written for training, with some answers behind an opening."""
    found = []
    for case in read_cases(CASES):
        found += paired(case)
        if case.right[0] in ("Yes", "No"):
            agree = itertools.combinations(case.wrong, 2)
            found += [AnswerPair(case.question, a, b, False, "cases", case.question) for a, b in agree]
    opened = [replace(pair, right=_introduced(pair.right, rng)) for pair in found if not pair.conflict]
    return found + opened


_EXTRACTIVE = re.compile(r"^Question: \"(?P<question>[^\n\"]{12,160}\?)\"\n\nContext: \"")


def _clean(text: str) -> str:
    return text.replace("<|endoftext|>", "").strip()


def choices(data: Path, rng: random.Random) -> list[AnswerPair]:
    """QASC (CC BY 4.0): the right option against wrong ones, and against itself in a sentence."""
    found: dict[str, list[AnswerPair]] = {}
    pattern = re.compile(r"then (?P<question>[^\n]{8,140}\?)\s*\n+Answer choices:\n(?P<options>(?: ?- [^\n]+\n?)+)")
    for row in rows(data / "t0_50k.jsonl.gz"):
        match = pattern.search(row["prompt"])
        if match and match["question"] not in found:
            right, question = _clean(row["completion"]), _sentence(match["question"])
            wrong = [
                option.strip(" -") for option in match["options"].splitlines() if option.strip(" -") not in ("", right)
            ]
            pairs = [
                AnswerPair(question, _said(right, rng), _said(option, rng), True, "qasc", question)
                for option in rng.sample(wrong, min(4, len(wrong)))
            ]
            pairs += [
                AnswerPair(question, right, _said(right, rng), False, "qasc", question),
                AnswerPair(question, _said(right, rng), _introduced(right, rng), False, "qasc", question),
            ]
            found[match["question"]] = pairs
    return [pair for pairs in found.values() for pair in pairs]


def _said(answer: str, rng: random.Random) -> str:
    forms = (
        "{}",
        "{}.",
        "The answer is {}.",
        "It is {}.",
        "I would say {}.",
        "That would be {}.",
        "The correct answer: {}",
        "{}, of course.",
    )
    return rng.choice(forms).format(answer)


def spans(data: Path, rng: random.Random, most: int = 1500) -> list[AnswerPair]:
    """Adversarial QA (CC BY-SA 4.0): an answer, edited or of another question, against itself reworded."""
    asked = {}
    for row in rows(data / "t0_50k.jsonl.gz"):
        match = _EXTRACTIVE.search(row["prompt"])
        answer = _clean(row["completion"])
        if match and answer and len(answer) < 80:
            asked.setdefault(match["question"], answer)
    found, answers = [], list(asked.values())
    for question, answer in itertools.islice(asked.items(), most):
        other = edits.change_number(answer, rng) or next(
            (each for each in rng.sample(answers, 10) if _alike(each, answer)), None
        )
        if other:
            found.append(AnswerPair(question, _said(answer, rng), _said(other, rng), True, "adversarial-qa", question))
        found.append(
            AnswerPair(question, _said(answer, rng), _introduced(answer, rng), False, "adversarial-qa", question)
        )
    return found


def _alike(left: str, right: str) -> bool:
    """Whether two answers are of one type, and say something else."""
    same = left[0].isupper() == right[0].isupper() and any(c.isdigit() for c in left) == any(c.isdigit() for c in right)
    return same and set(left.lower().split()).isdisjoint(right.lower().split())


def edited(data: Path, rng: random.Random, most: int = 6000) -> list[AnswerPair]:
    """Real statements against themselves edited (conflict) or reworded (none)."""
    statements = sorted({row["premise"] for row in rows(data / "conjnli_train.jsonl")})
    roleplay = [row["output"].split(". ")[0] + "." for row in rows(data / "gpteacher_roleplay.jsonl")]
    statements += [text for text in roleplay if 30 < len(text) < 160]
    names = edits.names_of(statements)
    changes = (edits.change_number, edits.change_name(names), edits.negate, edits.oppose)
    rewordings = (edits.swap_synonym, edits.contract, edits.introduce, edits.recase, edits.mistype)
    found = []
    for text in rng.sample(statements, min(most, len(statements))):
        found += _edits(text, changes, True, rng) + _edits(text, rewordings, False, rng)
    return found


def _edits(text: str, choice: Iterable[edits.Edit], conflict: bool, rng: random.Random) -> list[AnswerPair]:
    made = [(edit, other) for edit in choice if (other := edit(text, rng)) and other != text]
    return [AnswerPair("", text, other, conflict, "edited", text) for _, other in rng.sample(made, min(1, len(made)))]


def told(data: Path, rng: random.Random) -> list[AnswerPair]:
    """Answers of several models that all comply with one prompt of XSTest: different, but not in conflict."""
    by_prompt: dict[str, list[str]] = {}
    for row in rows(data / "xstest.jsonl"):
        if row["label"] == "comply":
            by_prompt.setdefault(row["prompt"], []).append(_opening(row["completion"]))
    found = []
    for prompt, answers in by_prompt.items():
        pairs = list(itertools.combinations(answers, 2))
        found += [
            AnswerPair(prompt, left, right, False, "xstest", prompt)
            for left, right in rng.sample(pairs, min(2, len(pairs)))
        ]
    return found


def _opening(text: str) -> str:
    return " ".join(text.split()[:20])


BUILDERS: dict[str, Callable[[Path, random.Random], list[AnswerPair]]] = {
    "inference": lambda data, rng: rng.sample(inference(data), 10**4),
    "facts": lambda _, rng: facts(rng),
    "cases": lambda _, rng: cases(rng),
    "choices": choices,
    "spans": spans,
    "edited": edited,
    "told": told,
}


def split(pairs: Iterable[AnswerPair], fold: int, folds: int) -> Iterator[tuple[AnswerPair, bool]]:
    """Each pair with whether it is held apart, the same for all pairs of a group."""
    for pair in pairs:
        yield pair, sum(pair.group.encode()) % folds == fold
