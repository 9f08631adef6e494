"""Which report goes where."""

from __future__ import annotations

import pytest

from contralint.cli.outputs import FORMATS, Output, pair_outputs
from contralint.errors import UsageError
from contralint.reports import REPORTERS


@pytest.mark.parametrize(
    ("formats", "files", "order", "expected"),
    [
        ("", "", "", [Output("text")]),
        ("", "a", "o", [Output("text", "a")]),
        ("json", "", "f", [Output("json")]),
        ("json sarif", "a b", "ffoo", [Output("json", "a"), Output("sarif", "b")]),
        ("text json", "a", "ffo", [Output("text"), Output("json", "a")]),
        ("json text", "a", "fof", [Output("json", "a"), Output("text")]),
        ("json", "a", "of", [Output("json", "a")]),
    ],
)
def test_pairs(formats: str, files: str, order: str, expected: list[Output]) -> None:
    names = [{"f": "formats", "o": "files_out"}[letter] for letter in order]
    assert pair_outputs(formats.split(), files.split(), names) == expected


@pytest.mark.parametrize(
    ("formats", "files", "order"),
    [
        ("", "a b", "oo"),
        ("json", "a b", "foo"),
        ("json text", "a", "off"),
        ("json text", "", "ff"),
        ("json text", "a a", "ffoo"),
    ],
)
def test_outputs_without_a_place_of_their_own_are_refused(formats: str, files: str, order: str) -> None:
    names = [{"f": "formats", "o": "files_out"}[letter] for letter in order]
    with pytest.raises(UsageError):
        pair_outputs(formats.split(), files.split(), names)


def test_every_format_can_be_asked_for() -> None:
    assert tuple(REPORTERS) == FORMATS
