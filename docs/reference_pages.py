"""Writes what the program says of itself: the JSON Schema of configurations, and the pages of commands and settings.

    python docs/reference_pages.py

Of the pages, what stands below the mark is made; what stands above it is written by hand. The tests check that what is
committed is what this writes.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import orjson

from contralint.cli import cli
from contralint.cli.config_pages import SCHEMA, markdown_list, settings
from contralint.config import Config
from contralint.evals.case import Case

DOCS = Path(__file__).parent
CASES = DOCS.parent / "contralint" / "evals" / "cases.schema.json"
MARK = "<!-- Made by `make docs` from here on. -->\n"
_ATTRIBUTE = re.compile(r"(?P<name>\w+): (?P<text>.*(?:\n    .*)*)")


def pages() -> dict[Path, str]:
    """Path and text of everything that is written."""
    found = schema()
    return {
        SCHEMA: orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n",
        DOCS / "configuration.md": _below_mark(DOCS / "configuration.md", markdown_list(settings(found))),
        CASES: orjson.dumps(case_schema(), option=orjson.OPT_INDENT_2).decode() + "\n",
        DOCS / "command-line.md": _below_mark(DOCS / "command-line.md", "\n".join(command_lines(cli))),
    }


def schema() -> dict[str, Any]:
    """JSON Schema of a configuration file."""
    return _titled("contralint.toml", _without_null(_documented(Config)))


def case_schema() -> dict[str, Any]:
    """JSON Schema of a line of evaluation cases."""
    return _titled("contralint.evals.jsonl", _documented(Case))


def _titled(title: str, found: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **found}


def _documented(root: type[msgspec.Struct]) -> dict[str, Any]:
    """JSON Schema of a type, with what the docstrings say of each key."""
    found = msgspec.json.schema(root)
    for kind in found["$defs"].values():
        described = inspect.cleandoc(kind["description"])
        kind["description"] = described.partition("\n")[0]
        attributes = described.partition("Attributes:\n")[2].partition("\n\n")[0]
        for match in _ATTRIBUTE.finditer(inspect.cleandoc(attributes)):
            name = match["name"] if match["name"] in kind["properties"] else match["name"].replace("_", "-")
            kind["properties"][name]["description"] = " ".join(match["text"].split())
    return found


def command_lines(command: click.Command, parent: click.Context | None = None) -> Iterator[str]:
    """A section for a command, and for each of those below it."""
    name = command.name if parent else "contralint"
    # With its own settings, since click remembers at a command what its option for help is called.
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield f"## {context.command_path}\n"
    yield f"    {' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n"
    yield f"{_prose(command.help or '')}\n"
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield "| option | |\n|---|---|"
        yield from (f"| `{_spelt(each)}` | {_cell(each.help or '')} |" for each in options)
        yield ""
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below
            below.name = each
            yield from command_lines(below, context)


def _below_mark(path: Path, made: str) -> str:
    by_hand = path.read_text(encoding="utf-8").partition(MARK)[0]
    return f"{by_hand}{MARK}\n{made.rstrip()}\n"


def _without_null(part: Any) -> Any:  # noqa: ANN401 (any part of a schema)
    """A schema without null, which TOML does not have: a setting that may be absent has no default."""
    if isinstance(part, list):
        return [_without_null(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _without_null(each) for key, each in part.items() if (key, each) != ("default", None)}
    choices = [each for each in kept.pop("anyOf", []) if each != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **kept}
    return {**kept, "anyOf": choices} if choices else kept


def _prose(help_text: str) -> str:
    """The help of a command as Markdown: lines that click keeps become a block of code."""
    paragraphs = inspect.cleandoc(help_text).split("\n\n")
    return "\n\n".join(
        "\n".join(f"    {line}" for line in each.splitlines()[1:]) if each.startswith("\b") else each
        for each in paragraphs
    )


def _spelt(option: click.Option) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        return f"{names}/{option.secondary_opts[0]}"
    if option.is_flag:
        return names
    choices = r"\|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    return f"{names} {option.metavar or choices}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def main() -> None:
    """Writes all."""
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
