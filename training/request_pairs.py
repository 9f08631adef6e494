"""Pairs of requests, with whether both ask the same: what the same-request classifier learns from."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training import edits, request_groups
from training.answer_pairs import rows
from training.facts import RELATIONS
from training.request_frames import COMMANDS, QUESTIONS

_QUESTION = re.compile(r"^(?:what|who|where|when|why|how|which|is|are|can|does|do)\b", re.IGNORECASE)
_ADDITIONS = (
    " in French",
    " in German",
    " in one sentence",
    " in JSON",
    " in Java",
    " for a child",
    " in the 19th century",
    " without using lists",
    " in Canada",
    " as a poem",
    " in three steps",
    " for women over fifty",
    " at night",
    " with an example",
    " and explain why",
    " in Excel",
)
_LEADS = (
    ("best", "worst"),
    ("Write", "Summarize"),
    ("Explain", "Translate"),
    ("Describe", "Criticize"),
    ("List", "Count"),
    ("How", "Why"),
    ("What", "Who"),
    ("Where", "When"),
    ("When", "Why"),
    ("Who", "When"),
    ("Generate", "Evaluate"),
    ("Give", "Rate"),
    ("Create", "Review"),
)


_PLAIN = frozenset(
    "the you your are and that this have able need want how like use used try trying going what more".split()
)


@dataclass(frozen=True)
class RequestPair:
    """Two requests.

    Attributes:
        left: One request.
        right: The other.
        same: Whether both ask the same.
        source: Where the pair comes from.
        group: What must stay on one side of a split.
    """

    left: str
    right: str
    same: bool
    source: str
    group: str


def written() -> list[RequestPair]:
    """Groups written one by one, each request with each."""
    found = []
    for group in request_groups.written():
        pairs = [(a, b, True) for a, b in itertools.combinations(group.same, 2)]
        pairs += [(a, b, False) for a, b in itertools.product(group.same, group.other)]
        found += [RequestPair(a, b, equal, "written", group.name) for a, b, equal in pairs]
    return found


def factual(rng: random.Random) -> list[RequestPair]:
    """Questions of one relation: other words and the same subject, or another subject."""
    found = []
    for relation in RELATIONS:
        subjects = sorted(relation.facts)
        for subject in subjects:
            group = f"{relation.name}/{subject}"
            first, second = (form.format(s=subject) for form in rng.sample(relation.questions, 2))
            found.append(RequestPair(first, second, True, "facts", group))
            other = rng.choice([each for each in subjects if each != subject])
            others = [form.format(s=other) for form in rng.sample(relation.questions, 2)]
            found += [RequestPair(first, question, False, "facts", group) for question in others]
    return found


def instructions(data: Path) -> list[str]:
    """Real requests: of GPTeacher, Self-Instruct, XSTest, TruthfulQA, and T0's QASC and Adversarial QA."""
    found = [row["instruction"] for row in rows(data / "gpteacher_roleplay.jsonl")]
    found += [row["instruction"].split("\n")[-1] for row in rows(data / "gpteacher_toolformer_dev.jsonl")]
    found += [row["instruction"] for row in rows(data / "self_instruct_user_oriented.jsonl")]
    found += [row["prompt"] for row in rows(data / "xstest.jsonl")] + [
        row["question"] for row in rows(data / "truthfulqa_dev.jsonl")
    ]
    quoted = re.compile(r"^Question: \"([^\n\"]{12,160}\?)\"|then ([^\n]{12,160}\?)")
    for row in rows(data / "t0_50k.jsonl.gz"):
        if match := quoted.search(row["prompt"]):
            found.append(match[1] or match[2])
    return sorted({text.strip() for text in found if 10 < len(text) < 700})


def frame(text: str, rng: random.Random) -> str | None:
    """The request within a polite frame."""
    inner = text[0].lower() + text[1:] if not text.startswith("I ") else text
    return rng.choice(QUESTIONS if _QUESTION.match(text) else COMMANDS).format(inner)


def front(text: str, _: random.Random) -> str | None:
    """The end of the request moved to its beginning: in Python, how do I ...?"""
    found = re.fullmatch(r"(\w[^?.]*) (in|with|for|at|on|using|about) ([^?.,]{3,40})([?.])", text)
    if not found:
        return None
    rest = found[1] if found[1].startswith("I ") else found[1][0].lower() + found[1][1:]
    return f"{found[2].capitalize()} {found[3]}, {rest}{found[4]}"


def topic(text: str, _: random.Random) -> str | None:
    """The thing asked about named first: Guernica, who painted it?"""
    found = re.fullmatch(r"((?:Who|What|When|Where|Why|How|Which)\b[^?]*) ((?:the )?[A-Z][\w' ]+)\?", text)
    return f"{found[2]}: {found[1][0].lower()}{found[1][1:]} it?" if found else None


def add(text: str, rng: random.Random) -> str | None:
    """One more demand."""
    end = len(text.rstrip(".?! "))
    return text[:end] + rng.choice(_ADDITIONS) + text[end:]


def swap_lead(text: str, rng: random.Random) -> str | None:
    """Another thing to do with the same words."""
    fitting = [(a, b) for pair in _LEADS for a, b in (pair, pair[::-1]) if re.search(rf"\b{a}\b", text)]
    if not fitting:
        return None
    old, new = rng.choice(fitting)
    return re.sub(rf"\b{old}\b", new, text, count=1)


def swap_ends(text: str, _: random.Random) -> str | None:
    """The two things on either side of a role word in each other's place."""
    found = re.search(r"\b([A-Za-z]{3,}) (to|into|than|from|over|with|before|after|for) ([A-Za-z]{3,})\b(?! of)", text)
    if not found or {found[1].lower(), found[3].lower()} & _PLAIN:
        return None
    return text[: found.start()] + f"{found[3]} {found[2]} {found[1]}" + text[found.end() :]


def swap_word(words: Sequence[str]) -> edits.Edit:
    """An edit that puts one of these words in the place of a long word."""

    def edit(text: str, rng: random.Random) -> str | None:
        found = [match for match in re.finditer(r"\b[a-z]{5,}\b", text) if match[0] in words]
        if not found:
            return None
        old = rng.choice(found)
        new = rng.choice(words)
        return None if new[:4] == old[0][:4] else text[: old.start()] + new + text[old.end() :]

    return edit


def nouns(texts: Sequence[str]) -> list[str]:
    """Words behind an article, sorted: things that requests are about."""
    found = {
        match[1]
        for text in texts
        for match in re.finditer(r"\b(?:a|an|the) ([a-z]{5,})\b(?= (?:of|for|in|to|that|with|and|is)\b|[.?,])", text)
    }
    return sorted(found)


def edited(data: Path, rng: random.Random, most: int = 6000) -> list[RequestPair]:
    """Real requests against themselves: changed in what is asked, or reworded."""
    texts = instructions(data)
    changes: list[edits.Edit] = [
        edits.change_number,
        edits.change_name(edits.names_of(texts)),
        negated,
        edits.oppose,
        add,
        swap_lead,
        swap_word(nouns(texts)),
    ]
    rewordings: list[edits.Edit] = [
        frame,
        edits.contract,
        edits.swap_synonym,
        edits.mistype,
        edits.recase,
        frame,
        front,
        topic,
    ]
    found = []
    for text in rng.sample(texts, min(most, len(texts))):
        start = reworded(text, rewordings, rng) if rng.random() < 0.4 else text
        changed = [
            other for change in rng.sample(changes, len(changes)) if (other := change(start, rng)) and other != start
        ]
        found += [RequestPair(text, other, False, "edited", text) for other in changed[:2]]
        if swapped := swap_ends(start, rng):
            found.append(RequestPair(text, swapped, False, "edited", text))
        found += [RequestPair(text, reworded(text, rewordings, rng), True, "edited", text) for _ in range(2)]
        moved = [other for move in (front, topic) if (other := move(text, rng))]
        found += [RequestPair(text, other, True, "edited", text) for other in moved]
    return found


def negated(text: str, _: random.Random) -> str | None:
    """What not to do, or whether something is not so."""
    if found := re.match(r"(Is|Are|Can|Should|Does|Do|Was|Will) ((?:the |a |an |my )?\w+) ", text):
        return f"{found[0]}not {text[found.end() :]}"
    if re.match(r"(Write|Tell|Give|Use|Include|Explain|Describe) ", text):
        return f"Do not {text[0].lower()}{text[1:]}"
    return re.sub(r"\b(should|can|could|would|do|does|to)\b", r"\1 not", text, count=1)


def reworded(text: str, rewordings: Sequence[edits.Edit], rng: random.Random) -> str:
    """One to three rewordings on top of each other."""
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        text = rng.choice(rewordings)(text, rng) or text
    return text


def contrasts(data: Path, rng: random.Random) -> list[RequestPair]:
    """XSTest: safe prompts against the unsafe look-alikes written to contrast with them."""
    by_type: dict[str, set[str]] = {}
    for row in rows(data / "xstest.jsonl"):
        by_type.setdefault(row["type"], set()).add(row["prompt"])
    found = []
    for name, prompts in sorted(by_type.items()):
        others = sorted(by_type.get(f"contrast_{name}", set()))
        for prompt in sorted(prompts) if others else []:
            nearest = max(others, key=lambda other: (_overlap(prompt, other), other))
            found.append(RequestPair(prompt, nearest, False, "xstest", prompt))
            found.append(RequestPair(prompt, rng.choice(sorted(prompts - {prompt})), False, "xstest", prompt))
    return found


def _overlap(left: str, right: str) -> float:
    ours, theirs = set(left.lower().split()), set(right.lower().split())
    return len(ours & theirs) / len(ours | theirs)


def paraphrases(data: Path, rng: random.Random, most: int = 1200) -> list[RequestPair]:
    """PAWS (free for any use): sentences of the same words, with or without the same meaning."""
    pattern = re.compile(
        r"Sentence 1: (?P<left>[^\n]+)\nSentence 2: (?P<right>[^\n]+)\nQuestion: "
        r"(?:Can we rewrite|Does Sentence|Do Sentence)"
        r"|^(?P<sentence>[^\n]+)\nIs that a paraphrase of the following sentence\?\n(?P<other>[^\n]+)"
    )
    found: dict[str, RequestPair] = {}
    for row in rows(data / "t0_50k.jsonl.gz"):
        if match := pattern.search(row["prompt"]):
            same = row["completion"].startswith("Yes")
            left, right = match["left"] or match["sentence"], match["right"] or match["other"].rstrip("?")
            found[left] = RequestPair(left, right, same, "paws", left)
    return rng.sample(sorted(found.values(), key=lambda pair: pair.left), min(most, len(found)))


def everything(data: Path) -> list[RequestPair]:
    """All pairs, in one order."""
    rng = random.Random(0)
    return [*written(), *factual(rng), *edited(data, rng), *contrasts(data, rng), *paraphrases(data, rng)]
