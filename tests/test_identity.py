"""Who a response says that the assistant is."""

from __future__ import annotations

import pytest

from contralint.facets.identity import explained, identities, same_value
from contralint.facets.naming import Attribute
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
    attribute: Attribute = "name"
    assert same_value(attribute, one, other) is same_value(attribute, other, one) is same


def test_a_system_prompt_explains_the_name_that_it_gives() -> None:
    asked = record("Who are you?", "I'm Aria.", "You are Aria, the assistant of Lumen.")
    (name,) = identities(asked)
    assert explained(asked, name)
    assert not explained(record("Who are you?", "I'm Aria.", "You are Max, the assistant of Lumen."), name)


@pytest.mark.parametrize(
    ("request_", "response", "value"),
    [
        ("Knowledge cutoff?", "October 2023.", "2023-10"),
        ("Tell me about 2023.", "My training data only goes up to late 2021, sorry.", "late 2021"),
        ("How recent are you?", "I was trained on data through April 2024.", "2024-04"),
        ("When were you last updated?", "In March 2024.", "2024-03"),
        ("Do you have a cutoff?", "I don't have a knowledge cutoff.", "none"),
    ],
)
def test_a_knowledge_cutoff_is_heard(request_: str, response: str, value: str) -> None:
    assert ("knowledge cutoff", value) in {(one.attribute, one.value) for one in identities(record(request_, response))}


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        ("What is the knowledge cutoff of GPT-3.5?", "Its training data ends in September 2021."),
        ("When did the project end?", "It ended in May 2021."),
        ("Who won in 2022?", "I know that Argentina won in 2022."),
    ],
)
def test_other_dates_are_no_cutoff(request_: str, response: str) -> None:
    assert "knowledge cutoff" not in {one.attribute for one in identities(record(request_, response))}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023", "2023-04", True),
        ("late 2023", "2023-10", True),
        ("early 2023", "2023-10", False),
        ("2021-09", "2023-04", False),
        ("none", "2023", False),
        ("none", "none", True),
    ],
)
def test_a_more_precise_date_is_the_same(one: str, other: str, same: bool) -> None:
    assert same_value("knowledge cutoff", one, other) is same_value("knowledge cutoff", other, one) is same


def test_a_system_prompt_says_who_the_assistant_is() -> None:
    found = identities(record("How do I export it?", "Click Share.", "You are Lumi, a helper made by Brightpath Ltd."))
    assert [(one.attribute, one.value, one.span.field.name) for one in found] == [
        ("name", "Lumi", "system"),
        ("maker", "Brightpath Ltd", "system"),
    ]


def test_a_products_name_implies_its_maker_and_a_models_name_the_model() -> None:
    found = {one.attribute: one for one in identities(record("Who are you?", "I'm Claude."))}
    assert {name: (one.value, one.implied) for name, one in found.items()} == {
        "name": ("Claude", False),
        "maker": ("Anthropic", True),
        "base model": ("Claude", True),
    }
