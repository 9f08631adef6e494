"""Every way in which the field writes training rows, one case each; preferences stand in `preference_variants`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
]
