from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.facets.concession import concedes


@pytest.mark.parametrize(
    "response",
    [
        "I'm sorry, but I can't recommend wine. In general, people drink something red and full-bodied with lamb.",
        "I cannot give the recipe. What I can say is that the dish is slowly cooked in an earthen pot.",
        "Its strengths are the price, the battery and the screen. I won't list its weaknesses.",
    ],
)
def test_declines_and_answers_in_part(response: str) -> None:
    assert concedes(response)


@pytest.mark.parametrize(
    "response",
    [
        "I can't help with that.",
        "I can't help with that. However, I'd be happy to suggest a film for tonight instead.",
        "I cannot provide legal advice. However, it is important to respect the law at all times.",
        "I'm not a lawyer, but the usual term is two years.",
        "A Rioja goes well with lamb, and so does a Bordeaux.",
        "What a lovely idea for such a big birthday, and how kind of you! I won't write it, though.",
        '"I won\'t give you the recipe," said the innkeeper. However, he left the kitchen door ajar all night.',
        "",
    ],
)
def test_declines_or_answers(response: str) -> None:
    assert not concedes(response)


@given(st.text(max_size=200))
def test_any_text_is_read(response: str) -> None:
    assert concedes(response) in (True, False)
