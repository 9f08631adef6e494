"""What is said of a command line that click cannot make sense of: one line, with the nearest word that it knows."""

from __future__ import annotations

import re

import click

from contralint.spelling import did_you_mean

_NO_CHOICE = re.compile(r"'(?P<word>.*)' is not one of ")


def said_of(error: click.ClickException) -> str:
    """The message of an error of click's, in our form."""
    if isinstance(error, click.NoSuchOption):
        return f"no such option '{error.option_name}'{_nearest_option(error)}"
    if isinstance(error, click.BadOptionUsage):
        return _valueless(error)
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"missing argument '{name}'{_usage(error.ctx)}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"{_shown(error.param)}: {_plain(error.message)}{_nearest_choice(error)}"
    return _plain(error.format_message())


def _nearest_option(error: click.NoSuchOption) -> str:
    if error.ctx is None:
        return ""
    if error.ctx.parent is None:
        return "; options follow the command, as in: contralint scan --help"
    parameters = error.ctx.command.get_params(error.ctx)
    return did_you_mean(error.option_name, [name for each in parameters for name in (*each.opts, *each.secondary_opts)])


def _valueless(error: click.BadOptionUsage) -> str:
    """Says that an option needs a value, and which; or that it takes none."""
    parameters = error.ctx.command.get_params(error.ctx) if error.ctx else []
    option = next((each for each in parameters if error.option_name in each.opts), None)
    if not isinstance(option, click.Option) or option.is_flag:
        return _plain(error.format_message())
    choices = "|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ""
    return f"{error.option_name} needs a value: {error.option_name} {option.metavar or choices or 'VALUE'}"


def _nearest_choice(error: click.BadParameter) -> str:
    word = _NO_CHOICE.match(error.message)
    if not word or not error.param or not isinstance(error.param.type, click.Choice):
        return ""
    return did_you_mean(word["word"], map(str, error.param.type.choices))


def _shown(parameter: click.Parameter) -> str:
    return max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name


def _usage(context: click.Context | None) -> str:
    if context is None:
        return ""
    return f": {' '.join([context.command_path, *context.command.collect_usage_pieces(context)])}"


def _plain(message: str) -> str:
    return message[:1].lower() + message[1:].removesuffix(".")
