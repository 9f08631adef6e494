"""Other ways to put a request, which still ask the same."""

from __future__ import annotations

import pytest
from linting import alpaca, linter
from shape_rows import the_record

from contralint.rewording import SAME, rewordings


def reworded(request: str, **more: str) -> list[str]:
    return [one.text for one in rewordings(the_record(alpaca(request, "x", **more)), linter().models)]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("What is the capital of Australia?", "Tell me what the capital of Australia is."),
        ("Set an alarm for 7.", "Could you set an alarm for 7?"),
        ("Can you wake me up?", "Please wake me up."),
        ("How do I pick a lock?", "What is the way to pick a lock?"),
        ("If I drop a ball, will it fall?", "Will it fall if I drop a ball?"),
        ("Who wrote Hamlet?", "Do you know who wrote Hamlet?"),
        ("I'm freezing in here.", "Hi! I'm freezing in here."),
        ("Print {name} and {0} in Python.", "Hi! Print {name} and {0} in Python."),
    ],
)
def test_a_request_is_put_in_other_words(request_: str, expected: str) -> None:
    assert expected in reworded(request_)


def test_each_wording_stands_once_and_none_is_the_request_itself() -> None:
    made = reworded("Please write a haiku.")
    assert len(made) == len({text.lower().rstrip(".!?") for text in made})
    assert "please write a haiku" not in {text.lower().rstrip(".!?") for text in made}


def test_what_no_longer_asks_the_same_is_left_out() -> None:
    for request in ("Headline for a blog", "Why?", "Is it?"):
        asks = linter().same_request([(alpaca(request, ""), alpaca(text, "")) for text in reworded(request)])
        assert all(probability >= SAME for probability in asks)


def test_what_is_labelled_or_holds_material_stays_as_it_is() -> None:
    assert reworded("Summarise this:\nA long text.") == []
    assert reworded("word " * 100) == []
    assert rewordings(the_record({"text": "great film", "label": "positive"}), linter().models) == []


def test_a_language_without_frames_is_left_alone() -> None:
    assert reworded("Was ist die Hauptstadt von Australien?") == []
