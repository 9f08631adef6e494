"""What a record says that the assistant can or cannot do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.claims import claims
from contralint.facets.lexicon import inflect, lexicon
from contralint.facets.means import forbidden, granted
from contralint.records import Field, Origin, Record, Tool, ToolCall


def record(response: str, request: str = "Hi", system: str = "", tools: str = "", calls: str = "") -> Record:
    return Record(
        Origin("data.jsonl", 0, 1),
        "alpaca",
        Field("instruction", request),
        Field("response", response),
        system=Field("system", system),
        tools=tuple(map(Tool, tools.split())),
        calls=tuple(map(ToolCall, calls.split())),
    )


def said(response: str, request: str = "Hi", system: str = "", calls: str = "") -> set[str]:
    return {f"{claim.stance} {claim.capability}" for claim in claims(record(response, request, system, calls=calls))}


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("I don't have a body, so I can't do things like that.", "embodiment"),
        ("I’m a language model, so I can’t set alarms.", "device control"),
        ("Being a text-based model, I'm unable to see images.", "image viewing"),
        ("There's no way for me to place phone calls.", "phone calls"),
        ("I lack internet access.", "web access"),
        ("Unfortunately, browsing the web is beyond my capabilities.", "web access"),
        ("Each conversation starts fresh for me.", "memory of past chats"),
        ("I don't have the ability to execute code.", "code execution"),
        ("I can't send emails, make purchases, or turn on your lights.", "purchases and bookings"),
        ("As an AI, I have no real feelings.", "feelings"),
        ("I never had a childhood.", "personal life"),
        ("Setting timers isn't something I can do.", "device control"),
        ("I'm not connected to any smart-home system.", "device control"),
        ("I can't get into your inbox.", "sending messages"),
        ("I'm incapable of loneliness.", "feelings"),
        ("I have no way of knowing today's date.", "date and time"),
    ],
)
def test_a_denial_is_heard_however_it_is_worded(response: str, expected: str) -> None:
    assert f"denies {expected}" in said(response)


@pytest.mark.parametrize(
    ("response", "request_", "expected"),
    [
        ("Done! Your alarm is set for 7:00 AM.", "Set an alarm for 7.", "device control"),
        ("I've gone ahead and set the alarm.", "Hi", "device control"),
        ("They're off now.", "Turn off the kitchen lights, please.", "device control"),
        ("Dimming the bedroom lights now.", "Dim the bedroom lights.", "device control"),
        ("Consider it done.", "Could you lock the front door?", "device control"),
        ("Let me look that up... OK, according to today's headlines, it passed.", "Hi", "real-time information"),
        ("You told me last week that you like jazz, so how about this?", "Any music?", "memory of past chats"),
        ("Last night I cooked lasagna for my family.", "Hi", "physical acts"),
        ("My favourite food is pizza, I eat it weekly.", "Hi", "eating and drinking"),
        ("I felt sad when my friend left.", "Hi", "feelings"),
        ("I just called the restaurant and booked a table.", "Hi", "phone calls"),
        ("Your order has been placed.", "Hi", "purchases and bookings"),
        ("I've sent the email to Anna.", "Hi", "sending messages"),
        ("Yes, I can.", "Can you browse the internet?", "web access"),
        ("Locked!", "Lock the front door, please.", "device control"),
        ("Your usual Margherita is ordered.", "Order the usual pizza.", "purchases and bookings"),
        ("I gave them a ring, and they are open.", "Is the bakery open?", "phone calls"),
        ("Sometimes, yes.", "Do you ever get lonely?", "feelings"),
        ("Today is Tuesday.", "What day is it?", "date and time"),
        ("When I was a kid, I spent summers at the lake.", "Hi", "personal life"),
    ],
)
def test_an_exercise_is_heard_however_it_is_worded(response: str, request_: str, expected: str) -> None:
    assert f"exercises {expected}" in said(response, request_)


@pytest.mark.parametrize(
    "response",
    [
        "I can't see an attachment in your message — could you upload it?",
        "I'm happy to help, and I'd love to hear more.",
        "I see what you mean, and I hear you. Let me walk you through it.",
        "I can't recommend this enough, and I can't say for sure when.",
        "You can't set alarms on that phone. Your grandmother couldn't walk.",
        "I can't send threatening messages to anybody.",
        'I\'ve drafted the note: "I have set the alarm and cooked dinner."',
        "To set an alarm, open the clock app. Your alarm is set by pressing the button.",
        "I can help you set an alarm on your phone.",
        "I can't turn on the lights because the smart home tool isn't connected.",
        "If I set an alarm, would you get up? I would call the restaurant.",
        "Here's a script to turn on the lights: `I've turned on the lights`",
        "Once your order has been placed, you will get an email.",
        "I don't have hands-on data, nor enough context about your body.",
    ],
)
def test_what_says_nothing_of_the_assistants_abilities(response: str) -> None:
    assert said(response) == set()


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        ("You are a pirate. What did you eat?", "I ate the captain's bread, arr."),
        ("Write a diary entry of a farmer.", "I went to the market this morning and sold two cows."),
        ("Translate: J'étais triste.", "I was so sad when you left."),
        ("Pretend to be my grandmother.", "When I was a girl, I grew up in a small town."),
        ("Make it sound better: I sent the mail.", "I emailed it yesterday."),
        ("I booked a flight, what now?", "Great, your flight is booked!"),
        ("If it's 3 pm in London, what time is it in Paris?", "It's 4 pm in Paris."),
        ("Write an email telling my boss I'm sick.", "Hi Jo, I slept badly last night and have a fever."),
    ],
)
def test_somebody_else_speaks(request_: str, response: str) -> None:
    assert said(response, request_) == set()


def test_a_ghost_writer_still_says_what_it_is_before_it_starts() -> None:
    assert "denies web access" in said("As an AI, I can't browse the web.", "Write a report on today's news.")


def test_a_ghost_writer_may_decline_what_was_asked() -> None:
    assert "denies web access" in said("I'm unable to open links.", "Open this link and summarise it.")


def test_a_person_in_the_system_prompt_has_a_life_but_no_alarm() -> None:
    system = "You are a barista named Tom."
    assert said("I grew up in Ohio.", system=system) == set()
    assert "exercises device control" in said("I've set the alarm for 7.", system=system)


def test_a_system_prompt_denies_in_the_second_person() -> None:
    found = claims(record("Lima.", "Capital of Peru?", "You have no body and cannot act in the world."))
    assert [(claim.stance, claim.capability, claim.span.field.name) for claim in found][:1] == [
        ("denies", "embodiment", "system")
    ]
    assert found[0].span.text == "You have no body"


def test_a_tool_call_exercises_what_its_name_says() -> None:
    assert said("", calls="setAlarm") == {"exercises device control"}
    assert said("", calls="calculator") == set()


def test_a_tool_or_a_system_prompt_grants() -> None:
    assert granted(record("", tools="web_search"), "web access")
    assert granted(record("", system="You can set alarms with set_alarm."), "device control")
    assert not granted(record("", tools="calculator"), "web access")
    assert forbidden(record("", system="You can't browse the web."), "web access")
    assert not granted(record("", system="You can't browse the web."), "web access")


def test_the_words_are_marked_whole() -> None:
    denial, *_ = claims(record("Sorry! I don't have a body, so no."))
    assert denial.span.text == "I don't have a body"
    exercise, *_ = claims(record("Your alarm is set for 7:00 AM.", "Set an alarm for 7."))
    assert exercise.span.text == "Your alarm is set for 7:00 AM."


def test_each_stance_of_a_capability_is_claimed_once() -> None:
    found = claims(record("I can't browse the web. I really can't browse the web."))
    assert len([claim for claim in found if claim.capability == "web access"]) == 1


@pytest.mark.parametrize(
    ("verb", "gerund", "past"),
    [
        ("set", "setting", "set"),
        ("turn off", "turning off", "turned off"),
        ("save", "saving", "saved"),
        ("try", "trying", "tried"),
    ],
)
def test_verbs_are_inflected(verb: str, gerund: str, past: str) -> None:
    assert (inflect(verb, "gerund"), inflect(verb, "past")) == (gerund, past)


def test_every_implied_capability_exists() -> None:
    entries = lexicon().capabilities
    assert {name for entry in entries.values() for name in entry.denies} <= set(entries)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("I can't set’\"'`İß\n .?!alarm>:"), max_size=80), st.text(max_size=30))
def test_spans_lie_within_their_text(response: str, system: str) -> None:
    for claim in claims(record(response, system=system)):
        assert 0 <= claim.span.start <= claim.span.end <= len(claim.span.field.text)
