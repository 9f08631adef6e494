"""Completion in shells: what the scripts get told, and that a real bash understands it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from process import run, shell

from contralint.cli import COMPLETION, main
from contralint.cli.rule_words import Named, named_rules
from contralint.cli.shells import completer
from contralint.rulebook import load_rules
from contralint.rulefiles import rules_folder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def completed(*words: str) -> list[str]:
    """What the last of some words may become; files that a shell offers itself are "(files)"."""
    found = completer("bash").get_completions(list(words[:-1]), words[-1])
    return ["(files)" if item.type == "file" else item.value for item in found]


def test_rules_are_read_as_rule_files_say_them() -> None:
    assert named_rules([rules_folder()]) == [Named(rule.id, rule.name) for rule in load_rules().values()]


@pytest.mark.parametrize(
    ("words", "become"),
    [
        (["sc"], ["scan"]),
        (["scan", "--sel"], ["--select"]),
        (["scan", "--select", "CL20"], ["CL201", "CL202"]),
        (["scan", "--extend-select", "refusal-"], ["refusal-flip"]),
        (["baseline", "--ignore", "CL001,CL80"], ["CL001,CL801"]),
        (["rule", "trigger"], ["trigger-flip"]),
        (["scan", "--format", "sa"], ["sarif"]),
        (["cache", "in"], ["info"]),
        (["completion", "z"], ["zsh"]),
        (["scan", "dat"], ["(files)"]),
        (["scan", "--output", ""], ["(files)"]),
        (["scan", "--select", "nothing"], ["(files)"]),
    ],
)
def test_words_become(words: list[str], become: list[str]) -> None:
    assert completed(*words) == become


def test_rules_of_ones_own_complete(folder: Path) -> None:
    (folder / "contralint.toml").write_text('rules = ["own"]')
    (folder / "own").mkdir()
    (folder / "own" / "b.yaml").write_text("# mine\nname: 'no-cats'\nid: \"XX001\"\nexamples: {}\n")
    (folder / "own" / "half.yaml").write_text("id: XX002\n")
    (folder / "more.yaml").write_text("id: XX003\nname: no-dogs\n")
    assert completed("scan", "--select", "XX") == ["XX001"]
    assert completed("rule", "--rules", "more.yaml", "no-") == ["no-cats", "no-dogs"]
    assert completed("scan", "--isolated", "--select", "XX") == ["(files)"]


def test_a_broken_configuration_disturbs_no_prompt(folder: Path) -> None:
    (folder / "contralint.toml").write_text("rules = [")
    asked = run(cwd=folder, COMP_WORDS="contralint rule CL20", COMP_CWORD="2", **{COMPLETION: "bash_complete"})
    assert (asked.stdout, asked.stderr, asked.returncode) == ("plain,CL201\nplain,CL202\n", "", 0)


@pytest.mark.parametrize(
    ("name", "told"), [("zsh", "plain\nCL201\nrefusal-flip\n"), ("fish", "plain,CL201\trefusal-flip\n")]
)
def test_other_shells_get_descriptions(folder: Path, name: str, told: str) -> None:
    given = {"zsh": "2", "fish": "CL201"}[name]
    asked = run(cwd=folder, COMP_WORDS="contralint rule CL201", COMP_CWORD=given, **{COMPLETION: f"{name}_complete"})
    assert asked.stdout == told


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", name]) == 0
    script = capsys.readouterr().out
    assert f"{COMPLETION}={name}_complete" in script
    assert ("split -m 1" in script) is (name == "fish")


def test_an_unknown_instruction_is_refused(folder: Path) -> None:
    asked = run("scan", "a.jsonl", cwd=folder, **{COMPLETION: "csh_complete"})
    assert asked.returncode == 2
    assert asked.stderr.startswith("contralint: error: _CONTRALINT_COMPLETE is for the scripts of")


@pytest.mark.skipif(not shutil.which("bash") or sys.platform == "win32", reason="needs bash")
def test_bash_completes(folder: Path) -> None:
    program = folder / "contralint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m contralint "$@"\n')
    program.chmod(0o755)
    asked = shell(
        """
        unset -f contralint
        PATH=$PWD:$PATH
        eval "$(contralint completion bash)"
        complete -p contralint
        COMP_WORDS=(contralint scan --select CL20) COMP_CWORD=3
        _contralint_completion contralint
        echo "${COMPREPLY[@]}"
        """,
        folder,
    )
    assert asked.stderr == ""
    assert asked.stdout == "complete -o nosort -F _contralint_completion contralint\nCL201 CL202\n"
