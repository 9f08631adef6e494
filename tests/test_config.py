"""Configuration: values, files, and what the command line lays over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from contralint.config import Config, LlmSettings, RaySettings, SettingError, with_options
from contralint.configfile import load_config
from contralint.errors import UsageError

EVERY_SETTING = """
paths = ["data"]
select = ["CL2"]
extend-select = ["CL503"]
ignore = ["CL202"]
fail-on = "note"
min-confidence = 0.5
schema = "alpaca"
map = {instruction = "ask"}
embedder = "some/model"
judge = "openai:some-model"
engine = "ray"
jobs = 2
cache-dir = "cache"
rules = ["own"]
[per-path-ignores]
"old/**" = ["CL1"]
[severity]
CL201 = "off"
[llm]
base-url = "http://localhost:1/v1"
max-calls = 3
timeout = 2.5
[ray]
address = "head:6379"
actors = 8
"""

# Name of a file, what it says, and the line and beginning of the error.
WRONG = [
    ("contralint.toml", "jobs = 1\nselct = []", 2, "unknown key 'selct'; did you mean 'select'?"),
    ("contralint.toml", "fail_on = 'note'", 1, "unknown key 'fail_on'; did you mean 'fail-on'?"),
    ("contralint.toml", "zzzzzz = 1", 1, "unknown key 'zzzzzz'; known: paths, against,"),
    ("contralint.toml", "jobs = 0", 1, "jobs: expected `int` >= 1"),
    ("contralint.toml", "\n\n[map]\ninstruction = 3", 3, "map: expected `str`, got `int`"),
    ("contralint.toml", "severity.CL201 = 'fatal'", 1, "severity: invalid enum value 'fatal'; known: error"),
    ("contralint.toml", "engine = 'dask'", 1, "engine: invalid enum value 'dask'; known: local, ray"),
    ("contralint.toml", "[llm]\nmax-calls = -1", 2, "llm.max-calls: expected `int` >= 0"),
    ("contralint.toml", "jobs = 1\n[llm]\n\nmax-call = 1", 4, "unknown key 'max-call'; did you mean 'max-calls'?"),
    ("contralint.toml", "[llm]\napi-key = 'x'", 2, "unknown key 'api-key'"),
    ("contralint.toml", "[ray]\nactors = 0", 2, "ray.actors: expected `int` >= 1"),
    ("contralint.toml", "[ray]\nadress = 'auto'", 2, "unknown key 'adress'; did you mean 'address'?"),
    ("contralint.toml", "llm = 3", 1, "llm: expected `object`, got `int`"),
    ("pyproject.toml", "[tool.x]\njobs = 0\n[tool.contralint]\njobs = 0", 4, "jobs: expected"),
    ("pyproject.toml", "[tool.contralint.mapp]\na = 'b'", 1, "unknown key 'mapp'; did you mean 'map'?"),
]


def write(folder: Path, text: str, name: str = "contralint.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_values_are_checked_when_made() -> None:
    assert Config(select=["CL2"], jobs=2).select == ["CL2"]
    with pytest.raises(SettingError, match=r"^select: expected `array`, got `str`$"):
        Config(select="CL2")  # type: ignore[arg-type] # wrong on purpose
    with pytest.raises(SettingError, match=r"^min-confidence: expected `float` <= 1.0$"):
        Config(min_confidence=2)
    with pytest.raises(SettingError, match=r"^fail-on: .*'fatal'; known: error, warning, note, never$"):
        Config(fail_on="fatal")  # type: ignore[arg-type] # wrong on purpose
    with pytest.raises(SettingError, match=r"^engine: invalid enum value 'dask'; known: local, ray$"):
        Config(engine="dask")  # type: ignore[arg-type] # wrong on purpose


def test_every_setting_can_be_written(tmp_path: Path) -> None:
    write(tmp_path, EVERY_SETTING)
    assert load_config(start=tmp_path) == Config(
        paths=["data"],
        select=["CL2"],
        extend_select=["CL503"],
        ignore=["CL202"],
        fail_on="note",
        min_confidence=0.5,
        schema="alpaca",
        map={"instruction": "ask"},
        embedder="some/model",
        judge="openai:some-model",
        llm=LlmSettings(base_url="http://localhost:1/v1", max_calls=3, timeout=2.5),
        engine="ray",
        ray=RaySettings(address="head:6379", actors=8),
        jobs=2,
        cache_dir="cache",
        rules=["own"],
        per_path_ignores={"old/**": ["CL1"]},
        severity={"CL201": "off"},
    )


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path, "jobs = 1")
    write(tmp_path / "a", "[tool.contralint]\njobs = 2", "pyproject.toml")
    write(tmp_path / "a" / "b", "[tool.other]\njobs = 3", "pyproject.toml")
    (tmp_path / "a" / "b" / "c").mkdir()
    assert load_config(start=tmp_path / "a" / "b" / "c").jobs == 2
    write(tmp_path / "a", "jobs = 4")
    assert load_config(start=tmp_path / "a").jobs == 4
    assert load_config(start=tmp_path).jobs == 1


def test_isolated_reads_nothing(tmp_path: Path) -> None:
    write(tmp_path, "broken =")
    assert load_config(isolated=True, start=tmp_path) == Config()


def test_paths_are_meant_from_the_files_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        'paths = ["data", "-", "/abs/x", "*.jsonl"]\nrules = ["own"]\ncache-dir = "c"\n'
        '[per-path-ignores]\n"old/*" = ["CL1"]\n"**/x" = ["CL2"]',
    )
    (tmp_path / "sub").mkdir()
    config = load_config(start=tmp_path / "sub")
    assert config.paths[:2] == ["../data", "-"]
    assert (tmp_path / "sub" / config.paths[2]).resolve() == Path("/abs/x").resolve()
    assert config.rules == ["../own"]
    assert config.cache_dir == "../c"
    assert config.per_path_ignores == {"../old/*": ["CL1"], "**/x": ["CL2"]}


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    WRONG,
)
def test_errors_name_file_line_and_key(tmp_path: Path, name: str, text: str, line: int, says: str) -> None:
    path = write(tmp_path, text, name)
    with pytest.raises(UsageError) as error:
        load_config(start=tmp_path)
    assert str(error.value).startswith(f"{path}:{line}: {says}")
    assert "\n" not in str(error.value)


def test_broken_or_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_config(tmp_path / "none.toml")
    with pytest.raises(UsageError, match=r"not valid TOML: .*line 1"):
        load_config(write(tmp_path, "a = [1,, 2]", "broken.toml"))
    with pytest.raises(UsageError, match=r"has no \[tool.contralint\] table"):
        load_config(write(tmp_path, "tool = 1", "pyproject.toml"))
    assert load_config(start=tmp_path) == Config()


def test_options_lie_over_the_file() -> None:
    file = Config(select=["CL1"], ignore=["CL101"], extend_select=["CL503"], map={"a": "b"}, rules=["x"], jobs=1)
    assert with_options(file, {"jobs": None, "select": [], "map": {}, "paths": ()}) == file
    added = with_options(file, {"extend_select": ["CL004"], "ignore": ["CL2"], "map": {"c": "d"}, "rules": ("y",)})
    assert (added.extend_select, added.ignore) == (["CL503", "CL004"], ["CL101", "CL2"])
    assert (added.map, added.rules) == ({"a": "b", "c": "d"}, ["x", "y"])
    afresh = with_options(file, {"select": ["CL101"], "jobs": 3})
    assert (afresh.select, afresh.ignore, afresh.jobs) == (["CL101"], [], 3)


def test_options_are_checked_too() -> None:
    with pytest.raises(SettingError, match="jobs"):
        with_options(Config(), {"jobs": 0})
