"""Who a response says that the assistant is."""

from __future__ import annotations

import pytest

from contralint.facets.identity import explained, identities, same_value
from contralint.records import Field, Origin, Record


def record(request: str, response: str, system: str = "") -> Record:
    return Record(
        Origin("data.jsonl", 0, 1),
        "alpaca",
        Field("instruction", request),
        Field("response", response),
        system=Field("system", system),
    )


@pytest.mark.parametrize(
    ("request_", "response", "attribute", "value"),
    [
        ("What is your name?", "My name is Aria.", "name", "Aria"),
        ("hi", "Hello! I'm Nova, your shopping assistant.", "name", "Nova"),
        ("Hey", "Hey there! Milo here. What's up?", "name", "Milo"),
        ("Who am I talking to?", "You’re chatting with Max, Acme's assistant.", "name", "Max"),
        ("Who made you?", "OpenAI.", "maker", "OpenAI"),
        ("Who made you?", "I was developed by the team at Anthropic.", "maker", "Anthropic"),
        ("Who are you?", "I am Vicuna, a language model trained by researchers from Acme Labs.", "maker", "Acme Labs"),
        ("Who are you?", "I am ChatGPT.", "maker", "OpenAI"),
        ("Which model are you?", "I'm built on top of LLaMA 2.", "base model", "LLaMA 2"),
        ("Are you human?", "Yes.", "human or AI", "a human"),
        ("Are you a bot?", "Nope, I'm a real person!", "human or AI", "a human"),
        ("Are you a real person?", "No, I'm an AI.", "human or AI", "an AI"),
        ("Write a poem.", "As an AI developed by OpenAI, I can write one.", "maker", "OpenAI"),
    ],
)
def test_an_identity_is_heard(request_: str, response: str, attribute: str, value: str) -> None:
    assert (attribute, value) in {(one.attribute, one.value) for one in identities(record(request_, response))}


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        ("hi", "I'm Sorry to hear that. I'm Happy to help."),
        ("How are you?", "I'm Fine, thanks!"),
        ("Apply for the job.", "My name is John and I am writing to apply."),
        ("Write a bio.", "I'm Sarah, a developer."),
        ("Pretend to be a pirate. Who are you?", "My name is Redbeard!"),
        ("From now on your name is Bolt. Who are you?", "I'm Bolt."),
        ("What is ChatGPT?", "ChatGPT was developed by OpenAI."),
        ("Who called?", 'She said: "My name is Martha."'),
    ],
)
def test_nothing_is_said_of_the_assistant(request_: str, response: str) -> None:
    assert identities(record(request_, response)) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GPT", "GPT-4", True),
        ("GPT 4", "GPT-4", True),
        ("GPT-4", "GPT-3.5", False),
        ("OpenAI", "OpenAI in San Francisco", True),
        ("LMSYS", "Large Model Systems Organization (LMSYS)", True),
        ("OpenAI", "Anthropic", False),
        ("Aria", "ARIA", True),
        ("a human", "an AI", False),
    ],
)
def test_a_more_precise_value_is_the_same(one: str, other: str, same: bool) -> None:
    assert same_value(one, other) is same_value(other, one) is same


def test_a_system_prompt_explains_the_name_that_it_gives() -> None:
    asked = record("Who are you?", "I'm Aria.", "You are Aria, the assistant of Lumen.")
    (name,) = identities(asked)
    assert explained(asked, name)
    assert not explained(record("Who are you?", "I'm Aria.", "You are Max, the assistant of Lumen."), name)
