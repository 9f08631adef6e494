"""What tokenisers leave at the end of a response: marks that end a text, and are no part of it."""

from __future__ import annotations

from dataclasses import replace

from contralint.records import Field

_MARKS = (
    *("<|endoftext|>", "<|end_of_text|>", "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end|>"),
    *("<end_of_turn>", "<eos>", "</s>"),
)


def without_end_marks(field: Field) -> Field:
    """The text without marks at its end, and the white space around them; places in it stay what they were."""
    text = field.text.rstrip()
    if not text.endswith(_MARKS):
        return field
    while mark := next((mark for mark in _MARKS if text.endswith(mark)), None):
        # HTML strikes text through so: then "</s>" closes what was opened.
        if mark == "</s>" and "<s>" in text:
            break
        text = text.removesuffix(mark).rstrip()
    return replace(field, text=text)
