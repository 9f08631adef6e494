"""SARIF: valid by the standard's schema, and what code scanning needs to show both sides."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as replaced
from report_samples import HOSTILE, NOTHING, RULES, SAMPLE, crowd, place

from contralint.diagnostics import Diagnostic, Report, Severity, Side
from contralint.reports import RenderOptions, sarif
from contralint.reports.sarif import LOCATIONS_KEPT, RESULTS_KEPT, sarif_report

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EMBODIMENT = next(found for found in SAMPLE.diagnostics if found.rule == "CL302")
LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\\\[\]])+)(?<!\\)\]\((\d+)\)")


def run(report: Report) -> dict[str, Any]:
    log = json.loads("".join(sarif_report(report, RULES, RenderOptions())))
    return dict(log["runs"][0])


def result(found: Diagnostic) -> dict[str, Any]:
    return dict(run(Report.of([found], files=1, records=9, unread=0))["results"][0])


@pytest.mark.parametrize("report", [SAMPLE, NOTHING])
def test_it_is_valid(report: Report) -> None:
    VALIDATOR.validate(json.loads("".join(sarif_report(report, RULES, RenderOptions()))))


@settings(max_examples=20)
@given(st.text(st.characters(codec=None), min_size=1), st.integers(1, 9), st.integers(1, 9))
def test_any_text_is_valid(text: str, line: int, column: int) -> None:
    spoken = replace(place(line, text, text, column=column), path=text.replace("\ud800", ""), end_line=line + 1)
    side = Side(text, text, (spoken, spoken))
    found = replace(EMBODIMENT, message=text, sides=(side, side), notes=(text,))
    log = "".join(sarif_report(Report.of([found], files=1, records=9, unread=0, notes=(text,)), RULES, RenderOptions()))
    VALIDATOR.validate(json.loads(log.encode()))


def test_every_link_leads_to_a_related_location() -> None:
    for found in run(SAMPLE)["results"]:
        numbers = [related["id"] for related in found["relatedLocations"]]
        linked = [int(number) for _, number in LINK.findall(found["message"]["text"])]
        assert numbers == list(range(1, len(numbers) + 1))
        assert set(linked) <= set(numbers)
        assert bool(linked) == bool(numbers)


def test_record_text_makes_no_link_of_its_own() -> None:
    spoken = Side("says", "say", (place(1, "a", "a"), place(2, "b", "b")))
    found = replace(EMBODIMENT, message=f"{HOSTILE} [a](1) \\[b](1)", sides=(replace(spoken, label="[c](1)"), spoken))
    assert LINK.findall(result(found)["message"]["text"]) == [("data/train.jsonl:1", "1")]


def test_the_first_sentence_stands_alone() -> None:
    text = result(EMBODIMENT)["message"]["text"]
    assert text.split(". ")[0] == EMBODIMENT.message
    assert text.endswith(
        "Here: denies: embodiment (3 records). There: [data/train.jsonl:97](1) exercises: device control (9 records)."
    )


def test_the_primary_is_one_line_with_exact_columns() -> None:
    physical = result(EMBODIMENT)["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "data/train.jsonl", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {
        "startLine": 41,
        "startColumn": 58,
        "endLine": 41,
        "endColumn": 77,
        "snippet": {"text": "I don't have a body"},
    }


def test_a_region_of_several_lines_is_cut_to_its_first() -> None:
    spoken = replace(place(3, "No.\nNever", "No.\nNever", column=5), end_line=4, end_column=6)
    found = replace(EMBODIMENT, sides=(Side("refuses", "refuse", (spoken,)),))
    region = result(found)["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"], region["endColumn"]) == (3, 3, 8)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("<stdin>", "%3Cstdin%3E"),
        ("data/été 1%.jsonl", "data/%C3%A9t%C3%A9%201%25.jsonl"),
        ("c:odd#?.jsonl", "c%3Aodd%23%3F.jsonl"),
        ("/srv/a b.jsonl", "file:///srv/a%20b.jsonl"),
        ("C:/data/a.jsonl", "file:///C:/data/a.jsonl"),
        ("bad\udcff.jsonl", "bad%FF.jsonl"),
    ],
)
def test_paths_become_uris(path: str, uri: str) -> None:
    found = replace(EMBODIMENT, sides=(Side("a", "b", (place(1, "a", "a", path=path),)),))
    artifact = result(found)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == uri
    assert ("uriBaseId" in artifact) == (not uri.startswith("file:"))
    assert unquote(uri, errors="surrogateescape").endswith(path)


def test_a_result_keeps_as_many_locations_as_are_stored_and_one_of_each_side() -> None:
    crowd = Side("denies", "deny", tuple(place(number, "a", "a") for number in range(1, 301)))
    other = Side("exercises", "exercise", (place(999, "b", "b"),))
    related = result(replace(EMBODIMENT, sides=(crowd, other)))["relatedLocations"]
    assert len(related) == LOCATIONS_KEPT - 1
    assert related[0]["physicalLocation"]["region"]["startLine"] == 999


def test_fingerprints_are_ours() -> None:
    assert result(EMBODIMENT)["partialFingerprints"] == {
        "primaryLocationLineHash": "3f2a91c0d4e5b678:1",
        "contralint/v1": "3f2a91c0d4e5b678",
    }


def test_the_gravest_results_are_kept_and_the_cut_is_told() -> None:
    side = Side("a", "b", (place(1, "a", "a"),))
    weak = replace(EMBODIMENT, severity=Severity.NOTE, confidence=0.9, sides=(side,))
    many = [replace(weak, fingerprint=f"{number:016x}") for number in range(RESULTS_KEPT)]
    sure, unsure = (replace(weak, severity=Severity.ERROR, confidence=level) for level in (0.8, 0.7))
    cut = run(Report.of([*many, unsure, sure], files=1, records=9, unread=0, notes=("a note",)))
    assert len(cut["results"]) == RESULTS_KEPT
    assert [found["rank"] for found in cut["results"][:3]] == [80.0, 70.0, 90.0]
    first, second = cut["invocations"][0]["toolExecutionNotifications"]
    assert (first["level"], second["message"]["text"]) == ("warning", "a note")
    assert "5000 gravest of 5002" in first["message"]["text"]


def test_results_are_cut_where_gzip_would_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    report, limit = crowd(120, members=60), 400_000
    monkeypatch.setattr(sarif, "SIZE_KEPT", limit)
    cut = run(report)
    log = "".join(sarif_report(report, RULES, RenderOptions()))
    # What the compressor holds back when the limit is reached is at most what deflate gathers for one block.
    assert limit * 0.9 < len(gzip.compress(log.encode(), 6)) < limit * 1.3
    kept = len(cut["results"])
    assert 1 < kept < 120
    assert [found["rank"] for found in cut["results"]] == sorted((f["rank"] for f in cut["results"]), reverse=True)
    told = cut["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told.startswith(f"Only the {kept} gravest of 120 diagnostics")


def test_a_result_is_a_line() -> None:
    lines = "".join(sarif_report(SAMPLE, RULES, RenderOptions())).splitlines()
    assert sum(line.startswith('{"ruleId": ') for line in lines) == len(SAMPLE.diagnostics)


def test_a_message_leads_to_few_of_many_sides() -> None:
    found = result(crowd(1, members=20, sides=20).diagnostics[0])
    assert [number for _, number in LINK.findall(found["message"]["text"])] == ["1", "2", "3", "4", "5"]
    assert found["message"]["text"].endswith("14 more sides differ.")
    assert len(found["relatedLocations"]) == 19


def test_rules_carry_what_code_scanning_reads() -> None:
    described = run(SAMPLE)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted(RULES)
    for found in run(SAMPLE)["results"]:
        assert described[found["ruleIndex"]]["id"] == found["ruleId"]
    rule = described[0]
    assert rule["shortDescription"]["text"] == "Finds empty-response, e.g. in two answers."
    assert "## Why it harms training\n\nThe model learns neither." in rule["help"]["markdown"]
    assert "security-severity" not in json.dumps(described)


def test_descriptions_keep_to_the_limit() -> None:
    rule = RULES["CL003"]
    wordy = replaced(rule, documentation=replaced(rule.documentation, what_it_does="word " * 500))
    described = json.loads("".join(sarif_report(NOTHING, {"CL003": wordy}, RenderOptions())))
    texts = described["runs"][0]["tool"]["driver"]["rules"][0]
    assert len(texts["shortDescription"]["text"]) == len(texts["fullDescription"]["text"]) == 1024
