"""`contralint synth`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import condition_option, talk_options
from contralint.cli.saying import say
from contralint.cli.settings import configured, data_paths, scan_settings, shown_progress
from contralint.cli.status import ExitStatus
from contralint.counting import number_of
from contralint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contralint.synth import Synthesis

DEFAULT_FILE = "contralint.synthetic.jsonl"


@click.command(short_help="Write boundary examples that teach when each side of a conflict holds.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-o", "--output", metavar="FILE", default=DEFAULT_FILE, help=f"Where they go [{DEFAULT_FILE}].")
@click.option("--pairs", type=click.IntRange(1), default=6, metavar="N", help="Minimal pairs a conflict at most [6].")
@click.option("--fingerprint", metavar="FINGERPRINT", help="Only this conflict, under the conditions given.")
@condition_option("With --fingerprint: what the system prompt says where the side of this label holds.")
@click.option("--model", metavar="NAME", help="Also have this language model write pairs in words of its own.")
@click.option("--endpoint", metavar="URL", help="OpenAI-compatible endpoint of the model [llm.base-url].")
@click.option("--decisions", metavar="FILE", help="The decisions [contralint.decisions.jsonl where it exists].")
@scan_settings
@talk_options
def command(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Writes boundary examples for conflicts of which both sides stay, each under its condition.

    PATH is the data; without one, the `paths` of the configuration. Each pair asks one thing under the condition of
    each side, in the shape of the data's own rows. What would contradict the data is dropped; the data is left alone.
    """
    import msgspec

    from contralint.cli.outputs import Output, check_writable
    from contralint.files import replace
    from contralint.synth.synthesis import Wish, synthesise

    _check(options)
    config = configured(options)
    paths = data_paths(config, options, "scan")
    llm = msgspec.structs.replace(config.llm, base_url=options["endpoint"] or config.llm.base_url)
    output = Path(options["output"])
    check_writable([Output("jsonl", str(output))])
    wish = Wish(options["pairs"], output, options["fingerprint"], options["conditions"], options["model"])
    with shown_progress(options) as progress:
        made = synthesise(msgspec.structs.replace(config, llm=llm), paths, wish, progress)
    if made.pairs:
        try:
            replace(output.resolve(), made.lines())
        except OSError as error:
            raise UsageError(f"cannot write {output}: {error.strerror}") from None
    if not options["quiet"]:
        for line in _told(made):
            say(line, err=True)
        if made.pairs:
            say(f"{output}: {number_of(len(made.examples), 'example')} in {number_of(len(made.pairs), 'pair')}")
    return ExitStatus.FOUND if made.left else ExitStatus.CLEAN


def _check(options: dict[str, Any]) -> None:
    if bool(options["fingerprint"]) != bool(options["conditions"]):
        raise UsageError("--fingerprint and --condition go together: which conflict, and when its sides hold")
    if options["endpoint"] and not options["model"]:
        raise UsageError("--endpoint is for --model")


def _told(made: Synthesis) -> Iterator[str]:
    """What was dropped and left, and further notes."""
    for reason, count in made.dropped.items():
        yield f"dropped: {number_of(count, 'example')}: {reason}"
    for left in made.left:
        yield f"left: {left.rule} {left.fingerprint}: {left.reason}"
    yield from (f"contralint: note: {note}" for note in made.notes)
