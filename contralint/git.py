"""What git knows of the files of a dataset: asked through its command line, as every machine has it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contralint.errors import UsageError

_COMMIT = re.compile(rb"[0-9a-f]{40,64} \d+ \d+")
_ENVIRONMENT = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


@dataclass(frozen=True)
class Repository:
    """A work tree, by the folder at its top."""

    root: Path

    @classmethod
    def here(cls) -> Repository:
        """The repository that holds the working directory.

        Raises:
            UsageError: There is none, or no git.
        """
        return cls(Path(os.fsdecode(_git(["rev-parse", "--show-toplevel"])).rstrip("\n")))

    @classmethod
    def holding(cls, path: str) -> Repository | None:
        """The repository that a file lies in; None where there is none, or no git."""
        folder = Path(path).resolve().parent
        try:
            return cls(Path(os.fsdecode(_git(["-C", str(folder), "rev-parse", "--show-toplevel"])).rstrip("\n")))
        except UsageError:
            return None

    @cached_property
    def _unborn(self) -> bool:
        """Whether nothing was ever committed."""
        asked = ["git", "-C", str(self.root), "rev-parse", "--verify", "--quiet", "HEAD"]
        return subprocess.run(asked, check=False, capture_output=True).returncode != 0  # noqa: S603 - fixed words

    def tree_of(self, revision: str) -> str:
        """The tree of a revision; of "A...B", where the two part ("A..." parts from HEAD); empty before any commit.

        Raises:
            UsageError: There is no such revision.
        """
        if revision.startswith("-"):
            raise UsageError(f"'{revision}' is no revision")
        if self._unborn and revision == "HEAD":
            return self._run("hash-object", "-t", "tree", "--stdin").decode().strip()
        if "..." in revision:
            ours, _, theirs = revision.partition("...")
            revision = self._run("merge-base", ours or "HEAD", theirs or "HEAD").decode().strip()
        try:
            return self._run("rev-parse", "--verify", "--end-of-options", f"{revision}^{{tree}}").decode().strip()
        except UsageError:
            raise UsageError(f"git knows no revision '{revision}'") from None

    def changed(self, tree: str) -> set[str]:
        """Files of a tree that are not as they were; files that git does not track are not among them."""
        return set(_names(self._run("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", tree)))

    def blobs(self, tree: str) -> dict[str, str]:
        """The name of what each file of a tree held."""
        entries = (entry.partition("\t") for entry in _names(self._run("ls-tree", "-r", "-z", "--full-tree", tree)))
        return {path: told.split()[2] for told, _, path in entries if told.split()[1] == "blob"}

    def tracked(self) -> list[str]:
        """Files that git tracks and that are there, from the top."""
        return [path for path in _names(self._run("ls-files", "-z", "--full-name", ":/")) if self.path(path).is_file()]

    def listed(self) -> list[str]:
        """Files that git tracks, or would, since they are there and nothing says to ignore them; from the top."""
        asked = ["ls-files", "-z", "--full-name", "--cached", "--others", "--exclude-standard", ":/"]
        return sorted({path for path in _names(self._run(*asked)) if self.path(path).is_file()})

    def content(self, tree: str, path: str) -> bytes:
        """What a file of a tree held, as a checkout writes it: filters such as Git LFS applied."""
        return self._run("cat-file", "--filters", f"{tree}:{path}")

    def status(self, names: Sequence[str]) -> dict[str, str]:
        """What of some files is not as it was committed: two letters each, as `git status` prints them."""
        pathspecs = [f":(top,literal){name}" for name in names]
        asked = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--", *pathspecs]
        return {entry[3:]: entry[:2] for entry in _names(self._run(*asked))}

    def line_times(self, name: str) -> list[float]:
        """When each line of a file was last written, in seconds; what is not committed is newer than all else.

        Raises:
            UsageError: The file was never committed.
        """
        commits: dict[str, float] = {}
        times: list[float] = []
        commit = ""
        for line in self._run("blame", "--porcelain", "--", name).split(b"\n"):
            if line.startswith(b"\t"):
                times.append(commits[commit])
            elif line.startswith(b"author-time "):
                commits[commit] = float(line.split()[1]) if commit.strip("0") else float("inf")
            elif _COMMIT.match(line):
                commit = line.split(b" ")[0].decode()
        return times

    def path(self, name: str) -> Path:
        """Where a file of the repository stands."""
        return self.root / name

    def name(self, path: str) -> str | None:
        """A file's name within the repository; None where it lies outside."""
        try:
            return Path(os.path.realpath(path)).relative_to(os.path.realpath(self.root)).as_posix()
        except ValueError:
            return None

    def _run(self, *arguments: str) -> bytes:
        return _git(["-C", str(self.root), *arguments])


def _git(arguments: Sequence[str]) -> bytes:
    # The git that the user's path names; of what it is given, revisions and names come last and cannot be options.
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, env=_ENVIRONMENT)  # noqa: S603 - see above
    except FileNotFoundError:
        raise UsageError("git is not installed, so nothing can be compared with a revision") from None
    except subprocess.CalledProcessError as error:
        told = os.fsdecode(error.stderr).strip().removeprefix("fatal: ")
        raise UsageError(f"git: {told.splitlines()[0] if told else 'failed'}") from None
    return done.stdout


def _names(listed: bytes) -> Iterator[str]:
    return (os.fsdecode(name) for name in listed.split(b"\0") if name)
