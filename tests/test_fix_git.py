"""Fixes under git: what it could not bring back is not changed unasked, and it tells how old rows are."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from fixing import apply, planned, rescan, rows_in, share_linter
from linting import alpaca, jsonl, messages
from repositories import Repository

from contralint.cli import main
from contralint.resolve import Standing

FLY = "Can penguins fly?"
NO, YES = alpaca(FLY, "No, they cannot."), alpaca(FLY, "Yes, they can.")
FIX = ["fix", "--isolated", "--no-cache", "--select", "CL1", "--strategy", "keep-majority", "--apply", "data"]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository.init(tmp_path / "repository")
    share_linter(monkeypatch)
    monkeypatch.chdir(made.root)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return made


def commit(repository: Repository, at: str) -> None:
    repository.settings = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": "2026-06-01T00:00:00+0000"}
    assert repository.commit_all().passed


def test_what_is_not_committed_is_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("data/a.jsonl", NO, YES, NO)
    repository.write("data/b.jsonl", alpaca("Name a colour.", "Blue."))
    held = Path("data/a.jsonl").read_bytes()
    refused = (
        "contralint: error: data/a.jsonl: not committed, so git could not undo this: commit, or give --allow-dirty\n"
    )
    assert main(FIX) == 2
    assert capsys.readouterr().err == refused
    repository.git("add", "data/a.jsonl")
    assert main(FIX) == 2
    repository.commit()
    repository.write("data/b.jsonl", alpaca("Name a colour.", "Red."))  # no matter: it is not changed
    Path("data/a.jsonl").write_bytes(held + b"\n")
    assert main(FIX) == 2
    assert Path("data/a.jsonl").read_bytes() == held + b"\n"
    Path("data/a.jsonl").write_bytes(held)
    capsys.readouterr()
    assert main(FIX) == 0
    assert capsys.readouterr().err == ""
    assert rows_in("data/a.jsonl") == [NO, NO]


def test_it_may_be_allowed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("data/a.jsonl", NO, YES, NO)
    assert main([*FIX, "--allow-dirty"]) == 0
    assert "data/a.jsonl: 1 row dropped (to data/a.jsonl.dropped.jsonl)\n" in capsys.readouterr().out


@pytest.mark.parametrize("ignored", ["data/", "*.jsonl"])
def test_what_git_ignores_is_changed_with_a_note(
    repository: Repository, capsys: pytest.CaptureFixture[str], ignored: str
) -> None:
    (repository.root / ".gitignore").write_text(f"{ignored}\n")
    commit(repository, "2026-01-01T00:00:00+0000")
    repository.write("data/a.jsonl", NO, YES, NO)
    assert main(FIX) == 0
    assert capsys.readouterr().err == "contralint: note: data/a.jsonl: not kept by git, which cannot undo this\n"


def test_files_of_several_repositories_and_of_none(repository: Repository, tmp_path: Path) -> None:
    other = Repository.init(tmp_path / "other")
    other.write("ünïcode [x].jsonl", NO)
    repository.write("a b.jsonl", NO)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "c.jsonl").write_text("{}")
    commit(other, "2026-01-01T00:00:00+0000")
    paths = [str(tmp_path / "none" / "c.jsonl"), "a b.jsonl", str(tmp_path / "other" / "ünïcode [x].jsonl")]
    assert Standing.of(paths) == Standing(("a b.jsonl",), (paths[0],))
    Path(paths[2]).write_text("{}")
    assert Standing.of(paths).dirty == (paths[2], "a b.jsonl")


def test_the_side_of_the_newest_commit_stays(repository: Repository) -> None:
    """The author's date counts, not when a commit was made anew."""
    repository.write("old.jsonl", NO, NO)
    repository.write("new.jsonl", alpaca("Name a colour.", "Blue."))
    commit(repository, "2026-03-01T00:00:00+0000")
    repository.write("new.jsonl", alpaca("Name a colour.", "Blue."), YES)
    commit(repository, "2026-02-01T00:00:00+0000")
    assert set(planned(["."], "keep-newest").plan.changes) == {"new.jsonl"}
    repository.write("new.jsonl", alpaca("Name a colour.", "Blue."), alpaca(FLY, "Yes, penguins can fly."))
    commit(repository, "2026-04-01T00:00:00+0000")
    assert apply(["."], "keep-newest").plan.changes["old.jsonl"].drops == {0, 1}
    assert len(rows_in("new.jsonl")) == 2
    assert rescan(["."]) == set()


def test_what_is_not_committed_is_newest(repository: Repository) -> None:
    repository.write("data.jsonl", NO, NO)
    commit(repository, "2026-03-01T00:00:00+0000")
    repository.write("data.jsonl", NO, YES, NO)
    assert planned(["data.jsonl"], "keep-newest").plan.changes["data.jsonl"].drops == {0, 2}


def test_a_row_is_as_new_as_its_newest_line(repository: Repository) -> None:
    path = repository.root / "data.json"
    text = '[\n {\n  "instruction": "Can penguins fly?",\n  "output": "%s"\n },\n'
    rest = ' {\n  "instruction": "Can penguins fly?",\n  "output": "No, they cannot."\n }\n]\n'
    path.write_text(text % "Perhaps." + rest)
    commit(repository, "2026-01-01T00:00:00+0000")
    path.write_text(text % "Yes, they can." + rest)
    commit(repository, "2026-02-01T00:00:00+0000")
    assert planned(["data.json"], "keep-newest").plan.changes["data.json"].drops == {1}


@pytest.mark.parametrize("name", ["data.jsonl.gz", "columns.json", "new.jsonl"])
def test_what_git_cannot_date_is_left(repository: Repository, name: str) -> None:
    held: dict[str, Any] = {
        "data.jsonl.gz": gzip.compress(jsonl([NO, YES]).encode()),
        "columns.json": b'{"instruction": ["%b", "%b"], "output": ["Yes, they can.", "No."]}' % ((FLY.encode(),) * 2),
        "new.jsonl": jsonl([NO, YES]).encode(),
    }
    Path(name).write_bytes(held[name])
    if name != "new.jsonl":
        commit(repository, "2026-01-01T00:00:00+0000")
    (left,) = planned([name], "keep-newest").plan.left
    assert left.reason.startswith(name)


def test_a_conversation_is_dropped_with_all_its_turns(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    row = messages(("user", FLY), ("assistant", "Yes, they can."), ("user", "Why?"), ("assistant", "Wings."))
    repository.write("data/a.jsonl", NO, NO, row)
    commit(repository, "2026-01-01T00:00:00+0000")
    assert main(FIX) == 0
    assert "with 1 row of these, further turns of the conversation went too\n" in capsys.readouterr().out
