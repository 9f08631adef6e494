"""Mistyped command lines: one line that names what was meant, for every command, option and choice there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from contralint.cli import cli, main


def options(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Option]]:
    """Every option there is, with the words of its command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield from (((*path, name), each) for each in command.params if isinstance(each, click.Option))
        if isinstance(command, click.Group):
            yield from options(command, (*path, name))


def complaint(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("contralint: error: ")
    assert shown.err.count("\n") == 1
    return shown.err.removeprefix("contralint: error: ").rstrip()


LONG = [(command, name) for command, option in options() for name in option.opts if name.startswith("--")]
CHOICES = [(command, option) for command, option in options() if isinstance(option.type, click.Choice)]
VALUED = [(command, option) for command, option in options() if not option.is_flag]


@pytest.mark.parametrize(("command", "name"), LONG)
def test_a_mistyped_option_names_the_one_that_was_meant(
    command: tuple[str, ...], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = name[:3] + name[4:]
    assert complaint([*command, typed], capsys) == f"no such option '{typed}'; did you mean '{name}'?"


@pytest.mark.parametrize(("command", "option"), CHOICES)
def test_a_mistyped_choice_names_the_one_that_was_meant(
    command: tuple[str, ...], option: click.Option, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(option.type, click.Choice)
    for word in map(str, option.type.choices):
        said = complaint([*command, option.opts[-1], word + word[-1]], capsys)
        assert said.startswith(f"{max(option.opts, key=len)}: '{word + word[-1]}' is not one of '")
        assert said.endswith(f"; did you mean '{word}'?")


@pytest.mark.parametrize(("command", "option"), VALUED)
def test_a_missing_value_is_asked_for(
    command: tuple[str, ...], option: click.Option, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in option.opts:
        said = complaint([*command, name], capsys)
        assert said.startswith(f"{name} needs a value: {name} ")
        assert not said.endswith(f"{name} VALUE"), "an option says what its value is by `metavar`"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan", "--zzz"], "no such option '--zzz'"),
        (["--quiet", "scan"], "no such option '--quiet'; options follow the command, as in: contralint scan --help"),
        (["scan", "--format", "zzz"], "--format: 'zzz' is not one of 'text', 'json', "),
        (["scan", "--quiet=3"], "option '--quiet' does not take a value"),
        (["scan", "--jobs", "two"], "--jobs: 'two' is not a valid integer"),
        (["rule", "CL001", "CL002"], "got unexpected extra argument (CL002)"),
        (["explain"], "missing argument 'FINGERPRINT': contralint explain [OPTIONS] FINGERPRINT [PATH]..."),
        (["scan", "--select", "refusal-flp"], "unknown rule 'refusal-flp'; did you mean 'refusal-flip'?"),
        (["cache", "infoo"], "no such command 'infoo'; did you mean 'info'?"),
        (["zzz"], "no such command 'zzz'"),
        (["data.jsonl"], "no such command 'data.jsonl'; did you mean 'contralint scan data.jsonl'?"),
    ],
)
def test_other_slips(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.jsonl").write_text("{}")
    said = complaint([*arguments, "data.jsonl"] if "--select" in arguments else arguments, capsys)
    assert said.startswith(says)
    assert said == says or says.endswith(" ")
