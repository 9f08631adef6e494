"""The pinned versions: what pyproject.toml asks for is in them, each file has hashes, and all files say the same."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from repositories import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = ROOT / "constraints.txt"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Which build of it is right, each machine says.
UNLOCKED = {"torch"}
CONTENTS: dict[str, dict[str, Any]] = {
    "build": {"groups": ["build"], "project": False},
    "develop": {"groups": ["build", "lint", "test"], "extras": ["parquet"]},
    "extras": {"groups": ["build", "test"], "extras": sorted(PROJECT["project"]["optional-dependencies"])},
    "release": {"groups": ["build", "release"], "project": False},
    "run": {"extras": ["parquet"]},
}


def pins(path: Path) -> Iterator[Requirement]:
    for entry in re.sub(r"\\\n", "", path.read_text("utf-8")).splitlines():
        if not entry.startswith("#"):
            yield Requirement(entry.partition(" --hash")[0])


def versions(path: Path) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pin in pins(path):
        found[canonicalize_name(pin.name)].add(str(pin.specifier))
    return found


def asked(extras: Sequence[str] = (), groups: Sequence[str] = (), *, project: bool = True) -> list[Requirement]:
    """What parts of pyproject.toml ask for."""
    texts = list(PROJECT["project"]["dependencies"]) if project else []
    for extra in extras:
        texts += PROJECT["project"]["optional-dependencies"][extra]
    for group in groups:
        texts += PROJECT["dependency-groups"][group]
    return [Requirement(text) for text in texts]


def unmet(path: Path, requirements: list[Requirement]) -> list[str]:
    """Requirements that a file lacks, or pins to a version that they do not allow."""
    pinned = versions(path)
    kept = [
        one
        for one in requirements
        if (found := pinned.get(canonicalize_name(one.name)))
        and all(one.specifier.contains(version.removeprefix("=="), prereleases=True) for version in found)
    ]
    return [str(one) for one in requirements if one not in kept and one.name not in UNLOCKED]


def test_constraints_pin_all_that_is_asked_for() -> None:
    everything = asked(sorted(PROJECT["project"]["optional-dependencies"]), sorted(PROJECT["dependency-groups"]))
    assert unmet(CONSTRAINTS, everything) == []
    assert all(re.fullmatch(r"==[^*,]+", str(pin.specifier)) for pin in pins(CONSTRAINTS))


def test_a_bound_above_a_pin_is_noticed() -> None:
    assert unmet(CONSTRAINTS, [Requirement("click>=1000"), Requirement("no-such-thing"), Requirement("click")]) == [
        "click>=1000",
        "no-such-thing",
    ]


def test_there_is_a_lock_for_each_set_up() -> None:
    assert [path.stem for path in LOCKS] == sorted(CONTENTS)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_what_its_set_up_asks_for(lock: Path) -> None:
    assert unmet(lock, asked(**CONTENTS[lock.stem])) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_locks_have_the_versions_of_the_constraints(lock: Path) -> None:
    constrained = versions(CONSTRAINTS)
    assert [name for name, found in versions(lock).items() if not found <= constrained.get(name, set())] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_pin_has_hashes(lock: Path) -> None:
    entries = re.sub(r"\\\n", "", lock.read_text("utf-8")).splitlines()
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert pinned
    assert [entry for entry in pinned if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
