"""Duplicates collapsed, templates cut, near pairs found."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from contralint.models.encoder import on_grid
from contralint.neighbours import NearPairs, collapse, distinctive, index, near_pairs
from contralint.neighbours.index import near_rows
from contralint.neighbours.template import HEAD_WORDS, TAIL_WORDS, TEMPLATE_TEXTS
from contralint.words import normalise

Vectors = NDArray[np.float32]


def random_vectors(rows: int, seed: int = 0, dimension: int = 8) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return on_grid(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def pairs(found: NearPairs) -> set[tuple[int, int]]:
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


def brute_force(vectors: Vectors, threshold: float) -> set[tuple[int, int]]:
    similarity = np.round(vectors @ vectors.T, 4)
    return {(int(a), int(b)) for a, b in np.argwhere(similarity >= np.float32(threshold)) if a < b}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Who won?", "who  won"),
        ("Stop!!!", "stop"),
        ("\ufb01nd it", "find it."),
        ("STRASSE", "straße"),
        ("a\n\nb", "a b"),
    ],
)
def test_normalise_sets_aside(first: str, second: str) -> None:
    assert normalise(first) == normalise(second)


@pytest.mark.parametrize(("first", "second"), [("C", "C++"), ("What is 1?", "What is 2?"), ("?", ""), ("can", "can't")])
def test_normalise_keeps_apart(first: str, second: str) -> None:
    assert normalise(first) != normalise(second)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.text(alphabet="aAbB ?.ß", max_size=5), max_size=12), st.randoms(use_true_random=False))
def test_collapse_ignores_the_order_of_texts(texts: list[str], shuffler: random.Random) -> None:
    collapsed = collapse(texts)
    assert [normalise(collapsed.unique[at]) for at in collapsed.member_of] == [normalise(text) for text in texts]
    assert len(set(map(normalise, collapsed.unique))) == len(collapsed.unique)
    shuffled = list(texts)
    shuffler.shuffle(shuffled)
    assert collapse(shuffled).unique == collapsed.unique


TOPICS = [f"topic{number} and matter{number}" for number in range(TEMPLATE_TEXTS)]
BEFORE = "Read the following review of a product from our shop and say what it praises: "
AFTER = " Answer in one word of plain English, and please do not explain yourself at all."


def test_a_template_on_both_sides_is_cut() -> None:
    assert distinctive([BEFORE + topic + AFTER for topic in TOPICS]) == TOPICS


def test_a_few_texts_are_no_template() -> None:
    texts = [BEFORE + topic for topic in TOPICS[:-1]]
    assert distinctive(texts) == [text.strip() for text in texts]


def test_a_short_common_beginning_is_no_template() -> None:
    texts = [f"Could you please tell me what the capital city is of {topic}" for topic in TOPICS]
    assert distinctive(texts) == texts


def test_words_are_never_split() -> None:
    numbers = [str(number) for number in range(100, 100 + TEMPLATE_TEXTS)]
    before = "You are given a number. Say whether the number is prime, please: "
    assert distinctive([before + number for number in numbers]) == numbers


def test_a_text_that_is_all_template_keeps_its_last_words() -> None:
    texts = [BEFORE.strip(), *(BEFORE + topic for topic in TOPICS)]
    assert distinctive(texts)[0] == BEFORE.split()[-1]


def test_unrelated_texts_change_no_template() -> None:
    texts = [BEFORE + topic + AFTER for topic in TOPICS]
    unrelated = [f"{topic}: why?" for topic in reversed(TOPICS)]
    assert distinctive([*unrelated, *texts])[len(unrelated) :] == distinctive(texts)


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    words = [f"w{number}" for number in range(1000)]
    kept = distinctive([" ".join(words)])[0].split()
    assert kept == words[:HEAD_WORDS] + words[-TAIL_WORDS:]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=20), max_size=20), st.randoms(use_true_random=False))
def test_distinctive_goes_text_by_text(texts: list[str], shuffler: random.Random) -> None:
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    whole = distinctive(texts)
    assert distinctive([texts[at] for at in order]) == [whole[at] for at in order]
    assert all(bool(kept) == bool(text.strip()) for kept, text in zip(whole, texts, strict=True))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 60), st.integers(0, 1000), st.sampled_from([0.2, 0.5, 0.9]))
def test_near_pairs_are_those_of_brute_force(rows: int, seed: int, threshold: float) -> None:
    vectors = random_vectors(rows, seed)
    found = near_pairs(vectors, threshold, k=100, jobs=1)
    assert pairs(found) == brute_force(vectors, threshold)
    assert found.degree.sum() == 2 * len(found.first)
    order = np.lexsort((found.second, found.first))
    np.testing.assert_array_equal(order, np.arange(len(order)))
    exact = (vectors[found.first] * vectors[found.second]).sum(axis=1)
    np.testing.assert_allclose(found.similarity, exact, atol=1e-4)


@given(st.integers(2, 60), st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_blocks_part_what_is_compared(rows: int, seed: int, count: int) -> None:
    vectors = random_vectors(rows, seed)
    blocks = np.random.default_rng(seed).integers(0, count, rows)
    everything = pairs(near_pairs(vectors, 0.1, k=100, jobs=1))
    found = pairs(near_pairs(vectors, 0.1, k=100, jobs=1, blocks=blocks))
    assert found == {(one, other) for one, other in everything if blocks[one] == blocks[other]}


@given(st.integers(2, 60), st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_near_rows_are_those_of_all_pairs(rows: int, seed: int, count: int) -> None:
    vectors, blocks = random_vectors(rows, seed), np.random.default_rng(seed).integers(0, count, rows)
    wanted = np.arange(0, rows, 3)
    found = near_rows(vectors, wanted, 0.1, blocks)
    listed = set(zip(found.row.tolist(), found.neighbour.tolist(), strict=True))
    all_pairs = pairs(near_pairs(vectors, 0.1, k=100, jobs=1, blocks=blocks))
    both_ways = all_pairs | {(other, one) for one, other in all_pairs}
    assert listed == {(one, other) for one, other in both_ways if one in wanted}


def test_near_pairs_do_not_depend_on_order() -> None:
    vectors = random_vectors(300)
    order = np.random.default_rng(1).permutation(300)
    found, permuted = near_pairs(vectors, 0.5), near_pairs(vectors[order], 0.5)
    back = {tuple(sorted((int(order[a]), int(order[b])))) for a, b in pairs(permuted)}
    assert back == pairs(found)
    assert sorted(permuted.similarity.tolist()) == sorted(found.similarity.tolist())


def test_unrelated_vectors_keep_old_pairs() -> None:
    vectors = np.pad(random_vectors(200), ((0, 0), (0, 8)))
    unrelated = np.pad(random_vectors(500, seed=1), ((0, 0), (8, 0)))
    before = near_pairs(vectors, 0.4, k=5)
    after = near_pairs(np.concatenate([vectors, unrelated]), 0.4, k=5)
    old = after.second < 200
    np.testing.assert_array_equal(after.first[old], before.first)
    np.testing.assert_array_equal(after.second[old], before.second)
    np.testing.assert_array_equal(after.similarity[old], before.similarity)
    np.testing.assert_array_equal(after.degree[:200], before.degree)


def test_a_cut_list_keeps_the_nearest_and_says_so() -> None:
    angles = np.linspace(0, 0.5, 20)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = near_pairs(vectors, 0.5, k=3)
    assert (0, 3) in pairs(found)
    assert (0, 4) not in pairs(found)
    np.testing.assert_array_equal(found.degree, np.full(20, 19))


def test_either_list_is_enough_for_a_pair() -> None:
    crowd = np.tile(np.array([[1, 0]], np.float32), (6, 1))
    edge = np.array([[0.8, 0.6]], np.float32)
    found = near_pairs(np.concatenate([crowd, edge]), 0.5, k=2)
    assert {pair for pair in pairs(found) if 6 in pair} == {(0, 6), (1, 6)}


def test_all_identical() -> None:
    vectors = np.tile(random_vectors(1), (40, 1))
    assert len(pairs(near_pairs(vectors, 0.9, k=50))) == 40 * 39 // 2
    cut = near_pairs(vectors, 0.9, k=5)
    assert cut.degree.tolist() == [39] * 40
    assert len(cut.first) <= 40 * 5


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_rows_have_no_pairs(rows: int) -> None:
    found = near_pairs(random_vectors(rows), 0.1)
    assert found.first.shape == found.second.shape == found.similarity.shape == (0,)


def test_zero_vectors_are_near_nothing() -> None:
    vectors = np.zeros((5, 8), np.float32)
    vectors[[1, 4]] = random_vectors(1)
    assert pairs(near_pairs(vectors, 0.5)) == {(1, 4)}


def test_a_similarity_at_the_threshold_is_near() -> None:
    vectors = np.array([[1, 0], [0.5, 0.75]], np.float32)
    assert pairs(near_pairs(vectors, 0.5)) == {(0, 1)}
    assert pairs(near_pairs(vectors, 0.5001)) == set()


def test_large_data_loses_almost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    centres = random_vectors(150, dimension=32)
    noise = np.random.default_rng(3).normal(scale=0.08, size=(4, 150, 32)).astype(np.float32)
    vectors = (centres + noise).reshape(-1, 32)
    vectors = on_grid(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    expected = pairs(near_pairs(vectors, 0.75, k=200))
    monkeypatch.setattr(index, "EXACT_LIMIT", 100)
    monkeypatch.setattr(index, "CELLS", 16)
    monkeypatch.setattr(index, "PROBES", 8)
    found = pairs(near_pairs(vectors, 0.75, k=200))
    assert found <= expected
    assert len(found) >= 0.97 * len(expected)
    assert found == pairs(near_pairs(vectors, 0.75, k=200))
