"""The models of a scan, each loaded when first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contralint.models.encoder import Encoder, load_encoder
from contralint.models.judge import Judge, load_judge
from contralint.models.same_request import SameRequest, load_same_request


@dataclass
class Models:
    """Encoder, same-request model and judge.

    Attributes:
        embedder: Name or path of a sentence-transformers model in place of the encoder that ships.
        cache_dir: Folder for exported models; None takes the user's cache folder.
        jobs: Threads to use; None uses all cores.
    """

    embedder: str | None = None
    cache_dir: Path | None = None
    jobs: int | None = None

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self.embedder, self.cache_dir, self.jobs)

    @cached_property
    def same_request(self) -> SameRequest:
        return load_same_request()

    @cached_property
    def judge(self) -> Judge:
        return load_judge()
