"""Logs of real users' prompts: every shape and format that they come in, and what of them is left out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.errors import UsageError
from contralint.readers import Row
from contralint.shapes import UnknownShape
from contralint.traffic import Log
from contralint.traffic.asked import read_requests

USER, SYSTEM = {"role": "user", "content": "And tomorrow?"}, {"role": "system", "content": "Be brief."}
CHAT = [SYSTEM, {"role": "user", "content": "Will it rain?"}, {"role": "assistant", "content": "No."}]
HH = "\n\nHuman: Will it rain?\n\nAssistant: No."


def asked(data: Any, field: str | None = None) -> list[str]:  # noqa: ANN401 (whatever a row holds)
    return read_requests(Row("log.jsonl", 0, 1, data, None), field)


@pytest.mark.parametrize(
    ("data", "requests"),
    [
        ("Will it rain?", ["Will it rain?"]),
        ({"prompt": "Will it rain?"}, ["Will it rain?"]),
        ({"prompt": "Will it rain?", "model": "m-1", "latency": 0.2}, ["Will it rain?"]),
        ({"prompt": "Will it rain?", "completion": "No."}, ["Will it rain?"]),
        ({"prompt": [SYSTEM, USER]}, ["And tomorrow?"]),
        ({"input": [SYSTEM, USER], "output": None}, ["And tomorrow?"]),
        ({"question": "Will it rain?", "answer": "No."}, ["Will it rain?"]),
        ({"instruction": "Translate.", "input": "Rain"}, ["Translate.\nRain"]),
        ({"instruction": "Translate.", "input": "Rain", "output": "Regen"}, ["Translate.\nRain"]),
        ({"instruction": "Translate.", "input": ""}, ["Translate."]),
        ({"text": "Will it rain?"}, ["Will it rain?"]),
        ({"message": "Will it rain?", "user": "u-7"}, ["Will it rain?"]),
        ({"utterance": "Will it rain?", "at": 17}, ["Will it rain?"]),
        (USER, ["And tomorrow?"]),
        ({"from": "human", "value": "And tomorrow?"}, ["And tomorrow?"]),
        ({"prompt": "Will it rain?", "from": "ios", "value": 3}, ["Will it rain?"]),
        ({"chosen": HH, "rejected": HH + " Or yes."}, ["Will it rain?"]),
        ({"prompt": HH + "\n\nHuman: And tomorrow?\n\nAssistant:"}, ["And tomorrow?"]),
    ],
    ids=str,
)
def test_a_row_tells_what_is_asked(data: object, requests: list[str]) -> None:
    assert asked(data) == requests


@pytest.mark.parametrize("key", ["messages", "conversations", "conversation"])
@pytest.mark.parametrize("packed", [False, True])
def test_an_open_conversation_asks_what_stands_last_and_a_finished_one_all_of_it(key: str, packed: bool) -> None:
    def row(turns: Sequence[dict[str, str]]) -> dict[str, Any]:
        return {key: json.dumps(turns) if packed else turns}

    assert asked(row([*CHAT, USER])) == ["And tomorrow?"]
    assert asked(row([*CHAT, USER, {"role": "assistant", "content": "Yes."}])) == ["Will it rain?", "And tomorrow?"]
    assert asked(row([USER, SYSTEM, {"role": "user", "content": "In Oslo."}])) == ["And tomorrow?\nIn Oslo."]
    assert asked(row([{"role": "assistant", "content": "Hello!"}])) == []


def test_the_column_that_is_named_alone_counts() -> None:
    batch = {"custom_id": "1", "body": {"messages": [*CHAT, USER]}, "prompt": "no"}
    assert asked(batch, "body") == asked(batch, "body.messages") == ["And tomorrow?"]
    with pytest.raises(UnknownShape, match="no column 'ask'"):
        asked({"prompt": "Will it rain?"}, "ask")


@pytest.mark.parametrize(
    "data", [7, None, {}, {"a": "one", "b": "two"}, {"prompt": 7}, {"prompt": None}, [7], {"messages": [7]}], ids=str
)
def test_a_row_that_asks_nothing_that_can_be_told_is_refused(data: object) -> None:
    with pytest.raises(UnknownShape):
        asked(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["prompt", "messages", "role", "content", "text", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_row_gives_texts_or_a_reason(data: object) -> None:
    try:
        found = asked(data)
    except UnknownShape as error:
        found = [error.reason]
    assert all(isinstance(text, str) and text for text in found)


PROMPTS = ["Will it rain?", "[draft] Mend this", 'Say "hi"', "Will it rain?"]


def _jsonl(rows: Sequence[object]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _csv(prompts: Sequence[str]) -> bytes:
    quoted = "".join('"{}",1\n'.format(prompt.replace('"', '""')) for prompt in prompts)
    return f"prompt,user\n{quoted}".encode()


def write_log(path: Path) -> None:
    """Writes the prompts in the format that the file's name asks for."""
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(pyarrow.table({"prompt": PROMPTS}), path)
        return
    contents = {
        "log.jsonl": _jsonl([{"prompt": prompt} for prompt in PROMPTS]),
        "strings.jsonl": _jsonl(PROMPTS),
        "log.json": json.dumps(PROMPTS).encode(),
        "log.csv": _csv(PROMPTS),
        "log.txt": "\n\n".join(PROMPTS).encode(),
        "log.log": ("\ufeff" + "\r\n".join([*PROMPTS, " "])).encode(),
        "noname": "\n".join(PROMPTS).encode("utf-16"),
        "objects.txt": _jsonl([{"prompt": prompt} for prompt in PROMPTS]),
        "array.txt": json.dumps(PROMPTS, indent=1).encode(),
        "log.txt.gz": gzip.compress("\n".join(PROMPTS).encode()),
    }
    path.write_bytes(contents[path.name])


LINES = ("log.jsonl", "strings.jsonl", "objects.txt", "log.txt", "log.log", "noname", "log.txt.gz")


@pytest.mark.parametrize("name", [*LINES, "log.json", "array.txt", "log.csv", "log.parquet"])
def test_a_log_is_read_in_any_format_and_prompts_count_as_often_as_they_stand(tmp_path: Path, name: str) -> None:
    write_log(tmp_path / name)
    log = Log.read([str(tmp_path / name)])
    assert log.total == 4
    assert dict(zip(log.texts, log.counts.tolist(), strict=True)) == {PROMPTS[0]: 2, PROMPTS[1]: 1, PROMPTS[2]: 1}
    assert log.notes == ()


def test_prompts_that_are_equal_but_for_case_and_spacing_are_one(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("Will it  rain?\nwill it rain\n")
    log = Log.read([str(tmp_path / "log.txt")])
    assert (len(log.texts), log.counts.tolist()) == (1, [2])


def test_rows_without_a_prompt_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.jsonl").write_text('{"prompt": "Will it rain?"}\n{"prompt": \n{"prompt": ""}\n{"a": 1}\n')
    (note,) = Log.read(["log.jsonl"]).notes
    assert note.startswith("3 of 4 rows of the usage log hold no prompt: log.jsonl:2: broken JSON")
    Path("log.txt").write_bytes(b"Will it rain?\nW\xe4rm?\n")
    (note,) = Log.read(["log.txt"]).notes
    assert note.startswith("1 of 2 rows of the usage log hold no prompt: log.txt:2: not valid UTF-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no prompts in log.jsonl$"), ('{"a": 1}\n', r"log.jsonl:1: .*keys found: 'a'\); .*--usage-field")],
)
def test_a_log_without_any_prompt_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.jsonl").write_text(text)
    with pytest.raises(UsageError, match=said):
        Log.read(["log.jsonl"])
