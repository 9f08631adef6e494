"""Numbers as they are written: 3,000.5 and "3.2 million" and "twenty-five"."""

from __future__ import annotations

import regex

from contralint.patterns import lazy_pattern

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ANY_WORD = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_SCALE = "|".join(_SCALES)

# "a hundred" and "one half" are left alone: they are figures of speech more often than figures.
NUMERAL = (
    rf"(?:(?<![\p{{L}}\p{{N}}.])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|(?<![\p{{L}}\p{{N}}.])\d+(?:\.\d+)?(?!\.?\d)|(?<![\p{{L}}\p{{N}}])\.\d+)(?:\s*(?:{_SCALE})\b)?"
    rf"|\b(?:{_ANY_WORD})(?:(?:\s+and\s+|[\s-]+)(?:{_ANY_WORD}))*\b"
)
_DIGITS = lazy_pattern(r"[\d,]*\.?\d+")
_LARGEST = 1e200  # beyond it, no unit would leave a finite number: such a row of digits is no quantity


def numeral(text: str) -> float | None:
    """The value of a text that `NUMERAL` matched; None where its words make no number, or none that can be counted."""
    digits = _DIGITS.match(text)
    if digits:
        scale = text[digits.end() :].strip().casefold()
        value = float(digits[0].replace(",", "")) * _SCALES.get(scale, 1.0)
        return value if value <= _LARGEST else None
    return _spelled([word for word in regex.split(r"[\s-]+", text.casefold()) if word != "and"])


def _spelled(parts: list[str]) -> float | None:
    total, current = 0.0, 0.0
    for part in parts:
        if part in _SMALL:
            if current % 100 and not (current % 100 >= 20 and current % 10 == 0 and _SMALL[part] < 10):
                return None
            current += _SMALL[part]
        elif part == "hundred":
            current = (current or 1) * 100
        else:
            total, current = total + (current or 1) * _SCALES[part], 0.0
    return total + current
