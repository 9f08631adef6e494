"""The workflow that checks pull requests on GitHub."""

from __future__ import annotations

import textwrap
from pathlib import Path

from contralint.adoption.edit import Edit
from contralint.adoption.source import Source

NAME = ".github/workflows/contralint.yml"
_HEAD = """\
name: contralint

on:
  pull_request:
  push:
    branches: [main, master]

permissions:
  contents: read

jobs:
  contralint:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # to upload to code scanning
      actions: read # which private repositories need for that
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          fetch-depth: 2 # a pull request is compared with the commit that it is merged into
          persist-credentials: false
"""
_LARGE_FILES = """\
          lfs: true
"""
_ACTION = """\
      - uses: {action}
"""
_STEPS = """\
      - uses: actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0
        with:
          python-version: "3.12"
      - run: python -m pip install "{requirement}"
      - uses: actions/cache/restore@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3
        with:
          path: ${{{{ runner.temp }}}}/contralint
          key: contralint-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
          restore-keys: contralint-
      - name: Scan
        env:
          BASE: ${{{{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}}}
        run: >-
          contralint scan ${{BASE:+"--diff=$BASE"}} --cache-dir "$RUNNER_TEMP/contralint" --no-progress
          --format sarif --output contralint.sarif --format markdown --output contralint.md --format github
      - if: ${{{{ !cancelled() && hashFiles('contralint.sarif') != '' }}}}
        run: cat contralint.md >> "$GITHUB_STEP_SUMMARY"
      - if: ${{{{ !cancelled() && hashFiles('contralint.sarif') != '' }}}}
        uses: github/codeql-action/upload-sarif@5d4e8d1aca955e8d8589aabd499c5cae939e33c7 # v4.31.9
        with:
          sarif_file: contralint.sarif
          category: contralint
      - if: ${{{{ !cancelled() && hashFiles('contralint.sarif') != '' }}}}
        uses: actions/cache/save@cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3
        with:
          path: ${{{{ runner.temp }}}}/contralint
          key: contralint-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
"""


def edit(root: Path, source: Source) -> Edit:
    """What becomes of the workflow."""
    if (root / NAME).exists():
        return Edit(NAME, "is there already")
    return Edit(NAME, "checks what a pull request brings in", after=text(source, large_files=_large_files(root)))


def text(source: Source, *, large_files: bool = False) -> str:
    """A workflow: by contralint's action where GitHub has it, else by steps of its own.

    Args:
        source: Where contralint comes from.
        large_files: Whether the dataset is kept in Git LFS.
    """
    steps = _ACTION.format(action=source.action) if source.action else _STEPS.format(requirement=source.requirement)
    return textwrap.dedent(_HEAD + (_LARGE_FILES if large_files else "") + steps)


def _large_files(root: Path) -> bool:
    attributes = root / ".gitattributes"
    return attributes.is_file() and b"filter=lfs" in attributes.read_bytes()
