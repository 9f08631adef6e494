"""The JSON Schema of configurations, and `contralint config`, which tells what it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_config import EVERY_SETTING, WRONG

from contralint.cli import main
from contralint.cli.config_pages import SCHEMA, settings
from contralint.config import Config, LlmSettings, RaySettings, SettingError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FORM = json.loads(SCHEMA.read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(FORM)


def test_it_is_a_schema_without_null() -> None:
    jsonschema.Draft202012Validator.check_schema(FORM)
    assert "null" not in SCHEMA.read_text("utf-8")


def test_it_takes_what_the_program_takes() -> None:
    VALIDATOR.validate(tomllib.loads(EVERY_SETTING))
    VALIDATOR.validate({})


def test_it_takes_what_is_said_of_suppressing() -> None:
    text = (SCHEMA.parent.parent.parent / "docs" / "suppress.md").read_text("utf-8")
    data = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])["tool"]["contralint"]
    VALIDATOR.validate(json.loads(json.dumps(data, default=str)))  # editors see a date as text
    data["per-path-ignores"]["data/*"] = {"rule": ["CL1"]}
    assert not VALIDATOR.is_valid(json.loads(json.dumps(data, default=str)))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, _, _ in WRONG])
def test_it_refuses_what_the_program_refuses(name: str, text: str) -> None:
    data = tomllib.loads(text)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(data["tool"]["contralint"] if name == "pyproject.toml" else data)


WORDS = st.sampled_from(["CL2", "note", "fatal", "local", "data/*"])
VALUES: st.SearchStrategy[Any] = st.one_of(
    *(st.booleans(), st.integers(-2, 3), st.sampled_from([-0.5, 0.5, 1.5]), WORDS),
    *(st.lists(WORDS | st.integers(), max_size=2), st.dictionaries(WORDS, WORDS | st.lists(WORDS), max_size=2)),
    st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS), max_size=1),
)


TABLES = {"llm": LlmSettings, "ray": RaySettings}
INNER = [(name, key) for name, kind in TABLES.items() for key in kind.__struct_fields__]


@given(key=st.sampled_from([name for name in Config.__struct_fields__ if name not in TABLES]), value=VALUES)
def test_it_agrees_with_the_program(key: str, value: Any) -> None:  # noqa: ANN401 (of any type)
    try:
        Config(**{key: value})
    except SettingError:
        taken = False
    else:
        taken = True
    assert VALIDATOR.is_valid({key.replace("_", "-"): value}) is taken


@given(inner=st.sampled_from(INNER), value=VALUES)
def test_it_agrees_on_tables_too(inner: tuple[str, str], value: Any) -> None:  # noqa: ANN401 (of any type)
    table, key = inner
    try:
        TABLES[table](**{key: value})
    except SettingError:
        taken = False
    else:
        taken = True
    assert VALIDATOR.is_valid({table: {key.replace("_", "-"): value}}) is taken


def test_every_setting_is_described() -> None:
    described = settings(FORM)
    names = [name.replace("_", "-") for name in Config.__struct_fields__ if name not in TABLES]
    inner = [f"{table}.{name.replace('_', '-')}" for table, name in INNER]
    assert sorted(each.key for each in described) == sorted([*names, *inner])
    assert all(each.description.endswith((".", '"')) for each in described)


def test_settings_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    assert (
        'fail-on           "warning"         Lowest severity that makes the exit status 1.\n' in capsys.readouterr().out
    )
    assert main(["config", "llm.concurrency"]) == 0
    assert capsys.readouterr().out == (
        "llm.concurrency\n\nQuestions under way at a time.\n\nValues: whole number from 1 to 64\nDefault: 4\n"
    )
    assert main(["config", "severity"]) == 0
    assert 'Values: table of "error", "note", "off", "warning"\n' in capsys.readouterr().out
    assert main(["config", "jobs"]) == 0
    assert "Default: not set\n" in capsys.readouterr().out
    assert main(["config", "fail_on"]) == 2
    assert "unknown setting 'fail_on'; did you mean 'fail-on'?" in capsys.readouterr().err


def test_the_schema_is_printed_for_editors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == FORM
    (tmp_path / "contralint.toml").write_text("#:schema ./contralint.schema.json\njobs = 1", "utf-8")
    assert main(["scan", "--show-settings", "--config", str(tmp_path / "contralint.toml")]) == 0
