"""A language model as a second witness beside the judge that ships. It is off unless it is asked for.

It is shown only pairs that the shipped judge proposes as a clash. Its opinion counts as that of a witness who is right
nineteen times in twenty: neither of the two settles a pair alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from platformdirs import user_cache_dir

from contralint.config import LlmSettings
from contralint.counting import number_of
from contralint.errors import UsageError
from contralint.llm.budget import Budget
from contralint.llm.cache import ReplyCache
from contralint.llm.client import ChatClient
from contralint.llm.session import Session, Tally
from contralint.models.judge import Judge, Triple
from contralint.models.llm_verdict import opinion, question

if TYPE_CHECKING:
    from numpy.typing import NDArray

CACHE = "replies.sqlite"
_NOUN = "answer pair"  # what a question is about
PROPOSED = 0.05  # probability from which the shipped judge's word can lead to a diagnostic (rule CL101)
_WEIGHT = float(np.log(19))  # log odds of a witness who is right nineteen times in twenty
_LEANING = {"incompatible": _WEIGHT, "compatible": -_WEIGHT, "unsure": 0.0}
_EDGE = 1e-6  # keeps log odds finite


class LlmJudge:
    """The shipped judge's probability, weighed with what a language model says of the same answers."""

    def __init__(self, base: Judge, session: Session) -> None:
        self._base = base
        self._session = session
        self._opinions: Counter[str] = Counter()

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        found = np.array(self._base.probability(triples), np.float64)
        ordered = [(asked, *sorted(answers)) for asked, *answers in triples]
        proposed = [number for number, value in enumerate(found) if value >= PROPOSED]
        # The surest first, so that a budget too small for all is spent where most depends on it.
        proposed.sort(key=lambda number: (-found[number], ordered[number]))
        asked = [(ordered[number][0], ordered[number][1], ordered[number][2]) for number in proposed]
        replies = self._session.replies([question(triple) for triple in asked])
        for number, triple, reply in zip(proposed, asked, replies, strict=True):
            if reply is None:
                continue
            said = opinion(triple, reply)
            self._opinions[said or "dropped"] += 1
            found[number] = weighed(float(found[number]), _LEANING[said]) if said else found[number]
        return found

    def take_notes(self) -> tuple[str, ...]:
        """What a reader should know of the questions since the last call."""
        opinions, tally = self._opinions, self._session.tally
        self._opinions, self._session.tally = Counter(), Tally()
        return tuple(_notes(self._session.client.model, opinions, tally))


def weighed(probability: float, leaning: float) -> float:
    """A probability after a witness whose word is worth so many log odds."""
    if leaning == 0:
        return probability
    inner = min(max(probability, _EDGE), 1 - _EDGE)
    return float(1 / (1 + np.exp(-(np.log(inner / (1 - inner)) + leaning))))


def _notes(model: str, opinions: Counter[str], tally: Tally) -> Iterator[str]:
    if opinions:
        yield (
            f"{model} was asked about {number_of(opinions.total(), _NOUN)}: "
            f"{opinions['incompatible']} taken for incompatible, {opinions['compatible']} for compatible, "
            f"{opinions['unsure']} left unsure; "
            f"replies dropped since they do not quote both answers: {opinions['dropped']}"
        )
    yield from tally.notes(model, _NOUN, ": the shipped judge stands alone")


def llm_judge(model: str, base: Judge, settings: LlmSettings, cache_dir: Path | None = None) -> LlmJudge:
    """A language model beside another judge.

    Args:
        model: Name of the model, as the endpoint knows it.
        base: Judge that proposes.
        settings: Endpoint and budget.
        cache_dir: Where replies are kept; the user's cache folder if None.

    Raises:
        UsageError: No model is named, there is no key, or the replies cannot be kept.
        MissingExtraError: The extra is not installed.
    """
    if not model:
        raise UsageError("--judge openai: names no model: openai:MODEL")
    client = ChatClient(model, settings)
    cache = ReplyCache((cache_dir or Path(user_cache_dir("contralint"))) / CACHE)
    return LlmJudge(base, Session(client, Budget(settings.max_calls, settings.max_tokens), cache, settings.concurrency))
