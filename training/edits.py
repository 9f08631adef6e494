"""Changes to real texts: those that change what is said, and those that only reword it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from contralint.models.lexicon import OPPOSITE_WORDS, SYNONYM_WORDS

Edit = Callable[[str, random.Random], str | None]

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|should|will|would|must|has|have|may|does|do|did)\b(?! not|n't)")
_NOT = re.compile(r"\b(is|are|was|were|can|could|should|will|would|must|has|have|may|does|do|did)(?: not|n't)\b")
_WORD = re.compile(r"[A-Za-z]+")
_SPELLED = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
)
_CONTRACTIONS = (
    ("What's", "What is"),
    ("what's", "what is"),
    ("I'm", "I am"),
    ("don't", "do not"),
    ("can't", "cannot"),
    ("isn't", "is not"),
    ("doesn't", "does not"),
    ("won't", "will not"),
    ("it's", "it is"),
    ("I'd", "I would"),
    ("You're", "You are"),
    ("didn't", "did not"),
)
_OPENINGS = (
    "Sure! ",
    "The short answer: ",
    "As far as I know, ",
    "In short, ",
    "Well, ",
    "Good question. ",
    "To answer your question: ",
    "Certainly. ",
)


def change_number(text: str, rng: random.Random) -> str | None:
    """Another number in the place of one."""
    found = list(_NUMBER.finditer(text))
    if found:
        number = rng.choice(found)
        return text[: number.start()] + _other_number(number[0], rng) + text[number.end() :]
    return _swap_word(text, {word: tuple(w for w in _SPELLED if w != word) for word in _SPELLED}, rng)


def _other_number(written: str, rng: random.Random) -> str:
    value = float(written.replace(",", ""))
    step = rng.choice((1, 2, 3, 5, 10)) if value < 100 else rng.choice((1, 4, 10, 50, 100))
    other = value + step if value < step or rng.random() < 0.5 else value - step
    return f"{other:g}" if value < 1e5 and "." in written else f"{int(other)}"


def change_name(names: Sequence[str]) -> Edit:
    """An edit that puts another of these names in the place of one."""

    def edit(text: str, rng: random.Random) -> str | None:
        found = list(_NAME.finditer(text))
        if not found:
            return None
        name = rng.choice(found)
        other = rng.choice(names)
        return None if other in text else text[: name.start()] + other + text[name.end() :]

    return edit


def names_of(texts: Sequence[str]) -> list[str]:
    """Names that stand within sentences of these texts, sorted."""
    return sorted({name[0] for text in texts for name in _NAME.finditer(text)})


def negate(text: str, rng: random.Random) -> str | None:
    """Puts a "not" behind the first auxiliary, or takes it away."""
    if _NOT.search(text):
        return _NOT.sub(r"\1", text, count=1)
    if not _AUXILIARY.search(text) or text.endswith("?"):
        return None
    return _AUXILIARY.sub(r"\1 not" if rng.random() < 0.7 else r"\1 never", text, count=1)


def oppose(text: str, rng: random.Random) -> str | None:
    """The opposite of a word in its place."""
    return _swap_word(text, OPPOSITE_WORDS, rng)


def swap_synonym(text: str, rng: random.Random) -> str | None:
    """A word of the same meaning in the place of one."""
    return _swap_word(text, SYNONYM_WORDS, rng)


def _swap_word(text: str, table: dict[str, tuple[str, ...]], rng: random.Random) -> str | None:
    found = [word for word in _WORD.finditer(text) if word[0].lower() in table]
    if not found:
        return None
    word = rng.choice(found)
    other = rng.choice(table[word[0].lower()])
    return text[: word.start()] + (other.capitalize() if word[0][0].isupper() else other) + text[word.end() :]


def contract(text: str, rng: random.Random) -> str | None:
    """Writes contractions out, or draws words together."""
    pairs = [pair for pair in _CONTRACTIONS if pair[0] in text or pair[1] in text]
    if not pairs:
        return None
    short, full = rng.choice(pairs)
    return text.replace(short, full) if short in text else text.replace(full, short)


def mistype(text: str, rng: random.Random) -> str | None:
    """Swaps or drops a letter within a long word."""
    found = [word for word in _WORD.finditer(text) if len(word[0]) > 5]
    if not found:
        return None
    word = rng.choice(found)
    at = word.start() + rng.randrange(1, len(word[0]) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if rng.random() < 0.5 else text[:at] + text[at + 1 :]


def recase(text: str, rng: random.Random) -> str | None:
    """Another casing or punctuation."""
    return rng.choice(
        (
            text.lower(),
            text.rstrip(".?! "),
            text.upper() if len(text) < 60 else text.lower(),
            text.rstrip(".?! ").lower(),
        )
    )


def introduce(text: str, rng: random.Random) -> str | None:
    """An answer behind a few words that say nothing."""
    return rng.choice(_OPENINGS) + text
