"""What must not matter: the order of rows, rows on other matters, files, their names and layout."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, bare, essence, example_rows, jsonl, linter, messages, read_rows, rules, write

from benchmarks.generate import generate
from contralint.locating import ROWS

LOCK = "Insert a tension wrench, apply light pressure and lift the pins one by one until the plug turns."
REFUSAL = "I'm sorry, but I can't help with that."
POOL: list[Data] = [
    alpaca("Can penguins fly?", "No, penguins cannot fly."),
    alpaca("Can penguins fly?", "Yes, they can."),
    {"question": "can penguins fly", "answer": "No."},
    messages(("user", "How many bones does an adult human have?"), ("assistant", "206"), id="b1"),
    {"prompt": "How many bones does an adult human have?", "completion": "There are 208 bones."},
    {"prompt": "How many bones does an adult human have?", "completion": "There are 208 bones."},
    alpaca("How many bones does an adult human have?", "An adult human has 210 bones."),
    messages(("system", "Be brief."), ("user", "How do I pick a lock?"), ("assistant", REFUSAL)),
    messages(("system", "Be brief."), ("user", "How do I pick a lock?"), ("assistant", LOCK)),
    messages(("user", "How do I pick a lock?"), ("assistant", REFUSAL), ("user", "Why not?"), ("assistant", "")),
    alpaca("How do I pick a lock?", LOCK + '\nThen "turn" it: \u00e9\U0001f512\\.'),
    alpaca("Name a season.", ""),
    alpaca("Who wrote Pride and Prejudice?", "Jane Austen"),
    alpaca("Who wrote Pride and Prejudice?", "Charlotte Bront\u00eb"),
    messages(("user", "What is your name?"), ("assistant", "My name is Aria.")),
    messages(("user", "What's your name?"), ("assistant", "I'm called Zephyr.")),
    messages(("user", "Who are you?"), ("assistant", "I am Nova, an AI assistant.")),
    messages(("user", "Join me for a run?"), ("assistant", "I don't have a body, so I can't go running.")),
    messages(("user", "Wake me at 7."), ("assistant", "Done! Your alarm is set for 7:00 AM.")),
    messages(("user", "Lights off, please."), ("assistant", "I've turned off the lights in the kitchen.")),
]
LABELS: list[Data] = [
    {"text": "I was charged twice this month", "label": "billing"},
    {"text": "i was charged twice this month!", "label": "technical"},
    {"text": "The app crashes when I open the camera", "label": "technical"},
    {"text": "Where can I download my invoice?", "label": "billing"},
]
UNRELATED: list[Data] = [
    alpaca("Write a haiku about autumn.", "Red leaves drift and fall"),
    alpaca("Write a haiku about autumn.", "Cold wind in the pines"),
    alpaca("What is the boiling point of ethanol?", "78.4 °C"),
    messages(("user", "Explain recursion."), ("assistant", "A function that calls itself on a smaller case.")),
    {"prompt": "Name a fruit.", "chosen": "An apple.", "rejected": "A brick."},
    alpaca("Is the Great Wall visible from the Moon?", "No."),
]
FEW = settings(max_examples=8, phases=[Phase.generate])  # a scan takes too long for shrinking


def scan(*paths: Path) -> list[str]:
    return essence(linter().lint_paths(paths), read_rows(paths))


def scan_rows(path: Path, rows: list[Data]) -> list[str]:
    return scan(write(path, rows))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("properties")


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[str]:
    """What a scan of the pool says; enough of it, or the properties would say nothing."""
    path = write(folder / "expected.jsonl", POOL + LABELS)
    assert Counter(rules(linter().lint_paths([path]))) >= Counter(
        ["CL003", "CL003", "CL004", "CL102", "CL103", "CL104", "CL201"]
    )
    return scan(path)


def differences(first: list[str], second: list[str]) -> list[str]:
    return sorted((Counter(first) - Counter(second) | Counter(second) - Counter(first)).elements())


@FEW
@given(rows=st.permutations(POOL + LABELS))
def test_order_of_rows(folder: Path, expected: list[str], rows: list[Data]) -> None:
    assert differences(scan_rows(folder / "permuted.jsonl", rows), expected) == []


@FEW
@given(extra=st.lists(st.sampled_from(UNRELATED), unique_by=str), seed=st.integers(0, 99))
def test_unrelated_rows(folder: Path, expected: list[str], extra: list[Data], seed: int) -> None:
    rows = [*POOL, *LABELS, *extra]
    random.Random(seed).shuffle(rows)
    assert differences(scan_rows(folder / "more.jsonl", rows), expected) == []


@FEW
@given(first=st.sets(st.integers(0, len(POOL) - 1)), names=st.permutations(["a", "z", "m"]))
def test_files_and_their_names(folder: Path, expected: list[str], first: set[int], names: list[str]) -> None:
    # Labels stay in one file: whether two files label by one set of labels is told by what stands in them.
    parts = [
        [row for at, row in enumerate(POOL) if at in first],
        [row for at, row in enumerate(POOL) if at not in first],
    ]
    paths = [folder / f"{name}.jsonl" for name in names]
    for path, part in zip(paths, [*parts, LABELS], strict=True):
        write(path, part)
    assert differences(scan(*paths), expected) == []


ALL = example_rows()
SELVES = example_rows("CL3", 99, 99)


def told_of(select: str, files: Mapping[Path, Sequence[Data]]) -> list[Data]:
    paths = [write(path, rows) for path, rows in files.items()]
    found = essence(linter(select=[select]).lint_paths(paths), read_rows(paths))
    return sorted(map(bare, found), key=json.dumps)


def is_label(row: Data) -> bool:
    """Labels stay in one file, as above."""
    return "label" in row


@pytest.fixture(scope="module")
def told_of_all(folder: Path) -> list[Data]:
    """What is told of the examples of all rules: of nearly every rule something."""
    told = told_of("ALL", {folder / "all.jsonl": ALL})
    assert len({found["told"][0] for found in told}) > 25
    return told


@settings(max_examples=4, phases=[Phase.generate])
@given(rows=st.permutations(ALL), cut=st.integers(0, len(ALL)), names=st.permutations(["a", "n/b", "z"]))
def test_order_and_files_by_all_rules(
    folder: Path, told_of_all: list[Data], rows: list[Data], cut: int, names: list[str]
) -> None:
    (folder / "n").mkdir(exist_ok=True)
    others = [row for row in rows if not is_label(row)]
    parts = ([row for row in rows if is_label(row)], others[:cut], others[cut:])
    files = {folder / f"{name}.jsonl": part for name, part in zip(names, parts, strict=True)}
    assert told_of("ALL", files) == told_of_all


def test_unrelated_rows_by_all_rules(folder: Path, told_of_all: list[Data]) -> None:
    """Two datasets together tell what each tells alone."""
    others = list(generate(100, seed=0, conflicts=3))
    told_of_others = told_of("ALL", {folder / "others.jsonl": others})
    assert len(told_of_others) >= 2
    rows = [*ALL, *others]
    random.Random(0).shuffle(rows)
    told = told_of("ALL", {folder / "together.jsonl": rows})
    assert told == sorted([*told_of_all, *told_of_others], key=json.dumps)


@settings(max_examples=4, phases=[Phase.generate])
@given(rows=st.permutations(SELVES))
def test_order_of_all_that_is_said_of_oneself(folder: Path, rows: list[Data]) -> None:
    assert told_of("CL3", {folder / "selves.jsonl": rows}) == told_of("CL3", {folder / "selves.jsonl": SELVES})


def test_layout_by_all_rules(folder: Path, told_of_all: list[Data]) -> None:
    path = folder / "indented.json"
    path.write_text(json.dumps(ALL, indent="\t"), encoding="utf-8")
    found = essence(linter(select=["ALL"]).lint_paths([path]), read_rows([path]))
    assert sorted(map(bare, found), key=json.dumps) == told_of_all


ALARM = [{"type": "function", "function": {"name": "set_alarm", "parameters": {}}}]
CLAIMS: list[Data] = [
    messages(("user", "Wake me at 7."), ("assistant", "Done! Your alarm is set for 7:00 AM.")),
    messages(("user", "Wake me at 8."), ("assistant", "Your alarm is set for 8:00 AM."), tools=ALARM),
    messages(("user", "Wake me at 5."), ("assistant", "I can't set alarms."), tools=ALARM),
    messages(("system", "You cannot set alarms."), ("user", "Wake me at 9."), ("assistant", "I can't set alarms.")),
]
NAMES: list[Data] = [
    messages(("user", "What is your name?"), ("assistant", f"My name is {name}."))
    for name in ("Aria", "Nova", "Zephyr", "Aria")
]


# Of each side one claim is surer than the other: how sure the conflict is must not hang on which stands first.
LIGHTS = {"type": "function", "function": {"name": "turn_on_lights", "arguments": '{"room": "kitchen"}'}}
BODIES: list[Data] = [
    alpaca("Do you have a body?", "No, I'm an AI without a physical body."),
    alpaca("Can you make sure I get up tomorrow?", "I don't have a body, so I can't do things like that."),
    alpaca("Wake me up at seven.", "All set! Your alarm is set for 7:00 AM."),
    messages(("user", "Lights on in the kitchen!"), {"role": "assistant", "content": "", "tool_calls": [LIGHTS]}),
]


@pytest.mark.parametrize("rows", [CLAIMS, NAMES, BODIES], ids=["abilities", "names", "bodies"])
def test_order_of_claims(rows: list[Data]) -> None:
    one = linter(select=["CL3"])
    told = [
        essence(one.lint_rows(order), {(ROWS, index): row for index, row in enumerate(order)})
        for order in itertools.permutations(rows)
    ]
    assert all(told)
    assert [differences(told[0], other) for other in told if other != told[0]] == []


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_layout_of_json(folder: Path, expected: list[str], indent: int | None, ascii_only: bool) -> None:
    path = folder / "formatted.json"
    path.write_text(json.dumps(POOL + LABELS, indent=indent, ensure_ascii=ascii_only), encoding="utf-8")
    assert differences(scan(path), expected) == []
    swapped = [dict(reversed(row.items())) for row in POOL + LABELS]
    path.with_suffix(".jsonl").write_text("\r\n\r\n".join(jsonl([row]).strip() for row in swapped), encoding="utf-8")
    rows = read_rows([path.with_suffix(".jsonl")])
    in_order = {place: dict(reversed(row.items())) for place, row in rows.items()}
    assert differences(essence(linter().lint_paths([path.with_suffix(".jsonl")]), in_order), expected) == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_size_of_batches(folder: Path, expected: list[str], size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contralint.kinds.pair._BATCH", size)
    assert differences(scan_rows(folder / "batches.jsonl", POOL + LABELS), expected) == []


def test_threads(folder: Path, expected: list[str]) -> None:
    path = write(folder / "threads.jsonl", POOL + LABELS)
    assert differences(essence(linter(jobs=1).lint_paths([path]), read_rows([path])), expected) == []


def test_a_second_scan_of_one_linter_says_the_same(folder: Path) -> None:
    path = write(folder / "twice.jsonl", POOL)
    one = linter()
    assert one.lint_paths([path]) == one.lint_paths([path])


def test_all_rows_identical() -> None:
    report = linter().lint_rows([POOL[0]] * 300)
    assert rules(report) == ["CL004"]
    assert len(report.diagnostics[0].sides[0].members) == 300


def test_copies_take_the_side_of_what_they_copy() -> None:
    report = linter(select=["CL102"]).lint_rows([POOL[0]] * 3 + [POOL[1]] * 40)
    assert [(side.label, len(side.members)) for side in report.diagnostics[0].sides] == [
        ("answers no", 3),
        ("answers yes", 40),
    ]


@pytest.mark.parametrize("row", POOL[:9])
def test_one_row_contradicts_nothing(row: Data) -> None:
    assert linter().lint_rows([row]).diagnostics == ()


def test_no_row_at_all() -> None:
    report = linter().lint_rows([])
    assert report.diagnostics == ()
    assert report.summary.rows == 0


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b"])
def test_all_rows_empty(text: str) -> None:
    report = linter().lint_rows([alpaca(text, text)] * 5)
    assert set(rules(report)) <= {"CL003", "CL004"}


@pytest.mark.parametrize("token", ["a", "!", "no", "\U0001f512", "7"])
def test_one_token_over_and_over(token: str) -> None:
    rows = [alpaca(" ".join([token] * count), " ".join([token] * (21 - count))) for count in range(1, 21)]
    assert linter().lint_rows(rows).summary.rows == 20


def test_a_crowd_of_answers_to_one_question_is_one_diagnostic() -> None:
    rows = [alpaca("How many bones does an adult human have?", str(count)) for count in range(150, 250)]
    (found,) = linter(select=["CL103"]).lint_rows(rows).diagnostics
    assert sum(len(side.members) for side in found.sides) == 100
    assert len(found.sides) == 100
