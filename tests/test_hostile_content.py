"""Names, settings and files of others: nothing of them steers a terminal, runs, or takes more than it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.target import limited
from linting import alpaca, linter, write

from contralint.cli import main
from contralint.configfile import load_config
from contralint.errors import UsageError
from contralint.yamlfile import read_yaml

STEERING = "\x1b]0;title\x07\x9b31m\u202e"
FLIP = [alpaca("Can penguins fly?", "Yes, they can."), alpaca("Can penguins fly?", "No, penguins cannot fly.")]
RAW = {"\x1b", "\x07", "\x9b", "\u202e", "\r"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_yaml(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", f"{STEERING}none.jsonl"],
        ["scan", f"{STEERING}empty.jsonl"],
        ["scan", f"{STEERING}::error::x.jsonl", "--exit-zero"],
        ["scan", ".", "--exit-zero", "--show-settings"],
        ["scan", ".", "--exit-zero", "--statistics", "--verbose"],
        ["scan", ".", "--select", STEERING],
        ["scan", ".", "--config", f"{STEERING}.toml"],
        ["scan", ".", "--rules", f"{STEERING}.yaml"],
        ["scan", ".", f"--{STEERING}"],
        ["scan", ".", "--embedder", STEERING],
        [STEERING],
        ["rule", STEERING],
        ["config", STEERING],
        ["explain", STEERING],
        ["compare", f"{STEERING}:1", f"{STEERING}::error::x.jsonl:1"],
        ["baseline", ".", "-o", f"{STEERING}.baseline"],
        ["test-rules", STEERING],
        ["cache", "info", "--cache-dir", STEERING],
        ["cache", "clear", "--cache-dir", STEERING],
        ["fix", ".", "--strategy", "keep-majority", "--apply", "--isolated"],
        ["evals", "run", STEERING],
    ],
    ids=lambda arguments: " ".join(arguments).encode("unicode_escape").decode()[:40],
)
def test_no_command_says_raw_what_it_is_given(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write(Path(f"{STEERING}::error::x.jsonl"), FLIP)
    Path(f"{STEERING}empty.jsonl").write_text("")
    status = main(arguments)
    assert status in (0, 1, 2)
    shown = capsys.readouterr()
    assert shown.out or shown.err
    assert not set(shown.out + shown.err) & RAW
    assert not any(line.startswith("::") for line in (shown.out + shown.err).splitlines())


DEEP = ["[" * 100_000, "{a: " * 100_000, "- " * 3000 + "x", "".join(" " * at + "a:\n" for at in range(3000))]
LAUGHS = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)]
MERGES = [f"a{level}: &a{level} {{!!merge k: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 10)]


@pytest.mark.parametrize("text", DEEP)
def test_a_file_that_nests_without_end_is_refused(text: str) -> None:
    Path("rule.yaml").write_text(text)
    assert refused(Path("rule.yaml")).endswith("nested too deeply")


@pytest.mark.parametrize("text", ["a0: &a0 [x]\n" + "".join(LAUGHS), "a0: &a0 {x: 1}\n" + "".join(MERGES), "&a [*a]"])
def test_a_file_that_stands_for_more_than_it_holds_is_refused(text: str) -> None:
    Path("rule.yaml").write_text(text)
    assert "stands for more than 1,000,000 values" in refused(Path("rule.yaml"))


def test_aliases_of_use_are_read() -> None:
    Path("rule.yaml").write_text("a: &all [x, y]\nb: *all\n")
    assert read_yaml(Path("rule.yaml")).data == {"a": ["x", "y"], "b": ["x", "y"]}


@pytest.mark.parametrize(
    "value",
    [
        *("!!python/object/apply:os.system [x]", "!!python/name:os.system", "!!int x", "!!bool x", "!!float x"),
        *("!!timestamp x", "!!timestamp 9999-99-99", "!!set {x}", "!!binary eA==", "9" * 5000, "{!!merge k: {b: 1}}"),
    ],
)
def test_only_plain_values_are_read(value: str) -> None:
    Path("rule.yaml").write_text(f"a: 1\nb: {value}\n")
    assert refused(Path("rule.yaml")).startswith("rule.yaml:2: ")


@pytest.mark.parametrize("text", ["paths = " + "[" * 5000, "a = " + "{b = " * 5000, "jobs = " + "9" * 5000])
def test_settings_that_no_parser_takes_are_refused(text: str) -> None:
    Path("contralint.toml").write_text(text)
    with pytest.raises(UsageError, match=r"^contralint\.toml: "):
        load_config(Path("contralint.toml"))


@pytest.mark.parametrize("name", ["contralint.baseline.jsonl", "contralint.decisions.jsonl", "contralint.evals.jsonl"])
def test_ledgers_of_other_bytes_are_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_bytes(b'{"rule": "\xff\x80"}\n')
    write(Path("data.jsonl"), FLIP)
    given = ["--baseline", name] if "baseline" in name else ["--decisions", name]
    arguments = ["evals", "run", name, "--answers", "data.jsonl"] if "evals" in name else ["scan", ".", *given]
    assert main(arguments) == 2
    assert f"{name}:1: no " in capsys.readouterr().err


@pytest.mark.parametrize("part", ["\t", "-0", "_", "0x1F", "x(' ", "not ", "'s ", "日本語", "aB"])
def test_no_text_takes_longer_than_its_length(part: str) -> None:
    """A second or two, where patterns that try again from each character took minutes."""
    text = part * (40_000 // len(part))
    rows = [alpaca("What is this?", text), alpaca(text, "Yes."), alpaca("Hi", "No.", system=text)]
    with limited():
        assert linter(cache=False, jobs=1).lint_rows(rows).summary.records == 3


def test_a_row_of_digits_is_no_quantity() -> None:
    answers = [alpaca("How many are there?", "9" * digits) for digits in (400, 4000)]
    assert linter(cache=False).describe(answers[0])["quantities"] == []
    assert linter(cache=False).lint_rows(answers).summary.records == 2
