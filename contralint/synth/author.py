"""A language model that writes minimal pairs in words of its own; it is off unless it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_dir

from contralint.config import Config
from contralint.llm.budget import Budget
from contralint.llm.cache import ReplyCache
from contralint.llm.client import ChatClient
from contralint.llm.session import Session
from contralint.models.llm_judge import CACHE
from contralint.records import Record
from contralint.synth.conflict import Conflict
from contralint.synth.example import Half
from contralint.synth.offline import Pair
from contralint.synth.questions import Asker, Written


@dataclass
class Author:
    """Generates, criticises and filters: three questions a conflict, within the budget, each asked once ever."""

    session: Session
    _dropped: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, model: str, config: Config) -> Author:
        """A model at the endpoint of the configuration.

        Raises:
            UsageError: There is no key, or the replies cannot be kept.
            MissingExtraError: The extra is not installed.
        """
        llm = config.llm
        client = ChatClient(model, llm, "--model ")
        folder = Path(config.cache_dir) if config.cache_dir else Path(user_cache_dir("contralint"))
        budget = Budget(llm.max_calls, llm.max_tokens)
        return cls(Session(client, budget, ReplyCache(folder / CACHE), llm.concurrency))

    def pairs(self, conflict: Conflict, usable: Mapping[str, Sequence[Record]], count: int) -> list[Pair]:
        """Pairs for a conflict; none where all records of a side answer by calls of tools, or lean on earlier turns.

        Raises:
            UsageError: The endpoint will answer nothing at all.
        """
        donors = [next(filter(_plain, usable[side.label]), None) for side in conflict.sides]
        told = [donor for donor in donors if donor]
        if len(told) < len(conflict.sides):
            self._dropped["a side whose records all call tools, hold material or lean on earlier turns"] += 1
            return []
        asker = Asker(conflict)
        return [_pair(conflict, told, one) for one in self._written(asker, count)]

    def take_notes(self) -> tuple[str, ...]:
        """What the reader should know of what was asked."""
        return tuple(self._notes())

    def _written(self, asker: Asker, count: int) -> list[Written]:
        reply = self.session.replies([asker.generate(count)])[0]
        pairs = asker.generated(reply) if reply else []
        if not pairs:
            return []
        reply = self.session.replies([asker.critique(pairs)])[0]
        pairs = asker.mended(pairs, reply) if reply else pairs
        reply = self.session.replies([asker.filter(pairs)])[0]
        kept = asker.kept(pairs, reply) if reply else []
        self._dropped["pairs that the model itself would not keep"] += len(pairs) - len(kept)
        return kept

    def _notes(self) -> Iterator[str]:
        model = self.session.client.model
        for reason, count in self._dropped.items():
            if count:
                yield f"{model}: {count} {reason}"
        yield from self.session.tally.notes(model, "question")


def _plain(record: Record) -> bool:
    """Whether a record is a request and an answer in words, and nothing else."""
    return not (record.calls or record.context or record.input.text or record.labelled)


def _pair(conflict: Conflict, donors: Sequence[Record], written: Written) -> Pair:
    halves = zip(conflict.sides, donors, written.responses, strict=True)
    others = [*written.responses[1:], written.responses[0]]
    return tuple(
        Half(side, donor, written.request, response, other if donor.rejected else None, method="model")
        for (side, donor, response), other in zip(halves, others, strict=True)
    )
