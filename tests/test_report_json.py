"""The JSON reports: valid by the schema that ships, and readable back."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import NOTHING, RULES, SAMPLE

from contralint.diagnostics import Report
from contralint.escape import json_text
from contralint.reports import RenderOptions
from contralint.reports.json_report import json_report
from contralint.reports.jsonl_report import jsonl_report

SCHEMA = json.loads(files("contralint.reports").joinpath("schema/report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
OF_A_USAGE_LOG = {"requests", "weight"}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [SAMPLE, NOTHING])
def test_json_is_the_report(report: Report) -> None:
    printed = json.loads("".join(json_report(report, RULES, RenderOptions())))
    assert printed == report.to_dict()
    VALIDATOR.validate(printed)


def test_jsonl_is_one_diagnostic_a_line() -> None:
    lines = "".join(jsonl_report(SAMPLE, RULES, RenderOptions())).splitlines()
    assert [json.loads(line) for line in lines] == SAMPLE.to_dict()["diagnostics"]


def objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in (schema, *schema["$defs"].values()) if "properties" in part]


def test_the_schema_is_closed_and_complete() -> None:
    for part in objects(SCHEMA):
        assert part["additionalProperties"] is False
        assert part["required"] == [name for name in part["properties"] if name not in OF_A_USAGE_LOG]


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report["diagnostics"][0].update(fingerprint="3f2a"),
        lambda report: report["diagnostics"][0].update(confidence=1.2),
        lambda report: report["diagnostics"][0]["sides"][0].update(plural="deny"),
        lambda report: report["diagnostics"][0]["sides"][0]["members"][0].update(line=0),
        lambda report: report["summary"].pop("unread"),
    ],
)
def test_the_schema_refuses_what_is_off(change: Callable[[dict[str, Any]], object]) -> None:
    broken = SAMPLE.to_dict()
    change(broken)
    assert not VALIDATOR.is_valid(broken)


@given(st.text(st.characters(codec=None)))
def test_any_text_survives_and_stays_on_its_line(text: str) -> None:
    dumped = json_text({"text": text})
    assert len(dumped.splitlines()) == 1
    assert json.loads(dumped.encode()) == json.loads(json.dumps({"text": text}))
