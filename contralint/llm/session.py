"""Many questions: known replies from the cache, the rest side by side within the budget."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from contralint.counting import number_of
from contralint.llm.budget import Budget
from contralint.llm.cache import Replies
from contralint.llm.client import Failure, Reply
from contralint.llm.question import Ask

_PATIENCE = 5  # failures in a row after which nothing more is asked: each has been retried already


class Client(Protocol):
    """Answers one question at a time; may be called from several threads.

    Attributes:
        model: Its name, for readers.
        identity: What its replies depend on besides the question.
    """

    model: str
    identity: tuple[str, ...]

    def ask(self, question: Ask) -> Reply | Failure: ...


@dataclass
class Tally:
    """What became of questions.

    Attributes:
        failed: Why there was no reply, counted.
        unasked: Questions that the budget did not reach.
        given_up: Questions that were not asked since those before them had failed.
    """

    failed: Counter[str] = field(default_factory=Counter)
    unasked: int = 0
    given_up: int = 0

    def notes(self, model: str, noun: str, otherwise: str = "") -> Iterator[str]:
        """What a reader should know of questions without a reply.

        Args:
            model: Who was asked.
            noun: What a question was about.
            otherwise: What becomes of what it was about.
        """
        for reason, count in sorted(self.failed.items()):
            yield f"{model} gave no reply on {number_of(count, noun)} ({reason}){otherwise}"
        if self.given_up:
            yield f"{model} was not asked about {number_of(self.given_up, noun)} more, as its last replies had failed"
        if self.unasked:
            left = f"{number_of(self.unasked, noun)} left out{otherwise}"
            yield f"the budget for {model} (llm.max-calls, llm.max-tokens) is used up: {left}"


class Session:
    """Asks a model, for as long as budget and patience last."""

    def __init__(self, client: Client, budget: Budget, cache: Replies, concurrency: int) -> None:
        self.client = client
        self.tally = Tally()
        self._budget = budget
        self._cache = cache
        self._concurrency = concurrency
        self._failures = 0

    def replies(self, questions: Sequence[Ask]) -> list[str | None]:
        """Replies in the order of the questions, which are asked in that order too; None where there is none.

        Which questions the budget reaches depends on nothing but their order and what the replies took.

        Raises:
            UsageError: The endpoint will answer no question at all.
        """
        digests = [question.digest(*self.client.identity) for question in questions]
        known = {digest: self._cache.get(digest) for digest in digests}
        pending = {
            digest: question for digest, question in zip(digests, questions, strict=True) if known[digest] is None
        }
        waiting = iter(pending.items())
        with ThreadPoolExecutor(self._concurrency) as pool:
            while chunk := list(itertools.islice(waiting, self._concurrency)):
                if self._failures >= _PATIENCE:
                    self.tally.given_up += len(chunk)
                    continue
                granted = [item for item in chunk if self._budget.grant(item[1].estimate())]
                self.tally.unasked += len(chunk) - len(granted)
                for (digest, question), reply in zip(
                    granted, pool.map(self.client.ask, [question for _, question in granted]), strict=True
                ):
                    known[digest] = self._settled(digest, question, reply)
        return [known[digest] for digest in digests]

    def _settled(self, digest: str, question: Ask, reply: Reply | Failure) -> str | None:
        if isinstance(reply, Failure):
            self._failures += 1
            self.tally.failed[reply.reason] += 1
            return None
        self._failures = 0
        if reply.tokens is not None:
            self._budget.settle(question.estimate(), reply.tokens)
        self._cache.put(digest, reply.text)
        return reply.text
