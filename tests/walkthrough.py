"""What pages of documentation show: files and changes of files, commands and their output, code and its output."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
_FILE = re.compile(r"^`(?P<path>[^`\n]+)`:\n\n```(?P<form>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
# Indented text up to the next command, or to a line that is not indented.
_OUTPUT = r"(?P<output>(?:(?:    (?!contralint |python )[^\n]*)?\n)*)"
_COMMAND = re.compile(rf"^    (?P<command>(?:contralint|python) [^#\n]*).*\n{_OUTPUT}", re.MULTILINE)
_CODE = re.compile(rf"^```(?P<form>\w+)\n(?P<text>.*?)^```\n(?=\n)(?:{_OUTPUT})", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A file that a page shows, or a change of one."""

    path: str
    form: str
    text: str

    @property
    def change(self) -> int:
        """Lines that it adds, blank ones apart."""
        lines = self.text.splitlines()
        added = [line[1:] for line in lines if line.startswith("+")] if self.form == "diff" else lines
        return sum(bool(line.strip()) for line in added)

    def apply(self, root: Path) -> None:
        """Writes the file, or changes it: each hunk must fit in one place."""
        path = root / self.path
        path.parent.mkdir(exist_ok=True)
        if self.form != "diff":
            path.write_text(self.text, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        for hunk in self.text.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            old, new = ("".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
            assert text.count(old) == 1, f"{self.path}: {old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


class Shown(NamedTuple):
    """A command or code of a page, and the output that the page shows; some lines of it may be left out."""

    text: str
    output: str

    @property
    def lines(self) -> list[str]:
        """The lines of the output that hold anything."""
        return [line for line in self.output.splitlines() if line.strip()]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    return (Block(match["path"], match["form"], match["text"]) for match in _FILE.finditer(text))


def commands(text: str) -> list[Shown]:
    return [step for step in steps(text) if isinstance(step, Shown)]


def code(text: str, form: str) -> list[Shown]:
    """Fenced blocks of a language, with what is indented below each."""
    found = (match for match in _CODE.finditer(text) if match["form"] == form)
    return [Shown(match["text"], textwrap.dedent(match["output"])) for match in found]


def steps(text: str) -> Iterator[Block | Shown]:
    """The files that a page shows and the commands that it runs, in its order."""
    found: list[tuple[int, Block | Shown]] = [(match.start(), Block(*match.groups())) for match in _FILE.finditer(text)]
    found += [
        (match.start(), Shown(match["command"].strip(), textwrap.dedent(match["output"])))
        for match in _COMMAND.finditer(text)
    ]
    return (step for _, step in sorted(found, key=lambda each: each[0]))
