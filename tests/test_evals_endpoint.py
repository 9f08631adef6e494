"""`contralint evals run --endpoint`: each prompt is put as it is, to a real endpoint on loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chat_server import KEY, Answer, completion, serving
from evaluating import COMPLIES, LOCKS, REFUSES, decide, share_linter
from linting import write

from contralint.cli import main
from contralint.evals import read_cases
from contralint.evals.case import DEFAULT_FILE

pytestmark = pytest.mark.extras


@pytest.fixture(autouse=True)
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    decide([{**row, "system": "Be brief."} for row in LOCKS], keep="complies")
    assert main(["evals", "data.jsonl", "-q", "--prompts", "6"]) == 0


def ran(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[Any, str]:
    assert main(["evals", "run", "--format", "json", *arguments]) == 0
    shown = capsys.readouterr()
    return json.loads(shown.out), shown.err


def test_a_model_is_asked_as_its_users_would(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(lambda *_: completion(COMPLIES)) as endpoint:
        told, _ = ran("--endpoint", endpoint.url, "--model", "tiny", "--save-answers", "saved.jsonl", capsys=capsys)
    (case,) = read_cases(Path(DEFAULT_FILE))
    assert {json.dumps(body["messages"]) for body in endpoint.bodies} == {
        json.dumps(one.messages) for one in case.prompts
    }
    assert not {"response_format", "tools"} & endpoint.bodies[0].keys()
    assert told["summary"]["answers"]["correct"] == 1.0
    again, _ = ran("--answers", "saved.jsonl", capsys=capsys)
    assert again["summary"] == told["summary"]


def test_two_models_stand_side_by_side_and_nothing_is_taken_from_earlier_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def script(request: dict[str, Any], _: int) -> Answer:
        return completion(COMPLIES if request["model"] == "after" else REFUSES)

    for _ in range(2):
        with serving(script) as endpoint:
            told, _ = ran(
                "--endpoint", endpoint.url, "--model", "before", "--model-after", "after", capsys=capsys
            )  # fmt: skip
        assert len(endpoint.bodies) == 12
    assert [told["summary"][name]["correct"] for name in ("before", "after")] == [0.0, 1.0]


def test_answers_that_fail_are_missing_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    failing = Answer({"error": {"message": f"filtered {KEY}"}}, 400)
    with serving(lambda _, number: failing if number == 0 else completion(COMPLIES)) as endpoint:
        told, notes = ran("--endpoint", endpoint.url, "--model", "tiny", capsys=capsys)
    assert told["summary"]["answers"]["missing"] == 1
    assert "note: answers: tiny gave no reply on 1 prompt (HTTP 400)" in notes
    assert KEY not in notes + json.dumps(told)


def test_a_used_up_budget_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contralint.toml").write_text("[llm]\nmax-calls = 2\nconcurrency = 1\n", encoding="utf-8")
    with serving(lambda *_: completion(COMPLIES)) as endpoint:
        told, notes = ran("--endpoint", endpoint.url, "--model", "tiny", capsys=capsys)
    assert (len(endpoint.bodies), told["summary"]["answers"]["missing"]) == (2, 4)
    assert "the budget for tiny (llm.max-calls, llm.max-tokens) is used up: 4 prompts left out" in notes


def test_tools_are_put_at_hand_and_calls_are_answers(capsys: pytest.CaptureFixture[str]) -> None:
    tool = {"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {}}}}
    line = json.loads(Path(DEFAULT_FILE).read_bytes())
    line["check"] = {"facet": "tool", "expected": ["calls search"], "forbidden": ["answers directly"]}
    line["prompts"] = [{**line["prompts"][0], "tools": [tool]}]
    write(Path("tools.jsonl"), [line])
    call = {"id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
    body = {"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": [call]}}]}
    with serving(lambda *_: Answer(body)) as endpoint:
        told, _ = ran("tools.jsonl", "--endpoint", endpoint.url, "--model", "tiny", capsys=capsys)
    assert endpoint.bodies[0]["tools"] == [tool]
    assert told["conflicts"][0]["prompts"][0]["answers"][0]["shown"] == "calls search"


def test_a_wrong_key_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(lambda *_: Answer({"error": {}}, 401)) as endpoint:
        assert main(["evals", "run", "--endpoint", endpoint.url, "--model", "tiny"]) == 2
    assert "does not accept the key" in capsys.readouterr().err
