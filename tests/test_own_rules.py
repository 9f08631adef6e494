"""Rules of users' own: the tutorial, rule packs, changed parameters, examples still to do, and the schema."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest
import yaml

from contralint import Config, Linter
from contralint.cli import main
from contralint.errors import UsageError
from contralint.examples import check_examples
from contralint.rulebook import Examples, Rule, configured, load_rules, rules_folder
from contralint.rulefiles import rule_packs as installed_packs

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "write-a-rule.md"
SCHEMA = json.loads((rules_folder() / "schema" / "rule.schema.json").read_text(encoding="utf-8"))


def tutorial_block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_rule_of_the_tutorial_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "decline-or-ask.yaml").write_text(tutorial_block("yaml"), encoding="utf-8")
    assert main(["test-rules", str(rules)]) == 0
    assert "2 examples of 1 rules passed" in capsys.readouterr().out


def test_the_configuration_of_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "decline-or-ask.yaml").write_text(tutorial_block("yaml"), encoding="utf-8")
    (tmp_path / "contralint.toml").write_text(tutorial_block("toml"), encoding="utf-8")
    (tmp_path / "data").mkdir()
    rows = [
        {"instruction": "Cancel my order.", "output": "I'm sorry, but I can't help with cancelling orders."},
        {"instruction": "Cancel my order.", "output": "Which order would you like me to cancel?"},
    ]
    (tmp_path / "data" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["scan", "--fail-on", "error"]) == 1


@pytest.mark.parametrize("path", sorted(rules_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_rules_fit_the_schema(path: Path) -> None:
    jsonschema.validate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), _loosened(SCHEMA))


def _loosened(schema: object) -> object:
    """The schema for scalars that were read as text, as YAML's base loader leaves them."""
    if isinstance(schema, dict):
        if schema.get("type") in ("number", "boolean"):
            return {}
        return {key: _loosened(value) for key, value in schema.items()}
    return [_loosened(value) for value in schema] if isinstance(schema, list) else schema


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    wrong = {**yaml.safe_load(tutorial_block("yaml")), "severity": "warn"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


def test_parameters_are_changed_by_a_configuration() -> None:
    rules = configured(load_rules(), Config(parameters={"refusal-flip": {"same_request": 1}}))
    assert rules["CL201"].parameters == {**load_rules()["CL201"].parameters, "same_request": 1}


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"CL999": {}}, "unknown rule 'CL999'"),
        ({"CL201": {"same_reqest": 1}}, "no parameter 'same_reqest'.*same_request"),
        ({"CL201": {"same_request": "high"}}, "'same_request' must be a number"),
        ({"CL201": {"same_request": True}}, "'same_request' must be a number"),
        ({"CL201": {"sides": "refuses"}}, "'sides' must be a list"),
    ],
)
def test_wrong_parameters_are_refused(parameters: dict[str, dict[str, object]], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        configured(load_rules(), Config(parameters=parameters))


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a rule in it, whose code must not run."""
    package = tmp_path / "acme_rules"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('code of a rule pack was run')", encoding="utf-8")
    (package / "decline-or-ask.yaml").write_text(tutorial_block("yaml"), encoding="utf-8")
    info = tmp_path / "acme_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[contralint.rules]\nacme = acme_rules\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return package


def test_a_rule_pack_is_found_and_not_run(pack: Path) -> None:
    assert installed_packs() == [pack]
    assert "ACME101" in Linter().rules
    assert "acme_rules" not in sys.modules


def test_a_pack_without_rules_is_an_error(pack: Path) -> None:
    (pack / "decline-or-ask.yaml").unlink()
    with pytest.raises(UsageError, match="acme_rules: no rule file"):
        load_rules()


def test_a_pack_that_is_not_there_is_an_error(pack: Path) -> None:
    (pack / "__init__.py").unlink()
    (pack / "decline-or-ask.yaml").unlink()
    pack.rmdir()
    with pytest.raises(UsageError, match="rule pack 'acme': acme_rules"):
        load_rules()


def test_an_example_still_to_do_fails_once_it_works() -> None:
    rule = load_rules()["CL003"]
    swapped = {"conflict": rule.examples.ok[:1], "ok": rule.examples.conflict[:1]}
    assert check_examples({"CL003": with_todo(rule, **swapped)}) == []
    working = {"conflict": rule.examples.conflict[:1], "ok": rule.examples.ok[:1]}
    failures = check_examples({"CL003": with_todo(rule, **working)})
    assert [failure.found for failure in failures] == ["CL003: move it to `conflict:`", "nothing: move it to `ok:`"]


def with_todo(rule: Rule, **todo: object) -> Rule:
    examples = msgspec.convert({"todo": msgspec.to_builtins(todo)}, Examples)
    return msgspec.structs.replace(rule, examples=examples)
