"""How capabilities sound: the lexicon of rules/data/capabilities.yaml, compiled into patterns."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec
import regex

from contralint.rulebook import rules_folder
from contralint.yamlfile import read_yaml

Form = Literal["base", "past", "participle", "gerund"]
FORMS: tuple[Form, ...] = ("base", "past", "participle", "gerund")
WORD = regex.compile(r"[\w'-]+")
FIRST_PERSON = r"\b(?:i|this (?:ai|assistant|model|bot|chatbot))"
FIRST_PERSON_IS = r"\b(?:i am|i'm|im|this (?:ai|assistant|model|bot|chatbot) is)"
_END = r"(?=\s*(?:$|[,.;!?)—–-]|(?:or|and|like|in|the way|as|because|since|but|so|either|anymore|too|myself|on my own|for you)\b))"
_DETERMINER = (
    r"(?:an?|any|the|my|real|actual|physical|human|direct|live|real-time|such|own|of|kind|sort|form|access|ability|connection|connected|exposure|to|true|built-in|personal|"
    r"sense|thing as|things like|use|conventional|traditional|literal|way|biological|much|your|what you'd call|like)"
)
_STOP = r"(?:how|but|because|whether|if|code|script|function|instructions?|guide|steps|story|example)\b"
_GAP = rf"(?:\s+(?!{_STOP})[^\s.!?;:,]+){{0,3}}?\s+"


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb with what it is done to; the lexicon file says what each key holds."""

    do: list[str]
    to: list[str] = []
    after: Literal["any", "past", "denied"] = "any"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One capability as the lexicon file describes it."""

    label: str
    acts: list[Act] = []
    nouns: list[str] = []
    states: list[str] = []
    denied: list[str] = []
    exercised: list[str] = []
    tools: list[str] = []
    denies: list[str] = []
    lived: bool = False


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lexicon file: irregular verbs and capabilities by name."""

    irregular: dict[str, tuple[str, str, str]]
    capabilities: dict[str, Entry]


@dataclass(frozen=True)
class Deed:
    """An act in one form of its verb.

    Attributes:
        verb: The verb with its particles.
        objects: What follows it.
    """

    capability: str
    verb: regex.Pattern[str]
    objects: regex.Pattern[str]
    after: str

    def end(self, text: str, start: int) -> int | None:
        """Where the act ends that begins at a position of a text; None where it does not begin there."""
        verb = self.verb.match(text, start)
        done = self.objects.match(text, verb.end()) if verb else None
        return done.end() if done else None


@dataclass(frozen=True)
class Phrases:
    """Everything that is looked for, compiled.

    Attributes:
        deeds: For each form of verbs, deeds by the verb's first word.
        nouns: For each capability, what one has that has it; starts at the noun phrase.
        passives: For each capability, its object with what was done to it ("alarm is set").
        denied: For each capability, further denials.
        exercised: For each capability, further exercises.
        tools: For each capability, patterns over the words of tool names.
    """

    deeds: Mapping[Form, Mapping[str, tuple[Deed, ...]]]
    nouns: Mapping[str, regex.Pattern[str]]
    passives: Mapping[str, regex.Pattern[str]]
    denied: Mapping[str, regex.Pattern[str]]
    exercised: Mapping[str, regex.Pattern[str]]
    tools: Mapping[str, regex.Pattern[str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships.

    Raises:
        UsageError: The file breaks the lexicon's form.
    """
    return read_yaml(rules_folder() / "data" / "capabilities.yaml").convert(Lexicon)


@cache
def phrases() -> Phrases:
    """The shipped lexicon, compiled once."""
    entries = lexicon().capabilities
    return Phrases(
        deeds={form: _deeds(form) for form in FORMS},
        nouns={name: _noun(entry.nouns) for name, entry in entries.items() if entry.nouns},
        passives={name: _passive(entry) for name, entry in entries.items() if any(act.to for act in entry.acts)},
        denied=_compiled({name: entry.denied for name, entry in entries.items()}),
        exercised=_compiled({name: entry.exercised for name, entry in entries.items()}),
        tools=_compiled({name: entry.tools for name, entry in entries.items()}),
    )


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


def _deeds(form: Form) -> dict[str, tuple[Deed, ...]]:
    found: dict[str, list[Deed]] = {}
    for name, entry in lexicon().capabilities.items():
        for act in entry.acts:
            objects = _objects(tuple(act.to))
            for verb in sorted({inflect(verb, form) for verb in act.do}):
                head = verb.replace("{end}", "").partition(" ")[0]
                found.setdefault(head, []).append(Deed(name, _verb(verb), objects, act.after))
    return {head: tuple(deeds) for head, deeds in found.items()}


@cache
def _pattern(source: str) -> regex.Pattern[str]:
    return regex.compile(source)


def _verb(verb: str) -> regex.Pattern[str]:
    return _pattern(verb.replace(" ", r"\s+").replace("{end}", _END))


def _objects(wanted: tuple[str, ...]) -> regex.Pattern[str]:
    return _pattern(rf"{_GAP}(?:{'|'.join(wanted)})(?:s|es)?(?![\w-])" if wanted else r"(?![\w-])")


def _noun(nouns: Iterable[str]) -> regex.Pattern[str]:
    return _pattern(rf"(?:{_DETERMINER}\s+){{0,6}}(?:{'|'.join(nouns)})(?![\w-])")


def _passive(entry: Entry) -> regex.Pattern[str]:
    """Patterns of "your alarm is set": an object, a form of be, a participle or state."""
    acts = [act for act in entry.acts if act.to and act.after == "any"]
    done = sorted({inflect(verb, "participle") for act in acts for verb in act.do if " " not in verb})
    objects = "|".join(wanted for act in acts for wanted in act.to)
    states = "|".join([*done, *entry.states]) or r"(?!)"
    return _pattern(
        rf"(?:\b(?:your|the|an?|both|all)\b(?:\s+[\w'-]+){{0,2}}?\s+|^\s*(?:[\w'-]+,?\s+){{0,2}}?)(?:{objects})s?\b(?:\s+(?:for|to|at|in)\s+[^.!?,;]{{1,30}}?)?"
        rf"(?:'s|'re|,|\s+(?:is|are|was|were|has been|have been|should be)|(?=\s+(?:{states})\b))"
        rf"(?:\s+(?:now|already|all|been|successfully|being|just|officially))*\s+(?:{states})(?![\w-])(?! by)"
    )


def _compiled(sources: Mapping[str, Iterable[str]]) -> dict[str, regex.Pattern[str]]:
    joined = {name: "|".join(f"(?:{source})" for source in group) for name, group in sources.items()}
    return {name: _pattern(_in_person(source)) for name, source in joined.items() if source}


def _in_person(source: str) -> str:
    return source.replace("{i}", FIRST_PERSON).replace("{am}", FIRST_PERSON_IS)
