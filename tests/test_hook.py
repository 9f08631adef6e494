"""The hook of a dataset repository: what stops a commit, as a script of git's and under the real pre-commit."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from hooks import (
    ICE,
    KINDS,
    MOON,
    NO,
    PENGUIN,
    QUESTIONS,
    SOUND,
    YES,
    Install,
    installer,
    pre_commit_installer,
    questions_answered,
    stopped,
)
from linting import alpaca
from repositories import ROOT, Repository

from contralint.baseline import DEFAULT_FILE
from contralint.readers.compressed import OPENERS
from contralint.readers.discover import DATA


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return questions_answered(tmp_path / "dataset")


@pytest.fixture(params=KINDS)
def install(request: pytest.FixtureRequest, repository: Repository) -> Install:
    return installer(request, repository)


@pytest.fixture
def hooked(repository: Repository, install: Install) -> Repository:
    """The repository with the hook, and what it needs committed."""
    install()
    assert repository.commit("--no-verify", "--allow-empty").passed
    return repository


def test_a_contradicting_row_is_stopped_and_mended(hooked: Repository) -> None:
    before = hooked.commits()
    hooked.write("data/new.jsonl", alpaca("Who wrote Emma?", "Jane Austen."), alpaca(MOON, NO))
    outcome = hooked.commit_all()
    assert stopped(outcome, "data/new.jsonl:2")
    assert "error[CL102]: polarity-flip" in outcome.output
    assert "::: data/base.jsonl:1" in outcome.output
    assert hooked.commits() == before
    hooked.write("data/new.jsonl", alpaca("Who wrote Emma?", "Jane Austen."), alpaca(MOON, YES))
    assert hooked.commit_all().passed
    assert hooked.commits() == before + 1


def test_renamed_and_moved_rows_bring_nothing_in(hooked: Repository) -> None:
    hooked.write("data/old.jsonl", alpaca(MOON, NO), alpaca("Who wrote Emma?", "Jane Austen."))
    hooked.write("data/gone.jsonl", alpaca(PENGUIN, NO))
    hooked.git("add", "--all")
    assert hooked.commit("--no-verify").passed
    hooked.git("mv", "data/old.jsonl", "renamed.jsonl")
    hooked.git("rm", "--quiet", "data/gone.jsonl")
    hooked.write("data/added.jsonl", alpaca("Who wrote Ulysses?", "James Joyce."), alpaca(PENGUIN, NO))
    assert hooked.commit_all().passed
    hooked.git("mv", "renamed.jsonl", "again.jsonl")
    hooked.write("again.jsonl", alpaca(MOON, NO), alpaca(SOUND, NO))
    assert stopped(hooked.commit_all(), "again.jsonl:2")


def test_a_row_may_replace_what_it_contradicts(hooked: Repository) -> None:
    hooked.git("rm", "--quiet", "data/base.jsonl")
    hooked.write("data/new.jsonl", *(alpaca(question, NO) for question in QUESTIONS))
    assert hooked.commit_all().passed


def test_the_first_commit(repository: Repository, install: Install) -> None:
    repository.git("update-ref", "-d", "HEAD")
    repository.write("data/base.jsonl", alpaca(MOON, YES), alpaca(MOON, NO))
    install()
    assert stopped(repository.commit_all(), "data/base.jsonl:2")


def test_a_merge_that_keeps_both_sides(hooked: Repository) -> None:
    part_ways(hooked, topic="data/new.jsonl", main="data/new.jsonl")
    assert not hooked.run(["git", "merge", "topic"]).passed
    hooked.write("data/new.jsonl", alpaca(ICE, NO), alpaca(ICE, YES))
    assert stopped(hooked.commit_all(), "data/new.jsonl:2")
    hooked.write("data/new.jsonl", alpaca(ICE, YES))
    assert hooked.commit_all().passed


def test_a_merge_that_git_makes_by_itself(hooked: Repository) -> None:
    part_ways(hooked, topic="data/topic.jsonl", main="data/main.jsonl")
    assert stopped(hooked.run(["git", "merge", "topic"]), "data/topic.jsonl:1")


def part_ways(repository: Repository, *, topic: str, main: str) -> None:
    """Answers a new question yes in a file of a branch of its own, and no in one of the main branch."""
    repository.git("branch", "topic")
    for branch, file, answer in [("topic", topic, YES), ("main", main, NO)]:
        repository.git("switch", "--quiet", branch)
        repository.write(file, alpaca(ICE, answer))
        repository.git("add", "--all")
        assert repository.commit("--no-verify").passed


def test_names_that_shells_and_options_stumble_over(hooked: Repository) -> None:
    names = ["--diff.jsonl", "-dash.jsonl", "it's [1] \u00e9\u4e16.jsonl", "my data.jsonl"]
    for name, question in zip(names, QUESTIONS, strict=False):
        hooked.write(name, alpaca(question, NO))
    assert stopped(hooked.commit_all(), *(f"{name}:1" for name in names))


def test_commits_from_a_folder_and_from_another_work_tree(hooked: Repository) -> None:
    hooked.write("data/new.jsonl", alpaca("Who wrote Emma?", "Jane Austen."))
    assert hooked.commit_all().passed
    hooked.write("data/new.jsonl", alpaca(MOON, NO))
    assert stopped(hooked.commit("--all", within="data"), "data/new.jsonl:1")
    assert stopped(hooked.commit("new.jsonl", within="data"), "data/new.jsonl:1")
    hooked.git("worktree", "add", "--quiet", "../linked")
    linked = Repository(hooked.root.parent / "linked", hooked.settings)
    linked.write("data/base.jsonl", *(alpaca(question, YES) for question in QUESTIONS), alpaca(SOUND, NO))
    assert stopped(linked.commit_all(), "data/base.jsonl:13")


def test_what_is_no_dataset_is_passed_over(hooked: Repository) -> None:
    (hooked.root / "README.md").write_text("# Data")
    (hooked.root / "package.json").write_text("{}")
    assert hooked.contralint("baseline", "data").passed
    assert hooked.commit_all().passed
    hooked.write("data/new.jsonl", alpaca(MOON, NO))
    outcome = hooked.commit_all()
    assert stopped(outcome, "data/new.jsonl:1")
    assert "in 13 records of 2 files" in outcome.output


@pytest.mark.hook
class TestPreCommit:
    """What only pre-commit does."""

    @pytest.fixture
    def install(self, repository: Repository, checkout: Repository) -> Install:
        return pre_commit_installer(repository, checkout)

    def test_what_is_staged_is_judged_and_what_is_not_is_kept(self, hooked: Repository) -> None:
        new = hooked.root / "data" / "new.jsonl"
        hooked.write("data/new.jsonl", alpaca(MOON, NO))
        hooked.git("add", "data/new.jsonl")
        hooked.write("data/new.jsonl", alpaca(MOON, YES))
        assert stopped(hooked.commit(), "data/new.jsonl:1")
        hooked.git("add", "data/new.jsonl")
        hooked.write("data/new.jsonl", alpaca(MOON, NO))
        unstaged = new.read_bytes()
        assert hooked.commit().passed
        assert new.read_bytes() == unstaged

    def test_the_whole_dataset_is_checked_before_a_push(self, hooked: Repository) -> None:
        hooked.write("data/new.jsonl", alpaca(MOON, NO))
        (hooked.root / "contralint.toml").write_text('paths = ["data"]\nselect = ["CL102"]\n')
        config = hooked.root / ".pre-commit-config.yaml"
        config.write_text(config.read_text().replace("id: contralint", "id: contralint-full"))
        hooked.git("add", "--all")
        assert hooked.commit("--no-verify").passed
        whole = [sys.executable, "-m", "pre_commit", "run", "--hook-stage", "pre-push"]
        assert stopped(hooked.run(whole), "data/new.jsonl:1")


def test_the_hook_takes_every_file_that_may_hold_rows() -> None:
    [hook, _] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for extension in DATA:
        for packed in OPENERS:
            assert re.search(hook["files"], f"data/rows{extension}{packed}")
            assert re.search(hook["files"], f"data/ROWS{extension}{packed}".upper())
    assert not re.search(hook["files"], "data/rows.jsonl.txt")
    assert re.search(hook["exclude"], DEFAULT_FILE)
