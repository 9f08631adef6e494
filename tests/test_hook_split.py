"""Commits of hundreds of files, which several processes check at a time, with one cache in whatever state."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hooks import KINDS, NO, QUESTIONS, Install, installer, pre_commit_installer, questions_answered
from linting import alpaca
from repositories import Outcome, Repository

FILES = 300
# So many names this long are more than pre-commit gives to one process.
LONG = "long-" * 48


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return questions_answered(tmp_path / "dataset")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "scans.sqlite"


@pytest.fixture(params=KINDS)
def install(request: pytest.FixtureRequest, repository: Repository) -> Install:
    return installer(request, repository)


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


def test_nothing_is_lost_by_parallel_processes(repository: Repository, install: Install, cache: Path) -> None:
    check_split(repository, install, cache, garbage)


@pytest.mark.hook
class TestPreCommit:
    """The same under pre-commit, with other caches, and as long as it splits by itself."""

    @pytest.mark.parametrize(
        ("options", "spoil"), [([], nothing), ([], another_version), ([], cut_short), (["--no-cache"], garbage)]
    )
    def test_nothing_is_lost_whatever_the_cache(
        self,
        repository: Repository,
        checkout: Repository,
        cache: Path,
        options: list[str],
        spoil: Callable[[Path], None],
    ) -> None:
        check_split(repository, pre_commit_installer(repository, checkout), cache, spoil, *options)

    def test_try_repo(self, repository: Repository, checkout: Repository) -> None:
        repository.settings |= checkout.settings
        many_files(repository)
        outcome = repository.run([sys.executable, "-m", "pre_commit", "try-repo", str(checkout.root), "contralint"])
        assert not outcome.passed
        assert len(re.findall(r"^Found \d+ diagnostics?", outcome.output, re.MULTILINE)) > 1
        assert changed(outcome.output) == FILES
        assert outcome.output.count("error[CL102]: polarity-flip") == len(QUESTIONS)
