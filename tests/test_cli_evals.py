"""`contralint evals` and `contralint evals run`: files, figures and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from evaluating import BODIES, COMPLIES, CONDITIONS, LOCK, LOCKS, REFUSES, TOWER, TOWERS, decide, share_linter
from linting import Data, alpaca, write

from contralint.cli import evals, main
from contralint.evals import Checker, read_cases
from contralint.evals.case import DEFAULT_FILE
from contralint.evals.formats import FORMATS, TASK_FILE
from contralint.readers import discover

CASES = Path(DEFAULT_FILE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(*arguments: str) -> list[Data]:
    assert main(["evals", "data.jsonl", "-q", *arguments]) == 0
    return [json.loads(line) for line in CASES.read_bytes().splitlines()]


def ran(*arguments: str, capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401 (a report as decoded)
    assert main(["evals", "run", "--format", "json", "-q", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_cases_go_to_a_file_that_scans_pass_over(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, keep="complies")
    assert main(["evals", "data.jsonl"]) == 0
    (case,) = read_cases(CASES)
    assert capsys.readouterr().out == f"{CASES}: 1 case, {len(case.prompts)} prompts\n"
    assert discover(["."]) == ["data.jsonl"]


def test_a_second_export_is_the_same_byte_for_byte() -> None:
    decide([*LOCKS, *TOWERS], "drop")
    written()
    first = CASES.read_bytes()
    written()
    assert CASES.read_bytes() == first


def test_export_may_be_named_and_standard_output_too(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, keep="complies")
    assert main(["evals", "export", "data.jsonl", "-o", "-", "--prompts", "2"]) == 0
    assert len(json.loads(capsys.readouterr().out)["prompts"]) == 2


def test_the_lines_keep_to_the_schema_that_is_documented() -> None:
    import jsonschema

    schema = json.loads(Path(evals.__file__).parents[1].joinpath("evals", "cases.schema.json").read_bytes())
    decide(BODIES, "keep-both", conditions=CONDITIONS)
    for line in written():
        jsonschema.Draft202012Validator(schema).validate(line)


def test_what_gives_no_case_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, "not-a-conflict")
    assert main(["evals", "data.jsonl"]) == 2
    told = capsys.readouterr().err
    assert "note: 1 decision left out: it is no conflict, so that nothing is wrong" in told
    assert "no decision gives an evaluation case: nothing was written" in told
    assert not CASES.exists()


def test_an_inspect_task_holds_all_that_its_scorer_needs() -> None:
    decide(LOCKS, keep="complies")
    assert main(["evals", "data.jsonl", "--format", "inspect"]) == 0
    place = Path("contralint_inspect")
    compile((place / TASK_FILE).read_text("utf-8"), TASK_FILE, "exec")
    samples = [json.loads(line) for line in (place / DEFAULT_FILE).read_bytes().splitlines()]
    assert samples[0]["input"] == [{"role": "user", "content": LOCK}]
    assert samples[0]["target"] == "complies"
    found = [Checker().check_sample(samples[0]["metadata"], answer).verdict for answer in (COMPLIES, REFUSES)]
    assert found == ["expected", "forbidden"]


def test_a_registry_of_openai_evals_names_its_samples() -> None:
    decide(LOCKS, keep="complies")
    assert main(["evals", "data.jsonl", "--format", "openai-evals", "-o", "registry"]) == 0
    (path,) = Path("registry/evals").iterdir()
    named, described = yaml.safe_load(path.read_bytes()).values()
    assert named["metrics"][0] == "accuracy"
    assert described["class"] == "contralint.evals.openai_evals:Behaviour"
    samples = Path("registry/data", described["args"]["samples_jsonl"]).read_bytes().splitlines()
    sample = json.loads(samples[0])
    assert (sample["input"], sample["ideal"]) == ([{"role": "user", "content": LOCK}], ["complies"])
    assert Checker().check_sample(sample, REFUSES).verdict == "forbidden"


def test_before_and_after_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, keep="complies")
    written()
    prompts = [one.id for case in read_cases(CASES) for one in case.prompts]
    write(
        Path("before.jsonl"), [{"id": name, "answer": [COMPLIES, REFUSES][at % 2]} for at, name in enumerate(prompts)]
    )
    write(Path("after.jsonl"), [{"id": name, "answer": COMPLIES} for name in prompts[:-1]])
    told = ran("--answers", "before.jsonl", "--answers-after", "after.jsonl", capsys=capsys)
    before, after = told["summary"]["before"], told["summary"]["after"]
    assert (before["missing"], before["consistency"]) == (0, 0.0)
    assert before["expected"] + before["forbidden"] == len(prompts)
    assert (after["missing"], after["correct"], after["consistency"]) == (1, 1.0, 1.0)
    (conflict,) = told["conflicts"]
    assert conflict["prompts"][1]["before"][0]["verdict"] == "forbidden"
    assert main(["evals", "run", "--answers", "before.jsonl", "--answers-after", "after.jsonl"]) == 0
    page = capsys.readouterr().out
    assert 'stance: "complies", not "refuses"' in page
    assert f"after   {len(prompts) - 1} of {len(prompts) - 1} answers as expected (100%)" in page
    assert f"1 of {len(prompts)} prompts not answered" in page


def test_each_condition_is_asked_for_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    decide(BODIES, "keep-both", conditions=CONDITIONS)
    written()
    said = {"denies": BODIES[0]["output"], "exercises": BODIES[1]["output"]}
    told = [(one.id, said[case.check.expected[0]]) for case in read_cases(CASES) for one in case.prompts]
    write(Path("answers.jsonl"), [{"id": name, "answer": answer} for name, answer in told])
    summary = ran("--answers", "answers.jsonl", capsys=capsys)["summary"]["answers"]
    assert (summary["correct"], summary["conflicts"], summary["consistency"]) == (1.0, 1, 1.0)


def test_records_that_all_go_are_held_to_be_alike(capsys: pytest.CaptureFixture[str]) -> None:
    decide(TOWERS, "drop")
    written()
    prompts = [one.id for case in read_cases(CASES) for one in case.prompts]
    answers = ["It is 330 m tall.", "It is 1,083 ft tall."]
    write(Path("alike.jsonl"), [{"id": name, "answer": answers[at % 2]} for at, name in enumerate(prompts)])
    write(Path("torn.jsonl"), [alpaca(TOWER, "It is 330 m tall."), {"id": prompts[1], "answer": "It is 250 m tall."}])
    alike = ran("--answers", "alike.jsonl", capsys=capsys)["summary"]["answers"]
    torn = ran("--answers", "torn.jsonl", capsys=capsys)["summary"]["answers"]
    assert (alike["correct"], alike["judged"], alike["consistency"]) == (None, 0, 1.0)
    assert torn["consistency"] == 0.0


@pytest.mark.parametrize(("share", "status"), [("0.4", 0), ("0.5", 0), ("0.6", 1)])
def test_too_small_a_share_fails(share: str, status: int) -> None:
    decide(LOCKS, keep="complies")
    first, second, *_ = written()[0]["prompts"]
    rows = [{"id": first["id"], "answer": COMPLIES}, {"id": second["id"], "answer": REFUSES}]
    write(Path("answers.jsonl"), rows)
    assert main(["evals", "run", "--answers", "answers.jsonl", "--fail-under", share, "-q"]) == status


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evals", "data.jsonl", "--decisions", "none.jsonl"], "none.jsonl: no such decisions file"),
        (["evals", "data.jsonl", "--format", "inspect", "-o", "-"], "--format inspect makes a folder"),
        (["evals", "nowhere.jsonl"], "nowhere.jsonl: no such file or folder"),
        (["evals"], "nothing to scan: give a PATH"),
        (["evals", "data.jsonl", "-o", "no/such/file"], "cannot write no/such/file"),
        (["evals", "run", "none.jsonl", "--answers", "a.jsonl"], "none.jsonl: the file of evaluation cases cannot be"),
        (["evals", "run", "data.jsonl", "--answers", "a.jsonl"], "data.jsonl:1: no file of evaluation cases"),
        (["evals", "run"], "give the answers (--answers FILE), or a model to ask"),
        (["evals", "run", "--answers", "a", "--model", "m"], "give the answers (--answers FILE), or a model to ask"),
        (["evals", "run", "--model", "m", "--answers-after", "a"], "what comes after stands beside what comes before"),
        (["evals", "run", "--answers", "a", "--endpoint", "http://x"], "--endpoint and --save-answers are for --model"),
    ],
)
def test_bad_usage(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, keep="complies")
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_two_prompts_of_one_id_are_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, keep="complies")
    written()
    CASES.write_bytes(CASES.read_bytes() * 2)
    write(Path("a.jsonl"), [alpaca(LOCK, COMPLIES)])
    assert main(["evals", "run", "--answers", "a.jsonl"]) == 2
    assert f"{CASES}: two prompts have the id 'CL201-" in capsys.readouterr().err


def test_the_options_name_what_there_is() -> None:
    assert tuple(FORMATS) == evals.FORMATS
    assert evals.DEFAULT_FILE == DEFAULT_FILE
