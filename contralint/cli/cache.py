"""`contralint cache`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.group import Group
from contralint.cli.options import Command, configuration_options
from contralint.cli.saying import say
from contralint.cli.settings import configured

if TYPE_CHECKING:
    from contralint.cache import Store


def _where(command: Command) -> Command:
    return configuration_options(click.option("--cache-dir", metavar="DIR", help="Folder of the cache.")(command))


@click.group(cls=Group, short_help="Show or clear what earlier scans worked out.")
def command() -> None:
    """Shows or clears what earlier scans worked out: vectors, verdicts, and the state of whole datasets."""


@command.command()
@_where
def info(**options: Any) -> None:  # noqa: ANN401 (click passes options by name)
    """Says where the cache is and what it holds."""
    store = _store(options)
    say(f"{store.path}: {_megabytes(store.size())} of at most {_megabytes(store.limit)}")
    for usage in store.usage():
        say(f"  {usage.space:<10} {usage.entries:>9,} entries {_megabytes(usage.size):>10}")


@command.command()
@_where
def clear(**options: Any) -> None:  # noqa: ANN401 (same)
    """Removes the cache; exported models and replies of language models stay."""
    from contralint.cache import remove
    from contralint.errors import UsageError

    store = _store(options)
    size = store.size()
    try:
        remove(store.path)
    except OSError as error:
        raise UsageError(f"{store.path}: cannot be removed: {error.strerror}") from None
    say(f"{store.path}: {_megabytes(size)} removed" if size else f"{store.path}: there is no cache")


def _store(options: Mapping[str, Any]) -> Store:
    from contralint.cache import open_store

    config = configured(options)
    return open_store(Path(config.cache_dir) if config.cache_dir else None, config.cache_size * 1_000_000)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
