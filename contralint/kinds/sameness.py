"""Do two requests that are near ask the same?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from contralint.cache import digest
from contralint.facets.request import Parts
from contralint.kinds.context import SPELT_OUT, same_material
from contralint.models.encoder import Encoder
from contralint.models.suite import Models
from contralint.words import normalise, words

# Over one text many different questions are asked, so two of them must be more alike than two questions at large.
_SAME_ASK = 0.9
ANY = b""


@lru_cache(maxsize=8192)
def block_of(material: str) -> bytes:
    """Names the block of requests that one may ask the same as: those over the same material.

    Requests without material are in the block `ANY`, as are those whose material is short: others may spell it out.
    """
    plain = normalise(material)
    return digest(" ".join(words(plain))) if plain.count(" ") >= SPELT_OUT else ANY


def embedded(request: Parts) -> str:
    """What the similarity of requests is taken of: all of it; or what is asked, where a block shares the rest."""
    return request.whole if block_of(request.material) == ANY else request.ask


def same_request(
    pairs: Sequence[tuple[Parts, Parts]], similarity: NDArray[np.floating], models: Models
) -> NDArray[np.float64]:
    """Probability that both ask the same: 0 where they are given different material, else by what they ask.

    Args:
        pairs: Requests taken apart, two by two.
        similarity: Cosine of what is `embedded` of them, one for each pair. Where both hold short material, that is in
            it too, so the cosine of what they ask is taken instead.
        models: The encoder and the same-request model are asked.
    """
    found = np.zeros(len(pairs))
    similarity = np.array(similarity, np.float32)
    allowed = [number for number, (one, other) in enumerate(pairs) if _alike(one.material, other.material)]
    given = [number for number in allowed if pairs[number][0].material and pairs[number][1].material]
    bare = sorted(set(allowed) - set(given))
    if bare:
        texts = [(pairs[number][0].whole, pairs[number][1].whole) for number in bare]
        found[bare] = models.same_request.probability(texts, similarity[bare])
    if given:
        asks = [(pairs[number][0].ask, pairs[number][1].ask) for number in given]
        short = [at for at, number in enumerate(given) if block_of(pairs[number][0].material) == ANY]
        cosine = similarity[given]
        cosine[short] = cosines([asks[at] for at in short], models.encoder)
        asked = models.same_request.probability(asks, cosine)
        found[given] = np.where(asked >= _SAME_ASK, asked, 0.0)
    return found


def cosines(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float32]:
    """Cosine of each pair of texts."""
    texts = sorted({text for pair in pairs for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    vectors = encoder.encode(texts)
    first, second = (vectors[[place[pair[side]] for pair in pairs]] for side in (0, 1))
    return np.asarray(np.sum(first * second, axis=1), dtype=np.float32)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    block = block_of(one)
    return block == block_of(other) and (block != ANY or same_material(one, other))
