"""The report as JUnit XML, which most CI servers show as failed tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from xml.etree import ElementTree

from contralint.diagnostics import Diagnostic, Report
from contralint.escape import visible
from contralint.reports.options import RenderOptions
from contralint.reports.wording import summary_line
from contralint.rulebook import Rule


def junit_report(report: Report, rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields a test suite for each file that a diagnostic stands in; one that passes where nothing was found."""
    found = report.diagnostics
    root = ElementTree.Element("testsuites", name="contralint", tests=str(len(found) or 1), failures=str(len(found)))
    for path, listed in groupby(found, key=lambda one: one.primary.path):
        root.append(_suite(path, list(listed), rules))
    if not found:
        suite = ElementTree.SubElement(root, "testsuite", name="contralint", tests="1", failures="0")
        ElementTree.SubElement(suite, "testcase", name="no diagnostics", classname="contralint")
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, found: list[Diagnostic], rules: Mapping[str, Rule]) -> ElementTree.Element:
    count = str(len(found))
    suite = ElementTree.Element("testsuite", name=visible(path), tests=count, failures=count)
    for one in found:
        place = f"{visible(path)}:{one.primary.line}:{one.primary.column}"
        case = ElementTree.SubElement(suite, "testcase", name=f"{one.rule} {one.name}", classname=place)
        failure = ElementTree.SubElement(case, "failure", type=one.severity.value, message=visible(one.message))
        failure.text = f"{place}: {summary_line(one)}\nhelp: {rules[one.rule].help} ({one.fingerprint})"
    return suite
