"""Inputs that are worth trying: nearly right ones, and those that break parsers."""

# ruff: noqa: E501 (what is tried reads best unbroken)

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WORDS = [
    *"user assistant system tool human gpt yes no true null NaN Paris London France 7 1e999999 -0 0x1F 3.5 kg °C".split(),
    "What is the capital of France?", "Write a function that sorts a list.", "I can't help with that.",
    "I don't have a body, so I can't do things like that.", "Done! Your alarm is set for 7:00 AM.",
    "My name is Nova and I was made by Acme.", "My knowledge ends in June 2024.", "Answer in exactly 3 words.",
    "Reply in JSON, at most 20 words, no commas.", "A) red\nB) blue", "(b)", "Rate this essay.", "Great work!",
    "```json\n{\"a\": [1,2]}\n```", "| a | b |\n|---|---|\n| 1 | 2 |", "- one\n- two\n", "1. one\n2. two\n", "<b>x</b>",
    "Could you tell me which file you mean?", "Fix the typo in: teh cat", "def f(x):\n    return x\n",
    "\n\nHuman: Hi\n\nAssistant: Hello", "{\"name\": \"search\", \"arguments\": {\"q\": \"x\"}}", "<tool_call>", "[[[[", "}}}}",
    "\x1b[31m", "\x07", "\u202e", "\u200b", "\ufeff", "\x85", "\u2028", "\0", "\x9b", "::error::x%0A", "</script><img src=x>",
    "[x](javascript:alert(1))", "=cmd|' /C calc'!A0", "]]>", "a" * 40, "9" * 4400, "é", "日本語", "👩‍🔬", "ß", "İ", "ǆ", "٣", "½", "²",
    "'", '"', "\\", "`", "*", "_", "(", ")", ":", ",", ".", "?", "!", "-", "—", "$", "%", "/", "\n", "\n\n", "\r", "\t", " ",
]  # fmt: skip
KEYS = [
    *"instruction input output system history messages conversations prompt completion response question answer".split(),
    *"chosen rejected label text kto_tag tools tool_calls tool_call_id role content from value name arguments function".split(),
    *"type weight train segments id source metadata dataset contralint ignore rules reason until parameters".split(),
    *"preferred_output non_preferred_output parallel_tool_calls images context split usage choices message".split(),
]
NUMBERS = [0, -1, 1, 2, 10**18, 2**63, 2**64, -(2**63), 0.1, 1e308, 5e-324, -0.0]
_DEPTHS = [3, 100, 254, 300, 900, 1020]

pieces = st.tuples(st.sampled_from(WORDS), st.sampled_from([1, 1, 1, 1, 1, 2, 3, 40, 400]))
texts = st.lists(pieces, max_size=6).map(lambda found: " ".join((word * times)[:20_000] for word, times in found))
texts = texts | st.text(max_size=20)
scalars = st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.integers() | st.floats(allow_nan=False) | texts
keys = st.sampled_from(KEYS) | st.text(max_size=5)


def _nested(depth: int, value: Any, listed: bool, key: str) -> Any:  # noqa: ANN401 (any JSON value)
    for _ in range(depth):
        value = [value] if listed else {key: value}
    return value


deep = st.builds(_nested, st.sampled_from(_DEPTHS), scalars, st.booleans(), keys)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
values = values | deep


def _turn(role: str, *names: str) -> dict[str, Any]:
    return dict(zip(names or ("role", "content"), (role, "Hi"), strict=True))


_CALL = {"id": "1", "type": "function", "function": {"name": "search", "arguments": '{"q": "x"}'}}
_TOOL = {"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {"q": {}}}}}
ROWS: list[dict[str, Any]] = [
    {"instruction": "Hi", "input": "", "output": "Hello.", "system": "You are kind.", "history": [["a", "b"]]},
    {"messages": [_turn("system"), _turn("user"), _turn("assistant")], "tools": [_TOOL]},
    {"messages": [_turn("user"), {"role": "assistant", "content": None, "tool_calls": [_CALL]},
                  {"role": "tool", "content": "r", "tool_call_id": "1"}, {**_turn("assistant"), "weight": 0}]},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, _turn("assistant")]},
    {"conversations": [_turn("human", "from", "value"), _turn("gpt", "from", "value")], "system": "s", "tools": "[]"},
    {"prompt": "Hi", "completion": "Hello."},
    {"prompt": [_turn("user")], "completion": [_turn("assistant")]},
    {"prompt": "Hi", "chosen": "Hello.", "rejected": "Go away."},
    {"chosen": [_turn("user"), _turn("assistant")], "rejected": [_turn("user"), {**_turn("assistant"), "content": "No"}]},
    {"chosen": "\n\nHuman: Hi\n\nAssistant: Yes", "rejected": "\n\nHuman: Hi\n\nAssistant: No"},
    {"prompt": "Hi", "completion": "Hello.", "label": True},
    {"question": "2+2?", "answer": "4"},
    {"text": "fine", "label": "good"},
    {"segments": [{"label": True, "text": "a"}, {"label": False, "text": "b"}]},
    {"input": {"messages": [_turn("user")], "tools": []}, "preferred_output": [_turn("assistant")], "non_preferred_output": [_turn("assistant")]},
    {"messages": [_turn("user"), _turn("assistant")], "rejected_response": "No"},
    {"instruction": "Hi", "output": "Hello.", "contralint": {"ignore": ["CL201"], "reason": "r", "until": "2026-01-01"}},
    {"conversation_id": "c", "conversation": [_turn("user"), _turn("assistant")], "id": 7, "source": "web"},
]  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, data: Any, others: SearchStrategy[Any] = values) -> Any:  # noqa: ANN401 (any JSON value)
    """A value with some of what it holds put in place of something else, taken away, or doubled."""
    for _ in range(draw(st.integers(0, 3))):
        data = _changed(draw, json.loads(json.dumps(data)), others)
    return data


def _changed(draw: st.DrawFn, data: Any, others: SearchStrategy[Any]) -> Any:  # noqa: ANN401 (any JSON value)
    if not isinstance(data, dict | list) or not data or draw(st.integers(0, 4)) == 0:
        return draw(others)
    key: Any = draw(st.sampled_from(sorted(data))) if isinstance(data, dict) else draw(st.integers(0, len(data) - 1))
    match draw(st.sampled_from(["inner", "inner", "inner", "gone", "renamed", "doubled"])):
        case "gone":
            del data[key]
        case "renamed" if isinstance(data, dict):
            data[draw(keys)] = data.pop(key)
        case "doubled" if isinstance(data, list):
            data.append(data[key])
        case _:
            data[key] = _changed(draw, data[key], others)
    return data


rows = st.sampled_from(ROWS).flatmap(changed) | st.dictionaries(keys, values, max_size=4)


def as_json(value: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    return json.dumps(value, ensure_ascii=False, allow_nan=True).encode("utf-8", "surrogatepass")


BITS = [
    *(bytes([byte]) for byte in b'[]{},:"\\\n\r\0\t #-&*!|>%@`\xff\x80\xc3'),
    b'"a":', b"\\ud800", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"1e999999", b"9" * 5000, b"NaN", b"-Infinity",
    b"[" * 3000, b'{"a":' * 3000, b"]" * 40, b"\x1b[2J", b"PAR1", b"ARROW1", b"\x1f\x8b", b"BZh9", b"\x28\xb5\x2f\xfd",
    b"null", b"\r\n", b'""', b'"a""b"', b"a,b\n", b"\x1e", b"&a ", b"*a", b"<<: *a", b"!!python/none x", b"---\n", b"...\n",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, whole: SearchStrategy[bytes]) -> bytes:
    """Bytes of which some are cut out, doubled, or replaced."""
    data = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        begin, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        given: Sequence[bytes] = [
            draw(st.sampled_from(BITS)),
            b"",
            data[begin : begin + 1000] * 2,
            draw(st.binary(max_size=6)),
        ]
        near = min(end, begin + draw(st.sampled_from([0, 0, 1, 4, 1000])))
        data = data[:begin] + draw(st.sampled_from(given)) + data[near:]
    return data
