"""`contralint scan`: options, outputs, exit statuses. The linter itself is a double."""

from __future__ import annotations

import errno
import io
import re
import sys
import types
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pytest

from contralint.cli import main
from contralint.config import Config
from contralint.diagnostics import Diagnostic, Location, Report, Severity, Side
from contralint.errors import UsageError
from contralint.progress import Progress
from contralint.rulebook import load_rules


def report(severity: Severity) -> Report:
    place = Location("a.jsonl", 1, 0, None, "response", 1, 1, 2, "x")
    found = Diagnostic(
        "CL003", "empty-response", severity, 0.9, "nothing", "0" * 16, (Side("empty", "empty", (place,)),)
    )
    return Report.of([found], files=1, records=2, unread=0)


@dataclass
class Double:
    """Stands where contralint.linter does, and keeps what it was asked."""

    severity: Severity = Severity.WARNING
    error: BaseException | None = None
    config: Config = field(default_factory=Config)
    paths: Sequence[str] = ()
    models: object = None

    def Linter(self, config: Config, *, progress: Progress) -> Double:  # noqa: N802 (the name it stands for)
        self.config, self.progress = config, progress
        self.rules = load_rules()
        return self

    def lint_paths(self, paths: Sequence[str], **_: object) -> Report:
        self.progress.stage("reading", 3)
        self.progress.advance(3)
        self.progress.stage("comparing", None)
        self.progress.advance(5)
        if self.error:
            raise self.error
        self.paths = paths
        return report(self.severity)


class Screen(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def linter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Double:
    double, module = Double(), types.ModuleType("contralint.linter")
    vars(module)["Linter"] = double.Linter
    monkeypatch.setitem(sys.modules, "contralint.linter", module)
    monkeypatch.chdir(tmp_path)
    return double


@pytest.mark.parametrize(
    ("severity", "options", "status"),
    [
        (Severity.WARNING, [], 1),
        (Severity.NOTE, [], 0),
        (Severity.NOTE, ["--fail-on", "note"], 1),
        (Severity.WARNING, ["--fail-on", "error"], 0),
        (Severity.ERROR, ["--fail-on", "never"], 0),
        (Severity.ERROR, ["--exit-zero"], 0),
    ],
)
def test_exit_status(linter: Double, severity: Severity, options: list[str], status: int) -> None:
    linter.severity = severity
    assert main(["scan", "a.jsonl", *options]) == status


def test_options_reach_the_linter(linter: Double, tmp_path: Path) -> None:
    (tmp_path / "contralint.toml").write_text('extend-select = ["CL503"]\njobs = 1\nfail-on = "never"\nschema = "qa"')
    options = ["--select", "CL2,CL1", "--select", "CL3", "--extend-select", "CL004", "--ignore", "CL202"]
    options += ["--map", "instruction=ask", "--map", "response=a=b", "--jobs", "2", "--min-confidence", "0.5"]
    assert main(["scan", "b", "a", *options]) == 0
    assert linter.paths == ["b", "a"]
    assert linter.config == Config(
        select=["CL2", "CL1", "CL3"],
        extend_select=["CL503", "CL004"],
        ignore=["CL202"],
        map={"instruction": "ask", "response": "a=b"},
        jobs=2,
        min_confidence=0.5,
        fail_on="never",
        schema="qa",
    )
    main(["scan", "a", "--isolated"])
    assert linter.config == Config()


def test_paths_of_the_configuration(linter: Double, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan"]) == 2
    assert "nothing to scan: give a PATH" in capsys.readouterr().err
    (tmp_path / "contralint.toml").write_text('paths = ["data"]')
    main(["scan"])
    assert linter.paths == ["data"]


@pytest.mark.usefixtures("linter")
def test_each_format_goes_to_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--format", "json", "-o", "r.json", "--format", "text", "--format", "sarif", "--output", "r.sarif"]
    main(["scan", "a", *options])
    shown = capsys.readouterr()
    assert "warning[CL003]" in shown.out
    assert shown.err == ""
    assert orjson.loads((tmp_path / "r.json").read_bytes()) == report(Severity.WARNING).to_dict()
    assert orjson.loads((tmp_path / "r.sarif").read_bytes())["version"] == "2.1.0"


def test_unwritable_outputs_are_refused_before_the_scan(linter: Double, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "a", "-o", "nowhere/r.txt"]) == 2
    assert "cannot write nowhere/r.txt" in capsys.readouterr().err
    assert linter.paths == ()


@pytest.mark.usefixtures("linter")
@pytest.mark.parametrize(
    ("option", "variables", "colored"),
    [
        ("auto", {}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_color(
    option: str,
    variables: dict[str, str],
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    main(["scan", "a", "--color", option])
    assert ("\x1b[" in capsys.readouterr().out) is colored


@pytest.mark.usefixtures("linter")
def test_files_get_no_colors_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["scan", "a", "-o", "plain.txt"])
    main(["scan", "a", "-o", "colored.txt", "--color", "always"])
    assert "\x1b[" not in (tmp_path / "plain.txt").read_text()
    assert "\x1b[" in (tmp_path / "colored.txt").read_text()


@pytest.mark.usefixtures("linter")
def test_progress_is_silent_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", "a"])
    assert capsys.readouterr().err == ""
    main(["scan", "a", "--verbose", "--no-progress"])
    main(["scan", "a", "--progress"])
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" s  ")[1] for line in lines] == ["reading (3)", "comparing", "done"] * 2


def test_the_bar_follows_stages_on_a_terminal(linter: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    main(["scan", "a", "--quiet"])
    assert screen.getvalue() == ""
    main(["scan", "a"])
    assert "reading" in screen.getvalue()
    assert "5/?" in screen.getvalue()
    assert linter.paths == ["a"]


@pytest.mark.usefixtures("linter")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan", "a", "--selct", "CL2"], "--selct"),
        (["scan", "a", "--format", "xml"], "'xml' is not one of 'text', 'json', 'jsonl', 'sarif'"),
        (["scan", "a", "--map", "instruction"], "'instruction' is not of the form FIELD=COLUMN"),
        (["scan", "a", "--jobs", "0"], "jobs: expected `int` >= 1"),
        (["scan", "a", "--min-confidence", "7"], "min-confidence: expected `float` <= 1.0"),
        (["scan", "a", "--config", "none.toml"], "none.toml: cannot be read"),
        (["scna", "a"], "no such command 'scna'; did you mean 'scan'?"),
    ],
)
def test_bad_usage_is_one_clear_line(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("contralint: error: ")
    assert says in shown.err
    assert shown.err.count("\n") == 1


def test_the_users_errors_end_with_2(linter: Double, capsys: pytest.CaptureFixture[str]) -> None:
    linter.error = UsageError("mend\nthis")
    assert main(["scan", "a"]) == 2
    assert capsys.readouterr().err == "contralint: error: mend this\n"


def test_our_errors_end_with_3_and_a_report(linter: Double, capsys: pytest.CaptureFixture[str]) -> None:
    linter.error = ZeroDivisionError("what a record says\x1b[31m")
    assert main(["scan", "a b", "--select", "CL2"]) == 3
    head, _, report = capsys.readouterr().err.partition("\n\n")
    assert head.startswith("contralint: internal error: ZeroDivisionError: what a record says\\x1b[31m\n")
    assert re.search(r"^contralint 0\S+, Python 3\.\d+\.\d+, \S+$", report, re.MULTILINE)
    assert re.search(r"^click [\d.]+, .*numpy [\d.]+", report, re.MULTILINE)
    assert "\n$ contralint scan 'a b' --select CL2\n" in report
    assert "\n  contralint/cli/boundary.py:" in report
    assert report.rstrip().endswith("builtins.ZeroDivisionError")
    assert "what a record says" not in report
    assert str(Path.home()) not in report


def test_a_report_tells_what_led_to_an_error(linter: Double, capsys: pytest.CaptureFixture[str]) -> None:
    linter.error = ValueError()
    linter.error.__cause__ = KeyError("some words")
    assert main(["scan", "a"]) == 3
    report = capsys.readouterr().err
    assert "builtins.KeyError\n\nwhich led to:\nTraceback" in report
    assert "some words" not in report


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "cannot write: No space left on device"),
        (PermissionError(errno.EACCES, "Permission denied", "cache/a"), "cache/a: Permission denied"),
    ],
)
def test_troubles_of_the_machine_are_no_bugs(
    linter: Double, error: OSError, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    linter.error = error
    assert main(["scan", "a"]) == 2
    assert capsys.readouterr().err == f"contralint: error: {says}\n"


@pytest.mark.usefixtures("linter")
def test_quiet_prints_diagnostics_alone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", "a"])
    loud = capsys.readouterr().out
    main(["scan", "a", "-q"])
    quiet = capsys.readouterr()
    assert loud == quiet.out + "Found 1 diagnostic (1 warning) in 2 records of 1 file.\n"
    assert quiet.err == ""
    main(["scan", "a", "--quiet", "--statistics"])
    assert capsys.readouterr().out == "1  CL003  empty-response  warning\n"


def test_interrupting_ends_with_130(linter: Double, capsys: pytest.CaptureFixture[str]) -> None:
    linter.error = KeyboardInterrupt()
    assert main(["scan", "a"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "test-rules" in shown.err


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "-h"], ["--version"]])
def test_asking_for_help_is_no_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "contralint" in capsys.readouterr().out
