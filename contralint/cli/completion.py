"""`contralint completion`."""

from __future__ import annotations

import click

from contralint.cli.status import ExitStatus


@click.command(short_help="Print the script that completes command lines in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def command(shell: str) -> ExitStatus:
    """Prints the script that completes commands, options, rules and files in a shell.

    To have it in every new shell:

    \b
    bash  echo 'eval "$(contralint completion bash)"' >> ~/.bashrc
    zsh   echo 'eval "$(contralint completion zsh)"' >> ~/.zshrc
    fish  contralint completion fish > ~/.config/fish/completions/contralint.fish
    """  # noqa: D301 (click's mark for lines to keep)
    from contralint.cli.shells import script

    click.echo(script(shell))
    return ExitStatus.CLEAN
