"""Rule files: reading, refusing, choosing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contralint.config import Config
from contralint.diagnostics import Severity
from contralint.errors import UsageError
from contralint.rulebook import Rule, configured, load_rules, read_rule_files, rules_folder, select
from contralint.selection import matching, named

GOOD = """\
id: XX101
name: tone-flip
severity: warning
kind: pair
message: polite here, rude there
help: keep one side
documentation:
  what it does: a
  why it harms training: b
  known problems: c
  conflict: d
  instead: e
  options: f
examples:
  conflict:
    - name: unquoted words stay words
      records:
        - {instruction: Is it noon?, output: No}
        - {instruction: What time is it?, output: 12:30}
        - {instruction: When was that?, output: 2024-05-01}
  ok: []
"""


def write(folder: Path, text: str = GOOD, name: str = "tone-flip.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped() -> dict[str, Rule]:
    return load_rules()


def test_shipped_rules_are_sorted_and_stand_in_files_of_their_name(shipped: dict[str, Rule]) -> None:
    assert list(shipped) == sorted(shipped)
    assert {f"{one.name}.yaml" for one in shipped.values()} == {path.name for path in rules_folder().glob("*.yaml")}


def test_shipped_examples_have_names_of_their_own(shipped: dict[str, Rule]) -> None:
    for one in shipped.values():
        names = [example.name for example in (*one.examples.conflict, *one.examples.ok)]
        assert len(names) == len(set(names)), one.id


def test_scalars_are_read_as_json_reads_them(tmp_path: Path) -> None:
    [file] = read_rule_files([write(tmp_path)])
    outputs = [record["output"] for record in file.rule.examples.conflict[0].records]
    assert outputs == ["No", "12:30", "2024-05-01"]


def test_numbers_booleans_and_null_keep_their_types(tmp_path: Path) -> None:
    text = GOOD.replace(
        "kind: pair", "kind: pair\nparameters: {a: 1, b: -2.5, c: true, d: null, e: 1e3, f: '1', g: 010}"
    )
    [file] = read_rule_files([write(tmp_path, text)])
    assert file.rule.parameters == {"a": 1, "b": -2.5, "c": True, "d": None, "e": 1000.0, "f": "1", "g": "010"}


def test_defaults(tmp_path: Path) -> None:
    [file] = read_rule_files([write(tmp_path)])
    read = file.rule
    assert (read.parameters, read.supersedes, read.lower_below, read.min_confidence, read.default) == (
        {},
        [],
        0,
        0,
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: XX101", "id: xx1", 1, r"regex .* \(at id\)"),
        ("name: tone-flip", "name: Tone Flip", 2, r"\(at name\)"),
        ("severity: warning", "severity: fatal", 3, r"'fatal' \(at severity\)"),
        ("kind: pair", "kind: ''", 4, r"\(at kind\)"),
        ("  known problems: c\n", "", 7, r"missing required field `known problems` \(at documentation\)"),
        ("  instead: e", "  insted: e", 12, r"unknown field `insted` \(at documentation.insted\)"),
        ("  options: f", "  options: f\n  options: g", 14, r"'options' stands twice"),
        ("  ok: []", "  ok: 3", 21, r"got `int` \(at examples.ok\)"),
        ("  ok: []", "  ok: [{name: n}]", 21, r"needs `records`"),
        ("  ok: []", "  ok: []\nmin_confidence: 1.5", 22, r"\(at min_confidence\)"),
        ("kind: pair", "kind: [pair", 5, r"expected"),
        ("kind: pair", "kind: !!python/object/apply:os.getcwd []", 4, r"could not determine a constructor"),
    ],
)
def test_errors_name_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(UsageError) as error:
        read_rule_files([path])
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert re.search(says, str(error.value))
    assert "\n" not in str(error.value)


def test_places_are_told_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [file] = read_rule_files([write(tmp_path)])
    assert file.source.place("examples", "conflict", 0, "records", 1) == "tone-flip.yaml:19"
    assert file.source.place("examples", "nowhere") == "tone-flip.yaml:14"


@pytest.mark.parametrize(("key", "second"), [("id", "name: other-flip"), ("name", "id: XX102")])
def test_twins_are_refused(tmp_path: Path, key: str, second: str) -> None:
    write(tmp_path)
    write(tmp_path, re.sub(rf"^{second.split(':')[0]}:.*$", second, GOOD, count=1, flags=re.MULTILINE), "zz.yaml")
    with pytest.raises(UsageError, match=rf"zz.yaml:\d: {key} .* is taken by .*tone-flip.yaml:\d"):
        read_rule_files([tmp_path])


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert len(read_rule_files([path, tmp_path])) == 1


def test_subfolders_hold_no_rules(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.yaml").write_text("- no rule", encoding="utf-8")
    assert [file.rule.id for file in read_rule_files([tmp_path])] == ["XX101"]


@pytest.mark.parametrize("name", ["missing.yaml", "empty"])
def test_nothing_to_read_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=name):
        read_rule_files([tmp_path / name])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- 1\n", b"a: \x00\n"])
def test_odd_files_are_the_users_to_mend(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"odd\.yaml"):
        read_rule_files([path])


def test_own_rules_join_those_that_ship(tmp_path: Path) -> None:
    assert {"XX101", "CL001"} <= set(load_rules([write(tmp_path)]))


def test_superseding_a_rule_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "supersedes:\n  - CL001\n  - CL999\n")
    with pytest.raises(UsageError, match=r"tone-flip\.yaml:24: unknown rule 'CL999'"):
        load_rules([path])


RULES_BY_NAME = {"CL101": "answer-flip", "CL201": "refusal-flip", "CL202": "partial-refusal", "CL503": "length-flip"}


@pytest.fixture
def four(tmp_path: Path) -> dict[str, Rule]:
    for key, name in RULES_BY_NAME.items():
        text = GOOD.replace("XX101", key).replace("tone-flip", name)
        write(tmp_path, text + ("default: false\n" if key == "CL503" else ""), f"{name}.yaml")
    return {file.rule.id: file.rule for file in read_rule_files([tmp_path])}


@pytest.mark.parametrize(
    ("chosen", "added", "ignored", "expected"),
    [
        ([], [], [], ["CL101", "CL201", "CL202"]),
        (["CL2"], [], [], ["CL201", "CL202"]),
        (["refusal-flip", "CL5"], [], [], ["CL201", "CL503"]),
        (["ALL"], [], ["CL2"], ["CL101", "CL503"]),
        ([], ["CL503"], ["CL101"], ["CL201", "CL202", "CL503"]),
        (["CL201"], [], ["CL2"], ["CL201"]),
        (["CL2"], [], ["partial-refusal"], ["CL201"]),
        (["CL2"], [], ["CL2"], []),
        ([], [], ["ALL"], []),
    ],
)
def test_select(
    four: dict[str, Rule], chosen: list[str], added: list[str], ignored: list[str], expected: list[str]
) -> None:
    assert list(select(four, chosen, added, ignored)) == expected


@pytest.mark.parametrize(
    ("word", "hint"), [("cl201", "'CL201'"), ("refusal-flop", "'refusal-flip'"), ("cl2", "'CL2'"), ("", "''")]
)
def test_unknown_words_are_refused_with_a_hint(four: dict[str, Rule], word: str, hint: str) -> None:
    with pytest.raises(UsageError, match=re.escape(hint)):
        select(four, ignore=[word])


def test_words_mean_rules(four: dict[str, Rule]) -> None:
    assert matching(four, "CL2") == ["CL201", "CL202"]
    assert named(four, "length-flip").id == "CL503"
    with pytest.raises(UsageError, match="unknown rule 'CL2'"):
        named(four, "CL2")


def test_severities_of_a_configuration(shipped: dict[str, Rule]) -> None:
    rules = configured(load_rules(), Config(severity={"CL0": "note", "CL001": "off", "unknown-shape": "warning"}))
    assert "CL001" not in rules
    assert rules["CL002"].severity is Severity.WARNING
    assert rules["CL003"].severity is Severity.NOTE
    assert rules["CL101"] == shipped["CL101"]
    with pytest.raises(UsageError, match="unknown rule 'CL9'"):
        configured(load_rules(), Config(severity={"CL9": "off"}))
