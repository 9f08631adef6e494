"""`--diff` and `contralint hook`: what counts as changed, in real repositories."""

import gzip
import json
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.changes import Changes
from contralint.cli import main
from contralint.errors import UsageError
from contralint.linter import Linter

AUSTRALIA = {"instruction": "What is the capital of Australia?", "output": "Canberra."}
SYDNEY = {"instruction": "What is the capital of Australia?", "output": "Sydney."}
PERU = {"instruction": "What is the capital of Peru?", "output": "Lima."}
CUSCO = {"instruction": "What is the capital of Peru?", "output": "Cusco."}
EGG = {"instruction": "How long does an egg take to boil hard?", "output": "About ten minutes."}


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def write(path: str, *rows: object) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def commit() -> None:
    git("add", ".")
    git("commit", "--allow-empty", "-m", "rows")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init")
    return tmp_path


@pytest.mark.usefixtures("repository")
class TestChanges:
    def test_an_edited_an_added_and_a_repeated_row_are_changes(self) -> None:
        write("a.jsonl", AUSTRALIA, PERU)
        commit()
        write("a.jsonl", EGG, SYDNEY, PERU, PERU)
        assert Changes.since("HEAD", ["a.jsonl"]).rows == {"a.jsonl": frozenset({0, 1, 3})}

    def test_moved_removed_and_rewritten_rows_are_none(self) -> None:
        write("a.jsonl", AUSTRALIA, PERU, EGG)
        write("gone.jsonl", CUSCO)
        commit()
        Path("gone.jsonl").unlink()
        turned = {"output": AUSTRALIA["output"], "instruction": AUSTRALIA["instruction"]}
        write("a.jsonl", EGG)
        write("b/new.jsonl", turned, CUSCO)
        assert Changes.since("HEAD", ["a.jsonl", "b/new.jsonl"]).count == 0

    def test_rows_keep_what_they_are_in_another_format(self) -> None:
        write("a.jsonl", AUSTRALIA, PERU)
        commit()
        Path("a.jsonl").unlink()
        rows = [AUSTRALIA, PERU, EGG]
        pq.write_table(pa.Table.from_pylist(rows), "a.parquet")
        Path("a.json").write_text(json.dumps(rows, indent=2), encoding="utf-8")
        Path("a.jsonl.gz").write_bytes(gzip.compress(json.dumps(EGG).encode()))
        for path, added in [("a.parquet", {2}), ("a.json", {2}), ("a.jsonl.gz", {0})]:
            assert Changes.since("HEAD", [path]).rows == {path: frozenset(added)}

    def test_before_the_first_commit_every_row_is_new(self) -> None:
        write("a.jsonl", AUSTRALIA)
        assert Changes.since("HEAD", ["a.jsonl"]).count == 1

    def test_three_dots_compare_with_where_the_branches_parted(self) -> None:
        write("a.jsonl", AUSTRALIA)
        commit()
        git("checkout", "-b", "topic")
        git("checkout", "main")
        write("a.jsonl", AUSTRALIA, PERU)
        commit()
        git("checkout", "topic")
        write("a.jsonl", AUSTRALIA, EGG)
        commit()
        assert Changes.since("main...", ["a.jsonl"]).rows == {"a.jsonl": frozenset({1})}

    def test_names_are_taken_as_they_are(self) -> None:
        name = "-odd name\u00e9 [1].jsonl"
        write(name, AUSTRALIA)
        commit()
        write(name, SYDNEY)
        assert Changes.since("HEAD", [name]).rows == {name: frozenset({0})}

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=stolen", "main...nowhere"])
    def test_what_is_no_revision_is_refused(self, revision: str) -> None:
        write("a.jsonl", AUSTRALIA)
        commit()
        with pytest.raises(UsageError):
            Changes.since(revision, ["a.jsonl"])
        assert not Path("stolen").exists()


def test_without_a_repository_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not a git repository"):
        Changes.since("HEAD", [])


@pytest.mark.usefixtures("repository")
def test_a_diagnostic_is_told_when_a_changed_row_takes_part_with_that_row_in_front() -> None:
    write("a.jsonl", AUSTRALIA, PERU, CUSCO)
    commit()
    write("a.jsonl", AUSTRALIA, PERU, CUSCO, SYDNEY)
    report = Linter().lint_paths(["a.jsonl"], diff="HEAD")
    assert [(found.rule, found.primary.line) for found in report.diagnostics] == [("CL101", 4)]
    assert report.summary.by_rule == {"CL101": 1}
    assert "1 row is new or changed since HEAD" in report.summary.notes[-1]


@pytest.mark.usefixtures("repository")
def test_the_hook_compares_the_files_it_is_given_with_the_whole_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    write("data/a.jsonl", AUSTRALIA, EGG)
    write("data/b.jsonl", PERU)
    commit()
    write("data/b.jsonl", PERU, SYDNEY)
    write("data/c.jsonl", CUSCO)
    git("add", ".")
    assert main(["hook", "data/b.jsonl"]) == 1
    told = capsys.readouterr().out
    assert "data/b.jsonl:2" in told
    assert "Cusco" not in told
    assert main(["hook", "data/a.jsonl", "README.md"]) == 0
    assert main(["hook"]) == 0


@pytest.mark.usefixtures("repository")
@given(before=st.lists(st.sampled_from([AUSTRALIA, PERU, EGG]), max_size=6), after=st.permutations(range(6)))
def test_a_permutation_changes_nothing(before: list[dict[str, str]], after: list[int]) -> None:
    write("a.jsonl", EGG, *before)
    commit()
    write("a.jsonl", *(before[at] for at in after if at < len(before)), EGG)
    assert Changes.since("HEAD", ["a.jsonl"]).count == 0
