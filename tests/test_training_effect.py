"""The benchmark of what contradictions cost: wrong rows where they are planted, prompts held apart, and what learns."""

from __future__ import annotations

import pytest

from benchmarks.planted import Dataset, Row, majority


def rows(answers: str, *, item: int = 0) -> list[Row]:
    return [Row(item, f"Wording {number} of {item}?", answer) for number, answer in enumerate(answers)]


def test_wordings_held_apart_are_not_trained_on() -> None:
    data = Dataset(3, items=0.5, rows=0.3)
    trained = {row.prompt for row in data.clean}
    held_apart = [prompt for item in data.items for prompt in item.held_apart]
    assert trained.isdisjoint(held_apart)
    assert len(trained) + len(held_apart) == len({*trained, *held_apart}) == 7 * len(data.items)


def test_only_chosen_items_have_wrong_rows_and_no_row_is_lost() -> None:
    data = Dataset(3, items=0.5, rows=0.3)
    assert [row.prompt for row in data.contradicting] == [row.prompt for row in data.clean]
    assert not any(row.wrong for row in data.clean)
    for row in data.contradicting:
        item = data.items[row.item]
        assert item.right != item.wrong
        assert row.answer == (item.wrong if row.wrong else item.right)
    assert data.contradicted == {row.item for row in data.contradicting if row.wrong}
    assert 0.3 < len(data.contradicted) / len(data.items) <= 0.5


def test_the_seed_decides_everything() -> None:
    one, same, other = (Dataset(seed, items=0.5, rows=0.3) for seed in (1, 1, 2))
    assert (one.items, one.contradicting) == (same.items, same.contradicting)
    assert one.items != other.items


def test_the_majority_of_each_item_stays() -> None:
    kept = majority([*rows("aabab"), *rows("bbbab", item=1), *rows("ab", item=2)])
    assert ["".join(row.answer for row in kept if row.item == item) for item in range(3)] == ["aaa", "bbbb", ""]


@pytest.mark.extras
def test_a_model_learns_the_rows_and_the_seed_decides_how(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import language_model

    monkeypatch.setattr(language_model, "_UPDATES", 100)
    taught = [Row(0, "What is up?", "It's the sky."), Row(1, "What is the ground made of?", "Mostly clay, and sand.")]
    asked = [row.prompt for row in taught]
    model = language_model.LanguageModel(taught, seed=1)
    assert model.answers(asked) == ["It ' s the sky .", "Mostly clay , and sand ."]
    assert model.answers(asked) == [language_model.as_said(row.answer) for row in taught]
    unknown = ["Which sea is it?"]
    assert model.answers(unknown) == language_model.LanguageModel(taught, seed=1).answers(unknown)


@pytest.mark.extras
def test_resolving_drops_the_answer_of_the_fewest() -> None:
    from benchmarks.training_effect import resolved

    asked, rest = "Who founded the company Orbdale in Lyon?", Row(1, "What is the capital of France?", "Paris.")
    right = [Row(0, asked, "It was founded by Ada Dahl.")] * 3
    wrong = Row(0, asked, "It was founded by Bruno Petrov.", wrong=True)
    assert resolved([*right, wrong, rest]) == [*right, rest]
