"""An encoder whose work an engine does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contralint.models.encoder import GRID

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contralint.engines.engine import Engine
    from contralint.models.suite import Models

_TOLD = 256  # texts after which progress is told


@dataclass
class SpreadEncoder:
    """Stands for the encoders of an engine's workers. Vectors come as the whole numbers that they are made of."""

    engine: Engine
    dimension: int
    fingerprint: str

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for done, (_, steps) in enumerate(self.engine.each(_steps, texts), 1):
            vectors[done - 1] = steps
            if progress and (done % _TOLD == 0 or done == len(texts)):
                progress((done - 1) % _TOLD + 1)
        vectors /= GRID
        return vectors


def _steps(models: Models, texts: Sequence[str]) -> list[NDArray[np.int16]]:
    return list(np.rint(models.encoder.encode(texts) * GRID).astype(np.int16))
