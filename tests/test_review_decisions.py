"""What is decided in a review: on the disk at once, line by line, and taken back as it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from fixing import apply, rows_in, share_linter
from linting import Data, alpaca, write
from report_samples import SAMPLE, crowd
from reviewing import DATA, FILE, Served, desk_of, scanned, served, written

from contralint import Diagnostic
from contralint.decision import Decision
from contralint.decisions import append, ledger_of
from contralint.errors import UsageError
from contralint.ledger import encoded

FLY = "Can penguins fly?"
CAPITAL = "What is the capital of Australia?"
ROWS = [
    alpaca(FLY, "No, they cannot."),
    alpaca(FLY, "No, penguins cannot fly."),
    alpaca(FLY, "Yes, they can."),
    alpaca(CAPITAL, "Canberra"),
    alpaca(CAPITAL, "Sydney\r\nis it."),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with served(scanned(monkeypatch, ROWS, select=["CL101", "CL102"])) as running:
        yield running
        assert running.complaints == []


def at(review: Served, rule: str) -> int:
    """Position of the conflict of a rule."""
    (position,) = (number for number, one in enumerate(review.desk.conflicts) if one.found.rule == rule)
    return position


def found(review: Served, rule: str) -> Diagnostic:
    return review.desk.conflicts[at(review, rule)].found


def side(review: Served, rule: str, row: int) -> int:
    """Position of the side that a row is on."""
    sides = found(review, rule).sides
    return next(n for n, one in enumerate(sides) if any(place.index == row for place in one.members))


def test_a_decision_is_on_the_disk_before_it_is_answered(review: Served) -> None:
    told = review.decide(at(review, "CL102"), "keep-side", keep=[side(review, "CL102", 0)], reason=" birds ")
    assert told.json["next"] == f"/conflict/{found(review, 'CL101').fingerprint}"
    (line,) = written()
    kept = [one["label"] for one in line["sides"] if one.get("keep")]
    assert (line["decision"], line["by"], line["reason"]) == ("keep-side", "review", "birds")
    assert kept == [found(review, "CL102").sides[side(review, "CL102", 0)].label]
    last = review.decide(at(review, "CL101"), "not-a-conflict")
    assert "All that is listed is decided" in last.json["said"]
    assert len(written()) == 2


def test_decisions_are_what_a_fix_carries_out(review: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    conditions = ["", ""]
    conditions[side(review, "CL102", 0)] = " You speak of nature. "
    assert review.decide(at(review, "CL102"), "keep-both", conditions=conditions).status == 200
    number = side(review, "CL101", 4)
    (digest,) = found(review, "CL101").sides[number].contents
    texts = review.get(f"/conflict/{found(review, 'CL101').fingerprint}/{number}/0").json
    assert texts == {"response": "Sydney\r\nis it."}
    edits = {digest: {"response": "Canberra\nis it."}}
    assert review.decide(at(review, "CL101"), "edit", edits=edits).status == 200
    share_linter(monkeypatch)
    apply([DATA], select=["CL101", "CL102"], decisions=str(FILE))
    rows = rows_in(DATA)
    assert rows[4]["output"] == "Canberra\r\nis it."
    assert [row.get("system") for row in rows[:3]] == ["You speak of nature."] * 2 + [None]


@pytest.mark.parametrize(
    ("decision", "more", "said"),
    [
        ("keep-side", {}, "some, not all"),
        ("keep-side", {"keep": [0, 1]}, "some, not all"),
        ("drop", {"keep": [0]}, "is for"),
        ("keep-both", {}, "say when one of the sides holds"),
        ("keep-both", {"conditions": [" "], "reason": " "}, "say when one of the sides holds"),
        ("edit", {}, "no text is changed"),
        ("edit", {"edits": {"0" * 12: {"response": "x"}}}, "no text is changed"),
        ("edit", {"edits": {"0" * 12: {"system": "x"}}}, "unknown"),
        ("burn", {}, "unknown"),
        ("drop", {"reason": "x" * 3000}, "unknown"),
        ("drop", {"reason": "\ud800"}, "half a character"),
        ("drop", {"more": 1}, "unknown"),
    ],
)
def test_what_is_no_decision_is_refused(review: Served, decision: str, more: Data, said: str) -> None:
    answer = review.decide(at(review, "CL102"), decision, **more)
    assert answer.status == 409
    assert said in answer.json["error"]
    assert not FILE.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_request_is_refused(review: Served, body: bytes) -> None:
    for path in ("/decide", "/undo"):
        assert review.ask("POST", path, body, review.credentials).status == 409


def test_an_edit_that_changes_nothing_is_none(review: Served) -> None:
    number = side(review, "CL101", 4)
    (digest,) = found(review, "CL101").sides[number].contents
    answer = review.decide(at(review, "CL101"), "edit", edits={digest: {"response": "Sydney\nis it."}})
    assert answer.json == {"error": "no text is changed"}


def test_there_is_no_such_conflict(review: Served) -> None:
    assert review.post("/decide", conflict="0" * 16, decision="drop").status == 409
    assert review.get(f"/conflict/{'0' * 16}").status == 409
    for place in ("9/0", "0/9"):
        assert review.get(f"/conflict/{found(review, 'CL101').fingerprint}/{place}").status == 409


def test_undo_takes_the_last_line_out_and_leaves_the_others_byte_for_byte(review: Served) -> None:
    odd = b'  {"rule":"CL999", "fingerprint":"0123456789abcdef","decision":"drop" }\r\n'
    FILE.write_bytes(b"\xef\xbb\xbf" + odd + b"\n")
    before = FILE.read_bytes()
    position = at(review, "CL102")
    review.decide(position, "drop", reason="first")
    review.decide(position, "not-a-conflict", reason="second")
    told = review.post("/undo").json
    assert (told["draft"]["reason"], told["key"]) == ("second", review.desk.conflicts[position].key)
    assert review.desk.book.decision(position).reason == "first"  # type: ignore[union-attr] # it is there
    review.post("/undo")
    assert FILE.read_bytes() == before
    assert review.post("/undo").json == {"error": "there is no decision to take back"}


def test_undo_is_for_what_a_review_decided_unless_a_conflict_is_named(review: Served) -> None:
    by_hand = Decision.of(found(review, "CL101"), "drop", reason="by hand")
    review.decide(at(review, "CL102"), "drop")
    append(FILE, by_hand)
    assert review.post("/undo").json["key"] == found(review, "CL102").fingerprint
    assert review.post("/undo").status == 409
    assert review.post("/undo", conflict=found(review, "CL101").fingerprint).status == 200
    assert written() == []


def test_what_others_write_meanwhile_counts(review: Served) -> None:
    append(FILE, Decision.of(found(review, "CL102"), "drop", by="review"))
    assert "1 of 2 decided" in review.get("/").text
    FILE.unlink()
    assert "0 of 2 decided" in review.get("/").text


def test_a_file_that_was_broken_meanwhile_is_told_of(review: Served) -> None:
    FILE.write_text("<<<<<<< ours\n", encoding="utf-8")
    assert "a merge was left unresolved" in review.get("/").text
    answer = review.decide(0, "drop")
    assert (answer.status, "a merge was left unresolved" in answer.json["error"]) == (409, True)
    assert FILE.read_text("utf-8") == "<<<<<<< ours\n"


def test_a_file_that_cannot_be_written_is_told_of(review: Served) -> None:
    FILE.mkdir()
    assert "cannot be" in review.decide(0, "drop").json["error"]


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_data_that_changed_since_the_scan_is_told_of(review: Served, change: str) -> None:
    if change == "gone":
        Path(DATA).unlink()
    else:
        write(Path(DATA), [alpaca(FLY, "Hardly."), *ROWS[1:]])
    answer = review.decide(at(review, "CL102"), "drop")
    assert answer.status == 409
    assert DATA in answer.json["error"]
    assert not FILE.exists()


def test_what_changed_elsewhere_or_only_moved_is_no_matter(review: Served) -> None:
    write(Path(DATA), [*ROWS[:4], alpaca(CAPITAL, "Perth")])
    assert review.decide(at(review, "CL102"), "drop").status == 200
    assert review.decide(at(review, "CL101"), "drop").status == 409
    write(Path(DATA), [alpaca("Who wrote Emma?", "Jane Austen"), *ROWS[::-1]])
    assert review.decide(at(review, "CL101"), "drop").status == 200


def test_a_conflict_that_changed_while_it_was_scanned_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = scanned(monkeypatch, ROWS, select=["CL102"])
    (conflict,) = desk.conflicts
    stale = replace(conflict.found, sides=tuple(replace(one, contents=("0" * 12,)) for one in conflict.found.sides))
    assert desk.exhibits.drift(stale) == ""
    write(Path(DATA), [*ROWS, ROWS[0]])
    assert "changed since the scan" in desk.exhibits.drift(stale)


def test_lines_that_are_written_at_the_same_time_stay_whole() -> None:
    context = get_context("spawn")
    writers = [context.Process(target=_write_and_undo, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    lines = written()
    assert sorted((line["reason"], line["fingerprint"]) for line in lines) == sorted(
        (str(number), f"{count:016x}") for number in range(3) for count in range(0, 40, 2)
    )


def _write_and_undo(number: int) -> None:
    for count in range(40):
        made = Decision("CL101", f"{count:016x}", "drop", reason=str(number), by="review")
        append(FILE, made)
        if count % 2:
            assert ledger_of(FILE).take_out(encoded(made).rstrip())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_of() -> None:
    with pytest.raises(UsageError, match="cannot be written: No space left"):
        append(Path("/dev/full"), Decision("CL101", "0" * 16, "drop"))


def test_a_line_for_which_there_is_no_room_leaves_nothing_behind() -> None:
    resource = pytest.importorskip("resource")
    made = Decision("CL101", "0" * 16, "drop")
    append(FILE, made)
    before, limits = FILE.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        with pytest.raises(UsageError, match="cannot be written: File too large"):
            append(FILE, made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert FILE.read_bytes() == before


def test_a_line_that_is_not_there_is_not_taken_out() -> None:
    FILE.write_bytes(b"one\ntwo")
    assert not ledger_of(FILE).take_out(b"three")
    assert ledger_of(FILE).take_out(b"two")
    assert FILE.read_bytes() == b"one\n"


def test_conflicts_of_the_same_fingerprint_are_decided_together() -> None:
    twins = replace(SAMPLE, diagnostics=(crowd(1).diagnostics[0],) * 2)
    with served(desk_of(twins)) as review:
        assert [one.key for one in review.desk.conflicts] == ["0" * 16, f"{'0' * 16}.2"]
        assert "All that is listed is decided" in review.decide(1, "drop").json["said"]
        assert "All 2 decided" in review.get("/").text
        assert json.loads(FILE.read_bytes())["fingerprint"] == "0" * 16
