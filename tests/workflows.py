"""What stands where a runner of workflows does: it fills in expressions, and runs the scripts of steps."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "data" / "schemas"
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
# Some of GitLab's patterns are of another dialect than Python's: what they check is not looked at.
Validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": lambda *_: ()})


def check(document: object, schema: str) -> None:
    """Validates a workflow, an action or a pipeline."""
    Validator(json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))).validate(document)


def loaded(text: str) -> dict[str, Any]:
    """YAML as GitHub reads it: `on` is a word."""
    document = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in document.items()}


def scripts(document: object) -> Iterator[str]:
    """Every script that is run, however deep it stands."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in ("run", "script", "before_script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from scripts(value)
    elif isinstance(document, list):
        for value in document:
            yield from scripts(value)


def used_actions(document: object) -> Iterator[str]:
    """Every `uses`, however deep it stands."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from [value] if key == "uses" else used_actions(value)
    elif isinstance(document, list):
        for value in document:
            yield from used_actions(value)


def filled(template: str, values: Mapping[str, str]) -> str:
    """A text with its expressions replaced; of alternatives (`a || b`), the first that is not empty."""

    def value(match: re.Match[str]) -> str:
        return next(filter(None, (values[name.strip()] for name in match[1].split("||"))), "")

    return _EXPRESSION.sub(value, template)


@dataclass(frozen=True)
class Outcome:
    """How a script ended."""

    status: int
    log: str


@dataclass(frozen=True)
class Runner:
    """A machine that runs scripts in a folder, with contralint on its path and nothing to install.

    Attributes:
        workspace: The folder.
        temporary: A folder beside it.
    """

    workspace: Path
    temporary: Path

    def __post_init__(self) -> None:
        (self.temporary / "contralint" / "bin").mkdir(parents=True)
        self.program("contralint", f'exec "{sys.executable}" -m contralint "$@"')
        self.program("pip", "exit 0")
        self.program("python", f'[ "$2" = pip ] && exit 0\nexec "{sys.executable}" "$@"')

    def program(self, name: str, script: str) -> None:
        path = self.temporary / "contralint" / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def run(self, script: str, **variables: str) -> Outcome:
        """Runs a script as GitHub does where the shell is bash."""
        path = os.pathsep.join([str(self.temporary / "contralint" / "bin"), os.environ["PATH"]])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI"))}
        # contralint is imported from where the tests run.
        environment = {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "RUNNER_TEMP": str(self.temporary), **variables}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Outcome(done.returncode, done.stdout)


def git(folder: Path, *arguments: str) -> str:
    """Runs git as somebody, untouched by the settings of whoever runs the tests."""
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{role}_NAME": "Somebody", f"GIT_{role}_EMAIL": "somebody@example.org"}
    done = subprocess.run(
        ["git", "-C", folder, *arguments], env={**os.environ, **who}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def pull_request(folder: Path) -> tuple[str, str]:
    """A repository as GitHub checks out a pull request: its base has moved on, and HEAD merges both.

    The base has a conflict of old (lines 2 and 3) and a newer one (5 and 6) that the pull request has no part in; the
    pull request adds line 1, which contradicts line 4.

    Returns:
        The commits that GitHub calls base (as it was when the request was made) and head.
    """

    def row(text: str, label: str) -> str:
        return json.dumps({"text": text, "label": label}) + "\n"

    data = folder / "data" / "train.jsonl"
    data.parent.mkdir(parents=True)
    old = row("The parcel came on time.", "praise") + row("The parcel came on time.", "complaint")
    old += row("My invoice is wrong.", "billing")
    git(folder, "init", "--quiet", "--initial-branch=main")
    data.write_text(old, "utf-8")
    (folder / "contralint.toml").write_text('paths = ["data"]\n', "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    base = git(folder, "rev-parse", "HEAD")
    git(folder, "switch", "--quiet", "--create", "topic")
    data.write_text(row("My invoice is wrong.", "shipping") + old, "utf-8")
    git(folder, "commit", "--quiet", "--all", "-m", "Add a row")
    head = git(folder, "rev-parse", "HEAD")
    git(folder, "switch", "--quiet", "main")
    data.write_text(old + row("Where is my order?", "shipping") + row("Where is my order?", "billing"), "utf-8")
    git(folder, "commit", "--quiet", "--all", "-m", "Go on")
    git(folder, "switch", "--quiet", "--detach")
    git(folder, "merge", "--quiet", "--no-ff", "-m", "Merge", head)
    return base, head
