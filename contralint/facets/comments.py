"""Comments that a response adds to the code it was given."""

from __future__ import annotations

from itertools import islice

from contralint.facets.material import blocks, materials
from contralint.patterns import IGNORECASE, MULTILINE, lazy_pattern
from contralint.records import Record

_COMMENT = lazy_pattern(
    r"^\s*(?:#(?!!|include|define|if|end)|//|/\*|\*|--|<!--)\s*(?P<own>\S.*)|\S\s{1,}(?:#|//|--)\s+(?P<behind>\w.*)",
    MULTILINE,
)
_CODE = lazy_pattern(
    r"[;{}]\s*$|\w\(.*\)|^\s*(?:def|return|if|for|while|function|const|let|var|import|SELECT)\b|\s=\s", MULTILINE
)
_WANTED = lazy_pattern(
    r"\b(?:comment\w*|document\w*|docstrings?|explain\w*|annotat\w*|describe|teach|walk me|step by step|readable)\b",
    IGNORECASE,
)
_SEVERAL = 2  # signs of code that make a text code
_LINES = 4  # lines of a response from which comments in it tell a habit


def comments_added(record: Record) -> int | None:
    """How many comments a response adds; None where it gives back no code, or the request speaks of comments."""
    # The response first: few give back code, and it is the shorter text.
    fenced = blocks(record.response.text)
    code = max(fenced, key=len) if fenced else record.response.text
    if len(code.strip().split("\n")) < _LINES or not _is_code(code):
        return None
    given = next((material for material in materials(record) if _is_code(material.text)), None)
    if given is None or _WANTED.search(given.ask):
        return None
    before = set(_comments(given.text))
    return sum(comment not in before for comment in _comments(code))


def _is_code(text: str) -> bool:
    return len(list(islice(_CODE.finditer(text), _SEVERAL))) == _SEVERAL


def _comments(code: str) -> list[str]:
    return [(match["own"] or match["behind"]).strip() for match in _COMMENT.finditer(code)]
