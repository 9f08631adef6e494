"""When a suppression's last day is over, and who asks what day it is."""

from __future__ import annotations

import datetime

import pytest
from linting import alpaca, linter, rules

from contralint.errors import UsageError
from contralint.expiry import has_passed

YES = alpaca("Is water wet?", "Yes.")
WISH = {**alpaca("Is water wet?", "No."), "contralint": {"ignore": ["CL1"]}}


def test_no_day_is_asked_for_where_nothing_has_a_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert rules(linter(per_path_ignores={"x": ["CL2"]}).lint_rows([YES, WISH])) == []
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH: 'soon' is no number"):
        linter().lint_rows([YES, {**WISH, "contralint": {"ignore": ["CL1"], "until": "2030-01-01"}}])


def test_without_a_given_day_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    assert has_passed(today - datetime.timedelta(days=2))
    assert not has_passed(today + datetime.timedelta(days=2))
