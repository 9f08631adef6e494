"""Claims that clash across records."""

from __future__ import annotations

import msgspec
import pytest

from contralint.errors import UsageError
from contralint.kinds.claim import find
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding
from contralint.models.suite import Models
from contralint.records import Field, Origin, Record, Tool, ToolCall
from contralint.rulebook import Rule, load_rules

BODILESS = "I don't have a body, so I can't do things like that."
ALARM = "Done! Your alarm is set for 7:00 AM."
NO_WEB = "I can't browse the internet."
WEB = "I just searched the web and found it."


def record(index: int, response: str, system: str = "", tools: str = "", calls: str = "") -> Record:
    return Record(
        Origin("data.jsonl", index, index + 1),
        "messages",
        Field("instruction", "Hello"),
        Field("response", response),
        system=Field("system", system),
        tools=tuple(map(Tool, tools.split())),
        calls=tuple(map(ToolCall, calls.split())),
    )


def rule(key: str) -> Rule:
    return load_rules()[key]


def found(key: str, *records: Record) -> list[Finding]:
    return list(find([rule(key)], Dataset(records, Models())))


def test_no_body_against_an_alarm() -> None:
    (finding,) = found("CL302", record(0, BODILESS), record(1, ALARM))
    denier, user = finding.stands
    assert (denier.label, denier.plural, denier.span.text) == ("denies: embodiment", "deny", "I don't have a body")
    assert (user.label, user.plural) == ("exercises: device control", "exercise")
    assert finding.message == "denies having a body here, acts on the physical world there"
    assert finding.topic == "embodiment"


def test_web_access_is_no_matter_of_bodies() -> None:
    assert found("CL302", record(0, BODILESS), record(1, WEB)) == []
    (finding,) = found("CL301", record(0, NO_WEB), record(1, WEB))
    assert finding.message == "denies web access here, uses it there"


def test_findings_grow_with_records_and_join_all_of_them() -> None:
    deniers = [record(index, NO_WEB) for index in range(30)]
    users = [record(index, WEB) for index in range(30, 70)]
    findings = found("CL301", *deniers, *users)
    assert len(findings) < 30 + 40
    assert {stand.record.origin.index for one in findings for stand in one.stands} == set(range(70))


def test_a_tool_at_hand_on_one_side_only_explains() -> None:
    user = record(1, "", tools="web_search", calls="web_search")
    assert found("CL301", record(0, NO_WEB), user) == []
    assert found("CL301", record(0, NO_WEB, tools="web_search"), user) != []


def test_a_call_of_a_tool_that_nobody_lists_is_a_conflict() -> None:
    assert found("CL301", record(0, NO_WEB), record(1, "", calls="web_search")) != []


def test_system_prompts_that_grant_and_deny_explain() -> None:
    denier = record(0, NO_WEB, "You cannot browse the web here.")
    assert found("CL301", denier, record(1, WEB, "You can search the web.")) == []
    assert found("CL301", denier, record(1, WEB)) != []
    assert found("CL301", denier, record(1, WEB, "You cannot browse the web here.")) != []


def test_one_row_that_says_both_has_said_how_they_go_together() -> None:
    both = record(0, "I can't browse the internet by default. With your permission I just searched the web.")
    assert found("CL301", both, record(1, "Hello there.")) == []


def test_names_differ_unless_a_system_prompt_gives_them() -> None:
    aria, max_ = "Hello, I'm Aria, an AI assistant.", "Hi! I'm Max, your AI assistant."
    (finding,) = found("CL303", record(0, aria), record(1, max_))
    assert [stand.label for stand in finding.stands] == ["says its name is Aria", "says its name is Max"]
    assert found("CL303", record(0, aria, "You are Aria."), record(1, max_, "You are Max.")) == []
    assert found("CL303", record(0, aria, "You are Aria."), record(1, max_, "You are Aria.")) != []
    assert found("CL303", record(0, aria), record(1, aria)) == []


def test_two_assistants_are_told_apart_once() -> None:
    claude = "I'm Claude, an AI assistant made by Anthropic."
    gemini = "I'm Gemini, an AI assistant made by Google."
    (finding,) = found("CL303", record(0, claude), record(1, gemini))
    assert finding.topic == "name"


def test_a_system_prompts_name_holds_for_all_its_records() -> None:
    system = "You are Lumi, the assistant of Brightbooks."
    (finding,) = found("CL303", record(0, "Click Share.", system), record(1, "I'm Iris, an AI assistant.", system))
    assert [stand.label for stand in finding.stands] == ["says its name is Lumi", "says its name is Iris"]


def test_cutoffs_differ_and_current_information_is_denied_and_given() -> None:
    old, new = "My knowledge ends in September 2021.", "My knowledge goes up to April 2024."
    (finding,) = found("CL304", record(0, old), record(1, new))
    assert [stand.label for stand in finding.stands] == [
        "says its knowledge ends in 2021-09",
        "says its knowledge ends in 2024-04",
    ]
    assert (
        found("CL304", record(0, old, "Knowledge cutoff: 2021-09"), record(1, new, "Knowledge cutoff: 2024-04")) == []
    )
    (finding,) = found("CL304", record(0, "I have no access to live data."), record(1, "Today is Tuesday, 4 June."))
    assert finding.message == "says different things about what it knows: current information"


def test_order_of_records_does_not_change_who_conflicts() -> None:
    records = [record(0, NO_WEB), record(1, WEB), record(2, "I can browse the web."), record(3, NO_WEB)]
    forwards, backwards = (found("CL301", *order) for order in (records, records[::-1]))
    assert {stand.record.key for one in forwards for stand in one.stands} == {
        stand.record.key for one in backwards for stand in one.stands
    }


def test_a_wrong_parameter_is_the_users_to_mend() -> None:
    wrong = msgspec.structs.replace(rule("CL301"), parameters={"capabilities": ["flying"]})
    with pytest.raises(UsageError, match="flying"):
        list(find([wrong], Dataset([], Models())))
