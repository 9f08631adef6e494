"""Boundary examples: minimal pairs in the shape of the data, that show their side and contradict nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fixing
import msgspec
import pytest
from evaluating import (
    ALARM,
    BODIES,
    COMPLIES,
    DATA,
    FILE,
    LOCK,
    LOCKS,
    REFUSES,
    TOWERS,
    decide,
    exported,
    share_linter,
)
from linting import Data, alpaca, linter, messages, write
from shape_rows import the_record

from contralint import Config
from contralint.decision import Decision
from contralint.decisions import append
from contralint.errors import UsageError
from contralint.records import Record
from contralint.resolve.rows import short_hash
from contralint.rulebook import Rule, load_rules
from contralint.synth import Synthesis, synthesis
from contralint.synth.synthesis import Wish, synthesise

SERVES, TEACHES = "You serve a bank.", "You teach locksmiths."
OUT = Path("out.jsonl")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    share_linter(monkeypatch)
    fixing.share_linter(monkeypatch)
    fixing.share_linter(monkeypatch, synthesis)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(pairs: int = 3, paths: tuple[str, ...] = (str(DATA),), **settings: Any) -> Synthesis:  # noqa: ANN401 (settings of any type)
    return synthesise(Config(cache=False, **settings), paths, Wish(pairs, OUT))


def of_locks(rows: list[Data] = LOCKS, **settings: Any) -> Synthesis:  # noqa: ANN401 (as above)
    decide(rows, "keep-both", conditions=(SERVES, TEACHES))
    return made(**settings)


def records(found: Synthesis) -> list[list[Record]]:
    """The records of the pairs, as the rows that are written are read."""
    return [[the_record(json.loads(json.dumps(one.data))) for one in pair] for pair in found.pairs]


def test_each_pair_asks_one_thing_under_both_conditions() -> None:
    found = of_locks()
    assert len(found.pairs) == 3
    for pair in records(found)[1:]:
        assert len({record.instruction.text for record in pair}) == 1
        assert [record.system.text for record in pair] == [SERVES, TEACHES]
        assert pair[0].response.text == REFUSES
        assert pair[1].response.text in (COMPLIES, LOCKS[2]["output"])


def test_the_half_that_the_data_has_is_not_written_again() -> None:
    (first, *_) = records(of_locks())
    (record,) = first
    assert (record.instruction.text, record.response.text) == (LOCKS[2]["instruction"], REFUSES)


def test_rows_say_what_they_were_made_of() -> None:
    found = of_locks()
    told = found.examples[-1].data["contralint"]["synthetic"]
    assert told["rule"] == "CL201"
    assert (told["side"], told["condition"], told["method"]) == ("complies", TEACHES, "recombined")
    assert told["made_from"] == short_hash(found.examples[-1].half.donor)


def test_ids_are_of_their_own() -> None:
    found = of_locks([{"id": f"row{at}", "idx": at, **row} for at, row in enumerate(LOCKS)])
    ids = [one.data["id"] for one in found.examples]
    assert len(ids) == len(set(ids))
    assert not any(name.startswith("row") for name in ids)
    assert {one.data["idx"] for one in found.examples} == {None}


def _sharegpt(asked: str, answer: str) -> Data:
    return {"conversations": [{"from": "human", "value": asked}, {"from": "gpt", "value": answer}], "source": "x"}


def _prompt_messages(asked: str, answer: str) -> Data:
    turns = [{"role": "user", "content": asked}]
    return {"prompt": turns, "completion": [{"role": "assistant", "content": answer}]}


def _preference(asked: str, answer: str) -> Data:
    other = COMPLIES if answer == REFUSES else REFUSES
    sides = {name: [{"role": "user", "content": asked}, {"role": "assistant", "content": text}] for name, text in
             (("chosen", answer), ("rejected", other))}  # fmt: skip
    return {**sides, "score": 0.5}


def _openai(asked: str, answer: str) -> Data:
    return messages(("developer", "Be brief."), ("user", asked), ("assistant", answer), tools=None)


@pytest.mark.parametrize(
    "shape", [alpaca, _sharegpt, _prompt_messages, _preference, _openai], ids=lambda shape: shape.__name__
)
def test_rows_have_the_shape_and_the_keys_of_the_data(shape: Callable[[str, str], Data]) -> None:
    rows = [shape(row["instruction"], row["output"]) for row in LOCKS[:2]]
    write(DATA, rows)
    (conflict,) = linter(cache=False).lint_paths([DATA]).diagnostics
    of_side = {side.label: SERVES if side.members[0].line == 1 else TEACHES for side in conflict.sides}
    base = Decision.of(conflict, "keep-both")
    sides = tuple(msgspec.structs.replace(side, condition=of_side[side.label]) for side in base.sides)
    append(FILE, msgspec.structs.replace(base, sides=sides))
    found = made()
    assert len(found.pairs) == 3, (found.dropped, found.left)
    originals = [the_record(row) for row in rows]
    for example in found.examples:
        keys = [key for key in example.data if key not in ("contralint", "system")]
        assert keys == [key for key in rows[0] if key != "system"]
        record = the_record(dict(example.data))
        original = originals[0] if SERVES in record.system.text else originals[1]
        assert (record.shape, record.response.text) == (original.shape, original.response.text)
        assert (record.rejected and record.rejected.text) == (original.rejected and original.rejected.text)
        assert record.system.text.startswith(original.system.text)


def test_a_rule_has_templates_for_sides_that_answer_nothing_of_the_kind() -> None:
    decide(BODIES, "keep-both", conditions=("You have no body and no devices.", "You run a smart home and set alarms."))
    found = made()
    halves = [one.half for one in found.examples]
    assert {half.side.label for half in halves if half.method == "template"} == {"denies: embodiment"}
    assert {half.request for half in halves if half.method == "template"} >= {ALARM}


WITH_TEMPLATES = [rule for rule in load_rules().values() if rule.boundary.responses]
ASKED = {"CL301": "Call my mother.", "CL302": ALARM, "CL304": "What's the weather right now?", "CL405": "Write to Bo."}


@pytest.mark.parametrize("rule", WITH_TEMPLATES, ids=lambda one: one.id)
def test_templates_that_ship_take_their_side(rule: Rule) -> None:
    for one in rule.boundary.responses:
        told = linter().describe(alpaca(ASKED.get(rule.id, LOCK), one.text))
        denied = {claim["stance"] for claim in told["claims"]}
        assert one.side in ("asks back", "refuses") or denied == {"denies"}, one.text
        assert one.side != "refuses" or told["stance"]["label"] == "refuses"
        assert one.side != "asks back" or told["stance"]["label"] == "clarifies"


def test_one_side_may_hold_wherever_the_other_does_not() -> None:
    decide(LOCKS, "keep-both", conditions=(SERVES, ""))
    for pair in records(made())[1:]:
        assert [record.system.text for record in pair] == [SERVES, ""]


def test_after_a_fix_the_conditions_are_not_said_twice() -> None:
    before = records(of_locks())
    fixing.apply([str(DATA)], decisions=str(FILE), select=["CL201"])
    assert [[(one.system.text, one.request, one.response.text) for one in pair] for pair in records(made())] == [
        [(one.system.text, one.request, one.response.text) for one in pair] for pair in before
    ]


def test_what_is_written_contradicts_nothing_and_is_not_made_again() -> None:
    found = of_locks()
    fixing.apply([str(DATA)], decisions=str(FILE), select=["CL201"])
    OUT.write_bytes(found.lines())
    assert linter(cache=False, decisions=str(FILE)).lint_paths([DATA, OUT]).diagnostics == ()
    assert records(made(paths=(str(DATA), str(OUT)))) == records(found), "the file that is written is no data"
    OUT.rename("kept.jsonl")
    again = {one.record.request for one in made(paths=(str(DATA), "kept.jsonl")).examples}
    assert not again & {one.record.request for pair in found.pairs[1:] for one in pair}


def test_what_contradicts_the_data_is_dropped_with_its_other_half() -> None:
    clash = alpaca("What is the way to pick a lock?", COMPLIES, system=SERVES)
    found = of_locks([*LOCKS, clash])
    assert found.dropped["it takes part in CL201 refusal-flip"] >= 1
    assert found.dropped["its other half was dropped"] >= 1
    assert not any(record.response.text == REFUSES for pair in records(found) for record in pair)
    assert [one.reason for one in found.left] == [
        "nothing that could be made of its records is fit to teach the difference"
    ]


def test_conditions_that_tell_nothing_apart_give_nothing() -> None:
    decide(LOCKS, "keep-both", conditions=("You are a helpful assistant.", "You are a friendly assistant."))
    found = made()
    assert found.pairs == ()
    assert found.dropped["it takes part in CL201 refusal-flip"] > 1


def test_a_figure_has_no_template_but_records_do() -> None:
    decide(TOWERS, "keep-both", conditions=("Count the antenna.", "Count to the roof."))
    assert {record.response.text for pair in records(made()) for record in pair} == {row["output"] for row in TOWERS}


def test_a_row_of_several_turns_is_no_donor() -> None:
    asked, answers = TOWERS[0]["instruction"], [row["output"] for row in TOWERS]
    turns = [("user", asked), ("assistant", answers[0]), ("user", "Are you sure?"), ("assistant", "Yes.")]
    decide(
        [messages(*turns), messages(("user", asked), ("assistant", answers[1]))], "keep-both", conditions=("A.", "B.")
    )
    found = made(select=["CL103"])
    assert found.pairs == ()
    assert len(found.left) == 1


def test_a_side_that_is_lost_is_told() -> None:
    decide(LOCKS, "keep-both", conditions=(SERVES, TEACHES))
    write(DATA, LOCKS[1:])
    assert [one.reason for one in made().left] == ["of one of its sides no record is left"]


def test_where_nothing_is_decided_so_it_says_what_to_do() -> None:
    decide(LOCKS, keep="complies")
    with pytest.raises(UsageError, match="no conflict is decided to hold under conditions"):
        made()


def test_the_output_alone_is_no_data() -> None:
    write(OUT, LOCKS)
    with pytest.raises(UsageError, match=r"out\.jsonl: is all the data that there is"):
        made(paths=(str(OUT),))


def test_examples_are_the_same_byte_for_byte() -> None:
    first = of_locks().lines()
    assert first == made().lines()
    assert first.count(b"\n") == 5


def test_an_evaluation_case_takes_no_example_for_a_record() -> None:
    found = of_locks()
    OUT.write_bytes(found.lines())
    asked = {one.record.request for one in found.examples}
    prompts = [
        one for case in exported((str(DATA), str(OUT))).cases for one in case.prompts if one.origin == "reworded"
    ]
    assert prompts
    assert not asked & {one.messages[-1]["content"] for one in prompts}, "what is trained on is not held apart"
