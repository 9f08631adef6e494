"""Where a repository gets contralint from, and the workflow that follows from it."""

from __future__ import annotations

import json
from importlib import metadata

import pytest
from workflows import check, loaded, scripts, used_actions

from contralint.adoption import Package, Repository, chosen, workflow
from contralint.version import __version__

URL = "https://github.com/OWNER/contralint"


@pytest.mark.parametrize(
    ("source", "requirement", "action"),
    [
        (Package("1.2.3"), "contralint==1.2.3", None),
        (Repository(URL, "v1"), f"contralint @ git+{URL}@v1", "OWNER/contralint@v1"),
        (Repository(f"{URL}.git", "v1"), f"contralint @ git+{URL}.git@v1", "OWNER/contralint@v1"),
        (
            Repository("git@github.com:OWNER/c.git", "v1"),
            "contralint @ git+ssh://git@github.com/OWNER/c.git@v1",
            "OWNER/c@v1",
        ),
        (Repository("https://git.example.org/a/b", "v1"), "contralint @ git+https://git.example.org/a/b@v1", None),
    ],
)
@pytest.mark.parametrize("large_files", [False, True])
def test_workflows_are_valid_and_pinned(
    source: Package | Repository, requirement: str, action: str | None, large_files: bool
) -> None:
    document = loaded(workflow.text(source, large_files=large_files))
    check(document, "github-workflows")
    used = list(used_actions(document))
    assert (source.requirement, source.action) == (requirement, action)
    assert (action in used) == (action is not None)
    assert any(requirement in script for script in scripts(document)) == (action is None)
    assert not [script for script in scripts(document) if "${{" in script]
    checkout = document["jobs"]["contralint"]["steps"][0]["with"]
    assert checkout.get("lfs", False) == large_files


def test_contralint_comes_from_where_this_one_did(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"url": URL, "vcs_info": {"vcs": "git", "commit_id": "0" * 40, "requested_revision": "main"}}

    class Installed:
        def read_text(self, _name: str) -> str:
            return json.dumps(told)

    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed())
    assert chosen(None, None) == Repository(URL, "0" * 40)
    assert chosen(None, "v2") == Repository(URL, "v2")
    assert chosen("https://git.example.org/c", None) == Repository("https://git.example.org/c", f"v{__version__}")
    del told["vcs_info"]
    assert chosen(None, None) == Package(__version__)
