"""Do two requests that are near ask the same?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contralint.facets.request import Parts
from contralint.kinds.context import same_material
from contralint.models.suite import Models

# Over one text many different questions are asked, so two of them must be more alike than two questions at large.
_SAME_ASK = 0.9


def same_request(
    pairs: Sequence[tuple[Parts, Parts]], similarity: NDArray[np.floating], models: Models
) -> NDArray[np.float64]:
    """Probability that both ask the same: 0 where they are given different material, else by what they ask.

    Args:
        pairs: Requests taken apart, two by two.
        similarity: Cosine of the whole requests, one for each pair. Where both hold material, that is in it too, so
            the cosine of what they ask is taken instead.
        models: The encoder and the same-request model are asked.
    """
    found = np.zeros(len(pairs))
    allowed = [number for number, pair in enumerate(pairs) if same_material(pair[0].material, pair[1].material)]
    long = [number for number in allowed if pairs[number][0].material and pairs[number][1].material]
    short = sorted(set(allowed) - set(long))
    if short:
        texts = [(pairs[number][0].whole, pairs[number][1].whole) for number in short]
        found[short] = models.same_request.probability(texts, similarity[short])
    if long:
        asks = [(pairs[number][0].ask, pairs[number][1].ask) for number in long]
        asked = models.same_request.probability(asks, _cosines(asks, models))
        found[long] = np.where(asked >= _SAME_ASK, asked, 0.0)
    return found


def _cosines(pairs: Sequence[tuple[str, str]], models: Models) -> NDArray[np.float32]:
    texts = sorted({text for pair in pairs for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    vectors = models.encoder.encode(texts)
    first, second = (vectors[[place[pair[side]] for pair in pairs]] for side in (0, 1))
    return np.asarray(np.sum(first * second, axis=1), dtype=np.float32)
