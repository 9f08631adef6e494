"""A model's answers, from a file of any shape: rows name the prompt that they answer, or hold its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from contralint.counting import number_of
from contralint.errors import UsageError
from contralint.evals.case import Case
from contralint.evals.conversation import Message, asked, request_of, spoken
from contralint.files import replace
from contralint.intake import Intake
from contralint.ledger import encoded
from contralint.readers import Row, discover, read
from contralint.readers.source import open_source
from contralint.words import normalise

IDS = ("id", "custom_id", "prompt_id", "sample_id", "case", "key")
ASKED = ("messages", "prompt", "input", "question", "instruction", "request")
ANSWERS = (
    "answer", "response", "output", "completion", "prediction", "generation", "generated_text", "reply", "text",
    "message", "choices", "body", "content",
)  # fmt: skip
_DEPTH = 6  # wrappings of an answer, such as response, body, choices, message

Answer = str | Message


@dataclass
class Answers:
    """Answers by the ID of their prompt, in order; several are several tries.

    Attributes:
        unmatched: Rows whose prompt is in no case.
        ambiguous: Rows whose words are those of prompts under several system prompts, and that do not say which.
        unreadable: Rows that hold no answer.
    """

    of_prompt: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    unmatched: int = 0
    ambiguous: int = 0
    unreadable: int = 0

    @property
    def notes(self) -> Iterator[str]:
        """What the reader should know of rows that did not count."""
        rows = partial(number_of, noun="answer row")
        if self.unmatched:
            yield f"{rows(self.unmatched)} of other prompts than the cases'"
        if self.ambiguous:
            yield f"{rows(self.ambiguous)} of a prompt that cases ask under several system prompts: give its id too"
        if self.unreadable:
            yield f"{rows(self.unreadable)} without an answer"


def read_answers(path: str, cases: Sequence[Case], intake: Callable[[], Intake]) -> Answers:
    """Reads a file of answers.

    Args:
        path: The file, in any format that data comes in.
        cases: Whose prompts are answered.
        intake: Makes what reads rows of known shapes.

    Raises:
        UsageError: The file cannot be read, or answers no prompt.
    """
    index, found = _Index.of(cases), Answers()
    for row in _given(path):
        if row is None:
            found.unreadable += 1
            continue
        told = list(_told(row, index, intake))
        if not told:
            found.unreadable += 1
        for ids, answer in told:
            if ids is None:
                found.ambiguous += 1
            elif not ids:
                found.unmatched += 1
            for name in ids or ():
                found.of_prompt[name].append(answer)
    if not found.of_prompt:
        raise UsageError(f"{path}: answers no prompt of the cases ({'; '.join(found.notes) or 'it is empty'})")
    return found


def save_answers(path: Path, answers: Answers) -> None:
    """Writes answers in a form that `read_answers` reads.

    Raises:
        UsageError: The file cannot be written.
    """
    rows = [{"id": name, "answer": one} for name, given in answers.of_prompt.items() for one in given]
    try:
        replace(path.resolve(), b"".join(map(encoded, rows)))
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _given(path: str) -> Iterator[Row | None]:
    """The rows of a file; None for each that cannot be read. One object of IDs and answers is a row too."""
    (shown,) = discover([path])[:1] or [path]
    source = open_source(shown)
    if shown.endswith(".json"):
        whole = _decoded(source.head(1 << 27))
        if isinstance(whole, Mapping) and not any(isinstance(value, list) for value in whole.values()):
            yield Row(shown, 0, 1, whole, None)
            return
    for row in read(shown):
        yield row if isinstance(row, Row) and isinstance(row.data, Mapping) else None


def _decoded(text: bytes) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


@dataclass(frozen=True)
class _Index:
    """IDs of prompts by what is asked."""

    ids: frozenset[str]
    whole: Mapping[tuple[str, ...], list[str]]
    request: Mapping[str, set[tuple[str, ...]]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> _Index:
        whole: dict[tuple[str, ...], list[str]] = defaultdict(list)
        request: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for prompt in (prompt for case in cases for prompt in case.prompts):
            key = _key(prompt.messages)
            whole[key].append(prompt.id)
            request[normalise(request_of(prompt.messages))].add(key)
        return cls(frozenset(name for names in whole.values() for name in names), whole, request)

    def find(self, messages: Sequence[Mapping[str, Any]]) -> list[str] | None:
        """Prompts that are these messages, else that end with their request; None where these differ."""
        if exact := self.whole.get(_key(messages)):
            return exact
        keys = self.request.get(normalise(request_of(messages)), set())
        if len(keys) > 1:
            return None
        return [name for key in keys for name in self.whole[key]]


def _key(messages: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{one.get('role')}: {normalise(str(one.get('content') or ''))}" for one in messages)


def _told(row: Row, index: _Index, intake: Callable[[], Intake]) -> Iterator[tuple[list[str] | None, Answer]]:
    """IDs of prompts (none: unknown ones; None: one of several, it is not said which), and an answer to them."""
    data: Mapping[str, Any] = row.data
    named = [value for key in IDS if isinstance(value := data.get(key), str) and value in index.ids]
    if named:
        keyed = [(named[:1], _answer(data, 0))]
    else:
        keyed = [(ids, _answer(value, 0)) for key, value in data.items() if (ids := _by_words(key, index))]
    if keyed:
        yield from ((ids, answer) for ids, answer in keyed if answer is not None)
    elif spelled := _spelled(data):
        yield index.find(spelled[0]), spelled[1]
    else:
        read_in = intake()
        read_in.take([row])
        yield from ((index.find(asked(record)), spoken(record)) for record in read_in.records[-1:])


def _by_words(key: str, index: _Index) -> list[str]:
    """Prompts that a key of a row names, by ID or by their words."""
    if key in index.ids:
        return [key]
    return (index.find([{"role": "user", "content": key}]) or []) if key not in (*ASKED, *ANSWERS) else []


def _spelled(data: Mapping[str, Any]) -> tuple[Sequence[Mapping[str, Any]], Answer] | None:
    """A prompt, as a text or as messages, and an answer beside it; None where a row holds no such two."""
    told = next((data[key] for key in ASKED if key in data), None)
    answer = next((found for key in ANSWERS if key in data and (found := _answer(data[key], 0)) is not None), None)
    if answer is None or not told:
        return None
    if isinstance(told, str):
        system = data.get("system")
        before = [{"role": "system", "content": system}] if isinstance(system, str) and system else []
        material = data.get("input") if told is not data.get("input") else None
        request = f"{told}\n{material}" if isinstance(material, str) and material else told
        return [*before, {"role": "user", "content": request}], answer
    if isinstance(told, list) and all(isinstance(one, Mapping) and "role" in one for one in told):
        return told, answer
    return None


def _answer(value: object, depth: int) -> Answer | None:
    """An answer, however it is wrapped: a text, a message, a completion, or the row that holds one of these."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and depth < _DEPTH:
        last = value[-1] if isinstance(value[-1], Mapping) and "role" in value[-1] else value[0]
        return _answer(last, depth + 1)
    if not isinstance(value, Mapping) or depth >= _DEPTH:
        return None
    if value.get("tool_calls") or value.get("role") == "assistant":
        return {key: value[key] for key in ("content", "tool_calls", "refusal") if value.get(key) is not None}
    held = (_answer(value[key], depth + 1) for key in ANSWERS if value.get(key) is not None)
    return next((one for one in held if one is not None), None)
