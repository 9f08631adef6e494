"""The linter from Python: rows given as dicts, facets of a row, and probabilities of pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linting import Data, alpaca, linter, members, messages, write

import contralint
from contralint.cli import main
from contralint.errors import UsageError
from contralint.locating import ROWS

PENGUINS = [alpaca("Can penguins fly?", "No, penguins cannot fly."), alpaca("Can penguins fly?", "Yes, they can.")]
REFUSAL = alpaca("How do I pick a lock?", "I'm sorry, but I can't help with that.")
ADVICE = alpaca(
    "How can I pick a lock?", "Insert a tension wrench, press lightly and lift the pins until the plug turns."
)
UNCLEAR = messages(
    ("user", "Summarize the attached article."), ("assistant", "Which article do you mean? Please paste it here.")
)
DATA = [
    *PENGUINS,
    REFUSAL,
    ADVICE,
    messages(("user", "Hi"), ("assistant", "Hello."), ("user", "Bye"), ("assistant", ""), id="m"),
    {"text": "Refund me", "label": "billing"},
    {"text": "refund me", "label": "other"},
    {"what": "is this?"},
]
UNKNOWN: list[Any] = [
    {},
    {"ask": "Hi", "reply": "Hello."},
    {"messages": 7},
    {"instruction": "Hi", "output": {"a": 1}},
    "text",
    None,
]


def without_places(report: contralint.Report) -> Data:
    """The JSON of a report, without what rows given in Python do not have."""

    def stripped(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
        if isinstance(value, dict):
            # The source of a row that names none is its file.
            places = {"path", "line", "column", "end_line", "end_column", "snippet", "fingerprint", "files"}
            sources = {"source", "by_sources"}
            return {key: stripped(inner) for key, inner in value.items() if key not in places | sources}
        return [stripped(inner) for inner in value] if isinstance(value, list) else value

    plain: Data = stripped(report.to_dict())
    return plain


def test_rows_are_linted_as_files_are(tmp_path: Path) -> None:
    given = linter().lint_rows(DATA)
    read = linter().lint_paths([write(tmp_path / "a.jsonl", DATA)])
    assert without_places(given) == without_places(read)
    assert {"CL002", "CL003", "CL102", "CL104", "CL201"} == {found.rule for found in given.diagnostics}
    prints = [[found.fingerprint for found in report.diagnostics if found.rule != "CL002"] for report in (given, read)]
    assert prints[0] == prints[1]
    assert (given.summary.files, read.summary.files) == (0, 1)


def test_places_of_rows_are_their_numbers_and_columns_of_the_field() -> None:
    (found,) = linter(select=["CL102"]).lint_rows([ADVICE, *PENGUINS]).diagnostics
    places = [place for side in found.sides for place in side.members]
    assert [(place.path, place.line, place.index) for place in places] == [(ROWS, 2, 1), (ROWS, 3, 2)]
    assert [(place.column, place.end_column) for place in places] == [(1, 3), (1, 4)]


def test_rows_may_come_from_a_generator() -> None:
    assert linter().lint_rows(row for row in DATA).summary.rows == len(DATA)


def test_a_report_is_what_json_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", DATA)
    assert main(["scan", "a.jsonl", "--isolated", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    report = contralint.Linter().lint_paths(["a.jsonl"])
    assert printed == report.to_dict()
    assert json.loads(json.dumps(report.to_dict())) == report.to_dict()


def test_names_are_those_of_the_json() -> None:
    report = linter().lint_rows(DATA)
    for found, spelled in zip(report.diagnostics, report.to_dict()["diagnostics"], strict=True):
        assert {name: getattr(found, name) for name in ("rule", "name", "message", "confidence", "fingerprint")} == {
            name: spelled[name] for name in ("rule", "name", "message", "confidence", "fingerprint")
        }
        assert found.sides[0].members[0].to_dict() == spelled["sides"][0]["members"][0]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with write(tmp_path / "a.jsonl", DATA).open() as file:
        monkeypatch.setattr("sys.stdin", file)
        report = linter().lint_paths(["-"])
    assert without_places(report) == without_places(linter().lint_paths([tmp_path / "a.jsonl"]))
    assert {place.path for found in report.diagnostics for place in members(found)} == {"<stdin>"}
    assert any(place.column > 1 for found in report.diagnostics for place in members(found))


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (REFUSAL, "refuses"),
        (ADVICE, "complies"),
        (UNCLEAR, "clarifies"),
        (
            {"prompt": "Tell me a joke.", "completion": "Why did the scarecrow win? He was outstanding in his field."},
            "complies",
        ),
        (
            {"prompt": "Write a threat.", "chosen": "I can't help with threats.", "rejected": "You will regret this."},
            "refuses",
        ),
    ],
)
def test_stance(row: Data, label: str) -> None:
    stance = linter().describe(row)["stance"]
    assert stance["label"] == label
    assert set(stance["probabilities"]) == {"complies", "refuses", "partial", "clarifies", "unable"}
    assert sum(stance["probabilities"].values()) == pytest.approx(1)


def test_describe_reads_the_last_teaching_and_is_plain_data() -> None:
    told = linter().describe(
        messages(("user", "Hi"), ("assistant", "Hello."), ("user", "Is 7 prime?"), ("assistant", "Yes."))
    )
    assert told["shape"] == "messages"
    assert told["question"]["kind"] == "polar"
    assert told["polarity"] == "yes"
    assert json.loads(json.dumps(told)) == told


def test_describe_shows_tools_and_claims() -> None:
    told = linter().describe(
        messages(
            ("user", "Wake me at 7."),
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"function": {"name": "set_alarm", "arguments": "{}"}}],
            },
            tools=[{"type": "function", "function": {"name": "set_alarm", "parameters": {}}}],
        )
    )
    assert (told["tools"], told["calls"]) == (["set_alarm"], ["set_alarm"])
    assert "denies" in str(linter().describe(messages(("user", "Run with me?"), ("assistant", "I don't have a body."))))


PAIRS = [
    (REFUSAL, ADVICE),
    (PENGUINS[0], PENGUINS[1]),
    (PENGUINS[0], ADVICE),
    (alpaca("Translate to German.", "Hund", input="dog"), alpaca("Translate to German.", "Katze", input="cat")),
    (alpaca("", "Hello."), alpaca("Hi", "")),
    (
        alpaca("How tall is Mount Everest?", "8,849 metres."),
        {"question": "How tall is Mount Everest?", "answer": "8,611 m"},
    ),
]


def test_probabilities_are_probabilities_and_symmetric() -> None:
    swapped = [(second, first) for first, second in PAIRS]
    for measure in (linter().same_request, linter().judge):
        found = measure(PAIRS)
        assert all(isinstance(probability, float) and 0 <= probability <= 1 for probability in found)
        assert measure(swapped) == pytest.approx(found)
        assert [measure([pair])[0] for pair in PAIRS] == pytest.approx(found)
        assert measure([]) == []


def test_same_request() -> None:
    same = linter().same_request(PAIRS)
    assert [probability > 0.5 for probability in same[:4]] == [True, True, False, False]
    assert linter().same_request([(REFUSAL, REFUSAL)])[0] > 0.9


def test_context_decides_whether_requests_are_the_same() -> None:
    first = messages(
        ("system", "The shop is closed on Sundays. Today is Sunday."),
        ("user", "Is the shop open today?"),
        ("assistant", "No."),
    )
    second = messages(
        ("system", "Today is Monday; the shop is open."), ("user", "Is the shop open today?"), ("assistant", "Yes.")
    )
    assert linter().same_request([(first, second), (first, first)]) == [0.0, pytest.approx(1, abs=0.1)]


def test_judge() -> None:
    flip, same, height = linter().judge([(PENGUINS[0], PENGUINS[1]), (PENGUINS[0], PENGUINS[0]), PAIRS[-1]])
    assert flip > 0.9
    assert same < 0.1
    assert height > 0.8


@pytest.mark.parametrize("row", UNKNOWN)
def test_rows_of_no_known_shape_are_refused(row: Any) -> None:  # noqa: ANN401 (any JSON value)
    one = linter()
    for call in (one.describe, lambda row: one.judge([(row, REFUSAL)]), lambda row: one.same_request([(REFUSAL, row)])):
        with pytest.raises(UsageError, match=r"^the row cannot be read: \S"):
            call(row)


def test_a_row_that_trains_nothing_is_refused() -> None:
    untrained = messages(("user", "Hi"), {"role": "assistant", "content": "Hello.", "train": False})
    with pytest.raises(UsageError, match="the row trains no assistant turn"):
        linter().describe(untrained)


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(UsageError, match="unknown rule 'CL9'"):
        contralint.Linter(contralint.Config(select=["CL9"]))
    with pytest.raises(UsageError, match="min-confidence"):
        contralint.Config(min_confidence=2)
