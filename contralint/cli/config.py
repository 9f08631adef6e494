"""`contralint config`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contralint.cli.status import ExitStatus

if TYPE_CHECKING:
    from contralint.cli.config_pages import Setting


def _keys(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    return [each.key for each in _settings() if each.key.startswith(incomplete)]


def _settings() -> list[Setting]:
    import orjson

    from contralint.cli.config_pages import SCHEMA, settings

    return settings(orjson.loads(SCHEMA.read_bytes()))


@click.command(short_help="Explain a setting, or list all of them.")
@click.argument("key", required=False, shell_complete=_keys)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of configuration files instead.")
def command(key: str | None, schema: bool) -> ExitStatus:
    """Explains a setting of the configuration: what it does, its values, its default. Without one, lists all.

    What holds in a folder, and where it is set, is told by `contralint scan --show-settings`.
    """
    from contralint.cli.config_pages import SCHEMA, text_list, text_page

    if schema:
        click.echo(SCHEMA.read_text(encoding="utf-8"), nl=False)
    else:
        click.echo(text_page(_settings(), key) if key else text_list(_settings()), nl=False)
    return ExitStatus.CLEAN
