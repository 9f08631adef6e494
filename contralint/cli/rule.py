"""`contralint rule`."""

from __future__ import annotations

from pathlib import Path

import click

from contralint.cli.options import configuration_options, rules_beginning
from contralint.cli.saying import say
from contralint.cli.status import ExitStatus


@click.command(short_help="Explain a rule, or list all of them.")
@click.argument("word", metavar="[ID|NAME]", required=False, shell_complete=rules_beginning)
@click.option("--format", "kind", type=click.Choice(["text", "json", "markdown"]), default="text", help="Form [text].")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of rule files instead.")
@configuration_options
def command(
    word: str | None, kind: str, schema: bool, config: Path | None, isolated: bool, rules: tuple[str, ...]
) -> ExitStatus:
    """Explains a rule: what it does, why it harms training, a bad and a good example. Without one, lists all."""
    from contralint.cli.rule_pages import LISTS, PAGES
    from contralint.configfile import load_config
    from contralint.rulebook import load_rules, rules_folder
    from contralint.selection import named

    if schema:
        click.echo((rules_folder() / "schema" / "rule.schema.json").read_text(encoding="utf-8"), nl=False)
        return ExitStatus.CLEAN
    folders = [*load_config(config, isolated=isolated).rules, *rules]
    known = load_rules([Path(folder) for folder in folders])
    text = PAGES[kind](named(known, word)) if word else LISTS[kind](list(known.values()))
    say(*text.removesuffix("\n").split("\n"))
    return ExitStatus.CLEAN
