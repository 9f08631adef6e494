"""`contralint evals`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.group import Group
from contralint.cli.options import configuration_options, talk_options
from contralint.cli.outputs import STDOUT, Output, check_writable, render_options, write
from contralint.cli.saying import say
from contralint.cli.settings import configured, data_paths, scan_settings, shown_progress
from contralint.cli.status import ExitStatus
from contralint.counting import number_of
from contralint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contralint.config import Config
    from contralint.evals.answers import Answers
    from contralint.evals.case import Case
    from contralint.evals.exporting import Export

FORMATS = ("jsonl", "inspect", "openai-evals")
DEFAULT_FILE = "contralint.evals.jsonl"


class _Evals(Group):
    """A group of which `export` is meant where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args[0] in (*self.commands, *ctx.help_option_names) if args else ctx.resilient_parsing
        return super().parse_args(ctx, args if named else ["export", *args])


@click.group(
    cls=_Evals,
    context_settings={"help_option_names": ["-h", "--help"]},
    short_help="Export decided conflicts as evaluation cases, and check a model's answers.",
)
def command() -> None:
    """Exports each decided conflict as an evaluation case, and checks a model's answers against them.

    `contralint evals [PATH]...` is short for `contralint evals export [PATH]...`.
    """


@command.command(short_help="Write evaluation cases of decided conflicts.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", help="Form of the cases [jsonl].")
@click.option(
    "-o",
    "--output",
    metavar="PLACE",
    help="File, or folder for other forms than jsonl [contralint.evals.jsonl, contralint_inspect, ...].",
)
@click.option("--prompts", type=click.IntRange(2), default=24, metavar="N", help="Prompts of a case at most [24].")
@click.option("--decisions", metavar="FILE", help="The decisions [contralint.decisions.jsonl where it exists].")
@scan_settings
@talk_options
def export(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Writes an evaluation case for each decided conflict: prompts of both sides, rewordings, and what is right.

    PATH is the data, before its decisions are carried out or after; without one, the `paths` of the configuration.
    """
    from contralint.evals.case import as_lines
    from contralint.evals.exporting import export
    from contralint.evals.formats import FORMATS, left_behind
    from contralint.evals.formats import write as write_cases

    config = configured(options)
    paths = data_paths(config, options, "scan")
    form, place = options["form"], options["output"] or FORMATS[options["form"]].default
    if place == STDOUT and form != "jsonl":
        raise UsageError(f"--format {form} makes a folder: name it with --output")
    with shown_progress(options) as progress:
        made = export(config, paths, options["prompts"], progress)
    if not options["quiet"]:
        behind = left_behind(form, made.cases)
        for line in _told(made, behind):
            say(line, err=True)
    if not made.cases:
        raise UsageError("no decision gives an evaluation case: nothing was written")
    if place == STDOUT:
        write(Output(form), [as_lines(made.cases).decode()])
        return ExitStatus.CLEAN
    written = write_cases(form, made.cases, Path(place))
    if not options["quiet"]:
        prompts = sum(len(case.prompts) for case in made.cases)
        counted = f"{number_of(len(made.cases), 'case')}, {number_of(prompts, 'prompt')}"
        say(f"{', '.join(map(str, written))}: {counted}")
    return ExitStatus.CLEAN


def _told(made: Export, behind: int) -> Iterator[str]:
    """What became of decisions that give no case, and further notes."""
    for reason, count in made.reasons:
        yield f"contralint: note: {number_of(count, 'decision')} left out: {reason}"
    if behind:
        yield f"contralint: note: {number_of(behind, 'case')} left out: this form cannot tell calls of tools"
    yield from (f"contralint: note: {note}" for note in made.notes)


@command.command(short_help="Check a model's answers against evaluation cases.")
@click.argument("cases", metavar="[CASES]", default=DEFAULT_FILE, type=click.Path(path_type=Path))
@click.option("--answers", metavar="FILE", help="Answers, in any shape: each with its prompt, or the prompt's id.")
@click.option("--answers-after", metavar="FILE", help="Answers after training, to show beside those before.")
@click.option("--model", metavar="NAME", help="Ask this model instead.")
@click.option("--model-after", metavar="NAME", help="The model after training, to show beside the one before.")
@click.option("--endpoint", metavar="URL", help="OpenAI-compatible endpoint of the models [llm.base-url].")
@click.option("--save-answers", metavar="FILE", help="Also write the answers that the model gives, as JSON Lines.")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", help="Form [text].")
@click.option("-o", "--output", metavar="FILE", default=STDOUT, help="Where the figures go [standard output].")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Exit 1 where a smaller share of the (last) answers is as expected.",
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour [auto].")
@configuration_options
@click.option("-q", "--quiet", is_flag=True, help="Print the figures, and nothing else.")
def run(cases: Path, **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Checks a model's answers by contralint's own facets: as decided, and the same for all prompts of a conflict?

    CASES is what `contralint evals` wrote as jsonl.
    """
    import msgspec

    from contralint.evals.case import read_cases
    from contralint.evals.checking import Checker
    from contralint.evals.page import Run, json_page, text_page
    from contralint.evals.scoring import check_all, score
    from contralint.linter import Linter

    _check_sources(options)
    config = configured(options)
    output = Output(options["kind"], options["output"])
    check_writable([output])
    read = read_cases(cases)
    linter = Linter(msgspec.structs.replace(config, decisions=None, baseline=None))
    checker, runs, notes = Checker(linter.models), list[Run](), list[str]()
    for name, answers, said in _all_answers(read, config, options):
        runs.append(Run(name, check_all(read, answers.of_prompt, checker)))
        notes += [f"{name}: {note}" for note in (*answers.notes, *said)]
    notes += linter.models.take_notes()
    style = render_options(options["color"], output.path)
    page = text_page(runs, style) if options["kind"] == "text" else json_page(runs, notes)
    write(output, page, color=style.color)
    if not options["quiet"]:
        for note in notes:
            say(f"contralint: note: {note}", err=True)
    reached = score(runs[-1].checked).correct
    below = options["fail_under"] is not None and (reached is None or reached < options["fail_under"])
    return ExitStatus.FOUND if below else ExitStatus.CLEAN


def _check_sources(options: Mapping[str, Any]) -> None:
    by_file, by_model = bool(options["answers"]), bool(options["model"])
    if by_file == by_model:
        raise UsageError("give the answers (--answers FILE), or a model to ask (--model NAME, --endpoint URL)")
    if (options["answers_after"] and not by_file) or (options["model_after"] and not by_model):
        raise UsageError("what comes after stands beside what comes before: --answers with --answers-after, or models")
    if not by_model and (options["endpoint"] or options["save_answers"]):
        raise UsageError("--endpoint and --save-answers are for --model")
    if options["model_after"] and options["save_answers"]:
        raise UsageError("--save-answers is for one model: ask the two one after the other")


def _all_answers(
    cases: Sequence[Case], config: Config, options: Mapping[str, Any]
) -> Iterator[tuple[str, Answers, tuple[str, ...]]]:
    """The answers of each run, by its name, with what is to be known of them."""
    import msgspec

    from contralint.evals.answers import read_answers, save_answers
    from contralint.evals.asking import ask
    from contralint.intake import Intake

    if options["answers"]:
        named = [("before" if options["answers_after"] else "answers", options["answers"])]
        named += [("after", options["answers_after"])] if options["answers_after"] else []
        yield from ((name, read_answers(path, cases, Intake), ()) for name, path in named)
        return
    llm = msgspec.structs.replace(config.llm, base_url=options["endpoint"] or config.llm.base_url)
    named = [("before" if options["model_after"] else "answers", options["model"])]
    named += [("after", options["model_after"])] if options["model_after"] else []
    for name, model in named:
        answers, notes = ask(cases, model, llm)
        if options["save_answers"]:
            save_answers(Path(options["save_answers"]), answers)
        yield name, answers, notes
