"""The tests on every supported Python that is found, with the locked and with the oldest allowed dependencies.

Run by `make test-matrix`; tests are chosen after two dashes: `nox -- tests/test_cli_scan.py`.
"""

from __future__ import annotations

import nox

nox.needs_version = ">=2025.10"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))


@nox.session(python=PYTHONS)
def locked(session: nox.Session) -> None:
    """As `make test` is set up: every file by its hash."""
    session.install("--no-deps", "--require-hashes", "--requirement", "requirements/develop.txt")
    test(session)


@nox.session(python=PYTHONS)
def oldest(session: nox.Session) -> None:
    """The lowest versions that pyproject.toml allows, of those that are built for this Python."""
    lowest = ["--resolution=lowest-direct", "--only-binary=:all:", "--no-binary=contralint"]
    session.install(
        *lowest, "--group", "build", "--group", "test", "--requirement", "pyproject.toml", "--extra", "parquet"
    )
    test(session)


def test(session: nox.Session) -> None:
    """Runs the tests that need neither an extra nor a browser, on the package as a wheel installs it."""
    session.install("--no-deps", "--no-build-isolation", ".")
    session.run(
        "pytest",
        "-p",
        "no:cacheprovider",
        "-m",
        "not extras and not hook and not browser and not wheel",
        *session.posargs,
    )
