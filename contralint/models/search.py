"""How requests are searched for near ones: by the encoder's vectors, or by a sieve's whose finds it checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contralint.models.encoder import Encoder

Profile = Literal["fast", "balanced", "thorough"]

SIMILARITY = 0.75  # cosine from which two requests are looked at; whether they ask the same is the model's to say
NEIGHBOURS = 50  # nearest requests looked at for each request
# From which cosine of the static table a profile has the encoder look, and at how many nearest requests.
SIEVES: dict[str, tuple[float, int]] = {"fast": (0.7, 20), "balanced": (0.5, NEIGHBOURS)}


@dataclass(frozen=True)
class Search:
    """A way of searching.

    Attributes:
        encoder: Makes the vectors that are searched.
        threshold: Similarity of two such vectors from which two requests are looked at.
        neighbours: Nearest requests looked at for each request.
        sieves: Whether what is found is a candidate only, for the encoder proper to check.
    """

    encoder: Encoder
    threshold: float
    neighbours: int
    sieves: bool
