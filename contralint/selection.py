"""The choice among rules: by ID, prefix of an ID, name, or "ALL"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from contralint.config import Level
from contralint.diagnostics import Severity
from contralint.errors import UsageError
from contralint.rule import Rule
from contralint.spelling import did_you_mean

ALL = "ALL"


def select(
    rules: Mapping[str, Rule],
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> dict[str, Rule]:
    """Chooses rules by ID, prefix of an ID, name, or "ALL".

    Without `select`, the rules that are on by default. Where a rule is both selected and ignored, the more
    specific word wins ("CL201" over "CL2"), and between equals `ignore`.

    Raises:
        UsageError: A word matches no rule.
    """
    chosen, dropped = [*select], [*ignore]
    added = [*extend_select]
    for word in (*chosen, *added, *dropped):
        matching(rules, word)
    return {
        key: rule
        for key, rule in rules.items()
        if _is_chosen(rule, rule.default and not chosen, [*chosen, *added], dropped)
    }


def matching(rules: Mapping[str, Rule], word: str) -> list[str]:
    """IDs of the rules that an ID, a prefix, a name or "ALL" means.

    Raises:
        UsageError: It means none.
    """
    found = [key for key, rule in rules.items() if _weight(rule, word) is not None]
    if not found:
        known = [ALL, *rules, *(rule.name for rule in rules.values()), *sorted({key[:-2] for key in rules})]
        raise UsageError(f"unknown rule '{word}'{did_you_mean(word, known)}")
    return found


def named(rules: Mapping[str, Rule], word: str) -> Rule:
    """The one rule of an ID or a name.

    Raises:
        UsageError: There is none.
    """
    rule = next((rule for rule in rules.values() if word in (rule.id, rule.name)), None)
    if rule is None:
        known = [*rules, *(rule.name for rule in rules.values())]
        raise UsageError(f"unknown rule '{word}'{did_you_mean(word, known)}")
    return rule


def names(words: Iterable[str], rule: Rule) -> bool:
    """Whether one of some IDs, prefixes of IDs, names and "ALL" means a rule."""
    return any(_weight(rule, word) is not None for word in words)


def _is_chosen(rule: Rule, by_default: bool, selected: Sequence[str], ignored: Sequence[str]) -> bool:
    wanted = _strongest(rule, selected)
    unwanted = _strongest(rule, ignored)
    return wanted > unwanted or (by_default and unwanted < 0)


def _strongest(rule: Rule, words: Iterable[str]) -> int:
    return max((weight for word in words if (weight := _weight(rule, word)) is not None), default=-1)


def _weight(rule: Rule, word: str) -> int | None:
    """How specific a word is for a rule: the characters of the ID that it settles; None where it means another."""
    if word == ALL:
        return 0
    if word == rule.name:
        return len(rule.id)
    return len(word) if word and rule.id.startswith(word) else None


def with_levels(rules: Mapping[str, Rule], levels: Mapping[str, Level]) -> dict[str, Rule]:
    """The rules with the severities that a configuration gives them, without those that it switches "off".

    Where several words mean one rule, the more specific one wins.
    """
    given = {key: _level(rule, levels) for key, rule in rules.items()}
    return {key: _at_level(rule, given[key]) for key, rule in rules.items() if given[key] != "off"}


def _level(rule: Rule, severity: Mapping[str, Level]) -> Level | None:
    """The level that the most specific word of a configuration gives a rule, if any."""
    weights = {word: weight for word in severity if (weight := _weight(rule, word)) is not None}
    return severity[max(weights, key=lambda word: weights[word])] if weights else None


def _at_level(rule: Rule, level: Level | None) -> Rule:
    return msgspec.structs.replace(rule, severity=Severity(level), lower_below=0.0) if level else rule
