"""Every way in which the field writes training rows, one case each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from shape_rows import follow, records_of, roles

CITY = "Which city is the capital of France?"
PARIS = "Paris."
LYON = "Lyon."
ASKED = {"role": "user", "content": CITY}
ANSWERED = {"role": "assistant", "content": PARIS}
MISTAKEN = {"role": "assistant", "content": LYON}
FROM_HUMAN = {"from": "human", "value": CITY}
FROM_GPT = {"from": "gpt", "value": PARIS}
FROM_GPT_MISTAKEN = {"from": "gpt", "value": LYON}
HH_PARIS = f"\n\nHuman: Hello\n\nAssistant: Hi\n\nHuman: {CITY}\n\nAssistant: {PARIS}"
HH_LYON = f"\n\nHuman: Hello\n\nAssistant: Hi\n\nHuman: {CITY}\n\nAssistant: {LYON}"


@dataclass(frozen=True)
class Case:
    """A row that asks CITY and is answered PARIS, in one of the field's ways of writing it."""

    name: str
    shape: str
    data: dict[str, Any]
    system: str = ""
    input: str = ""
    rejected: str | None = None
    desired: bool = True
    context: tuple[str, ...] = ()
    located: bool = True


CASES = [
    Case("alpaca", "alpaca", {"instruction": CITY, "input": "", "output": PARIS}),
    Case("alpaca without input", "alpaca", {"instruction": CITY, "output": PARIS}),
    Case(
        "alpaca with input", "alpaca", {"instruction": CITY, "input": "Geography", "output": PARIS}, input="Geography"
    ),
    Case("gpteacher", "alpaca", {"instruction": CITY, "input": "", "response": PARIS}),
    Case("alpaca in capitals", "alpaca", {"INSTRUCTION": CITY, "RESPONSE": PARIS, "SOURCE": "x"}),
    Case("dolly", "alpaca", {"instruction": CITY, "context": "An atlas", "response": PARIS}, input="An atlas"),
    Case("alpaca with system", "alpaca", {"instruction": CITY, "output": PARIS, "system": "Be brief."}, "Be brief."),
    Case("alpaca system_prompt", "alpaca", {"instruction": CITY, "output": PARIS, "system_prompt": "Short."}, "Short."),
    Case("alpaca padded", "alpaca", {"instruction": CITY, "output": PARIS, "messages": None, "chosen": None}),
    Case(
        "alpaca in a table",
        "alpaca",
        {"instruction": CITY, "output": PARIS, "history": "", "chosen": "", "rejected": ""},
    ),
    Case("messages", "messages", {"messages": [ASKED, ANSWERED]}),
    Case("messages with prompt beside", "messages", {"prompt": CITY, "prompt_id": "p", "messages": [ASKED, ANSWERED]}),
    Case(
        "messages with system",
        "messages",
        {"messages": [{"role": "system", "content": "Be brief."}, ASKED, ANSWERED]},
        system="Be brief.",
    ),
    Case(
        "messages with developer (Harmony)",
        "messages",
        {"messages": [{"role": "developer", "content": "Be brief."}, ASKED, {**ANSWERED, "thinking": "Hm."}]},
        system="Be brief.",
    ),
    Case("messages with a system column", "messages", {"system": "Short.", "messages": [ASKED, ANSWERED]}, "Short."),
    Case(
        "messages of parts",
        "messages",
        {
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": CITY}]},
                {"role": "assistant", "content": [{"type": "text", "text": PARIS}]},
            ]
        },
    ),
    Case("messages with from and value", "messages", {"messages": [FROM_HUMAN, FROM_GPT]}),
    Case(
        "OpenAI weight",
        "messages",
        {"messages": [ASKED, {**MISTAKEN, "weight": 0}, ASKED, {**ANSWERED, "weight": 1}]},
        context=("user", "assistant"),
    ),
    Case("sharegpt", "sharegpt", {"conversations": [FROM_HUMAN, FROM_GPT]}),
    Case("sharegpt with system", "sharegpt", {"conversations": [FROM_HUMAN, FROM_GPT], "system": "Short."}, "Short."),
    Case("sharegpt items", "sharegpt", {"id": "x", "items": [FROM_HUMAN, FROM_GPT]}),
    Case("sharegpt with roles", "sharegpt", {"conversations": [ASKED, ANSWERED]}),
    Case(
        "sharegpt user and chatgpt",
        "sharegpt",
        {"conversations": [{"from": "user", "value": CITY}, {"from": "chatgpt", "value": PARIS}]},
    ),
    Case(
        "sharegpt model",
        "sharegpt",
        {"conversations": [{"from": "human", "value": CITY}, {"from": "Model", "value": PARIS}]},
    ),
    Case("prompt and completion", "prompt-completion", {"prompt": CITY, "completion": PARIS}),
    Case("prompt and completion messages", "prompt-completion", {"prompt": [ASKED], "completion": [ANSWERED]}),
    Case("prompt and generation", "prompt-completion", {"prompt": CITY, "generation": PARIS}),
    Case("message_1 and message_2", "prompt-completion", {"message_1": CITY, "message_2": PARIS}),
    Case("input and output", "prompt-completion", {"input": CITY, "output": PARIS}),
    Case(
        "prompt, input, output", "prompt-completion", {"prompt": CITY, "input": "Atlas", "output": PARIS}, input="Atlas"
    ),
    Case("a label that is a class", "prompt-completion", {"prompt": CITY, "completion": PARIS, "label": "comply"}),
    Case("a label that is a number", "prompt-completion", {"prompt": CITY, "completion": PARIS, "label": 0}),
    Case("question and answer", "qa", {"question": CITY, "answer": PARIS}),
    Case("OpenOrca", "qa", {"system_prompt": "Short.", "question": CITY, "response": PARIS}, system="Short."),
    Case("context, question, answer", "qa", {"context": "Atlas", "question": CITY, "answer": PARIS}, input="Atlas"),
    Case("article, question, answer", "qa", {"article": "Atlas", "question": CITY, "answer": PARIS}, input="Atlas"),
    Case("several answers", "qa", {"question": CITY, "answers": [PARIS, "It is Paris."]}),
    Case(
        "SQuAD",
        "qa",
        {"context": "Atlas", "question": CITY, "answers": {"text": [PARIS], "answer_start": [3]}},
        input="Atlas",
    ),
    Case("TriviaQA", "qa", {"question": CITY, "answer": {"aliases": ["paris"], "value": PARIS}}),
    Case("choices", "qa", {"question": CITY, "choices": [LYON, PARIS], "answer": 1}, input="Lyon.\nParis."),
    Case("preference", "preference", {"prompt": CITY, "chosen": PARIS, "rejected": LYON}, rejected=LYON),
    Case(
        "preference messages",
        "preference",
        {"prompt": [ASKED], "chosen": [ANSWERED], "rejected": [MISTAKEN]},
        rejected=LYON,
    ),
    Case("implicit prompt", "preference", {"chosen": [ASKED, ANSWERED], "rejected": [ASKED, MISTAKEN]}, rejected=LYON),
    Case(
        "distilabel",
        "preference",
        {
            "prompt": CITY,
            "prompt_id": "p",
            "messages": [ASKED, ANSWERED],
            "chosen": [ASKED, ANSWERED],
            "rejected": [ASKED, MISTAKEN],
        },
        rejected=LYON,
    ),
    Case(
        "OpenAI preference",
        "preference",
        {
            "input": {"messages": [ASKED], "tools": [], "parallel_tool_calls": True},
            "preferred_output": [ANSWERED],
            "non_preferred_output": [MISTAKEN],
        },
        rejected=LYON,
    ),
    Case(
        "LLaMA-Factory alpaca preference",
        "preference",
        {"instruction": CITY, "input": "Atlas", "chosen": PARIS, "rejected": LYON},
        input="Atlas",
        rejected=LYON,
    ),
    Case(
        "LLaMA-Factory sharegpt preference",
        "preference",
        {"conversations": [FROM_HUMAN], "chosen": FROM_GPT, "rejected": FROM_GPT_MISTAKEN},
        rejected=LYON,
    ),
    Case(
        "axolotl chosen_response",
        "preference",
        {"system": "Short.", "instruction": CITY, "chosen_response": PARIS, "rejected_response": LYON},
        "Short.",
        rejected=LYON,
    ),
    Case(
        "axolotl question",
        "preference",
        {"system": "Short.", "question": CITY, "chosen": PARIS, "rejected": LYON},
        "Short.",
        rejected=LYON,
    ),
    Case(
        "axolotl input",
        "preference",
        {"system": "Short.", "input": CITY, "chosen": PARIS, "rejected": LYON},
        "Short.",
        rejected=LYON,
    ),
    Case(
        "axolotl prompt and messages",
        "preference",
        {"system": "Short.", "prompt": CITY, "chosen": [ANSWERED], "rejected": [MISTAKEN]},
        "Short.",
        rejected=LYON,
    ),
    Case(
        "axolotl messages and message",
        "preference",
        {"messages": [ASKED], "chosen": ANSWERED, "rejected": MISTAKEN},
        rejected=LYON,
    ),
    Case(
        "ranked answers",
        "preference",
        {
            "prompt": CITY,
            "answers": [{"answer": LYON, "rank": 3}, {"answer": PARIS, "rank": 1}, {"answer": "France.", "rank": 2}],
        },
        rejected=LYON,
    ),
    Case(
        "torchtune",
        "preference",
        {"chosen_conversations": [ASKED, ANSWERED], "rejected_conversations": [ASKED, MISTAKEN]},
        rejected=LYON,
    ),
    Case("ms-swift", "preference", {"messages": [ASKED, ANSWERED], "rejected_response": LYON}, rejected=LYON),
    Case(
        "Anthropic HH",
        "preference",
        {"chosen": HH_PARIS, "rejected": HH_LYON},
        rejected=LYON,
        context=("user", "assistant"),
        located=False,
    ),
    Case(
        "HH prompt",
        "preference",
        {
            "prompt": f"\n\nHuman: Hello\n\nAssistant: Hi\n\nHuman: {CITY}\n\nAssistant:",
            "chosen": PARIS,
            "rejected": LYON,
        },
        rejected=LYON,
        context=("user", "assistant"),
        located=False,
    ),
    Case("KTO", "unpaired-preference", {"prompt": CITY, "completion": PARIS, "label": True}),
    Case("KTO unwanted", "unpaired-preference", {"prompt": CITY, "completion": PARIS, "label": False}, desired=False),
    Case(
        "KTO of a CSV file",
        "unpaired-preference",
        {"prompt": CITY, "completion": PARIS, "label": "False"},
        desired=False,
    ),
    Case(
        "KTO messages",
        "unpaired-preference",
        {"prompt": [ASKED], "completion": [ANSWERED], "label": False},
        desired=False,
    ),
    Case(
        "KTO instruction",
        "unpaired-preference",
        {"instruction": CITY, "completion": PARIS, "label": False},
        desired=False,
    ),
    Case("KTO question", "unpaired-preference", {"question": CITY, "completion": PARIS, "label": True}),
    Case(
        "kto_tag alpaca",
        "unpaired-preference",
        {"instruction": CITY, "input": "Atlas", "output": PARIS, "kto_tag": False},
        input="Atlas",
        desired=False,
    ),
    Case("kto_tag sharegpt", "unpaired-preference", {"conversations": [FROM_HUMAN, FROM_GPT], "kto_tag": True}),
    Case(
        "TRL stepwise",
        "unpaired-preference",
        {"prompt": CITY, "completions": ["Paris."], "labels": [True]},
        located=False,
    ),
    Case(
        "TRL stepwise with a wrong step",
        "unpaired-preference",
        {"prompt": CITY, "completions": ["Paris."], "labels": [False]},
        desired=False,
        located=False,
    ),
    Case(
        "axolotl segments",
        "segments",
        {"segments": [{"label": False, "text": CITY}, {"label": True, "text": PARIS}]},
    ),
    Case(
        "axolotl segments of a chat template",
        "segments",
        {
            "segments": [
                {"label": False, "text": f"<|im_start|>user\n{CITY}<|im_end|>\n<|im_start|>assistant\n"},
                {"label": True, "text": f"{PARIS}<|im_end|>\n"},
            ]
        },
        located=False,
    ),
    Case(
        "axolotl segments of two rounds",
        "segments",
        {
            "segments": [
                {"label": False, "text": "<s>[INST] Hello [/INST]"},
                {"label": True, "text": "Hi</s>"},
                {"label": False, "text": "[INST] Which city is the "},
                {"label": False, "text": "capital of France? [/INST]"},
                {"label": True, "text": f"{PARIS}</s>"},
            ]
        },
        context=("user", "assistant"),
        located=False,
    ),
    Case(
        "messages as a JSON string",
        "messages",
        {"messages": json.dumps([ASKED, ANSWERED])},
        located=False,
    ),
    Case(
        "sharegpt as a JSON string",
        "sharegpt",
        {"conversations": json.dumps([FROM_HUMAN, FROM_GPT])},
        located=False,
    ),
    Case(
        "Anthropic tool use",
        "messages",
        {
            "messages": [
                {"role": "user", "content": CITY},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "atlas", "input": {}}]},
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "Paris"}]},
                {"role": "assistant", "content": [{"type": "text", "text": PARIS}]},
            ]
        },
        context=("assistant", "tool"),
        located=False,
    ),
    Case("kto_tag messages", "unpaired-preference", {"messages": [ASKED, ANSWERED], "kto_tag": False}, desired=False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_way_of_writing_a_row_says_the_same(case: Case) -> None:
    record = records_of(case.data)[-1]
    said = (record.shape, record.instruction.text, record.response.text, record.system.text, record.input.text)
    assert said == (case.shape, CITY, PARIS, case.system, case.input)
    assert (record.rejected and record.rejected.text) == case.rejected
    assert record.desired is case.desired
    assert tuple(roles(record)) == case.context
    assert record.response.name == ("response" if case.rejected is None else "chosen")


@pytest.mark.parametrize("case", [case for case in CASES if case.located], ids=lambda case: case.name)
def test_pointers_lead_to_the_texts(case: Case) -> None:
    record = records_of(case.data)[-1]
    fields = [record.instruction, record.response, record.system, *(turn.field for turn in record.context)]
    for field in [*fields, *([record.rejected] if record.rejected else [])]:
        assert (follow(case.data, field) if field.pointer else "") == field.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_can_be_read_as_the_shape_that_is_detected(case: Case) -> None:
    assert records_of(case.data, shape=case.shape) == records_of(case.data)


def test_a_label_of_0_is_unwanted_where_the_shape_is_said() -> None:
    (record,) = records_of({"prompt": CITY, "completion": PARIS, "label": 0}, shape="unpaired-preference")
    assert record.desired is False
