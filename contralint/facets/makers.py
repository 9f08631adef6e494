"""Assistants, models and makers that are known by name: rules/data/identities.yaml."""

from __future__ import annotations

from functools import cache

import msgspec
import regex

from contralint.rulebook import rules_folder
from contralint.yamlfile import read_yaml

_SUFFIXES = frozenset("inc ltd llc corp pbc the company team co ai gmbh labs lab".split())


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, as it says itself."""

    products: dict[str, list[str]]
    models: list[str]
    aliases: dict[str, list[str]]


@cache
def known() -> Known:
    """The names that ship.

    Raises:
        UsageError: The file breaks its form.
    """
    return read_yaml(rules_folder() / "data" / "identities.yaml").convert(Known)


@cache
def family() -> str:
    """Pattern of a model's name with its version: "GPT-4", "Llama 3 70B"."""
    version = r"(?:[- ]?(?:v?\d\w*(?:\.\w+)*|[A-Z]\w*|\b(?:mini|nano|turbo|pro|flash|large|medium|small)\b))*"
    return rf"\b(?:{'|'.join(sorted(known().models, key=len, reverse=True))})(?![a-z]){version}"


def maker_of(product: str) -> str:
    """Who makes a product that is known by name; empty for any other."""
    return next((_products()[word] for word in words_of(product) if word in _products()), "")


def is_model(name: str) -> bool:
    """Whether a name is that of a family of models."""
    return bool(regex.match(family(), name))


def names_model(text: str) -> bool:
    """Whether a text in lower case may name a family of models."""
    return any(name in text for name in _families())


@cache
def _families() -> tuple[str, ...]:
    return tuple(sorted({name.lower() for name in known().models}))


@cache
def _products() -> dict[str, str]:
    return {name.lower(): maker for maker, names in known().products.items() for name in names}


@cache
def _aliases() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((tokens(alias), tokens(name)) for name, aliases in known().aliases.items() for alias in aliases)


def words_of(value: str) -> list[str]:
    """Words and numbers of a name, in lower case."""
    return regex.findall(r"[^\W\d_]+\d?(?![^\W_])|[^\W\d_]+|\d+(?:\.\d+)*", value.lower())


@cache
def tokens(value: str) -> frozenset[str]:
    """What of a name tells it from others."""
    words = frozenset(words_of(value))
    return words - _SUFFIXES or words


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one, perhaps more precise in one: "GPT" and "GPT-4"."""
    first, second = _standing(one), _standing(other)
    return first <= second or second <= first or _initials(one) in second or _initials(other) in first


def _standing(name: str) -> frozenset[str]:
    """A name under the one that stands for it."""
    own = tokens(name)
    return next(((own - alias) | whole for alias, whole in _aliases() if alias <= own), own)


def _initials(value: str) -> str:
    words = value.split()
    return "".join(word[0] for word in words if word[0].isupper()).lower() if len(words) > 1 else "\0"
