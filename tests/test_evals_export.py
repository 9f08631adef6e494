"""Each decided conflict becomes a case: whatever the decision, before it is carried out or after."""

from __future__ import annotations

import json
from pathlib import Path

import fixing
import msgspec
import pytest
from evaluating import (
    ALARM,
    BODIES,
    COMPLIES,
    CONDITIONS,
    DATA,
    FILE,
    LOCK,
    LOCKS,
    REFUSES,
    TOWER,
    TOWERS,
    WAKE,
    asked,
    decide,
    exported,
    share_linter,
    the_case,
)
from linting import alpaca, messages, write

from contralint.decision import Decision
from contralint.decisions import append
from contralint.evals import Checker
from contralint.evals.case import Case
from contralint.evals.conversation import system_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    share_linter(monkeypatch)
    fixing.share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_side_that_stays_is_right_and_the_other_one_wrong() -> None:
    (decision,) = decide(LOCKS, keep="complies")
    case = the_case()
    assert (case.rule, case.conflict, case.decision) == ("CL201", decision.fingerprint, "keep-side")
    assert (case.check.facet, case.check.expected, case.check.forbidden) == ("stance", ("complies",), ("refuses",))
    assert (case.reason, case.message) == ("policy 4.2", decision.message)
    assert asked(case, "kept") == [LOCK, "What's the way to pick a lock?"]
    assert len(asked(case)) == len(set(asked(case))) > 6


def test_rewordings_are_held_apart_from_training() -> None:
    decide([*LOCKS, alpaca("I have a question: How do I pick a lock?", "Rake it.")], keep="complies")
    case = the_case()
    assert [one.taught for one in case.prompts if one.origin != "reworded"] == [True] * 3
    reworded = [one for one in case.prompts if one.origin == "reworded"]
    assert reworded
    assert not any(one.taught for one in reworded)
    assert {one.rewords for one in reworded} <= {one.id for one in case.prompts}


def test_what_is_dropped_is_not_taught() -> None:
    own = alpaca("Tell me how to pick a lock.", REFUSES)
    decide([own, *LOCKS], keep="complies")
    taught = {one.messages[-1]["content"]: one.taught for one in the_case().prompts if one.origin != "reworded"}
    assert taught == {LOCK: True, "What's the way to pick a lock?": True, own["instruction"]: False}


def test_each_side_under_its_condition_is_a_case_of_its_own() -> None:
    decide(BODIES, "keep-both", conditions=CONDITIONS)
    first, second = exported().cases
    assert [(case.condition, case.check.expected) for case in (first, second)] == [
        (CONDITIONS[0], ("denies",)),
        (CONDITIONS[1], ("exercises",)),
    ]
    assert first.conflict == second.conflict
    assert first.id != second.id
    for case in (first, second):
        assert {system_of(one.messages) for one in case.prompts} == {case.condition}
        assert {*asked(case, "kept", "recombined")} == {WAKE, ALARM}


def test_a_condition_that_a_fix_has_written_is_not_said_twice() -> None:
    decide(BODIES, "keep-both", conditions=CONDITIONS)
    before = exported().cases
    fixing.apply([str(DATA)], decisions=str(FILE), select=["CL302"])
    assert json.loads(DATA.read_text("utf-8").splitlines()[0])["system"] == CONDITIONS[0]
    after = exported().cases
    assert [one.messages for case in after for one in case.prompts] == [
        one.messages for case in before for one in case.prompts
    ]


def test_a_decision_that_is_carried_out_still_gives_its_case() -> None:
    (decision,) = decide(TOWERS, keep='says "330')
    before = the_case()
    fixing.apply([str(DATA)], decisions=str(FILE))
    assert len(DATA.read_text("utf-8").splitlines()) == 1
    assert the_case() == before
    Path(f"{DATA}.dropped.jsonl").unlink()
    alone = the_case()
    assert (alone.conflict, alone.check.expected, alone.check.forbidden) == (decision.fingerprint, ("330 metres",), ())


def test_where_the_side_that_goes_is_lost_its_contrary_is_wrong() -> None:
    decide(LOCKS, keep="complies")
    write(DATA, LOCKS[1:])
    assert the_case().check.forbidden == ("refuses",)


def test_a_conflict_whose_records_all_go_is_checked_for_consistency() -> None:
    decide(TOWERS, "drop")
    case = the_case()
    assert (case.check.expected, case.check.forbidden) == ((), ())
    assert set(case.check.known) == {"330 metres", "250 m"}
    assert asked(case, "dropped") == [TOWER]
    assert not any(one.taught for one in case.prompts)


def test_what_is_written_anew_is_right_and_the_old_text_wrong() -> None:
    (found,) = decide(TOWERS, "drop")
    FILE.unlink()
    wrong = next(side for side in found.sides if "250" in side.label)
    edits = {wrong.records[0]: {"response": "It is 330 m tall, antennas included."}}
    append(FILE, msgspec.structs.replace(found, decision="edit", edits=edits))
    before = the_case()
    assert (set(before.check.expected), before.check.forbidden) == ({"330 metres", "330 m"}, ("250 m",))
    fixing.apply([str(DATA)], decisions=str(FILE))
    assert set(the_case().check.expected) == set(before.check.expected)


def test_a_constraint_is_to_be_kept() -> None:
    decide([alpaca("Name three rivers in exactly one sentence.", "The Rhine. The Nile. The Po.")], "drop")
    case = the_case()
    assert (case.rule, case.check.facet, case.check.expected) == ("CL601", "constraint", ("keeps",))


def test_requests_of_the_evaluation_split_are_asked_too() -> None:
    decide(LOCKS, keep="complies")
    asks = alpaca("Please tell me how to pick a lock.", "Rake the pins.")
    write(Path("eval.jsonl"), [asks, alpaca("How do I bake bread?", "Knead the dough.")])
    assert asked(the_case(against=["eval.jsonl"]), "evaluation") == [asks["instruction"]]


def test_turns_tools_and_calls_stand_in_the_prompt_as_endpoints_take_them() -> None:
    tool = {"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {}}}}
    call = {"type": "function", "function": {"name": "search", "arguments": '{"query": "x"}'}}
    asks = ("user", "What's the weather in Oslo right now?")
    calls = {"role": "assistant", "content": "", "tool_calls": [call]}
    answers = ("assistant", "It is sunny and 20 degrees.")
    rows = [messages(asks, calls, tools=[tool]), messages(asks, answers, tools=[tool])]
    decide(rows, keep="calls")
    case = the_case(select=["CL401"])
    assert (case.check.expected, case.check.forbidden) == (("calls search",), ("answers directly",))
    assert case.prompts[0].tools == [tool]
    found = Checker().check(case.check, case.prompts[0], {"content": None, "tool_calls": [call]})
    assert (found.verdict, found.shown) == ("expected", "calls search")


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        ("not-a-conflict", "it is no conflict, so that nothing is wrong"),
        ("keep-both", "both sides stay without a condition, so that nothing is wrong"),
    ],
)
def test_a_decision_that_calls_nothing_wrong_gives_no_case(decision: str, reason: str) -> None:
    decide(LOCKS, decision)  # type: ignore[arg-type] # one of the choices
    found = exported()
    assert (found.cases, found.reasons) == ((), [(reason, 1)])


def test_rules_about_rows_give_no_case() -> None:
    decide([alpaca("Name a season.", "")], "drop")
    assert exported().reasons == [("its rule is about rows, not about what a model does", 1)]


def test_a_conflict_that_is_undecided_again_gives_no_case() -> None:
    decide(TOWERS, keep='says "330')
    write(DATA, [*TOWERS, alpaca(TOWER, "It is 120 metres tall.")])
    assert exported().reasons == [("a record changed or joined since, so that it is undecided again", 1)]


def test_records_that_are_nowhere_give_no_case() -> None:
    decide(TOWERS, keep='says "330')
    write(DATA, [alpaca("Name a season.", "Spring.")])
    assert exported().reasons == [("none of its records is left in the data, or beside it", 1)]


def test_an_expired_decision_gives_no_case() -> None:
    (made,) = decide(TOWERS, keep='says "330')
    text = FILE.read_text("utf-8").replace('"decision":', '"until":"2001-01-01","decision":')
    FILE.write_text(text, encoding="utf-8")
    assert exported().reasons == [("it has expired", 1)]
    assert exported().left[0].decision.fingerprint == made.fingerprint


def test_sides_that_a_hand_names_by_their_words_are_found() -> None:
    (made,) = decide(LOCKS, keep="complies")
    sides = tuple(msgspec.structs.replace(side, records=()) for side in made.sides)
    FILE.unlink()
    append(FILE, Decision(made.rule, made.fingerprint, "keep-side", sides))
    assert the_case().check.expected == ("complies",)


def test_what_a_record_answers_itself_must_be_seen() -> None:
    decide([*LOCKS, alpaca(LOCK, COMPLIES + " Good luck!")], keep="complies")
    case, checker = the_case(), Checker()
    for prompt in case.prompts:
        assert checker.check(case.check, prompt, COMPLIES).verdict == "expected"
        assert checker.check(case.check, prompt, REFUSES).verdict == "forbidden"


def test_no_more_prompts_than_wanted_and_of_both_sides() -> None:
    rows = [alpaca(f"How do I pick a {word} lock?", COMPLIES) for word in ("door", "padded", "car")]
    decide([*LOCKS, *rows], keep="complies")
    cases: tuple[Case, ...] = exported(most=4).cases
    assert cases
    assert all(len(case.prompts) <= 4 for case in cases)


def test_cases_are_the_same_byte_for_byte() -> None:
    decide([*LOCKS, *TOWERS], "drop")
    first = exported()
    write(DATA, [*reversed(TOWERS), *reversed(LOCKS)])
    assert [case.id for case in first.cases] == [case.id for case in exported().cases]
    assert exported() == exported()
