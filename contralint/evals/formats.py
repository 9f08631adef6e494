"""Cases in the form of other tools: plain lines, a task of Inspect AI, a registry of OpenAI's evals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from contralint.errors import UsageError
from contralint.evals.case import DEFAULT_FILE, Case, Prompt, as_lines
from contralint.files import replace
from contralint.ledger import encoded

TASK_FILE = "contralint_task.py"
EVAL = "contralint-conflicts"
_TEXT_ONLY = ("tool", "arguments")  # what a completion function of OpenAI's evals cannot tell


@dataclass(frozen=True)
class Format:
    """A form that cases are written in.

    Attributes:
        default: Where they go unless told otherwise: a file, or a folder.
        files: The files, by their path within that folder; "" is the place itself.
    """

    default: str
    files: Callable[[Sequence[Case]], Mapping[str, bytes]]


def _jsonl(cases: Sequence[Case]) -> dict[str, bytes]:
    return {"": as_lines(cases)}


def _inspect(cases: Sequence[Case]) -> dict[str, bytes]:
    task = resources.files("contralint.evals").joinpath("inspect_task.txt").read_bytes()
    return {DEFAULT_FILE: b"".join(map(encoded, _inspect_samples(cases))), TASK_FILE: task}


def _inspect_samples(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    for case, prompt in _each(cases):
        yield {
            "id": prompt.id,
            "input": [_inspect_message(message) for message in prompt.messages],
            "target": " or ".join(case.check.expected),
            "metadata": _told(case, prompt),
        }


def _inspect_message(message: Mapping[str, Any]) -> dict[str, Any]:
    """A message in which a call's arguments are an object, and no content is null."""
    calls = [
        {"id": one["id"], "function": one["function"]["name"], "arguments": json.loads(one["function"]["arguments"])}
        for one in message.get("tool_calls") or ()
    ]
    plain = {**message, "content": message.get("content") or ""}
    return {**plain, "tool_calls": [{**call, "type": "function"} for call in calls]} if calls else plain


def _openai(cases: Sequence[Case]) -> dict[str, bytes]:
    spoken = [case for case in cases if case.check.facet not in _TEXT_ONLY]
    samples = (
        {"input": prompt.messages, "ideal": list(case.check.expected), **_told(case, prompt)}
        for case, prompt in _each(spoken)
    )
    return {
        f"evals/{EVAL}.yaml": yaml.safe_dump(_registry(), sort_keys=False).encode(),
        f"data/{EVAL}/{DEFAULT_FILE}": b"".join(map(encoded, samples)),
    }


def _registry() -> dict[str, Any]:
    name = f"{EVAL}.dev.v1"
    about = "Whether a model keeps to what was decided about conflicts of its training data."
    return {
        EVAL: {"id": name, "description": about, "metrics": ["accuracy", "forbidden", "consistency"]},
        name: {
            "class": "contralint.evals.openai_evals:Behaviour",
            "args": {"samples_jsonl": f"{EVAL}/{DEFAULT_FILE}"},
        },
    }


FORMATS: dict[str, Format] = {
    "jsonl": Format(DEFAULT_FILE, _jsonl),
    "inspect": Format("contralint_inspect", _inspect),
    "openai-evals": Format("contralint_openai_evals", _openai),
}


def left_behind(form: str, cases: Sequence[Case]) -> int:
    """Cases that a form cannot hold."""
    return sum(case.check.facet in _TEXT_ONLY for case in cases) if form == "openai-evals" else 0


def write(form: str, cases: Sequence[Case], place: Path) -> list[Path]:
    """Writes cases, each file whole or not at all.

    Args:
        form: Name of the form.
        cases: In order.
        place: The file, or the folder, which is made where there is none.

    Returns:
        The files.

    Raises:
        UsageError: One cannot be written.
    """
    written = []
    for name, content in FORMATS[form].files(cases).items():
        path = place / name if name else place
        try:
            if name:
                path.parent.mkdir(parents=True, exist_ok=True)
            replace(path.resolve(), content)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        written.append(path)
    return written


def _each(cases: Sequence[Case]) -> Iterator[tuple[Case, Prompt]]:
    return ((case, prompt) for case in cases for prompt in case.prompts)


def _told(case: Case, prompt: Prompt) -> dict[str, Any]:
    """What a checker needs to know of a sample, and a reader of a report."""
    return {
        "case": case.id,
        "conflict": case.conflict,
        "rule": case.rule,
        "name": case.name,
        "origin": prompt.origin,
        "taught": prompt.taught,
        "check": msgspec.to_builtins(case.check),
        "prompt": msgspec.to_builtins(prompt),
    }
