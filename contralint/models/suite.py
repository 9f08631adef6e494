"""The models of a scan, each loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from contralint.cache import Kept, NoStore
from contralint.config import LlmSettings
from contralint.models.cached import CachedEncoder, CachedJudge
from contralint.models.encoder import RELEASED_DIMENSION, Encoder, load_encoder, released_fingerprint
from contralint.models.judge import Judge, load_judge, released_judge
from contralint.models.judges import chosen_judge, notes_of
from contralint.models.same_request import SameRequest, load_same_request
from contralint.models.search import NEIGHBOURS, SIEVES, SIMILARITY, Profile, Search
from contralint.models.static import load_static_encoder

_AT_ONCE = 1_000_000  # texts that are encoded elsewhere before their vectors are kept: many machines share them


@dataclass
class Models:
    """Encoder, same-request model and judge.

    Attributes:
        embedder: Name or path of a sentence-transformers model in place of the encoder that ships.
        cache_dir: Folder for exported models; None takes the user's cache folder.
        jobs: Threads to use; None uses all cores.
        judge_name: Name or path of a CrossEncoder in place of the judge that ships, or "openai:MODEL" beside it.
        llm: How that language model is asked.
        store: Keeps what the models say.
        elsewhere: What encodes in place of an encoder in this process, given its dimension and fingerprint.
        profile: How far the search for near requests goes. The sieve is made of the encoder that ships, so with
            another one everything is searched.
    """

    embedder: str | None = None
    cache_dir: Path | None = None
    jobs: int | None = None
    judge_name: str | None = None
    llm: LlmSettings = field(default_factory=LlmSettings)
    store: Kept = field(default_factory=NoStore)
    elsewhere: Callable[[int, str], Encoder] | None = None
    profile: Profile = "balanced"

    @cached_property
    def encoder(self) -> Encoder:
        def load() -> Encoder:
            return load_encoder(self.embedder, self.cache_dir, self.jobs)

        if self.embedder is None:
            return self._cached(RELEASED_DIMENSION, released_fingerprint(), load)
        loaded = load()
        return self._cached(loaded.dimension, loaded.fingerprint, lambda: loaded)

    def _cached(self, dimension: int, fingerprint: str, load: Callable[[], Encoder]) -> Encoder:
        if self.elsewhere is None:
            return CachedEncoder(dimension, fingerprint, self.store, load)
        encoder = self.elsewhere(dimension, fingerprint)
        return CachedEncoder(dimension, fingerprint, self.store, lambda: encoder, _AT_ONCE)

    @cached_property
    def search(self) -> Search:
        """How near requests are searched."""
        if self.embedder or self.profile == "thorough":
            return Search(self.encoder, SIMILARITY, NEIGHBOURS, sieves=False)
        threshold, neighbours = SIEVES[self.profile]
        return Search(load_static_encoder(self.jobs), threshold, neighbours, sieves=True)

    @cached_property
    def same_request(self) -> SameRequest:
        return load_same_request()

    @cached_property
    def judge(self) -> Judge:
        # The verdicts of other judges hang on more than their name: a folder's content, a budget.
        if self.judge_name is None:
            return CachedJudge(released_judge(), self.store, load_judge)
        return chosen_judge(self.judge_name, self.llm, self.cache_dir, self.jobs)

    def take_notes(self) -> tuple[str, ...]:
        """What the reader of a report should know of the models' work since the last call."""
        return (*self.store.take_notes(), *(notes_of(self.judge) if "judge" in vars(self) else ()))
