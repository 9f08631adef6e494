"""`per-path-ignores` as a configuration writes them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from linting import linter

from contralint import Config
from contralint.configfile import load_config
from contralint.errors import UsageError
from contralint.ignore import Ignore


@pytest.mark.parametrize(
    ("ignores", "says"),
    [
        ('"a/*" = {rules = ["CL2"], reson = "x"}', ":2: unknown key 'reson'; did you mean 'reason'?"),
        ('"a/*" = {reason = "x"}', ":1: per-path-ignores: object missing required field `rules`"),
        ('"a/*" = {rules = ["CL2"], until = "soon"}', ":1: per-path-ignores: invalid RFC3339 encoded date"),
        ('"a/*" = {rules = ["CL2"], until = 2026}', ":1: per-path-ignores: expected `date"),
        ('"a/*" = "CL2"', ":1: per-path-ignores: expected `object | array`"),
    ],
)
def test_a_wrong_setting_is_refused(ignores: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("contralint.toml").write_text(f"[per-path-ignores]\n{ignores}\n")
    with pytest.raises(UsageError) as error:
        load_config()
    assert says in str(error.value)


def test_a_path_ignores_rules_that_there_are() -> None:
    with pytest.raises(UsageError, match="unknown rule 'refusal-flp'; did you mean 'refusal-flip'"):
        linter(per_path_ignores={"a/*": ["refusal-flp"]})


def test_config_takes_both_forms_from_python() -> None:
    both = Config(per_path_ignores={"a": ["CL1"], "b": {"rules": ["CL2"], "until": "2027-01-31"}})  # type: ignore[dict-item] # a table as a file gives it
    assert both.per_path_ignores == {"a": ["CL1"], "b": Ignore(("CL2",), None, datetime.date(2027, 1, 31))}
