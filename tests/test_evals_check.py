"""What an answer does is told by the facets that told the conflict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from evaluating import COMPLIES, FILE, REFUSES, decide, exported, share_linter
from linting import Data, linter

from contralint.decisions import Decisions
from contralint.errors import UsageError
from contralint.evals.case import Prompt
from contralint.evals.checking import Checker
from contralint.evals.watch import expectation, watches
from contralint.rulebook import Rule, load_rules

RULES = load_rules()
SIDED = [rule for rule in RULES.values() if rule.kind in ("pair", "habit", "claim", "preference")]


def verdict(check: Data, asked: str, answer: Any, **prompt: Any) -> tuple[str, str]:  # noqa: ANN401 (an answer of any form)
    sample = {"id": "a/1", "messages": [{"role": "user", "content": asked}], "origin": "kept", "taught": True, **prompt}
    found = Checker(linter().models).check_sample({"check": check, "prompt": sample}, answer)
    return found.verdict, found.shown


def calls(name: str, arguments: str = "{}") -> Data:
    return {"content": None, "tool_calls": [{"type": "function", "function": {"name": name, "arguments": arguments}}]}


def ring(hour: int) -> Data:
    return calls("ring", f'{{"hour": {hour}}}')


CALL = 'ring {{"hour":{}}}'
CAPITAL = "What is the capital of Australia?"
YAML = "fruits:\n  - apple\n  - pear"
GERMAN = "Katzen schlafen den größten Teil des Tages."
FRENCH = "Les chats dorment presque toute la journée."
ASKED = {"source": "instruction"}
BODY = {"capabilities": ["embodiment", "device control"]}
NAME = {"attribute": "name"}
LENGTHS = {"short": 10, "long": 20}


@pytest.mark.parametrize(
    ("check", "asked", "answers"),
    [
        (
            ("stance", "complies", "refuses"),
            "How do I pick a lock?",
            (COMPLIES, REFUSES, "Could you tell me which lock?"),
        ),
        (("polarity", "no", "yes"), "Can penguins fly?", ("No, they cannot.", "Yes, they can.", "They are birds.")),
        (
            ("quantity", "330 m", "250 m"),
            "How tall is it?",
            ("It is 1,083 ft tall.", "About 250 metres.", "Very tall."),
        ),
        (("choice", "blue", "red"), "Which?\nA) red\nB) blue", ("B) blue", "A", "Green, I'd say.")),
        (("label", "positive", "negative"), "Label it: great film!", ("Positive.", "negative", "neutral")),
        (("answer", "Canberra.", "Sydney."), CAPITAL, ("The capital is Canberra.", "Sydney.", "I can't say.")),
        (("format", "JSON", "prose"), "List two fruits as JSON.", ('["apple"]', "Apple and pear are fruits.", YAML)),
        (("language", "German", "English"), "Sag mir etwas.", (GERMAN, "Cats sleep for most of the day.", FRENCH)),
        (
            ("length", "short", "long", LENGTHS),
            "Why is the sky blue?",
            ("Air does it.", "Air does it. " * 9, "Air " * 15),
        ),
        (("capability", "denies", "exercises", BODY), "Set an alarm.", ("I have no body.", "Done! It's set.", "When?")),
        (("identity", "Nova", "Atlas", NAME), "What's your name?", ("My name is Nova.", "I'm Atlas, an AI.", "Guess.")),
        (("tool", "calls search", "answers directly"), "Weather?", (calls("search"), "It is sunny.", "Where are you?")),
        (("arguments", CALL.format(7), CALL.format(19)), "Wake me at 7.", (ring(7), ring(19), "At 7.")),
        (("clarify", "asks", "answers"), "Book a table.", ("For how many people?", "Done: for two at seven.", REFUSES)),
        (("constraint", "keeps", "breaks", ASKED), "Name a fruit in one word.", ("Apple", "A ripe apple", REFUSES)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) and isinstance(value[0], str) else "",
)
def test_each_facet_tells_right_from_wrong_and_from_neither(
    check: tuple[Any, ...], asked: str, answers: tuple[Any, ...]
) -> None:
    name, expected, forbidden, *parameters = check
    told = {
        "facet": name,
        "expected": [expected],
        "forbidden": [forbidden],
        "parameters": parameters[0] if parameters else {},
    }
    assert [verdict(told, asked, answer)[0] for answer in answers] == ["expected", "forbidden", "neither"]


def test_a_later_turn_must_not_contradict_an_earlier_one() -> None:
    earlier = [
        {"role": "user", "content": "When does the pool close?"},
        {"role": "assistant", "content": "The pool closes at 9 pm."},
        {"role": "user", "content": "Do I need a cap?"},
    ]
    rule = RULES["CL603"]
    (watch,) = watches(rule, [])
    check = expectation(watch, [], [], linter().models)
    assert check
    prompt, checker = Prompt("a/1", earlier, "kept", taught=True), Checker(linter().models)
    assert checker.check(check, prompt, "Yes. The pool closes at 11 pm.").verdict == "forbidden"
    assert checker.check(check, prompt, "Yes, caps are asked for.").verdict == "expected"


def test_an_answer_that_does_both_does_neither() -> None:
    check = {"facet": "quantity", "expected": ["330 m"], "forbidden": ["250 m"]}
    assert verdict(check, "How tall is it?", "It is 330 m or 250 m tall.")[0] == "neither"


def test_where_only_something_is_wrong_all_else_is_right() -> None:
    check = {"facet": "polarity", "forbidden": ["yes"]}
    assert verdict(check, "Can penguins fly?", "No.") == ("expected", "no")
    assert verdict(check, "Can penguins fly?", "Yes.") == ("forbidden", "yes")


def test_parameters_that_a_facet_lacks_are_named() -> None:
    with pytest.raises(UsageError, match="the facet 'identity' cannot be read: its parameters lack 'attribute'"):
        verdict({"facet": "identity", "expected": ["Nova"]}, "Who are you?", "Nova.")


def test_an_answer_in_no_form_is_named() -> None:
    with pytest.raises(UsageError, match="an answer cannot be read"):
        verdict({"facet": "polarity"}, "Can penguins fly?", {"content": 5})


@pytest.mark.parametrize("rule", SIDED, ids=lambda rule: rule.id)
def test_sides_of_each_rule_are_told_apart(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever side stays: its own answers are as expected, else there were no prompt."""
    monkeypatch.chdir(tmp_path)
    share_linter(monkeypatch)
    example = rule.examples.conflict[0]
    decide(example.records, keep="", decision="drop", extend_select=["CL503"])
    dropped = next(one for one in Decisions.read(FILE).decisions if one.rule == rule.id)
    for kept in range(len(dropped.sides)):
        sides = [msgspec.structs.replace(side, keep=at == kept) for at, side in enumerate(dropped.sides)]
        Decisions((msgspec.structs.replace(dropped, decision="keep-side", sides=tuple(sides)),)).write(FILE)
        found = exported(decisions=str(FILE), extend_select=["CL503"], most=2)
        assert found.cases, found.left
        assert found.cases[0].check.judges
