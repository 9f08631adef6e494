"""Reports for the hosts of code, within what these take and show."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import NOTHING, RULES, SAMPLE, crowd

from contralint import Report
from contralint.diagnostics import Diagnostic, Severity
from contralint.reports import REPORTERS, RenderOptions
from contralint.reports.github import ANNOTATIONS_KEPT, MESSAGE_KEPT
from contralint.reports.markdown import LENGTH_KEPT

ONE = SAMPLE.diagnostics[0]
FLOOD = crowd(6_000)  # more than any host shows
COMMENT, SUMMARY = 65_536, 1024**2  # characters of a comment, bytes of a job's summary that GitHub takes


def printed(name: str, report: Report = SAMPLE) -> str:
    return "".join(REPORTERS[name](report, RULES, RenderOptions()))


def report_of(*found: Diagnostic) -> Report:
    return Report.of(found, files=1, records=len(found), unread=0)


def many(count: int, severity: Severity = Severity.ERROR) -> Report:
    return report_of(
        *(
            replace(ONE, severity=severity, fingerprint=f"{number:016x}", confidence=round(1 - number / (2 * count), 4))
            for number in range(count)
        )
    )


def saying(message: str) -> Report:
    return report_of(replace(ONE, message=message))


def test_github_shows_the_surest_of_a_level_and_says_what_is_left() -> None:
    lines = printed("github", many(ANNOTATIONS_KEPT + 7)).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == ANNOTATIONS_KEPT
    assert any(line.startswith("7 more of severity error") for line in lines)


def test_github_is_told_of_each_level_apart() -> None:
    lines = printed("github", FLOOD).splitlines()
    assert [sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "notice")] == [10, 10]
    assert lines[10].startswith("5390 more of severity error")
    assert lines[21].startswith("590 more of severity note")
    assert lines[22:] == ["contralint: 6000 diagnostics in 100000 records."]


def test_a_long_annotation_is_cut_before_github_cuts_it() -> None:
    message = printed("github", saying("\U0001f600" * 5_000)).split("::")[2].splitlines()[0]
    assert message.endswith("...")
    assert len(message.encode("utf-16-le")) / 2 <= 4_096
    assert len(message) == MESSAGE_KEPT


@pytest.mark.parametrize("name", ["github", "gitlab", "junit"])
def test_a_line_names_few_of_many_sides(name: str) -> None:
    text = printed(name, crowd(1, members=300, sides=300))
    assert "294 more sides" in text
    assert len(text) < 4_000


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_github_has_a_command_for_each_level(severity: Severity, command: str) -> None:
    assert printed("github", many(1, severity)).startswith(f"::{command} file=")


@given(st.text(max_size=60))
def test_no_text_starts_a_command_of_its_own(message: str) -> None:
    lines = printed("github", saying(message)).split("\n")
    assert [line.startswith("::") for line in lines] == [True, False, False]
    assert "\r" not in "".join(lines)


def test_a_percent_sign_is_no_escape() -> None:
    assert "100%25%250A::error" in printed("github", saying("100%%0A::error"))


def test_gitlab_gets_the_keys_that_it_reads() -> None:
    entries = json.loads(printed("gitlab"))
    assert len(entries) == len(SAMPLE.diagnostics)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert json.loads(printed("gitlab", NOTHING)) == []


def test_gitlab_and_junit_get_all() -> None:
    entries = json.loads(printed("gitlab", FLOOD))
    assert len({entry["fingerprint"] for entry in entries}) == len(FLOOD.diagnostics)
    root = ElementTree.fromstring(printed("junit", FLOOD))
    assert len(root.findall(".//failure")) == len(FLOOD.diagnostics)
    assert sum(int(suite.get("failures", 0)) for suite in root) == len(FLOOD.diagnostics)


@given(st.text(max_size=60))
def test_junit_is_xml_whatever_a_record_says(message: str) -> None:
    root = ElementTree.fromstring(printed("junit", saying(message)))
    assert (root.get("tests"), root.get("failures")) == ("1", "1")


def test_junit_counts_and_passes_where_nothing_is_found() -> None:
    root = ElementTree.fromstring(printed("junit"))
    assert root.get("failures") == str(len(root.findall(".//failure"))) == str(len(SAMPLE.diagnostics))
    assert ElementTree.fromstring(printed("junit", NOTHING)).findall(".//failure") == []


def test_a_comment_is_never_longer_than_its_host_takes() -> None:
    report = many(2_000)
    text = printed("markdown", report)
    assert LENGTH_KEPT / 2 < len(text) <= LENGTH_KEPT + 200
    listed = text.count("\n### ")
    assert f"*{2_000 - listed} more are not listed here" in text


@pytest.mark.parametrize(
    "report",
    [
        FLOOD,
        crowd(40, members=400, sides=400),
        Report.of(
            SAMPLE.diagnostics, files=1, records=9, unread=0, notes=("a note of forty characters, or so",) * 9_000
        ),
    ],
    ids=["many", "sides", "notes"],
)
def test_markdown_fits_a_comment_and_a_summary(report: Report) -> None:
    text = printed("markdown", report)
    assert len(text) < COMMENT
    assert len(text.encode()) < SUMMARY
    shown = text.count("\n### ")
    assert shown > 3
    assert (f"*{len(report.diagnostics) - shown} more are not listed here" in text) == (shown < len(report.diagnostics))


def test_the_gravest_lead_in_markdown() -> None:
    assert re.findall(r"confidence (1\.00|0\.\d+)", printed("markdown", FLOOD))[0] == "1.00"
    assert "### note" not in printed("markdown", FLOOD)


@given(st.text(alphabet="[]()<>!*_`#|@\\&abc \n", max_size=60))
def test_markdown_of_a_record_stays_text(message: str) -> None:
    heading = next(line for line in printed("markdown", saying(message)).splitlines() if line.startswith("### "))
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>`@*_|]", heading.removeprefix("### "))
