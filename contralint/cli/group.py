"""A group of commands that says what was meant where a word is mistyped."""

from __future__ import annotations

from pathlib import Path

import click

from contralint.cli.status import ExitStatus
from contralint.spelling import did_you_mean


class Group(click.Group):
    """A group of commands; without one, it shows its help and ends as bad usage does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(ExitStatus.USAGE)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-") and not ctx.resilient_parsing:
            path = ctx.parent is None and Path(args[0]).exists()
            meant = f"; did you mean 'contralint scan {args[0]}'?" if path else did_you_mean(args[0], known)
            raise click.UsageError(f"no such command '{args[0]}'{meant}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            name = ctx.invoked_subcommand
            if error.ctx is None and name:  # click's parser does not say of which command it speaks
                command = self.get_command(ctx, name)
                error.ctx = click.Context(command, parent=ctx, info_name=name) if command else None
            raise
