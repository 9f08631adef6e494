"""Each format of the same report, byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from report_samples import NOTHING, RULES, SAMPLE

from contralint.reports import REPORTERS, RenderOptions

if TYPE_CHECKING:
    from conftest import Snapshots

CASES = {
    "text.txt": ("text", RenderOptions()),
    "text-color.txt": ("text", RenderOptions(color=True)),
    "text-narrow.txt": ("text", RenderOptions(width=50)),
    "text-statistics.txt": ("text", RenderOptions(statistics=True)),
    "json.json": ("json", RenderOptions()),
    "jsonl.jsonl": ("jsonl", RenderOptions()),
    "sarif.sarif": ("sarif", RenderOptions()),
    "github.txt": ("github", RenderOptions()),
    "gitlab.json": ("gitlab", RenderOptions()),
    "junit.xml": ("junit", RenderOptions()),
    "markdown.md": ("markdown", RenderOptions()),
    "html.html": ("html", RenderOptions()),
}


def without_files(page: str) -> str:
    """A page without its own style and script, and their hashes: files beside the code, which no report changes."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1>...</\1>", page, flags=re.DOTALL)
    return re.sub("sha256-[^']*", "sha256-...", page)


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(name: str, snapshots: Snapshots) -> None:
    reporter, options = CASES[name]
    printed = "".join(REPORTERS[reporter](SAMPLE, RULES, options))
    snapshots.check(name, without_files(printed) if reporter == "html" else printed)


def test_every_format_has_a_snapshot() -> None:
    assert {reporter for reporter, _ in CASES.values()} == set(REPORTERS)


@pytest.mark.parametrize("name", REPORTERS)
def test_an_empty_report_is_printed(name: str) -> None:
    printed = "".join(REPORTERS[name](NOTHING, {}, RenderOptions()))
    assert printed.endswith("\n") or (name == "jsonl" and printed == "")


@pytest.mark.parametrize("name", REPORTERS)
def test_any_text_can_be_encoded(name: str) -> None:
    printed = "".join(REPORTERS[name](SAMPLE, RULES, RenderOptions(color=True)))
    assert printed.encode("utf-8")
