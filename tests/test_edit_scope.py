"""How much of a text an edit gives back, and what is asked of which text."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.facets.edit_scope import edit
from contralint.facets.material import materials
from contralint.facets.verdict import asks_for_verdict, verdict
from contralint.facets.wishes import conditional_policy, scope_wishes, tool_wishes
from contralint.records import Field, Origin, Record, ToolCall

CONFIG = "server:\n  host: 0.0.0.0\n  port: 8080\nlogging:\n  level: info\n  file: app.log"
CHANGED = CONFIG.replace("8080", "9090")
LETTER = "Thank you for your order of 12 May. The parcel left our house this morning and should reach you by Friday."


def record(instruction: str, response: str, given_text: str = "", calls: tuple[ToolCall, ...] = ()) -> Record:
    return Record(
        Origin("a.jsonl", 0, 1),
        "alpaca",
        Field("instruction", instruction),
        Field("response", response),
        input=Field("input", given_text),
        calls=calls,
    )


def call(**arguments: object) -> tuple[ToolCall, ...]:
    return (ToolCall("update", msgspec.json.encode(arguments).decode()),)


@pytest.mark.parametrize(
    ("response", "scope"),
    [
        (CHANGED, "whole"),
        (f"Here is the file:\n\n```yaml\n{CHANGED}\n```", "whole"),
        ("  port: 9090", "part"),
        ("```diff\n-  port: 8080\n+  port: 9090\n```", "part"),
        ("Change `port: 8080` to `port: 9090`.", "part"),
        ("Which port would you like?", None),
        ("Done.", None),
        ("", None),
    ],
)
def test_scope_of_text(response: str, scope: str | None) -> None:
    found = edit(record("Set the port to 9090.", response, CONFIG))
    assert (found.scope if found else None) == scope


@pytest.mark.parametrize(
    ("arguments", "scope"),
    [
        ({"content": CHANGED}, "whole"),
        ({"pattern": "port: 8080", "replacement": "port: 9090"}, "part"),
        ({"updates": [{"pattern": ".*", "replacement": CHANGED}]}, "whole"),
        ({"path": "a.yaml"}, None),
    ],
)
def test_scope_of_calls(arguments: dict[str, object], scope: str | None) -> None:
    found = edit(record("Set the port to 9090.", "", CONFIG, call(**arguments)))
    assert (found.scope if found else None) == scope


@pytest.mark.parametrize(
    "ask", ["Which line sets the port?", "Summarise this.", "Rewrite this in a formal tone.", "Translate this."]
)
def test_no_small_edit(ask: str) -> None:
    assert edit(record(ask, "  port: 8080", CONFIG)) is None


def test_sort_and_operation() -> None:
    code, prose = edit(record("Set the port to 9090.", CHANGED, CONFIG)), edit(record("Fix the date.", LETTER, LETTER))
    assert code is not None
    assert prose is not None
    assert (code.sort, code.operation) == ("code", "change")
    assert (prose.sort, prose.operation) == ("prose", "correct")


@pytest.mark.parametrize(
    ("instruction", "text"),
    [
        (f"Set the port.\n\n{CONFIG}", CONFIG),
        (f"Set the port.\n```yaml\n{CONFIG}\n```", CONFIG),
        (f"{LETTER}\n\nFix the date.", LETTER),
        (f"Fix the date in this: {LETTER}", LETTER),
    ],
)
def test_the_text_is_found_wherever_it_stands(instruction: str, text: str) -> None:
    assert text in {material.text for material in materials(record(instruction, ""))}


@pytest.mark.parametrize(
    ("response", "judgement"),
    [
        ("It is excellent: clear and vivid.", "praise"),
        ("I see no problems or errors, and it is clear.", "praise"),
        ("I wouldn't change a word.", "praise"),
        ("9/10", "praise"),
        ("It is weak, and the ending is a cliché.", "fault"),
        ("The start is promising, but it is dull and the rhyme is forced.", "fault"),
        ("2 out of 5", "fault"),
        ("The rhythm is steady, but the rhyme could be better.", None),
        ("It has fourteen lines.", None),
        ("", None),
    ],
)
def test_verdicts(response: str, judgement: str | None) -> None:
    found = verdict(record("What do you think?", response, LETTER))
    assert (found.judgement if found else None) == judgement


def test_a_side_or_a_tone_that_is_asked_for() -> None:
    assert asks_for_verdict("What do you think of my poem?")
    assert not asks_for_verdict("What are the weaknesses of my poem?")
    assert not asks_for_verdict("Summarise my poem.")


def test_wishes() -> None:
    assert tool_wishes("Without searching, who won?") == {"without"}
    assert tool_wishes("Use the calculator: 12 * 12") == {"with"}
    assert tool_wishes("Who won?") == set()
    assert scope_wishes("Set it to 4. Only the changed line, please.") == {"part"}
    assert scope_wishes("Set it to 4 and give me the complete file.") == {"whole"}
    assert scope_wishes("Set it to 4.") == set()


def test_policies() -> None:
    assert conditional_policy("Search the web only for events after 2023.", frozenset({"web_search"}))
    assert not conditional_policy("You help the staff of a bike shop.", frozenset({"web_search"}))


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_read(instruction: str, response: str, text: str) -> None:
    made = record(instruction, response, text)
    edit(made)
    verdict(made)
    list(materials(made))
