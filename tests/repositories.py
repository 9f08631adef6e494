"""What the tests of hooks share: a dataset under git, and the two ways to put contralint before its commits.

The script is what a team without pre-commit writes, and splits long lists of files as pre-commit does.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import linting
import yaml
from linting import Data

ROOT = Path(__file__).parent.parent
HOOKS = ("pre-commit", "pre-merge-commit")
DATE = "2026-01-01T00:00:00+0000"


def environment(**more: str) -> dict[str, str]:
    """Git as nobody has set it up, and nothing of a hook that may be running the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    who = {f"GIT_{role}_{part}": "t@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    when = {"GIT_AUTHOR_DATE": DATE, "GIT_COMMITTER_DATE": DATE}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **who, **when, **more}


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    passed: bool
    output: str

    @property
    def reports(self) -> list[Data]:
        """The JSON reports in the output: one of each process that found something to scan."""
        return list(_documents(self.output))


def _documents(output: str) -> Iterator[Data]:
    decoder = json.JSONDecoder()
    start = output.find("\n{", 0) + 1 if not output.startswith("{") else 0
    while output.startswith("{", start):
        document, end = decoder.raw_decode(output, start)
        yield document
        start = output.find("\n{", end) + 1 or len(output)


@dataclass
class Repository:
    """A dataset under git.

    Attributes:
        root: Its folder.
        settings: Variables for all that runs in it.
    """

    root: Path
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def init(cls, root: Path, **settings: str) -> Repository:
        root.mkdir()
        made = cls(root, settings)
        made.git("init", "--initial-branch=main")
        return made

    def run(self, command: Sequence[str], *, within: str = ".") -> Outcome:
        """Runs a command, whatever becomes of it."""
        done = subprocess.run(
            command,
            check=False,
            cwd=self.root / within,
            env=environment(**self.settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return Outcome(done.returncode == 0, done.stdout)

    def git(self, *arguments: str) -> str:
        """What a command of git prints; it must succeed."""
        outcome = self.run(["git", *arguments])
        assert outcome.passed, outcome.output
        return outcome.output

    def contralint(self, *arguments: str) -> Outcome:
        """Runs the command line of this checkout."""
        return self.run(["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "contralint", *arguments])

    def write(self, path: str, *rows: Data) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        linting.write(file, rows)

    def commit(self, *arguments: str, within: str = ".") -> Outcome:
        """Tries to commit what is staged."""
        return self.run(["git", "commit", "--quiet", "--message", "rows", *arguments], within=within)

    def commit_all(self) -> Outcome:
        """Tries to commit all there is."""
        self.git("add", "--all")
        return self.commit()

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "--all"))


def install_script(repository: Repository, *options: str) -> None:
    """A hook of one line, as git runs it."""
    command = shlex.join(["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "contralint", "hook", *options, "--"])
    staged = "git diff --cached --name-only --diff-filter=d -z"
    for name in HOOKS:
        hook = repository.root / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\n{staged} | xargs -0 -n 100 -P 2 {command}\n")
        hook.chmod(0o755)


def install_pre_commit(repository: Repository, checkout: Repository, *options: str, **settings: Any) -> None:  # noqa: ANN401 (settings of any type)
    """The hook that the checkout offers, as pre-commit installs it."""
    hook = {"id": "contralint", "args": [*options, "--"], "verbose": True, **settings}
    source = {"repo": str(checkout.root), "rev": checkout.git("rev-parse", "HEAD").strip(), "hooks": [hook]}
    (repository.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [source]}))
    repository.git("add", ".pre-commit-config.yaml")
    types = [f"--hook-type={name}" for name in HOOKS]
    installed = repository.run([sys.executable, "-m", "pre_commit", "install", "--install-hooks", *types])
    assert installed.passed, installed.output


def snapshot(root: Path) -> Repository:
    """A repository that holds this checkout as it is, with what is not yet committed."""
    made = Repository(root)
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", ROOT, root], check=True, env=environment())
    made.git("--work-tree", str(ROOT), "add", "--all")
    made.git("commit", "--quiet", "--allow-empty", "--message", "as it is")
    made.git("reset", "--quiet", "--hard")
    return made
