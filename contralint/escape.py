"""Text of others made safe to print: nothing that steers a terminal or hides from the reader stays raw."""

from __future__ import annotations

import json
import re
from functools import lru_cache

# Controls, lone surrogates, line separators, and the formats that show nothing or reorder what does: soft hyphen,
# zero-width and bidi marks, interlinear annotation, tags. The two joiners (U+200C, U+200D) stay: Persian, Indic
# scripts and emoji are spelt with them.
_FORMATS = (
    r"\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB"
    r"\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E007F"
)
_HIDDEN = re.compile(rf"[\x00-\x1F\x7F-\x9F\uD800-\uDFFF{_FORMATS}]")
_HIDDEN_IN_JSON = re.compile(rf"[\x7F-\x9F\uD800-\uDFFF{_FORMATS}]")


def visible(text: str) -> str:
    """The text with hidden characters spelt as JSON escapes."""
    return _HIDDEN.sub(_escaped, text)


def quotable(text: str) -> list[str]:
    """Each character as it stands in a JSON string that shows what is hidden."""
    return [_quotable(character) for character in text]


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON in readable Unicode. What is hidden is escaped, so it may go to any terminal, file or encoding."""
    dumped = json.dumps(value, ensure_ascii=False, indent=indent)
    # The module json escapes controls up to U+001F itself, so that raw line breaks are its own indentation.
    return _HIDDEN_IN_JSON.sub(_escaped, dumped)


@lru_cache(maxsize=4096)
def _quotable(character: str) -> str:
    return "\\" + character if character in '"\\' else visible(character)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
