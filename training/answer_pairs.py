"""All that the judge learns from, by source."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from training import edits
from training.answer_forms import opened
from training.answer_pair import AnswerPair, rows
from training.fact_pairs import facts, members
from training.option_pairs import choices, spans

CASES = Path(__file__).with_name("answer_cases.txt")
# Halves of TruthfulQA's questions.
FOLDS = 2


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
            AnswerPair(row["question"], one, opened(one, rng), False, "truthfulqa", row["question"]) for one in wrong
        ]
    return found


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
    behind = [replace(pair, right=opened(pair.right, rng)) for pair in found if not pair.conflict]
    return found + behind


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


_PARAPHRASE = re.compile(
    r"^Sentence 1: (?P<left>[^\n]{20,150})\nSentence 2: (?P<right>[^\n]{20,150})\nQuestion: Does Sentence 1 paraphrase"
)


def reworded(data: Path) -> list[AnswerPair]:
    """Sentences of PAWS (free for any use) that say the same in another order of words."""
    found = []
    for row in rows(data / "t0_50k.jsonl.gz"):
        match = _PARAPHRASE.search(row["prompt"])
        if match and row["completion"].startswith("Yes"):
            found.append(AnswerPair("", match["left"], match["right"], False, "paws", match["left"]))
    return found


BUILDERS: dict[str, Callable[[Path, random.Random], list[AnswerPair]]] = {
    "inference": lambda data, _: inference(data),
    "facts": lambda _, rng: facts(rng),
    "members": lambda _, rng: members(rng),
    "cases": lambda _, rng: cases(rng),
    "choices": choices,
    "spans": spans,
    "edited": edited,
    "reworded": lambda data, _: reworded(data),
    "told": told,
}
