"""What tokenisers leave at the end of a response: marks that end a text, and are no part of it."""

from __future__ import annotations

import re
from dataclasses import replace

from contralint.records import Field

_MARKS = re.compile(r"(?:\s*(?:<\|(?:endoftext|im_end|eot_id|end_of_text|end|eom_id)\|>|<eos>|<end_of_turn>|</s>))+\s*\Z")
# HTML strikes text through so; then "</s>" closes what was opened.
_OPENED = re.compile(r"<s>", re.IGNORECASE)


def without_end_marks(field: Field) -> Field:
    """The text without marks at its end; places in it stay what they were."""
    found = _MARKS.search(field.text)
    if not found or (found[0].strip() == "</s>" and _OPENED.search(field.text)):
        return field
    return replace(field, text=field.text[: found.start()])
