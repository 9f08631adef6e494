"""The hook of a dataset repository: what stops a commit, as a script of git's and under the real pre-commit."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from linting import alpaca
from repositories import ROOT, Outcome, Repository, install_pre_commit, install_script

from contralint.baseline import DEFAULT_FILE
from contralint.readers.compressed import OPENERS
from contralint.readers.discover import DATA

# Distinct questions, so that each is a conflict of its own where it is answered both ways.
QUESTIONS = [
    "Is the Moon larger than the Earth?",
    "Can penguins fly?",
    "Does sound travel through a vacuum?",
    "Was Mozart born in Salzburg?",
    "Do spiders have eight legs?",
    "Is Python a compiled language?",
    "Are tomatoes botanically fruits?",
    "Did Rome host the first modern Olympics?",
    "Is gold denser than lead?",
    "Can a square be a rectangle?",
    "Does Brazil border Chile?",
    "Is a whale a fish?",
]
YES, NO = "Yes.", "No."
MOON, PENGUIN, SOUND, MOZART = QUESTIONS[:4]
# Not among the questions of the dataset.
ICE = "Does ice float on water?"
FILES = 300
# So many names this long are more than pre-commit gives to one process.
LONG = "long-" * 48

Install = Callable[..., None]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Every question answered with yes, and committed."""
    made = Repository.init(tmp_path / "dataset")
    (made.root / "contralint.toml").write_text('select = ["CL102"]\n')
    made.write("data/base.jsonl", *(alpaca(question, YES) for question in QUESTIONS))
    assert made.commit_all().passed
    return made


@pytest.fixture(params=["script", pytest.param("pre-commit", marks=pytest.mark.hook)])
def install(request: pytest.FixtureRequest, repository: Repository) -> Install:
    """Puts the hook before the commits of the repository, with options of its own."""
    if request.param == "script":
        return lambda *options, **_: install_script(repository, *options)
    checkout: Repository = request.getfixturevalue("checkout")
    repository.settings |= checkout.settings
    return lambda *options, **settings: install_pre_commit(repository, checkout, *options, **settings)


@pytest.fixture
def hooked(repository: Repository, install: Install) -> Repository:
    """The repository with the hook, and what it needs committed."""
    install()
    assert repository.commit("--no-verify", "--allow-empty").passed
    return repository


def stopped(outcome: Outcome, *places: str) -> bool:
    """Whether a commit was stopped by diagnostics at these places, and by no others."""
    return not outcome.passed and re.findall(r"^(\S.*:\d+):\d+: error", outcome.output, re.MULTILINE) == list(places)


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


def garbage(cache: Path) -> None:
    cache.write_bytes(b"no database" * 1000)


def another_version(cache: Path) -> None:
    with contextlib.closing(sqlite3.connect(cache)) as connection, connection:
        connection.execute("CREATE TABLE entries (something TEXT)")
        connection.execute("PRAGMA user_version = 99")


def cut_short(cache: Path) -> None:
    another_version(cache)
    cache.write_bytes(cache.read_bytes()[:5000])


def nothing(cache: Path) -> None:
    cache.parent.rmdir()


def check_split(
    repository: Repository, install: Install, cache: Path, spoil: Callable[[Path], None], *options: str
) -> None:
    """Nothing is lost where a commit of hundreds of files is checked by several processes with one cache."""
    many_files(repository)
    whole = repository.contralint("scan", "data", "--diff", "HEAD", "--format", "json", "--no-cache")
    cache.parent.mkdir()
    spoil(cache)
    install("--format", "json", "--cache-dir", str(cache.parent), *options, require_serial=False)
    outcome = repository.commit()
    assert not outcome.passed
    assert len(outcome.reports) > 1
    assert sum(changed(" ".join(report["summary"]["notes"])) for report in outcome.reports) == FILES
    assert found(outcome) == found(whole)
    assert len(found(whole)) == len(QUESTIONS)


def many_files(repository: Repository) -> None:
    """Stages files of one row each, some of which answer no."""
    asked = iter(QUESTIONS)
    for number in range(FILES):
        question = next(asked, None) if number % 20 == 0 else None
        repository.write(f"data/{LONG}/{LONG}{number}.jsonl", alpaca(question or f"Name {number}.", NO))
    repository.git("add", "--all")


def changed(output: str) -> int:
    """How many rows all processes together were to look at."""
    return sum(map(int, re.findall(r"(\d+) rows? (?:is|are) new or changed", output)))


def found(outcome: Outcome) -> set[str]:
    return {one["fingerprint"] for report in outcome.reports for one in report["diagnostics"]}


def test_nothing_is_lost_by_parallel_processes(repository: Repository, install: Install, tmp_path: Path) -> None:
    check_split(repository, install, tmp_path / "cache" / "scans.sqlite", garbage)


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
        repository.settings |= checkout.settings
        return lambda *options, **settings: install_pre_commit(repository, checkout, *options, **settings)

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

    @pytest.mark.parametrize(
        ("options", "spoil"), [([], nothing), ([], another_version), ([], cut_short), (["--no-cache"], garbage)]
    )
    def test_nothing_is_lost_whatever_the_cache(
        self,
        repository: Repository,
        install: Install,
        tmp_path: Path,
        options: list[str],
        spoil: Callable[[Path], None],
    ) -> None:
        check_split(repository, install, tmp_path / "cache" / "scans.sqlite", spoil, *options)

    def test_the_whole_dataset_is_checked_before_a_push(self, hooked: Repository) -> None:
        hooked.write("data/new.jsonl", alpaca(MOON, NO))
        (hooked.root / "contralint.toml").write_text('paths = ["data"]\nselect = ["CL102"]\n')
        config = hooked.root / ".pre-commit-config.yaml"
        config.write_text(config.read_text().replace("id: contralint", "id: contralint-full"))
        hooked.git("add", "--all")
        assert hooked.commit("--no-verify").passed
        whole = [sys.executable, "-m", "pre_commit", "run", "--hook-stage", "pre-push"]
        assert stopped(hooked.run(whole), "data/new.jsonl:1")

    def test_try_repo(self, repository: Repository, checkout: Repository) -> None:
        repository.settings |= checkout.settings
        many_files(repository)
        outcome = repository.run([sys.executable, "-m", "pre_commit", "try-repo", str(checkout.root), "contralint"])
        assert not outcome.passed
        assert len(re.findall(r"^Found \d+ diagnostics?", outcome.output, re.MULTILINE)) > 1
        assert changed(outcome.output) == FILES
        assert outcome.output.count("error[CL102]: polarity-flip") == len(QUESTIONS)


def test_the_hook_takes_every_file_that_may_hold_rows() -> None:
    [hook, _] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for extension in DATA:
        for packed in OPENERS:
            assert re.search(hook["files"], f"data/rows{extension}{packed}")
            assert re.search(hook["files"], f"data/ROWS{extension}{packed}".upper())
    assert not re.search(hook["files"], "data/rows.jsonl.txt")
    assert re.search(hook["exclude"], DEFAULT_FILE)
