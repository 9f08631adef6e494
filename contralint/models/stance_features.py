"""What the stance model sees of a record: symbols of a closed vocabulary and the shape of the answer, no topics."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from contralint.models.stance_words import ECHOED, SYMBOLS

# Work is bounded: of a long response only the beginning and the end are looked at.
HEAD_CHARACTERS = 1500
TAIL_CHARACTERS = 400
HEAD_SYMBOLS = 70
TAIL_SYMBOLS = 30
SENTENCE_SYMBOLS = 40
TYPICAL_FEATURES = 400
ASKED_SYMBOLS = 16

# Places the unspoken rest of the vocabulary takes: a word of the request, another topic word, a number.
ECHO, TOPIC, NUMBER = "=", "*", "0"

_TOKEN = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d+|[.!?\n]+|[,:;]")
_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTE = re.compile(r'"[^"\n]{12,}"|“[^”\n]{12,}”')
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s", re.MULTILINE)
_MASKS = frozenset({"codeblock", "quotation"})
_SHORTEST_AROUND_QUOTE = 30


def features(instruction: str, response: str) -> dict[str, float]:
    """Features of a record by name: word patterns of beginning, end and first sentences, counts, and shape."""
    text = response.strip()
    beginning, rest = text[:HEAD_CHARACTERS], text[HEAD_CHARACTERS:]
    asked = frozenset(_TOKEN.findall(_plain(instruction[-2000:])))
    head = _symbols(_plain(beginning), asked)
    last = _symbols(_plain(rest[-TAIL_CHARACTERS:]), asked) if rest else head
    found = dict.fromkeys(_patterns(head, last), 1.0)
    found.update(dict.fromkeys(_asked(instruction), 1.0))
    for symbol, count in Counter(symbol for symbol in head if symbol.isupper()).items():
        found["count " + symbol] = math.log1p(count)
    found.update(_shape(beginning, head))
    found["length"] = math.log1p(len(text)) / 5  # about 1 for a short sentence
    return found


def scale(found: dict[str, float]) -> float:
    """What the features of a record are multiplied by, so that a long response is not the surer for its length."""
    return float((TYPICAL_FEATURES / len(found)) ** 0.25)


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, code and longer quotations masked."""
    text = text.lower().replace("’", "'")
    if "```" in text:
        text = _CODE.sub(" codeblock ", text)
    if text.count('"') > 1 or "“" in text:
        masked = _QUOTE.sub(" quotation ", text)
        # An answer that stands in quotes as a whole is still the answer.
        text = masked if len(masked) > _SHORTEST_AROUND_QUOTE else text
    return text


def _symbols(text: str, asked: frozenset[str]) -> list[str]:
    """Symbols of a text; runs of topic words become one."""
    found = ["^"]
    for token in _TOKEN.findall(text):
        symbol = SYMBOLS.get(token)
        if symbol is None:
            symbol = _unspoken(token, asked)
        elif symbol in ECHOED and token in asked:
            symbol = ECHO
        if symbol != found[-1]:
            found.append(symbol)
    return found


def _unspoken(token: str, asked: frozenset[str]) -> str:
    first = token[0]
    if first in ".!?\n":
        return "?" if "?" in token else "."
    if first in ",:;" or token in _MASKS:
        return token
    if first.isdigit():
        return NUMBER
    return ECHO if token in asked else TOPIC


def _patterns(head: list[str], last: list[str]) -> list[str]:
    first, second = _sentences(head)
    return [
        *_grams(head[:HEAD_SYMBOLS], 3, ""),
        *_grams(first, 3, "1 "),
        *_grams(second, 2, "2 "),
        *_grams(last[-TAIL_SYMBOLS:], 2, "last "),
    ]


def _asked(instruction: str) -> list[str]:
    return _grams(_symbols(_plain(instruction[:300]), frozenset())[:ASKED_SYMBOLS], 3, "asked ")


def _sentences(symbols: list[str]) -> tuple[list[str], list[str]]:
    """The first two sentences, ends included."""
    ends = [place + 1 for place, symbol in enumerate(symbols) if symbol in (".", "?")]
    first = ends[0] if ends else len(symbols)
    second = ends[1] if len(ends) > 1 else len(symbols)
    return symbols[: min(first, SENTENCE_SYMBOLS)], symbols[first : min(second, first + SENTENCE_SYMBOLS)]


def _grams(symbols: list[str], longest: int, prefix: str) -> list[str]:
    """Runs of one to three symbols."""
    found = [prefix + symbol for symbol in symbols]
    pairs = list(map(" ".join, pairwise(symbols)))
    found += [prefix + pair for pair in pairs]
    if longest > 2:
        found += [f"{prefix}{pair} {after}" for pair, after in zip(pairs, symbols[2:], strict=False)]
    return found


def _shape(beginning: str, head: list[str]) -> dict[str, float]:
    total = len(head)
    return {
        "items": math.log1p(len(_ITEM.findall(beginning))),
        "topic": head.count(TOPIC) / total,
        "echo": head.count(ECHO) / total,
        "digits": head.count(NUMBER) / total,
        "code": float("codeblock" in head),
    }
