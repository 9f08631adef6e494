"""Where a repository gets contralint from: a package index, or a git repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata

import orjson

from contralint.version import __version__

_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


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
        return f"contralint @ git+{self.url}@{self.revision}"

    @property
    def action(self) -> str | None:
        """What a step of a workflow uses; None where GitHub does not host it."""
        hosted = _GITHUB.fullmatch(self.url)
        return f"{hosted[1]}@{self.revision}" if hosted else None


Source = Package | Repository


def chosen(url: str | None, revision: str | None) -> Source:
    """The source that a user names, else the one that this contralint was installed from."""
    if url:
        return Repository(url, revision or f"v{__version__}")
    installed = _installed_from()
    return Repository(installed.url, revision or installed.revision) if installed else Package()


def _installed_from() -> Repository | None:
    """The git repository that pip took this contralint from (PEP 610); None where it was another place."""
    try:
        told = orjson.loads(metadata.distribution("contralint").read_text("direct_url.json") or "{}")
        return Repository(str(told["url"]), str(told["vcs_info"]["commit_id"]))
    except (metadata.PackageNotFoundError, ValueError, LookupError, TypeError):
        return None
