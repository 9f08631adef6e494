"""How capabilities sound: the lexicon of rules/data/capabilities.yaml, and its verbs in every form."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from contralint.rulebook import rules_folder
from contralint.yamlfile import read_yaml

Form = Literal["base", "past", "participle", "gerund"]
After = Literal["any", "past", "told", "denied"]
FORMS: tuple[Form, ...] = ("base", "past", "participle", "gerund")


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb with what it is done to; the lexicon file says what each key holds."""

    do: list[str]
    to: list[str] = []
    after: After = "any"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One capability as the lexicon file describes it."""

    label: str
    acts: list[Act] = []
    nouns: list[str] = []
    states: list[str] = []
    denied: list[str] = []
    exercised: list[str] = []
    tools: list[str] = []
    about: str = ""
    given: str = ""
    denies: list[str] = []
    lived: bool = False


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lexicon file: irregular verbs, sets of words that patterns name, and capabilities by name."""

    irregular: dict[str, tuple[str, str, str]]
    words: dict[str, list[str]]
    capabilities: dict[str, Entry]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships.

    Raises:
        UsageError: The file breaks the lexicon's form.
    """
    return read_yaml(rules_folder() / "data" / "capabilities.yaml").convert(Lexicon)


def inflect(verb: str, form: Form) -> str:
    """A verb in another form; of several words, the first is changed."""
    if form == "base":
        return verb
    stem, ends, _ = verb.partition("{end}")
    head, _, rest = stem.partition(" ")
    irregular = lexicon().irregular.get(head)
    changed = irregular[FORMS.index(form) - 1] if irregular else _regular(head, form)
    return f"{changed} {rest}".strip() + ends


def _regular(verb: str, form: Form) -> str:
    if form == "gerund":
        return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith(("ee", "ye")) else verb + "ing"
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "ed"
