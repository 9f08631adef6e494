"""`contralint init`: what it writes into real repositories, and all that it leaves as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from workflows import ROOT, git

from contralint.adoption import hook, workflow
from contralint.cli import main
from contralint.config import Config
from contralint.configfile import load_config

ROW = '{"instruction": "Say hello.", "output": "Hello."}\n'
BASELINE = "contralint.baseline.jsonl"
MADE = [".github/workflows/contralint.yml", ".pre-commit-config.yaml", BASELINE, "contralint.toml"]
OFFERED = ROOT / ".pre-commit-hooks.yaml"
URL = "https://github.com/OWNER/contralint"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dataset"
    folder.mkdir()
    git(folder, "init", "--quiet")
    written(folder, {"data/train.jsonl": ROW})
    monkeypatch.chdir(folder)
    return folder


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in files}


def settings(folder: Path) -> Config:
    return load_config(start=folder)


def test_a_repository_is_set_up_by_one_command(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    made = contents(repository)
    assert sorted(made) == [*MADE, "data/train.jsonl"]
    assert settings(repository) == Config(paths=["data"], baseline=BASELINE)
    told = capsys.readouterr().out
    for name in MADE:
        assert f"wrote {name}: " in told
        assert name in told.splitlines()[-1]
    assert "    contralint baseline " in told


def test_what_it_wrote_can_be_used_at_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(repository, {"data/more.jsonl": '{"instruction": "Say hello.", "output": ""}\n'})
    main(["init"])
    assert main(["scan", "--fail-on", "warning"]) == 1
    assert main(["baseline"]) == 0
    assert main(["scan", "--fail-on", "note"]) == 0
    assert "1 diagnostic is known to the baseline" in capsys.readouterr().out


def test_a_second_time_changes_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    made = contents(repository)
    capsys.readouterr()
    assert main(["init"]) == 0
    assert contents(repository) == made
    told = capsys.readouterr().out
    assert told.count("left ") == 3
    assert "Next" not in told


def test_a_preview_writes_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--diff"]) == 0
    assert sorted(contents(repository)) == ["data/train.jsonl"]
    shown = capsys.readouterr()
    assert shown.out.startswith("--- /dev/null\n+++ b/contralint.toml\n@@ -0,0 +1,4 @@\n+#")
    assert "would write contralint.toml: checks data" in shown.err
    written(repository, {"data/train.jsonl": ROW * 2})
    git(repository, "apply", str(_file(repository.parent / "patch", shown.out)))
    assert settings(repository).paths == ["data"]


def _file(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", newline="\n")
    return path


@pytest.mark.parametrize(
    ("files", "paths"),
    [
        ({"train.jsonl": ROW, "README.md": "data"}, ["data", "train.jsonl"]),
        ({"data/deep/a/x.jsonl": ROW, "data/deep/b/y.csv": "question,answer\nWhy?,So.\n"}, ["data"]),
        ({"data/meta.json": '{"licence": "CC0"}', "data/parts/a.jsonl": ROW}, ["data/parts", "data/train.jsonl"]),
        ({"package.json": ROW, ".cache/x.jsonl": ROW, "out.jsonl": '{"score": 1}\n'}, ["data"]),
        ({"ignored/x.jsonl": ROW, ".gitignore": "ignored/\n"}, ["data"]),
        ({"broken.jsonl": f"{{oops\n{ROW}"}, ["broken.jsonl", "data"]),
        ({'odd "name"\\é.jsonl': ROW}, ["data", 'odd "name"\\é.jsonl']),
    ],
)
def test_the_dataset_is_told_by_what_rows_hold(repository: Path, files: dict[str, str], paths: Iterable[str]) -> None:
    written(repository, files)
    assert main(["init"]) == 0
    assert settings(repository).paths == paths


def test_files_of_no_known_shape_are_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(repository, {"ask.jsonl": '{"ask": "Why?", "reply": "So."}\n', "tell.jsonl": '{"ask": 1}\n'})
    main(["init"])
    assert "note: ask.jsonl and 1 more: no part of the dataset" in capsys.readouterr().out


def test_paths_may_be_named_from_a_folder_below(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(repository, {"data/ask.jsonl": '{"ask": "Why?", "reply": "So."}\n'})
    monkeypatch.chdir(repository / "data")
    assert main(["init", "ask.jsonl"]) == 0
    assert settings(repository).paths == ["data/ask.jsonl"]


def test_a_table_is_added_to_an_old_pyproject(repository: Path) -> None:
    old = '# ours\r\n[project]\r\nname = "x" # as it is'
    written(repository, {"pyproject.toml": old})
    main(["init"])
    made = contents(repository)
    assert made["pyproject.toml"].startswith(f"{old}\r\n\r\n[tool.contralint]\r\n# ")
    assert made["pyproject.toml"].count("\n") == made["pyproject.toml"].count("\r\n")
    assert "contralint.toml" not in made
    assert settings(repository) == Config(paths=["data"], baseline=BASELINE)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("contralint.toml", 'paths = ["x"]\n', "configures contralint already\n"),
        ("contralint.toml", "", "it names no `paths`"),
        ("pyproject.toml", '[tool.contralint]\nignore = ["CL004"]\n', "it names no `paths`"),
        (".github/workflows/contralint.yml", "on: push\n", "is there already"),
        (".pre-commit-config.yaml", "repos:\n- repo: x\n  hooks: [{id: contralint-full}]\n", "has a hook"),
        (BASELINE, '{"contralint-baseline":1}\n', "is there already"),
    ],
)
def test_what_is_there_is_left(
    repository: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
) -> None:
    written(repository, {name: text})
    assert main(["init"]) == 0
    assert contents(repository)[name] == text
    assert told in next(line for line in capsys.readouterr().out.splitlines(True) if line.startswith(f"left {name}:"))


# Where the entry belongs (@), and how far it is indented.
PRE_COMMIT = {
    "two columns": ("repos:\n- repo: a\n  hooks:\n  - id: x\n@", 0),
    "four columns": ("repos:\n    -   repo: a\n        hooks: [{id: x}]\n@", 4),
    "comments and keys after": (
        "# ours\nfail_fast: true\nrepos:\n  # first\n  - repo: a # why\n    hooks:\n      - id: x # last\n@  # end\n\n"
        "ci:\n  skip: [x]\n",
        2,
    ),
    "several lines in brackets": (
        "repos:\n- repo: a\n  hooks:\n  - id: x\n    args: [\n      b,\n    ]\n@# end",
        0,
    ),
    "a block of text": ("repos:\n- repo: a\n  hooks:\n  - id: x\n    files: >-\n      b\n\n@# end\n", 0),
}


def entry(indent: int = 0) -> str:
    lines = [f"- repo: {URL}", "  rev: v1", "  hooks:", "    - id: contralint"]
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", PRE_COMMIT)
def test_a_hook_is_added_after_the_others_and_nothing_else_is_touched(repository: Path, case: str, ends: str) -> None:
    text, indent = PRE_COMMIT[case]
    written(repository, {hook.NAME: text.replace("@", "").replace("\n", ends)})
    assert main(["init", "--repo", URL, "--rev", "v1"]) == 0
    assert contents(repository)[hook.NAME] == text.replace("@", entry(indent)).replace("\n", ends)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("repos:\n- repo: a\n  hooks: []", f"repos:\n- repo: a\n  hooks: []\n{entry()}"),
        ("fail_fast: true\n", f"fail_fast: true\n\nrepos:\n{entry(2)}"),
        ("", f"default_install_hook_types: [pre-commit, pre-merge-commit]\nrepos:\n{entry(2)}"),
    ],
    ids=["no line end", "no repositories", "nothing"],
)
def test_a_hook_is_added_where_little_is_there(repository: Path, old: str, new: str) -> None:
    written(repository, {hook.NAME: old})
    assert main(["init", "--repo", URL, "--rev", "v1"]) == 0
    assert contents(repository)[hook.NAME] == new


def test_a_hook_that_cannot_be_added_is_shown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(repository, {hook.NAME: "repos: [{repo: a, hooks: [{id: x}]}]\n"})
    assert main(["init", "--repo", URL, "--rev", "v1"]) == 0
    assert contents(repository)[hook.NAME] == "repos: [{repo: a, hooks: [{id: x}]}]\n"
    assert f"add this to its `repos`:\n- repo: {URL}\n  rev: v1\n" in capsys.readouterr().out


def test_parts_can_be_left_out(repository: Path) -> None:
    assert main(["init", "--without", "workflow", "--without", "configuration"]) == 0
    assert sorted(contents(repository)) == [".pre-commit-config.yaml", "data/train.jsonl"]


def test_outside_git_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, {"train.jsonl": ROW})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert settings(tmp_path).paths == ["train.jsonl"]
    told = capsys.readouterr().out
    assert f"note: {tmp_path} is in no git repository" in told
    assert "git add" not in told


@pytest.mark.parametrize(
    ("files", "arguments", "told"),
    [
        ({"data/train.jsonl": '{"ask": 1}\n'}, [], "rows of data/train.jsonl fit no known shape"),
        ({"data/train.jsonl": ""}, ["nowhere.jsonl"], "nowhere.jsonl: no such file or folder"),
        ({"../beside.jsonl": ROW}, ["../beside.jsonl"], "../beside.jsonl: lies outside"),
        ({"pyproject.toml": "[project\n"}, [], "pyproject.toml: not valid TOML"),
        ({"pyproject.toml": "tool = {a = 1}\n"}, [], "no [tool.contralint] can be added"),
        ({"contralint.toml": "\udcff"}, [], "contralint.toml: is not UTF-8 text"),
        ({hook.NAME: "repos: ["}, [], f"{hook.NAME}: not valid YAML"),
        ({hook.NAME: "- repo: a\n"}, [], f"{hook.NAME}: is no configuration of pre-commit"),
        ({hook.NAME: "repos: {a: b}\n"}, [], "its `repos` are no list"),
        ({".github": "a file"}, [], ".github/workflows/contralint.yml: cannot be written"),
    ],
)
def test_what_is_wrong_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], arguments: list[str], told: str
) -> None:
    for name, text in files.items():
        (repository / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    before = {path.name for path in repository.iterdir()}
    assert main(["init", *arguments]) == 2
    assert told in capsys.readouterr().err
    if ".github" not in files:
        assert {path.name for path in repository.iterdir()} == before


def test_large_files_are_fetched_where_git_keeps_them_apart(repository: Path) -> None:
    written(repository, {".gitattributes": "*.jsonl filter=lfs diff=lfs merge=lfs -text\n"})
    main(["init"])
    assert "          lfs: true\n" in contents(repository)[workflow.NAME]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--repo", 'https://x/"; rm -rf'], "is no address"),
        (["--repo", URL, "--rev", "-x"], "is no revision"),
        (["--rev", "v1"], "--rev needs --repo"),
    ],
)
def test_sources_are_checked(
    repository: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["init", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert sorted(contents(repository)) == ["data/train.jsonl"]


def test_a_revision_stays_a_word(repository: Path) -> None:
    main(["init", "--repo", URL, "--rev", "1.0"])
    assert yaml.safe_load(contents(repository)[hook.NAME])["repos"][0]["rev"] == "1.0"


@pytest.mark.skipif(not OFFERED.exists(), reason="no hook is offered yet")
def test_the_entry_of_an_installed_contralint_is_the_hook_that_we_offer(repository: Path) -> None:
    main(["init"])
    (repos,) = yaml.safe_load(contents(repository)[hook.NAME])["repos"]
    (local,) = repos["hooks"]
    offered = yaml.safe_load(OFFERED.read_text("utf-8"))[0]
    assert local.pop("language") == "system"
    assert {name: offered[name] for name in local} == local
