"""Where a repository gets contralint from: a package index, or a git repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata

import orjson

from contralint.errors import UsageError
from contralint.version import __version__

_GITHUB = re.compile(r"(?:https://|(?:ssh://)?git@)github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_SSH = re.compile(r"([\w.-]+@[\w.-]+):(\w.*)")  # user@host:path, which git knows and pip does not
# Both are written into YAML and into a line of shell.
_URL, _REVISION = re.compile(r"\w[\w.+~:/@%-]*[\w/]"), re.compile(r"\w[\w.+/-]*")


@dataclass(frozen=True)
class Package:
    """A version that a package index has."""

    version: str = __version__

    @property
    def requirement(self) -> str:
        """What pip installs."""
        return f"contralint=={self.version}"

    @property
    def action(self) -> None:
        """No action comes from an index."""
        return


@dataclass(frozen=True)
class Repository:
    """A revision of a git repository of contralint."""

    url: str
    revision: str

    @property
    def requirement(self) -> str:
        """What pip installs."""
        address = _SSH.sub(r"ssh://\1/\2", self.url)
        return f"contralint @ git+{address}@{self.revision}"

    @property
    def action(self) -> str | None:
        """What a step of a workflow uses; None where GitHub does not host it."""
        hosted = _GITHUB.fullmatch(self.url)
        return f"{hosted[1]}@{self.revision}" if hosted else None


Source = Package | Repository


def chosen(url: str | None, revision: str | None) -> Source:
    """The source that a user names, else the one that this contralint was installed from.

    Raises:
        UsageError: A part of it is no such thing, or a revision is given of no repository.
    """
    if url and not _URL.fullmatch(url):
        raise UsageError(f"--repo: '{url}' is no address of a git repository")
    if revision and not _REVISION.fullmatch(revision):
        raise UsageError(f"--rev: '{revision}' is no revision")
    if url:
        return Repository(url, revision or f"v{__version__}")
    installed = _installed_from()
    if installed is None and revision:
        raise UsageError("--rev needs --repo: this contralint was installed from no git repository")
    return Repository(installed.url, revision or installed.revision) if installed else Package()


def _installed_from() -> Repository | None:
    """The git repository that pip took this contralint from (PEP 610); None where it was another place."""
    try:
        told = orjson.loads(metadata.distribution("contralint").read_text("direct_url.json") or "{}")
        return Repository(str(told["url"]), str(told["vcs_info"]["commit_id"]))
    except (metadata.PackageNotFoundError, ValueError, LookupError, TypeError):
        return None
