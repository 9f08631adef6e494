from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
import yaml

import contralint
from contralint.patterns import DOTALL, IGNORECASE, MULTILINE, REVERSE, _for_ascii, _Pattern, lazy_pattern

SIGNS = "a-b [x] {y: 1} 'q' \"Q\" `c()` _d_ 1,000.5% $5 #1 * |\n\t> 7:30 p.m. i\\j / k; l! M? (n) <o>\n\n- P\r\nq]^~"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _texts(held)


def _examples() -> list[str]:
    folder = Path(contralint.__file__).parent.parent / "rules"
    rules = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml")))
    told = [text for rule in rules for text in list(_texts(rule["examples"]))[:6]]
    return [SIGNS, *(text for text in told if text.isascii())]


def _patterns() -> Iterator[_Pattern]:
    for module in pkgutil.walk_packages(contralint.__path__, "contralint."):
        if module.name.split(".")[1] in ("facets", "kinds", "models", "words"):
            yield from (held for held in vars(importlib.import_module(module.name)).values() if _is_pattern(held))


def _is_pattern(held: object) -> bool:
    return isinstance(held, _Pattern)


def _found(pattern: re.Pattern[str] | regex.Pattern[str], text: str) -> list[tuple[object, ...]]:
    return [(match.span(), match.groups(), match.lastgroup) for match in pattern.finditer(text)]


def test_both_engines_find_the_same_in_ascii() -> None:
    texts = _examples()
    compared = 0
    for pattern in _patterns():
        if (twin := _for_ascii(pattern._source, pattern._flags)) is not None:
            full = regex.compile(pattern._source, pattern._flags)
            assert [_found(twin, text) for text in texts] == [_found(full, text) for text in texts], pattern._source
            compared += 1
    assert compared > 200


@pytest.mark.parametrize(
    ("source", "flags", "text", "expected"),
    [
        (r"\p{Lu}\p{Ll}+", 0, "Ann and Émile", ["Ann", "Émile"]),
        (r"[]\p{L}]+", 0, "a]é b", ["a]é", "b"]),
        (r"[^]\p{N}]+", 0, "ab]12", ["ab"]),
        (r"[a[]\w", 0, "a1 [2", ["a1", "[2"]),
        (r"\[\p{N}\]", 0, "x[1]", ["[1]"]),
        (r"straße|\bk\b", IGNORECASE, "K STRASSE Straße", ["K", "Straße"]),
        (r"(?P<a>no)\W(?P=a)|P", IGNORECASE, "No-NO p", ["No", ""]),
        (r"\p{Lu}x|\Sy", IGNORECASE, "ax BY", ["ax", "BY"]),
        (r"^\w+$", MULTILINE, "one\ntwo three\nfour", ["one", "four"]),
        (r"<.+?>", DOTALL, "<a\nb>", ["<a\nb>"]),
        (r"\w+", REVERSE, "one two", ["two", "one"]),
        (r"(?<=^|\s)x", 0, "x xx", ["x", "x"]),
        (r"(?:(?P<a>x)|(?P<a>y))", 0, "xy", [("x",), ("y",)]),
    ],
)
@pytest.mark.parametrize("behind", ["", "\n«é»"])
def test_a_pattern_finds_what_regex_finds(
    source: str, flags: int, text: str, expected: list[object], behind: str
) -> None:
    pattern = lazy_pattern(source, flags)
    assert pattern.findall(text + behind) == regex.compile(source, flags).findall(text + behind)
    assert behind or pattern.findall(text) == expected
    assert [pattern.search(text + behind, at) is None for at in range(len(text))] == [
        regex.compile(source, flags).search(text + behind, at) is None for at in range(len(text))
    ]


def test_positions_hold_in_either_engine() -> None:
    pattern = lazy_pattern(r"\bb+\b|^a")
    for text in ("abb bb", "ébb bb"):
        found = pattern.search(text, 1)
        assert found
        assert found.span() == (4, 6)
        assert pattern.match(text, 4)
        assert pattern.fullmatch(text, 4, 6)
        assert pattern.search(text, 1, 4) is None
