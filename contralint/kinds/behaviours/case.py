"""A record that takes part in a comparison of behaviour, and what a behaviour has to say about two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from contralint.facets.asking import Asking, asking
from contralint.kinds.context import differing, same_system
from contralint.kinds.finding import Stand
from contralint.kinds.pairing import content_hash
from contralint.kinds.tie import Tie
from contralint.records import Record, Span
from contralint.words import normalise

if TYPE_CHECKING:
    from contralint.kinds.dataset import Dataset
    from contralint.kinds.kindred import Near

_SHOWN = 160  # characters of a request that stand for a response without words


@dataclass(frozen=True)
class Case:
    """What one record does about a request of some kind.

    Attributes:
        stand: The side that it takes.
        certainty: Probability that it takes that side.
        ask: The request without the material that it is about.
        means: What the tool says of itself that the record uses; empty where it uses none.
    """

    stand: Stand
    certainty: float
    ask: str
    means: str = ""

    @property
    def record(self) -> Record:
        return self.stand.record

    @property
    def side(self) -> str:
        return self.stand.side

    @cached_property
    def digest(self) -> str:
        """Orders cases by what they teach, whatever their places."""
        return content_hash(self.record)

    @cached_property
    def asking(self) -> Asking:
        return asking(self.ask)

    @property
    def family(self) -> str:
        """Cases of one family are compared however far apart their wording is; empty for none."""
        return ""

    @property
    def kind(self) -> str:
        """The text by which kinds of requests are compared."""
        return self.asking.kind


@dataclass(frozen=True)
class Opposition:
    """That two cases of one kind cannot both be taught: how surely, and about what (a tool's name, or nothing)."""

    confidence: float
    measure: str
    topic: str = ""


AnyCase = TypeVar("AnyCase", bound=Case)


class Behaviour(Protocol[AnyCase]):
    """One way in which requests of one kind may be met differently.

    Attributes:
        apart: Whether the cases of some records are those of each by itself, put together.
    """

    apart: bool

    def cases(self, records: Iterable[Record]) -> list[AnyCase]:
        """The records that take part; those that no other could contradict are left out."""
        ...

    def ties(self, record: Record) -> Iterable[Tie]:
        """What else than a request that asks the same links a record to others."""
        ...

    def pairs(self, cases: Sequence[AnyCase], dataset: Dataset) -> Iterator[tuple[AnyCase, AnyCase, Near]]:
        """Cases that stand near each other."""
        ...

    def kinship(self, one: AnyCase, other: AnyCase, near: Near) -> float:
        """How surely two requests are of one kind, from 0 to 1."""
        ...

    def opposition(self, one: AnyCase, other: AnyCase, near: Near) -> Opposition | None:
        """Whether two cases of different sides clash, if their requests are of one kind."""
        ...


def stand(record: Record, side: str, label: str, plural: str, span: tuple[int, int] | None = None) -> Stand:
    """A stand shown by words of the response; by the request, where a response is a call without words."""
    text = record.response.text
    if not text.strip():
        shown = record.instruction.text.strip().split("\n", 1)[0][:_SHOWN]
        start = record.instruction.text.find(shown)
        return Stand(record, Span(record.instruction, start, start + len(shown)), side, label, plural)
    start, end = span or _first_line(text)
    return Stand(record, Span(record.response, start, end), side, label, plural)


def _first_line(text: str) -> tuple[int, int]:
    line = text.strip().split("\n", 1)[0][:_SHOWN]
    start = text.index(line)
    return start, start + len(line)


def same_surroundings(one: Record, other: Record) -> bool:
    """Whether system prompts (but for dates and numbers) and earlier turns leave two records free to do the same."""
    parts = set(differing(one, other)) - {"tools", "material"}
    if "system prompt" in parts and same_system(_undated(one.system.text), _undated(other.system.text)):
        parts.discard("system prompt")
    return not parts


def same_words(one: Record, other: Record) -> bool:
    """Whether two requests are the same text."""
    return normalise(one.request) == normalise(other.request)


def _undated(text: str) -> str:
    return "".join("0" if letter.isdigit() else letter for letter in text)
