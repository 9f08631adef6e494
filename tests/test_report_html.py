"""The HTML report: one file that asks for nothing, whatever the texts in it are."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import alpaca, write
from pages import Page, data_of, read, scripts
from report_samples import HOSTILE, NOTHING, RULES, SAMPLE, crowd, place

from contralint.cli import main
from contralint.diagnostics import Diagnostic, Location, Passage, Report, Severity, Side
from contralint.reports import REPORTERS, RenderOptions
from contralint.reports.html.element import element, shown
from contralint.reports.html.marks import marked

EVIL = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]></style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "$style ${data} %s {0}",
    "\u2028\u2029\x00\x1b\r\n\t\ufeff\u202e\ud800&amp;&#60;",
    HOSTILE,
)


def rendered(report: Report) -> str:
    return "".join(REPORTERS["html"](report, RULES, RenderOptions()))


def conflict(text: str, answer: str = "Sydney") -> Report:
    """One conflict that has a text in every place that takes any."""
    first = replace(
        place(3, text, text, path=f"a/\x07{text}", source=text or None),
        asked=text,
        id=text,
        whole=Passage(text, 0, len(text)),
    )
    found = Diagnostic(
        rule="CL201",
        name="refusal-flip",
        severity=Severity.ERROR,
        confidence=0.9,
        message=text,
        fingerprint="0123456789abcdef",
        sides=(Side(text, text, (first, first)), Side(text, text, (place(5, answer, answer),))),
        notes=(text,),
    )
    return Report.of([found], files=1, records=3, unread=0, notes=(text,))


def structure(page: Page) -> Counter[str]:
    """Elements and the names of their attributes."""
    return Counter(f"{tag} {sorted(attributes)}" for tag, attributes in page.tags if tag not in ("b", "mark", "wbr"))


@pytest.mark.parametrize("report", [SAMPLE, NOTHING, crowd(3)])
def test_a_page_asks_for_nothing(report: Report) -> None:
    html = rendered(report)
    page = read(html)
    assert not {"base", "iframe", "img", "link", "object", "embed"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        assert not {"src", "srcset", "style", "action", "formaction", "data"} & attributes.keys()
        assert not any(name.startswith(("on", "xlink")) for name in attributes)
        assert attributes.get("href", "#conflicts") == "#conflicts"
    assert not re.search(
        r"@import|url\(|https?:|\bfetch\b|XMLHttpRequest|import\(|innerHTML|outerHTML|document\.write|eval", html
    )


def test_the_policy_allows_our_own_style_and_script_alone() -> None:
    html = rendered(SAMPLE)
    (policy,) = [
        given["content"] for _, given in read(html).tags if given.get("http-equiv") == "Content-Security-Policy"
    ]
    directives = dict(part.split(" ", 1) for part in (policy or "").split("; "))

    def allowed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    _, script = scripts(html)
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert directives == {
        "default-src": "'none'",
        "style-src": allowed(style),
        "script-src": allowed(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def texts_of(node: Any) -> str:  # noqa: ANN401 (a part of the data)
    return node if isinstance(node, str) else "".join(map(texts_of, node[2:]))


def check_inert(text: str) -> None:
    html, harmless = rendered(conflict(text)), rendered(conflict("harmless"))
    page = read(html)
    assert structure(page) == structure(read(harmless))
    assert page.comments == 0
    assert len(scripts(html)) == 2
    assert html.encode()
    data = scripts(html)[0]
    assert not set("<>&\u2028\u2029") & set(data)
    assert shown(text) in texts_of(data_of(html)["groups"][0]["card"])
    assert shown(text) in "".join(said for _, said in page.texts)


@pytest.mark.parametrize("text", EVIL)
def test_hostile_text_stays_text(text: str) -> None:
    check_inert(text)


@given(st.text(st.characters(codec=None), min_size=1, max_size=30).filter(str.strip))
def test_any_text_stays_text(text: str) -> None:
    check_inert(text)


@given(st.text(st.characters(codec=None)))
def test_elements_say_what_they_are_given(text: str) -> None:
    page = read(element("p", text, title=text).to_html())
    assert page.inside("p") == shown(text)
    assert not re.search("[\ud800-\udfff\u202a-\u202e\u2066-\u2069\x00-\x08]", page.inside("p"))
    assert element("p", text).to_data() == ["p", {}, shown(text)]


def test_the_same_report_is_the_same_page() -> None:
    assert rendered(crowd(40)) == rendered(crowd(40))


def test_without_scripts_the_gravest_are_listed() -> None:
    html = rendered(crowd(70))
    page = read(html)
    assert len(page.having("class", "card")) == 50
    assert "The first 50 of 70" in "".join(text for _, text in page.texts)
    groups = data_of(html)["groups"]
    assert len(groups) == 70
    assert [group["severity"] for group in groups] == ["error"] * 63 + ["note"] * 7
    assert len(page.having("class", "map")) == 1
    assert sum(tag == "circle" for tag, _ in page.tags) == 70


def test_what_is_left_out_is_told() -> None:
    said = texts_of(data_of(rendered(crowd(1, members=40, sides=20)))["groups"][0]["card"])
    assert "... and 8 more sides" in said
    said = texts_of(data_of(rendered(crowd(1, members=40)))["groups"][0]["card"])
    assert "... and 27 more records" in said


def test_sources_on_both_sides_are_a_cell() -> None:
    page = read(rendered(SAMPLE))
    pairs = [one["title"] for _, one in page.tags if "data-pair" in one]
    assert "data/train.jsonl against 百科: 1 conflict, 3 records" in pairs
    assert len(pairs) == 2 * 4 + 1


def test_one_source_alone_is_no_matrix() -> None:
    sides = tuple(Side(answer, answer, (place(1, answer, answer, path="a.jsonl"),)) for answer in ("Yes", "No"))
    html = rendered(Report.of([replace(SAMPLE.diagnostics[0], sides=sides)], files=1, records=2, unread=0))
    assert "By rule" in read(html).inside("h2")
    assert not read(html).having("class", "matrix")


def test_severities_are_counted() -> None:
    assert [texts for within, texts in read(rendered(crowd(11))).texts if texts in (" errors", " note")] == [
        " errors",
        " note",
    ]


def test_paths_are_quoted_for_a_shell() -> None:
    sides = tuple(Side("says", "say", (place(1, "No.", "No.", path=f"my {name}'s.jsonl"),)) for name in "ab")
    found = replace(SAMPLE.diagnostics[0], rule="CL101", name="answer-flip", sides=sides)
    said = texts_of(data_of(rendered(Report.of([found], files=1, records=2, unread=0)))["groups"][0]["card"])
    command = said.partition("contralint compare ")[2].removesuffix(" Copy")
    assert shlex.split(command) == ["my a's.jsonl:1", "my b's.jsonl:1"]


def test_conflicts_are_told_with_both_sides_and_what_to_type() -> None:
    data = data_of(rendered(SAMPLE))
    said = {group["rule"]: texts_of(group["card"]) for group in data["groups"]}
    assert "contralint explain 3f2a91c0" in said["CL302"]
    assert "contralint compare data/train.jsonl:41 data/train.jsonl:97" in said["CL302"]
    assert "contralint compare" not in said["CL201"], "its file has a name that no shell takes"
    assert "عاصمة أستراليا هي ملبورن." in said["CL101"]
    assert [group["sources"] for group in data["groups"] if group["rule"] == "CL101"] == [[[1], [3], [2]]]


def pieces(passage: Passage, differing: tuple[tuple[int, int], ...] = ()) -> str:
    return element("p", marked(passage, differing)).to_html()


def test_evidence_and_what_differs_are_marked() -> None:
    passage = Passage("It is open on Sundays.", 6, 10)
    assert pieces(passage, ((6, 10), (14, 21))) == ("<p>It is <mark><b>open</b></mark> on <b>Sundays</b>.</p>")
    assert pieces(passage, ((3, 8),)) == "<p>It <b>is </b><mark><b>op</b></mark><mark>en</mark> on Sundays.</p>"


def test_long_texts_are_cut_around_the_evidence() -> None:
    text = "a " * 2000
    assert pieces(Passage(text, 2000, 2001)).startswith("<p>...a ")
    assert pieces(Passage(text, 2000, 2001)).endswith(" ...</p>")
    assert "<mark>a</mark>" in pieces(Passage(text, 2000, 2001))
    assert pieces(Passage(text, 0, 1)).startswith("<p><mark>a</mark>")
    assert pieces(Passage(text, 3998, 3999)).endswith("<mark>a</mark> </p>")
    assert pieces(Passage("b c", 0, 1, cut_before=True, cut_after=True)) == "<p>...<mark>b</mark> c...</p>"


@given(st.text("ab c", max_size=600), st.integers(0, 600), st.integers(0, 600))
def test_short_texts_are_shown_whole(text: str, start: int, length: int) -> None:
    passage = Passage(text, min(start, len(text)), start + length)
    assert re.sub("</?(p|mark)>", "", pieces(passage)) == text


def located(asked: str) -> Location:
    return replace(place(1, "No.", "No."), asked=asked)


@pytest.mark.parametrize(
    ("asked", "times"), [(("May I?", "May  I?"), 1), (("May I?", "Might I?"), 2), (("", ""), 0)], ids=str
)
def test_a_request_is_told_once_where_all_sides_share_it(asked: tuple[str, str], times: int) -> None:
    sides = tuple(Side("says", "say", (located(text),)) for text in asked)
    found = replace(SAMPLE.diagnostics[0], rule="CL101", name="answer-flip", sides=sides)
    said = texts_of(data_of(rendered(Report.of([found], files=1, records=2, unread=0)))["groups"][0]["card"])
    assert said.count("asked ") == times


def test_a_scan_writes_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "data.jsonl", [alpaca("Is it open?", "Yes, it is."), alpaca("Is it open?", "No, it is not.")])
    command = ["scan", "data.jsonl", "--isolated", "--no-cache", "--format", "html", "--output", "report.html"]
    assert main(command) == 1
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Is it open?" in texts_of(data_of(html)["groups"][0]["card"])
