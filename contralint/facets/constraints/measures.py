"""What a response has: words, sentences, paragraphs, lines, characters, items of a list.

Readers count some of these in several ways (hyphenated words, headings, a closing line), so each count is a range.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import sentences

_FENCE = lazy_pattern(r"```")
_MARKER = lazy_pattern(r"^(?P<indent>[ \t]*)(?:[-*•–‣+]|\(?\d{1,3}[.)])[ \t]+(?=\S)")
_NUMBER = lazy_pattern(r"\b[Nn]o\.(?= ?\d)")
_NUMBERED = lazy_pattern(r"(?<!\S)\(?(\d{1,2})[.):](?=\s)")
_MARKUP = lazy_pattern(r"[*_`#>|~]+|</?\w+>")
_TOKEN = lazy_pattern(r"\S*[\p{L}\p{N}]\S*")
_JOINED = lazy_pattern(r"[-–—/]+")
_DENSE = lazy_pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_END = lazy_pattern(r"[.!?…。！？][\"'”’)\]*_]*\s*$")
_STOP = lazy_pattern(r"[.!?…;]+(?=\s|$)")
_SELF_COUNT = lazy_pattern(r"^\W*(?:word count\b.*|\(?\d+ (?:words|characters|sentences)\)?\W*)$", IGNORECASE)
_CUT = 200  # characters from which a text without an end mark looks cut off


@dataclass(frozen=True)
class Range:
    """The lowest and the highest count that a reader may come to."""

    fewest: int
    most: int


@dataclass(frozen=True)
class Measured:
    """A response, and what can be counted in it."""

    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Lines that hold anything."""
        return [line for line in self.text.splitlines() if line.strip() and not _SELF_COUNT.match(line)]

    @cached_property
    def body(self) -> list[str]:
        """Lines without what introduces or heads them: "Here is a poem:", "# Rain"."""
        lines = self.lines
        while len(lines) > 1 and (lines[0].rstrip(" *_").endswith(":") or _is_heading(lines[0])):
            lines = lines[1:]
        return lines

    @property
    def code(self) -> bool:
        """Whether it holds a code fence: what is in it are no words."""
        return bool(_FENCE.search(self.text))

    @property
    def dense(self) -> bool:
        """Whether it is in a script that sets no spaces between words."""
        return len(_DENSE.findall(self.text)) > 4

    @property
    def cut(self) -> bool:
        """Whether it seems to break off."""
        text = self.text.rstrip()
        return len(text) > _CUT and not _MARKER.match(self.lines[-1]) and bool(regex.search(r"[\p{L},]$", text))

    @cached_property
    def words(self) -> Range:
        def plain(lines: list[str]) -> list[str]:
            return [token for line in lines for token in _TOKEN.findall(_MARKUP.sub(" ", _MARKER.sub("", line)))]

        parts = (part for token in plain(self.lines) for part in _JOINED.split(token))
        return Range(len(plain(self.body)), sum(bool(_TOKEN.match(part)) for part in parts))

    @cached_property
    def sentences(self) -> Range:
        texts = [_MARKUP.sub("", _MARKER.sub("", line)).strip() for line in self.lines]
        body = [_NUMBER.sub("No", _MARKUP.sub("", line)) for line in self.body if not _MARKER.match(line)]
        ended = sum(_ended(line) for line in body)
        every = sum(max(1, len(_STOP.findall(text))) for text in texts)
        return Range(ended, max(ended, every))

    @cached_property
    def paragraphs(self) -> Range:
        blocks = [block for block in regex.split(r"\n\s*\n", self.text.strip()) if block.strip()]
        full = [block for block in blocks if _is_paragraph(block)]
        return Range(len(full), max(len(blocks), len(self.lines)))

    @cached_property
    def verses(self) -> Range:
        """Lines as a poem has them."""
        slashes = max((line.count(" / ") + 1 for line in self.lines), default=0)
        closing = len(self.body) > 2 and _is_heading(self.body[-1])
        return Range(len(self.body) - closing, max(len(self.lines), slashes))

    @cached_property
    def characters(self) -> Range:
        text = self.text.strip()
        return Range(len("".join(text.split())), len(text))

    @cached_property
    def items(self) -> Range:
        """Items of its lists: those that stand furthest left, and all."""
        indents = [len(match["indent"].expandtabs(4)) for line in self.lines if (match := _MARKER.match(line))]
        left, inline = sum(indent == min(indents) for indent in indents), self._inline
        return Range(min(left, inline), max(len(indents), inline)) if inline > 1 else Range(left, len(indents))

    @property
    def _inline(self) -> int:
        """How far numbers in running text count: "1) ... 2) ... 3) ..."."""
        reached = 0
        for number in _NUMBERED.findall(self.text):
            reached += int(number) == reached + 1
        return reached

    @cached_property
    def bullets(self) -> Range:
        """Items, or lines where nothing marks an item."""
        return self.items if self.items.most else Range(0, len(self.body))


def _ended(line: str) -> int:
    """Sentences of a line that are closed by a mark of their own."""
    return sum(bool(_END.search(line[start:end])) for start, end in sentences(line))


def _is_heading(line: str) -> bool:
    bare = line.strip()
    if bare.startswith("#") or regex.fullmatch(r"[*_]{2}.{1,80}[*_]{2}:?", bare) or regex.match(r"(?i)title\s*:", bare):
        return True
    return len(bare.split()) <= 8 and not regex.search(r"[.!?,;:…\"”’)]$", bare) and bare.istitle()


def _is_paragraph(block: str) -> bool:
    lines = block.strip().splitlines()
    prose = [line for line in lines if not _MARKER.match(line) and not _is_heading(line)]
    return any(len(line.split()) > 8 and _END.search(line) for line in prose)
