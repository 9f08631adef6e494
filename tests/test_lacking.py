from __future__ import annotations

import pytest

from contralint.facets.lacking import lacks_tool_or_input


@pytest.mark.parametrize(
    "response",
    [
        "I don’t see an attachment, so I can't summarize it.",
        "No text was provided, so there is nothing I can do.",
        "Nothing is attached.",
        "Your file never arrived, and I'm unable to check it.",
        "I can't look, since the calendar tool isn't connected in this chat.",
    ],
)
def test_something_is_missing(response: str) -> None:
    assert lacks_tool_or_input(response)


@pytest.mark.parametrize(
    "response",
    [
        "I'm sorry, but I can't help with that.",
        "As a language model, I'm unable to view images.",
        "I don't have a body, so I can't do things like that.",
        "",
    ],
)
def test_nothing_is_missing(response: str) -> None:
    assert not lacks_tool_or_input(response)
