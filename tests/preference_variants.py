"""Every way in which the field writes preferences, and answers that are wanted or not, one case each."""

from __future__ import annotations

import json

from variants import (
    ANSWERED,
    ASKED,
    CITY,
    FROM_GPT,
    FROM_GPT_MISTAKEN,
    FROM_HUMAN,
    HH_LYON,
    HH_PARIS,
    LYON,
    MISTAKEN,
    PARIS,
    Case,
)

CASES = [
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
