"""One answer in many forms: bare, behind an opening, or as a whole sentence made of question and answer."""

from __future__ import annotations

import random
import re

from training import edits

_FORMS = (
    "{}",
    "{}.",
    "The answer is {}.",
    "It is {}.",
    "I would say {}.",
    "That would be {}.",
    "The correct answer: {}",
    "{}, of course.",
    "As far as I know, it's {}.",
)
_EQUALS = re.compile(
    r"^(?:what|who|which \w+) (is|are|was|were) (?P<rest>(?:the|a|an|[A-Z]\w+'s)\b.{4,90})\?$", re.IGNORECASE
)
_ACTS = re.compile(
    r"^(?:what|who|which [a-z]+|what (?:kind|type|sort) of \w+) "
    r"(?P<rest>(?:can|may|must|will|should|could|\w{2,}(?:s|ed)|have|began|made|became)\b.{4,90})\?$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(r"^(?:is|are|was|were|does|do|did|has|had)\b", re.IGNORECASE)


def spoken(answer: str, rng: random.Random) -> str:
    """The answer behind a few words."""
    return rng.choice(_FORMS).format(answer)


def sentence(question: str, answer: str) -> str | None:
    """Question and answer as one statement, where the question has a form that allows it."""
    if found := _EQUALS.match(question):
        return capital(f"{found['rest']} {found[1].lower()} {answer}.")
    found = _ACTS.match(question)
    if found and not _NO_SUBJECT.match(found["rest"]):
        return capital(f"{answer} {found['rest']}.")
    return None


def said(question: str, answer: str, rng: random.Random) -> str:
    """The answer in one of its forms, half of the time as a whole sentence where there is one."""
    whole = sentence(question, answer)
    return whole if whole and rng.random() < 0.5 else spoken(answer, rng)


def opened(text: str, rng: random.Random) -> str:
    """An answer slightly reworded and behind an opening."""
    return edits.introduce(edits.contract(text, rng) or edits.swap_synonym(text, rng) or text, rng) or text


def capital(text: str) -> str:
    """The text with a capital first letter, unless it is one word."""
    return text[:1].upper() + text[1:] if " " in text else text
