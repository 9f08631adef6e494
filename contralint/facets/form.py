"""Which form a response has: JSON, YAML, XML, CSV, a table, a list, code or prose."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from contralint.patterns import DOTALL, MULTILINE, lazy_pattern

FormName = Literal["JSON", "YAML", "TOML", "XML", "CSV", "table", "LaTeX", "code", "list", "prose"]

# Forms that a program reads: two of these are never two ways of saying the same to a reader.
DATA: frozenset[FormName] = frozenset(("JSON", "YAML", "TOML", "XML", "CSV", "table"))
_FENCE = lazy_pattern(r"^[ \t]*```[ \t]*([\w+#.-]*)[^\n]*\n(.*?)(?:^[ \t]*```|\Z)", DOTALL | MULTILINE)
_TABLE_RULE = lazy_pattern(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", MULTILINE)
_TAG = lazy_pattern(r"<([A-Za-z][\w.-]*)(?:\s[^<>]{0,400})?>")
_PAIR = lazy_pattern(r"^[ \t]*(?:- )?[\p{L}_\"'][\p{L}\p{N}_ \"'.-]{0,40}:(?:[ \t]+\S.*|[ \t]*)$")
_ASSIGNMENT = lazy_pattern(
    r"^[ \t]*(?:\[[\w. \"-]+\]|[\w.-]{1,40}[ \t]*=[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[\d.+:TZ-]+|true|false|\[.*\]))$"
)
_ITEM = lazy_pattern(r"^[ \t]*(?:[-*•–‣]|\(?\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+\S")
_LATEX = lazy_pattern(r"\\(?:begin\{\w+|documentclass|section\{|item\b|usepackage)")
_LANGUAGES = {
    "Python": lazy_pattern(r"^\s*(?:def \w+\(.*\).*:|from [\w.]+ import |import \w+$|elif .*:|print\()", MULTILINE),
    "JavaScript": lazy_pattern(
        r"^\s*(?:export )?(?:async )?function \w*\(|\bconsole\.log\(|^\s*(?:const|let) \w+ = |=>\s*[{(\w]",
        MULTILINE,
    ),
    "Java": lazy_pattern(r"\bpublic (?:static |final )*(?:class|void|int|String|boolean)\b|System\.out\.print"),
    "C#": lazy_pattern(r"^\s*using System;|Console\.Write|\bnamespace \w+", MULTILINE),
    "C": lazy_pattern(r"^\s*#include\s*<", MULTILINE),
    "Go": lazy_pattern(r"^\s*func (?:\(.*\) )?\w+\(.*\{$|^package \w+$|\bfmt\.Print", MULTILINE),
    "Rust": lazy_pattern(r"\bfn \w+(?:<[^>]*>)?\(.*\).*\{|\bprintln!\(|\blet mut\b"),
    "Ruby": lazy_pattern(r"^\s*def [\w?!]+(?:\(.*\))?$|^\s*puts ", MULTILINE),
    "PHP": lazy_pattern(r"<\?php|^\s*\$\w+ = |\becho \$", MULTILINE),
    "SQL": lazy_pattern(r"^\s*(?:SELECT\s.*|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)", MULTILINE),
    "shell": lazy_pattern(r"^\s*(?:\$ |#!/bin/(?:ba)?sh|(?:sudo|grep|awk|sed|echo|curl|for \w+ in) )", MULTILINE),
}
_INFO = {
    "py": "Python", "python": "Python", "python3": "Python", "js": "JavaScript", "javascript": "JavaScript",
    "jsx": "JavaScript", "node": "JavaScript", "ts": "TypeScript", "typescript": "TypeScript", "java": "Java",
    "c": "C", "cpp": "C++", "c++": "C++", "cs": "C#", "csharp": "C#", "c#": "C#", "go": "Go", "golang": "Go",
    "rust": "Rust", "rs": "Rust", "ruby": "Ruby", "rb": "Ruby", "php": "PHP", "sql": "SQL", "sh": "shell",
    "bash": "shell", "shell": "shell", "kotlin": "Kotlin", "swift": "Swift", "r": "R", "perl": "Perl",
    "haskell": "Haskell", "scala": "Scala", "powershell": "PowerShell",
}  # fmt: skip
_FENCED_FORMS: dict[str, FormName] = {
    "json": "JSON", "yaml": "YAML", "yml": "YAML", "toml": "TOML", "ini": "TOML", "xml": "XML", "html": "XML",
    "csv": "CSV", "tsv": "CSV", "latex": "LaTeX", "tex": "LaTeX",
}  # fmt: skip
_LEAD = 200  # characters of prose around a fence that only introduce what stands in it
_LINES, _COLUMNS = 2, 3  # rows and columns from which commas make a table of values
_LONG = 20_000  # characters that are read


@dataclass(frozen=True)
class Form:
    """The form of a response.

    Attributes:
        language: Of code, its programming language; "" where it does not show.
    """

    name: FormName
    language: str = ""

    @property
    def shown(self) -> str:
        return f"{self.language} code".strip() if self.name == "code" else self.name


def form(text: str) -> Form:
    """Reads the form of a text as a whole: a lead-in line, a code fence, indentation or order do not matter."""
    text = text[:_LONG].strip()
    fences = list(_FENCE.finditer(text))
    if fences and len(_FENCE.sub("", text).strip()) <= _LEAD * len(fences):
        return _fenced(fences[0][1].casefold(), fences[0][2].strip())
    if fences:
        return Form("code", _language(fences[0][1].casefold(), fences[0][2]))
    return _bare(text)


def _fenced(info: str, content: str) -> Form:
    if info in _FENCED_FORMS:
        return Form(_FENCED_FORMS[info])
    bare = _bare(content)
    if info in _INFO or bare.name not in DATA:
        return Form("code", _language(info, content))
    return bare


def _bare(text: str) -> Form:
    for name, holds in _TESTS:
        if holds(text):
            return Form(name)
    code = _language("", text)
    if code and text.count("\n") >= 1:
        return Form("code", code)
    items = sum(bool(_ITEM.match(line)) for line in text.splitlines())
    return Form("list" if items >= _LINES else "prose")


def _language(info: str, content: str) -> str:
    if info in _INFO:
        return _INFO[info]
    return next((name for name, pattern in _LANGUAGES.items() if pattern.search(content)), "")


def _is_json(text: str) -> bool:
    if text[:1] not in "{[" or text[-1:] not in "}]" or len(text) < 2:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _LOOSE_JSON.match(text) is not None
    # "[1]" and "[citation needed]" are prose as much as data.
    return isinstance(value, dict) or any(isinstance(item, (dict, str)) for item in value) or len(value) > 1


_LOOSE_JSON = lazy_pattern(r"[{\[]\s*(?:\{\s*)?[\"'][\w -]+[\"']\s*:")


def _is_xml(text: str) -> bool:
    if not text.startswith("<") or not text.endswith(">"):
        return False
    opened = [match[1] for match in _TAG.finditer(text)]
    return bool(opened) and (f"</{opened[0]}>" in text or text.startswith(("<?xml", "<!DOCTYPE")))


def _is_table(text: str) -> bool:
    return bool(_TABLE_RULE.search(text)) and text.count("|") >= 4


def _is_toml(text: str) -> bool:
    lines = _filled(text)
    return bool(lines) and any("=" in line for line in lines) and all(map(_ASSIGNMENT.match, lines))


def _is_yaml(text: str) -> bool:
    """Lines of "key: value", lists of them, or keys with lists beneath: at least two keys, and nothing else."""
    lines = _filled(text)
    keys = [line for line in lines if _PAIR.match(line)]
    if len(keys) < _LINES or _SENTENCE.search(text):
        return False
    bare = [line for line in keys if line.rstrip().endswith(":")]
    items = [line for line in lines if line not in keys and _DASH.match(line)]
    indented = all(line[:1] in " \t" for line in items) or not bare
    return len(keys) + len(items) == len(lines) and (not items or indented) and "\n\n" not in text


_DASH = lazy_pattern(r"^[ \t]*- \S")
# A value that goes on after a full stop is a statement to a reader.
_SENTENCE = lazy_pattern(r"[\p{L})]{2}[.!?] +\p{Lu}|^.{120,}$", MULTILINE)


def _is_csv(text: str) -> bool:
    lines = _filled(text)
    if len(lines) < _LINES or any(_ITEM.match(line) for line in lines):
        return False
    for delimiter in ",;\t":
        if all(delimiter in line for line in lines):
            widths = {len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)}
            cells = [cell for line in lines for cell in line.split(delimiter)]
            return len(widths) == 1 and max(widths) >= _COLUMNS and all(len(cell) <= 40 for cell in cells)
    return False


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and line.strip() != "---"]


_TESTS: tuple[tuple[FormName, Callable[[str], bool]], ...] = (
    ("JSON", _is_json),
    ("XML", _is_xml),
    ("table", _is_table),
    ("TOML", _is_toml),
    ("LaTeX", lambda text: bool(_LATEX.search(text))),
    ("CSV", _is_csv),
    ("YAML", _is_yaml),
)
