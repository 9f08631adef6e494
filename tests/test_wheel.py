"""What is released: built twice the same, with what belongs in it alone, and installed by hash in a new environment."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from repositories import ROOT, Repository, snapshot

pytestmark = pytest.mark.wheel
DIST_INFO = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return snapshot(tmp_path_factory.mktemp("first") / "checkout")


@pytest.fixture(scope="module")
def built(sources: Repository) -> dict[str, Path]:
    """The two files of a release, by their endings."""
    return build(sources.root)


def build(root: Path, **variables: str) -> dict[str, Path]:
    command = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env={**os.environ, **variables})
    return {path.suffix: path for path in (root / "dist").iterdir()}


def test_elsewhere_and_at_another_time_the_same_is_built(
    sources: Repository, built: dict[str, Path], tmp_path: Path
) -> None:
    again = snapshot(tmp_path / "another folder" / "of another name")
    for number, path in enumerate(sorted(again.root.rglob("*"))):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (10**9 + number, 10**9 + number))
            path.chmod(0o600)
    # Caches and other leavings of work.
    (again.root / "contralint" / "__pycache__").mkdir()
    (again.root / "contralint" / "__pycache__" / "cli.cpython-310.pyc").write_bytes(b"x")
    (again.root / ".venv-extras").symlink_to(sources.root, target_is_directory=True)
    digests = [
        {end: digest(path) for end, path in files.items()} for files in (built, build(again.root, TZ="Asia/Tokyo"))
    ]
    assert digests[0] == digests[1]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_wheel_holds_the_package_its_rules_and_licences_alone(sources: Repository, built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = wheel.namelist()
    package = sources.git("ls-files", "-z", "contralint").split("\0")[:-1]
    rules = [f"contralint/{name}" for name in sources.git("ls-files", "-z", "rules").split("\0")[:-1]]
    about = [f"{built['.whl'].name.removesuffix('-py3-none-any.whl')}.dist-info/{name}" for name in DIST_INFO]
    assert sorted(names) == sorted({*package, *rules, *about})


def test_the_sources_are_what_is_committed(sources: Repository, built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    committed = {name for name in sources.git("ls-files", "-z").split("\0") if name}
    assert names - committed == {"PKG-INFO"}
    of_the_repository = {".ci", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml"}
    assert {name.partition("/")[0] for name in committed - names} == of_the_repository


def test_the_wheel_runs_where_nothing_but_its_locked_dependencies_is_installed(
    built: dict[str, Path], tmp_path: Path
) -> None:
    venv.create(tmp_path / "new", symlinks=True)
    python = tmp_path / "new" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    locked = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(ROOT / "requirements" / "run.txt")]
    for arguments in (
        ["install", "-qq", "--no-deps", *locked],
        ["install", "-qq", "--no-deps", built[".whl"]],
        ["check"],
    ):
        subprocess.run([*pip, *arguments], check=True)
    command = [
        str(python.parent / "contralint"),
        "scan",
        str(ROOT / "fixtures"),
        "--no-cache",
        "--exit-zero",
        "--format",
        "json",
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=clean)
    assert json.loads(run.stdout)["summary"]["diagnostics"] > 0
