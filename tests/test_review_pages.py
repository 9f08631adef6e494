"""The pages of a review: what is listed, what is shown, and that texts of records are only ever text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from linting import Data, alpaca, messages
from pages import Page, read
from report_samples import HOSTILE, NOTHING, SAMPLE, crowd
from reviewing import Served, desk_of, scanned, served
from test_report_html import EVIL, conflict

from contralint import Report
from contralint.diagnostics import Severity, Weight
from contralint.review.conflict import ranked

TOOL = {"type": "function", "function": {"name": "search", "parameters": {"type": "object"}}}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def reviewed(report: Report) -> Iterator[Served]:
    with served(desk_of(report)) as review:
        yield review
        assert review.complaints == []


def shown(review: Served, path: str = "/") -> Page:
    answer = review.get(path)
    assert answer.status == 200
    return read(answer.text)


def text(page: Page) -> str:
    return " ".join("".join(words for _, words in page.texts).split())


def test_the_weightiest_comes_first() -> None:
    worst, *others = SAMPLE.diagnostics
    few = replace(crowd(1).diagnostics[0], confidence=0.9, fingerprint="f" * 16)
    many = replace(crowd(1, members=400).diagnostics[0], severity=Severity.NOTE, confidence=1.0, fingerprint="e" * 16)
    assert [one.found for one in ranked([many, few])] == [few, many]
    more = replace(crowd(1, members=9).diagnostics[0], confidence=0.9)
    assert [one.found for one in ranked([few, more])] == [more, few]
    asked = replace(many, weight=Weight(3, 100))
    assert [one.found for one in ranked([few, asked])] == [asked, few]
    assert {one.key for one in ranked([worst, *others])} == {found.fingerprint for found in SAMPLE.diagnostics}


def test_a_conflict_is_shown_beside_the_list() -> None:
    with reviewed(SAMPLE) as review:
        page = shown(review)
        assert "0 of 5 decided" in text(page)
        assert "3 records deny" in text(page)
        assert [given["data-keep"] for given in page.having("type", "button") if "data-keep" in given] == ["0", "1"]
        assert len(page.having("aria-current", "page")) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("rule=CL302", 1),
        ("severity=error", 3),
        ("severity=note&rule=CL302", 0),
        ("file=data/train.jsonl", 4),
        ("file=nowhere", 0),
        ("state=decided", 0),
        ("state=undecided", 5),
        ("strange=1", 5),
        (f"source={quote(HOSTILE.encode('utf-8', 'replace'))}", 0),
    ],
)
def test_filters_narrow_the_list(query: str, count: int) -> None:
    with reviewed(SAMPLE) as review:
        page = shown(review, f"/?{query}")
        noun = "conflict" if count == 1 else "conflicts"
        assert f"{count} {noun} listed, 0 of them decided" in text(page)


def test_every_choice_of_a_filter_finds_what_it_counts() -> None:
    with reviewed(SAMPLE) as review:
        page = shown(review)
        names: list[str] = []
        for tag, given in page.tags:
            if tag == "select":
                names.append(given["name"] or "")
            elif tag == "option" and given["value"] and names[-1] != "state":
                told = text(shown(review, f"/?{names[-1]}={quote(given['value'])}"))
                assert "0 conflicts listed" not in told, given
        assert names == ["rule", "severity", "file", "source", "state"]


def test_a_decided_conflict_leaves_the_list_of_undecided_ones_and_the_next_comes() -> None:
    with reviewed(SAMPLE) as review:
        first, second = (review.desk.conflicts[position].key for position in (0, 1))
        told = review.post("/decide?state=undecided", conflict=first, decision="drop").json
        assert told["next"] == f"/conflict/{second}?state=undecided"
        page = shown(review, told["next"])
        assert "4 conflicts listed" in text(page)
        assert "1 of 5 decided" in text(page)
        assert "not in the list" in text(shown(review, f"/conflict/{first}?state=undecided"))
        assert "Decided: drop (by review)" in text(shown(review, f"/conflict/{first}"))


def test_a_long_list_is_shown_a_window_at_a_time() -> None:
    with reviewed(crowd(1234)) as review:
        assert len(shown(review).having("aria-current", "page")) == 1
        far = shown(review, f"/conflict/{review.desk.conflicts[777].key}")
        assert "751 to 800" in text(far)
        assert "778 of 1,234" in text(far)
        assert sum(given.get("href") == f"/conflict/{review.desk.conflicts[776].key}" for _, given in far.tags) == 2
        assert sum(tag == "li" for tag, _ in far.tags) < 80


def test_more_sides_and_records_come_as_they_are_asked_for() -> None:
    with reviewed(crowd(1, members=100, sides=30)) as review:
        path = f"/conflict/{review.desk.conflicts[0].key}"
        assert len(shown(review, path).having("class", "side")) == 12
        assert len(shown(review, f"{path}?shown=62").having("class", "side")) == 30
        for strange in ("-1", "x", "9" * 30, "\u00b2"):
            assert len(shown(review, f"{path}?shown={quote(strange)}").having("class", "side")) >= 12


def test_what_real_users_ask_is_told() -> None:
    (found,) = crowd(1).diagnostics
    with reviewed(Report.of([replace(found, weight=Weight(3, 100))], files=1, records=2, unread=0)) as review:
        assert "3 % asked" in text(shown(review))


def test_nothing_listed_is_said() -> None:
    with reviewed(NOTHING) as review:
        assert "There is no conflict." in text(shown(review))
    with reviewed(SAMPLE) as review:
        assert "clear the filters" in text(shown(review, "/?rule=CL999"))


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_is_text(evil: str) -> None:
    plain = shown_tags(conflict("plain"))
    assert shown_tags(conflict(evil)) == plain


def shown_tags(report: Report) -> list[str]:
    """The elements of a page, but for those that mark and break words."""
    with reviewed(report) as review:
        review.decide(0, "keep-both", conditions=["</textarea><script>", "x"], reason="<img src=x onerror=alert(1)>")
        page = shown(review)
        assert not any(name.startswith("on") for _, given in page.tags for name in given)
        return [tag for tag, _ in page.tags if tag not in ("wbr", "b", "mark")]


def test_whole_records_are_unfolded_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    def row(system: str, answer: str, **more: object) -> Data:
        asked = "Can penguins fly?"
        before = [("user", "Hello <b>"), ("assistant", "Hi.")]
        return messages(("system", system), *before, ("user", asked), ("assistant", answer), **more)

    rows = [row("Be brief.", "No, they cannot.", tools=[TOOL]), row("Be brief.", "Yes, they can.", tools=[TOOL])]
    with served(scanned(monkeypatch, rows, select=["CL102"])) as review:
        page = shown(review)
        told = text(page)
        assert "Whole record: system prompt, 1 tool, 2 earlier turns" in told
        assert told.count("Be brief.") == 2
        assert "Hello <b>" in told
        assert "differ in their" not in told
        assert sum(tag == "details" and "open" not in given for tag, given in page.tags) == 3


def test_contexts_that_differ_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [alpaca("Can penguins fly?", "No, they cannot."), alpaca("Can penguins fly?", "Yes, they can.")]
    rows[1]["system"] = "You are a helpful assistant."
    with served(scanned(monkeypatch, rows, select=["CL102"])) as review:
        assert "The sides differ in their system prompt: see the whole records." in text(shown(review))


def test_rows_that_cannot_be_read_are_shown_as_they_were_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = scanned(monkeypatch, [{"strange": 1}], select=["CL002"])
    with served(desk) as review:
        page = shown(review)
        assert "Drop the record" in text(page)
        assert not page.having("class", "edit")
        assert not page.having("data-open", "conditions")


def test_an_error_of_our_own_is_told_and_the_server_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(desk_of(SAMPLE)) as review:
        with monkeypatch.context() as patched:
            patched.setattr(type(review.desk), "view", lambda *_: 1 / 0)
            assert review.get("/").status == 500
        assert [type(error) for error in review.complaints] == [ZeroDivisionError]
        assert review.get("/").status == 200
