from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.form import Form, form
from contralint.facets.wished_form import asks_for_data, names_forms

PYTHON = "```python\ndef f(x):\n    return x\n```"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a": 1}', "JSON"),
        ('```json\n{"a": 1}\n```', "JSON"),
        ('Here you go:\n\n```\n{"a": 1}\n```', "JSON"),
        ('[{"a": 1}, {"a": 2}]', "JSON"),
        ('{"a": "cut', "prose"),
        ("[1]", "prose"),
        ("name: Ada\nborn: 1815", "YAML"),
        ("- name: Ada\n  born: 1815\n- name: Alan\n  born: 1912", "YAML"),
        ("Note: this is long. It goes on.\nSecond: another one. And more.", "prose"),
        ('title = "Tea"\n[shop]\nopen = true', "TOML"),
        ("<p>Hello</p>", "XML"),
        ("<3 you", "prose"),
        ("name,born,town\nAda,1815,London", "CSV"),
        ("Tea, milk\nSugar, honey", "prose"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "table"),
        ("- one\n- two", "list"),
        ("1. one\n2) two", "list"),
        ("A sentence - with a dash.\n2 more things.", "prose"),
        (PYTHON, "code"),
        ("def f(x):\n    return x", "code"),
        ("\\begin{itemize}\n\\item one\n\\end{itemize}", "LaTeX"),
        ("Yes.", "prose"),
        ("", "prose"),
    ],
)
def test_forms_are_told_apart(text: str, name: str) -> None:
    assert form(text).name == name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PYTHON, "Python"),
        ("```\nconst f = (x) => x;\n```", "JavaScript"),
        ("```cpp\nint main() {}\n```", "C++"),
        ("```\nnothing known\n```", ""),
    ],
)
def test_code_tells_its_language(text: str, language: str) -> None:
    assert form(text) == Form("code", language)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8), min_size=1), st.integers(0, 4))
def test_any_object_is_json_however_it_is_laid_out(value: dict[str, int | str], indent: int) -> None:
    written = json.dumps(value, indent=indent or None, ensure_ascii=False)
    assert form(written).name == form(f"```json\n{written}\n```").name == "JSON"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet='{}[]<>|-:=,.`\n ab1"#', max_size=80))
def test_any_text_has_a_form(text: str) -> None:
    assert form(text).shown


@pytest.mark.parametrize(
    ("request_text", "wanted"),
    [
        ("Extract all names.", True),
        ("Parse this line into fields: a, b", True),
        ("Make a timetable out of this.", True),
        ("Any tips for a long flight?", False),
        ("Tell me a story about a hedgehog.", False),
    ],
)
def test_requests_for_data_are_told_by_their_words(request_text: str, wanted: bool) -> None:
    assert asks_for_data(request_text) is wanted


def test_a_request_names_a_form_or_shows_one() -> None:
    assert names_forms("As YAML, please") == {"YAML"}
    assert names_forms('Text: a\nOutput: {"a": 1}') == {"JSON"}
    assert names_forms("What is tea?") == frozenset()
