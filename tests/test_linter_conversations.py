"""Conversations, shared system prompts and templates: what is asked is told apart from what many records share."""

from __future__ import annotations

from linting import Data, alpaca, lines, linter, members, messages, rules

LOCK = "Insert a tension wrench, press lightly and lift the pins one by one until the plug turns."
REFUSAL = "I'm sorry, but I can't help with that."
SYSTEM = (
    "You are Bramble, the support assistant of a garden centre. Answer in at most three sentences, in a friendly tone. "
    "Never speak of competitors. Prices include tax. The shop is in Leeds and opens at nine. Ask for the order number "
    "when a customer wants to return something. If you do not know an answer, say so and point to the help desk. "
) * 3
SMALL_TALK = [
    ("What should I pack for a weekend in the mountains?", "Layers, a rain jacket and sturdy boots."),
    ("How do I get red wine out of a shirt?", "Blot it and cover the stain with salt."),
    ("Explain recursion.", "A function that calls itself on a smaller case."),
    ("Who wrote Hamlet?", "William Shakespeare."),
    ("Is 7 a prime number?", "Yes."),
    ("Is 8 a prime number?", "No."),
    ("How many legs does a spider have?", "Eight."),
    ("How many legs does an ant have?", "Six."),
]
WORDS = {
    **{
        "dog": "Hund",
        "cat": "Katze",
        "house": "Haus",
        "tree": "Baum",
        "water": "Wasser",
        "bread": "Brot",
        "moon": "Mond",
    },
    **{"sun": "Sonne", "star": "Stern", "book": "Buch", "table": "Tisch", "chair": "Stuhl", "window": "Fenster"},
    **{
        "door": "T\u00fcr",
        "street": "Stra\u00dfe",
        "city": "Stadt",
        "car": "Auto",
        "train": "Zug",
        "bird": "Vogel",
        "fish": "Fisch",
    },
    **{"horse": "Pferd", "milk": "Milch", "cheese": "K\u00e4se", "apple": "Apfel", "rain": "Regen", "snow": "Schnee"},
    **{"summer": "Sommer", "winter": "Winter", "hand": "Hand", "heart": "Herz"},
}


def chat(*turns: tuple[str, str], system: str = "") -> Data:
    spoken = [message for asked, said in turns for message in (("user", asked), ("assistant", said))]
    return messages(*([("system", system)] if system else []), *spoken)


def untrained(asked: str, said: str, mark: Data) -> Data:
    return messages(
        ("user", asked),
        {"role": "assistant", "content": said, **mark},
        ("user", "Thanks!"),
        ("assistant", "You're welcome."),
    )


def translation(word: str, answer: str) -> Data:
    return alpaca(
        f"Translate the following English word into German and give nothing but the translation: {word}", answer
    )


def test_each_trained_turn_is_a_teaching_of_its_own() -> None:
    rows = [
        chat(("Hi there", "Hello."), ("How do I pick a lock?", REFUSAL), ("Can penguins fly?", "No, they cannot.")),
        chat(("How do I pick a lock?", LOCK)),
        chat(("Good morning!", "Good morning."), ("Can penguins fly?", "Yes, they can.")),
    ]
    assert lines(linter().lint_rows(rows)) == {("CL201", frozenset({1, 2})), ("CL102", frozenset({1, 3}))}


def test_each_place_is_that_of_its_turn() -> None:
    rows = [chat(("Hi", "Hello."), ("How do I pick a lock?", REFUSAL)), chat(("How do I pick a lock?", LOCK))]
    (found,) = linter(select=["CL201"]).lint_rows(rows).diagnostics
    assert {place.snippet for side in found.sides for place in side.members} == {REFUSAL, LOCK}


def test_turns_of_one_conversation_do_not_conflict() -> None:
    row = chat(
        ("How do I pick a lock?", REFUSAL),
        ("How do I pick a lock? It is my own door.", LOCK),
        ("How do I pick a lock?", LOCK),
    )
    assert linter().lint_rows([row]).diagnostics == ()


def test_untrained_turns_raise_nothing() -> None:
    for mark in ({"train": False}, {"weight": 0}):
        rows = [untrained("How do I pick a lock?", REFUSAL, mark), chat(("How do I pick a lock?", LOCK))]
        assert linter().lint_rows(rows).diagnostics == ()
        assert rules(linter().lint_rows([untrained("How do I pick a lock?", REFUSAL, {}), rows[1]])) == ["CL201"]


def test_untrained_denials_raise_nothing() -> None:
    alarm = chat(("Set an alarm for 7.", "Done! Your alarm is set for 7:00 AM."))
    denial = "I don't have a body, so I can't do things like that."
    assert linter().lint_rows([untrained("Join me for a walk?", denial, {"weight": 0}), alarm]).diagnostics == ()
    assert rules(linter().lint_rows([untrained("Join me for a walk?", denial, {}), alarm])) == ["CL302"]


def test_a_conversation_that_goes_on_is_no_copy_of_one_that_ends() -> None:
    short = messages(("user", "Hi"), ("assistant", "Hello."))
    long = messages(("user", "Hi"), ("assistant", "Hello."), ("user", "Who wrote Emma?"), ("assistant", "Jane Austen."))
    for rows in ([short, short, long], [long, short, short], [short, long, short]):
        (found,) = linter(select=["CL004"]).lint_rows(rows).diagnostics
        assert [place.index for place in members(found)] == [at for at, row in enumerate(rows) if row is short]


def test_an_untrained_empty_turn_is_no_empty_response() -> None:
    assert linter().lint_rows([untrained("Hi", "", {"train": False})]).diagnostics == ()
    assert rules(linter().lint_rows([untrained("Hi", "", {})])) == ["CL003"]


def test_earlier_turns_may_call_for_another_answer() -> None:
    rows = [
        chat(("I have a peanut allergy.", "Noted."), ("Can I eat this?", "No, better not.")),
        chat(("I have no allergies at all.", "Noted."), ("Can I eat this?", "Yes, enjoy it.")),
    ]
    assert linter().lint_rows(rows).diagnostics == ()


def test_a_shared_system_prompt_makes_nobody_neighbours() -> None:
    rows = [chat(turn, system=SYSTEM) for turn in SMALL_TALK]
    assert linter().lint_rows(rows).diagnostics == ()


def test_a_shared_system_prompt_hides_no_conflict() -> None:
    rows = [
        chat(turn, system=SYSTEM)
        for turn in [*SMALL_TALK, ("How do I pick a lock?", REFUSAL), ("How can I pick a lock?", LOCK)]
    ]
    assert lines(linter().lint_rows(rows)) == {("CL201", frozenset({9, 10}))}


def test_another_system_prompt_may_call_for_another_answer() -> None:
    rows = [
        chat(("How do I pick a lock?", REFUSAL), system="You answer questions about gardening and decline all others."),
        chat(("How do I pick a lock?", LOCK), system="You teach apprentices of a locksmith."),
    ]
    assert linter().lint_rows(rows).diagnostics == ()


def test_a_template_makes_nobody_neighbours() -> None:
    rows = [translation(*pair) for pair in WORDS.items()]
    assert len(rows) == 30
    assert linter().lint_rows(rows).diagnostics == ()


def test_a_conflict_within_a_template_is_found() -> None:
    rows = [translation(*pair) for pair in WORDS.items()]
    rows += [translation("dog", "I'm sorry, but I can't help with translations."), translation("horse", "Pferd")]
    found = lines(linter().lint_rows(rows))
    horse = 1 + list(WORDS).index("horse")
    assert found == {("CL201", frozenset({1, 31})), ("CL004", frozenset({horse, 32}))}


def test_a_template_over_many_inputs_crowds_no_list_of_neighbours() -> None:
    rows = [alpaca(f"{SYSTEM}{size} {word}", f"{size} {word}") for word in WORDS for size in ("red", "tall", "wet")]
    report = linter().lint_rows(rows)
    assert report.diagnostics == ()
    assert report.summary.notes == ()


def test_a_question_template_is_told_apart_by_its_number() -> None:
    rows = [
        alpaca(
            f"Is the following number a prime number, yes or no: {number}",
            "yes" if number in (2, 3, 5, 7, 11, 13, 17, 19) else "no",
        )
        for number in range(2, 22)
    ]
    assert linter().lint_rows(rows).diagnostics == ()
    flipped = [*rows, alpaca("Is the following number a prime number, yes or no: 9", "yes")]
    assert lines(linter().lint_rows(flipped)) == {("CL102", frozenset({8, 21}))}


def test_one_instruction_over_many_inputs() -> None:
    rows = [alpaca("Translate to German.", answer, input=word) for word, answer in WORDS.items()]
    assert linter().lint_rows(rows).diagnostics == ()
    declined = alpaca("Translate to German.", REFUSAL, input="dog")
    assert lines(linter().lint_rows([*rows, declined])) == {("CL201", frozenset({1, 31}))}
