"""Files that users write beside their data: rules, configuration, decisions, baseline, cases, answers, manifest."""

# ruff: noqa: E501 (what is tried reads best unbroken)

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from linting import linter

from contralint.baseline import Baseline
from contralint.configfile import load_config, setting_places
from contralint.decisions import Decisions
from contralint.diagnostics import Report
from contralint.errors import UsageError
from contralint.evals.answers import read_answers
from contralint.evals.case import Case, Expectation, Prompt, read_cases
from contralint.evals.checking import Checker
from contralint.intake import Intake
from contralint.models.judge import Triple
from contralint.models.llm_verdict import case_of, opinion
from contralint.rulebook import configured, read_rule_files
from contralint.rulefiles import rules_folder
from contralint.traffic.log import Log
from fuzz.inputs import as_json, changed, mutated, texts, values
from fuzz.target import Target

Reading = Callable[[Path], object]


def _of_file(name: str, read: Reading) -> Callable[[bytes, Path], None]:
    """Reads a file of this name, which may be refused in one clear way alone."""

    def check(data: bytes, folder: Path) -> None:
        path = folder / name
        path.write_bytes(data)
        with contextlib.suppress(UsageError):
            read(path)

    return check


def _rules(path: Path) -> None:
    """What a scan does with a rule file."""
    for file in read_rule_files([path]):
        msgspec.msgpack.encode(file.rule)
        made = linter(cache=False)
        made.rules = {file.rule.id: file.rule}
        made.lint_rows([{"instruction": "Hi", "output": "Hello."}, {"instruction": "Hi", "output": "No."}] * 2)


def _config(path: Path) -> None:
    config = load_config(path)
    setting_places(path)
    configured(linter().rules, config)


def _decisions(path: Path) -> None:
    held = Decisions.read(path)
    held.check(())
    held.write(path)
    assert Decisions.read(path) == held


def _baseline(path: Path) -> None:
    held = Baseline.read(path)
    held.check(())
    held.write(path)
    assert Baseline.read(path).entries == held.entries


_CHECKS = [Expectation(facet, ("yes", "7"), ("no",)) for facet in ("polarity", "quantity", "stance", "answer", "tool")]


def _cases(path: Path) -> None:
    for case in read_cases(path):
        for prompt in case.prompts:
            Checker().check(case.check, prompt, "Yes, 7.")


_PROMPT = Prompt("a/1", [{"role": "user", "content": "Hi"}], "kept", taught=True)
_CASE = Case("a", "CL102", "polarity-flip", "0" * 16, "keep-side", _CHECKS[0], (_PROMPT,))


def _answers(path: Path) -> None:
    for given in read_answers(str(path), [_CASE], Intake).of_prompt.values():
        for answer in given:
            for check in _CHECKS:
                Checker().check(check, _PROMPT, answer)


def _log(path: Path) -> None:
    Log.read([str(path)])


def _manifest(path: Path) -> None:
    row = {"convs": [{"role": "u", "text": "Hi"}, {"role": "a", "text": "Yo"}], "a": "Hi", "b": "Hello."}
    deep = json.dumps(row).replace('"Hi"', "[" * 400 + "]" * 400)
    (path.parent / "data.jsonl").write_text(json.dumps(row) + "\n" + deep + "\n")
    report = linter(select=["CL0"], cache=False).lint_paths([path.parent / "data.jsonl"])
    assert adds_up(report)


_TRIPLE: Triple = ("Which?", "This one.", "That one.")


def _verdict(data: bytes, _folder: Path) -> None:
    opinion(_TRIPLE, data.decode("utf-8", "replace"))


def adds_up(report: Report) -> bool:
    """Whether each row is a record, or was reported."""
    summary = report.summary
    bad = sum(found.rule in ("CL001", "CL002") for found in report.diagnostics)
    return summary.rows == summary.records + summary.unread and summary.unread == bad


def _lines(*kinds: dict[str, Any]) -> SearchStrategy[bytes]:
    lines = st.sampled_from(kinds).flatmap(changed).map(as_json) | st.just(as_json(kinds[0]))
    return mutated(st.lists(lines, min_size=1, max_size=3).map(b"\n".join))


_HASH = "0123456789abcdef"
_SIDES = [{"label": "a", "records": [_HASH], "keep": True}, {"label": "b", "records": ["f" * 16]}]
_DECISION = {"rule": "CL101", "fingerprint": _HASH, "decision": "keep-side", "sides": _SIDES, "date": "2026-01-02"}
_EDIT = {
    **_DECISION,
    "decision": "edit",
    "sides": [{"label": "a", "records": [_HASH]}],
    "edits": {_HASH: {"response": "x"}},
}
_ENTRY = {"rule": "CL101", "fingerprint": _HASH, "records": [_HASH], "message": "m"}
_ANSWER = {
    "id": "a/1",
    "answer": {"role": "assistant", "content": "Yes", "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]},
}
_VERDICT = {"case": case_of(_TRIPLE), "verdict": "unsure", "quote_a": "This", "quote_b": "That"}
_ASKED = {"conversation": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo"}], "prompt": "Hi"}
_ENTRIES = {
    "d": {"file_name": "data.jsonl", "formatting": "sharegpt", "columns": {"messages": "convs", "prompt": "a", "response": "b"},
          "tags": {"role_tag": "role", "content_tag": "text", "user_tag": "u", "assistant_tag": "a"}},
}  # fmt: skip
_YAML = [
    "!!int x", "!!bool x", "!!float x", "!!timestamp x", "!!binary x", "!!set {a}", "!!omap [a: 1]", "!!python/object:os.x",
    "9" * 5000, "1e999999", "&a [*a]", "[" * 2000, "{a: " * 2000, "- " * 2000, "? " * 500, "!!merge k", "~", "'", "|", ">-", "[x, y]",
    "{a: b}", "@x", "%x", "2024-01-01", "12:30", "No", ".inf", ".nan", "0x1F", "1_000", "\\x1b[31m", "''", "CL101", "pair", "{name}",
]  # fmt: skip
_TOML = [
    "9" * 5000, "1e999999", "inf", "nan", "[" * 2000, "{a=" * 1500, "1979-05-27", "1979-05-27T07:32:00Z", "'x'", '"\\u0000"', '"[x"',
    "[]", "{}", "true", "-1", "0", "99999999999999999999", '["CL2"]', '{"CL101" = "off"}', '{"a" = ["CL2"]}', '{"*" = {rules=["CL9"]}}',
    '{"CL101" = {x=1}}', '"/dev/null"', '"ALL"', '[["a"]]', '"../.."',
]  # fmt: skip


@st.composite
def _yaml(draw: st.DrawFn) -> bytes:
    """A rule file that ships, some of whose values are others."""
    files = sorted(rules_folder().glob("*.yaml"))
    lines = draw(st.sampled_from(files)).read_text(encoding="utf-8").split("\n")
    lines = lines[: draw(st.sampled_from([len(lines), len(lines), 60]))]
    for _ in range(draw(st.integers(0, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        head, colon, _ = lines[number].partition(":")
        given = draw(st.sampled_from(_YAML) | texts | values.map(lambda value: json.dumps(value)))
        lines[number] = f"{head}{colon} {given}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@st.composite
def _toml(draw: st.DrawFn) -> bytes:
    """Settings of which some have values that they may not have."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        given = draw(st.sampled_from(_TOML) | texts.map(json.dumps))
        lines.append(f"{draw(st.sampled_from(_SETTINGS))} = {given}")
    tables = draw(
        st.sampled_from(
            ["", "[llm]\ntimeout = 1\n", "[parameters.CL101]\nx = 1\n", "[severity]\nCL1 = 'off'\n", "[[paths]]\n"]
        )
    )
    return "\n".join([*lines, tables]).encode("utf-8", "surrogatepass")


_SETTINGS = [field.encode_name for field in msgspec.structs.fields(__import__("contralint").Config)]
FILES = [
    Target("rule-file", _of_file("rule.yaml", _rules), _yaml() | mutated(_yaml())),
    Target("configuration", _of_file("contralint.toml", _config), _toml() | mutated(_toml())),
    Target("decisions", _of_file("decisions.jsonl", _decisions), _lines(_DECISION, _EDIT)),
    Target("baseline", _of_file("baseline.jsonl", _baseline), _lines({"contralint-baseline": 1}, _ENTRY)),
    Target("cases", _of_file("cases.jsonl", _cases), _lines(msgspec.to_builtins(_CASE))),
    Target(
        "answers", _of_file("answers.jsonl", _answers), _lines(_ANSWER, {"Hi": "Yes"}, {"prompt": "Hi", "answer": "7"})
    ),
    Target(
        "usage-log", _of_file("log.jsonl", _log), _lines(_ASKED, {"prompt": "Hi"}, {"messages": []}, {"text": "Hi"})
    ),
    Target("manifest", _of_file("dataset_info.json", _manifest), _lines(_ENTRIES)),
    Target("verdict", _verdict, _lines(_VERDICT)),
]
