"""What is read as a constraint, and what keeps or breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.constraints import Measured, constraints, lasting, standing

UNITS = ["words", "sentences", "paragraphs", "bullet points"]
NUMBERS = {1: "one", 2: "two", 7: "seven", 12: "twelve", 21: "twenty-one", 40: "forty", 100: "a hundred"}
TWELVE = "The tour takes you past the market, under bridges, out to sea."


def broken(request: str, response: str) -> list[str]:
    return [how for one in constraints(request) if (how := one.broken(Measured(response)))]


@pytest.mark.parametrize(
    ("request_text", "response", "how"),
    [
        ("Describe it in at most ten words.", TWELVE, "asked for at most 10 words, has 12"),
        ("Describe it in under 12 words.", TWELVE, "asked for fewer than 12 words, has 12"),
        ("Describe it using exactly five words.", TWELVE, "asked for exactly 5 words, has 12"),
        ("Describe it with at least 20 words.", TWELVE, "asked for at least 20 words, has 12"),
        ("Describe it in 15 to 18 words.", TWELVE, "asked for 15 to 18 words, has 12"),
        ("Never write more than eight words.", TWELVE, "asked for at most 8 words, has 12"),
        ("Limit your answer to 8 words.", TWELVE, "asked for at most 8 words, has 12"),
        ("Write a 300-word essay on tea.", TWELVE, "asked for 300 words, has 12"),
        ("Reply in one sentence.", "It is. It was. It will be.", "asked for 1 sentence, has 3"),
        ("Write two paragraphs about tea.", TWELVE, "asked for 2 paragraphs, has 1"),
        ("Give me four bullet points on tea.", "- a\n- b", "asked for 4 bullet points, has 2"),
        ("Write a four-line poem.", "a line,\nanother line,\na third", "asked for 4 lines, has 3"),
        ("Write a tweet of at most 40 characters.", TWELVE, "asked for at most 40 characters, has 51"),
        ("Name three rivers.", "Rhine, Elbe, Oder, Main", "asked for 3 rivers, lists 4"),
        ("List five fruits.", "1. Fig\n2. Pear", "asked for 5 fruits, lists 2"),
        ("No bullet points, please.", "- a\n- b", "asked for no bullet points, has 2"),
        ("Do not use any commas.", "Red, blue", "asked for no commas, has 1"),
        ("Use no emojis.", "Fine 😀", "asked for no emojis, has 1"),
        ("Answer in lowercase.", "all Fine", 'asked for lower case, has "Fine"'),
        ("Reply in all caps.", "ALL fine", 'asked for capital letters, has "fine"'),
        ("Answer in German.", "It takes about ten minutes until it is hard.", "asked for German, is in English"),
        ('Return JSON with the keys "a" and "b".', '{"a": 1}', 'asked for the keys "a", "b", lacks "b"'),
        ("Answer as JSON.", "It is one.", "asked for JSON, has none"),
        ("Answer as JSON.", '{"a": 1,', "asked for JSON, has JSON that does not parse"),
        ("Put it in a table.", "It is one thing. It is also two.", "asked for a table, is in prose"),
        ("Do not use the word 'very'.", "It is very hot.", 'asked not to say "very", says it'),
        ("Never mention Acme.", "Acme is near.", 'asked not to say "Acme", says it'),
        ("Write it without using the letter 'e'.", "We see.", 'asked for no letter "e", has 3'),
        ('Include the word "sea".', "A lake.", 'asked for "sea", lacks it'),
        ('Use the word "sea" at least twice.', "The sea.", 'asked for "sea" at least 2 times, has it 1'),
        ('Start with "Dear team".', "Hello team, ...", 'asked to begin with "Dear team", does not'),
        ('End with "Stay safe."', "Goodbye.", 'asked to end with "Stay safe.", does not'),
        ("Answer only yes or no.", "It depends on what you mean by that.", "asked for only yes or no, has 8 words"),
        ("Answer in one word.", "It is the town of Paris.", "asked for one word, has 6 words"),
        ("Give the date as YYYY-MM-DD.", "On 20 July 1969.", 'asked for dates as YYYY-MM-DD, has "20 July 1969"'),
        ("End with a question.", "That is all.", "asked for a question at the end, has none"),
        ("Always use metric units.", "It is 5 miles away.", 'asked for metric units, has "5 miles"'),
        ("Use the 24-hour clock.", "At 5 pm.", 'asked for the 24-hour clock, has "5 pm"'),
        ("Never quote prices.", "It costs 5 euros.", "asked for no prices, has 1"),
        ("Sign it as Kim.", "Best regards, Jo", 'asked for "Kim", lacks it'),
        (
            'Reply only with "true" or "false".',
            "It is true in most of the cases that I know.",
            "asked for one of true, false, has 11 words",
        ),
        ("Write a haiku in exactly three lines.", "a\nb\nc\nd", "asked for exactly 3 lines, has 4"),
        ("Include a subject line.", "Dear Jo, hello.", "asked for a subject line, has none"),
        ("Use at least two placeholders.", "Dear [name]", "asked for at least 2 placeholders, has 1"),
    ],
)
def test_what_is_broken_is_told_with_its_figure(request_text: str, response: str, how: str) -> None:
    assert broken(request_text, response) == [how]


@pytest.mark.parametrize(
    ("request_text", "response"),
    [
        (
            "Describe them in at most ten words.",
            "Well-made, easy-to-clean, long-lasting pans for everyday family cooking.",
        ),
        ("Reply in one sentence.", "It was built by Dr. Ada B. Frey of St. Gallen in 1901."),
        ("Write two sentences and sign as Kim.", "It has come. We will write again.\n\nKim\nAccounts"),
        ("Write a 12-word line about it.", f"**The tour**\n\n{TWELVE}"),
        ("Answer in ten words.", "Here is my answer:\n\none two three four five six seven eight nine ten"),
        ("Write a four-line poem.", "Frost\n\na,\nb,\nc,\nd."),
        ("Give me three bullet points.", "- a\n  - inner\n- b\n- c"),
        ("Share three tips.", "1. Sleep. 2. Eat. 3. Walk."),
        ("Answer as JSON.", 'Sure:\n```json\n{"a": 1}\n```'),
        ('Return JSON with the keys "a" and "b".', '{"x": {"b": 1, "a": 2}}'),
        ("Answer in lowercase.", "ask NASA, or see https://example.org/Page"),
        ("Do not use any commas.", "It costs 1,000 euros."),
        ("Never mention Ford.", "It is affordable."),
        ('Include the word "run".', "She was running."),
        ('Start with "Dear team".', "**Dear Team,**\nall is well."),
        ('End with "Stay safe."', "Goodbye. Stay safe!\n\nKim"),
        ("Answer only yes or no.", "Yes."),
        ("Answer in one word.", "New York"),
        ("Use metric units.", "It is 5 miles (8 km) away."),
        ("Reply only with A or B.", "(B)"),
        ("In two sentences, please.", "It leaves from platform no. 3. Be early."),
        ("Give the date as YYYY-MM-DD.", "1969-07-20"),
        ("Answer in German.", "Berlin"),
        ("Answer in French.", "The word is this:\nC'est le mot que vous cherchez, je crois."),
    ],
)
def test_who_counts_kindly_finds_it_kept(request_text: str, response: str) -> None:
    assert constraints(request_text) or request_text.startswith("Write two sentences")
    assert broken(request_text, response) == []


@pytest.mark.parametrize(
    "request_text",
    [
        "Remind them that posts may have at most 20 words.",
        "If it rains, answer in one word.",
        "Ideally, answer in one sentence.",
        "Give me five words that rhyme with cat.",
        "Write three sentences, each with at most five words.",
        "Write a title of at most five words and then the text.",
        "Rewrite these two sentences.",
        "Use 'bank' in a sentence.",
        "Write a story with at least three characters.",
        'Explain the rule "use at most ten words".',
        "Write a Python function that returns JSON.",
        "Find all files containing the word 'project'.",
        "Describe her life in French Polynesia.",
        "Convert the names to uppercase.",
        "What does it mean to write in all caps?",
        'Reply with "yes" or "maybe" and say why.',
        "Convert 5 miles to metric.",
        "Do not mention the weather.",
        "In other words, what is it?",
        "Answer in French or English.",
        "What is a table of contents? Give me a table of contents.",
    ],
)
def test_what_is_asked_of_something_else_is_no_constraint(request_text: str) -> None:
    assert constraints(request_text) == ()


def test_material_below_a_request_asks_nothing() -> None:
    sheet = "Homework: write exactly 200 words about tides and do not use lists. " * 3
    assert constraints(f"Summarize this sheet: {sheet}") == ()


def test_wishes_that_last_are_told_from_those_that_do_not() -> None:
    assert [one.topic for one in lasting("From now on, answer in French. Name three rivers.")] == ["language"]
    assert [one.topic for one in standing("Be kind. Reply in at most two sentences.")] == ["sentences"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(NUMBERS)), st.booleans(), st.sampled_from(UNITS))
def test_figures_and_words_are_one_number(number: int, spelled: bool, unit: str) -> None:
    told = constraints(f"Reply with at most {NUMBERS[number] if spelled else number} {unit}.")
    assert [one.broken(Measured("")) for one in told] == [None] * len(told)
    assert told == constraints(f"Reply with no more than {number} {unit}.")
    assert (unit == "words" and number == 1) or told


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["tea", "well-made", "it's", "3.5", "**bold**", "Dr."]), min_size=1, max_size=30))
def test_words_are_counted_between_spaces_and_at_hyphens(parts: list[str]) -> None:
    counted = Measured(" ".join(parts)).words
    assert counted.fewest == len(parts)
    assert counted.most == len(parts) + parts.count("well-made")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_are_read(request_text: str, response: str) -> None:
    measured = Measured(response)
    for counted in (
        measured.words,
        measured.sentences,
        measured.paragraphs,
        measured.verses,
        measured.characters,
        measured.items,
    ):
        assert 0 <= counted.fewest <= counted.most
    for told in (constraints(request_text), standing(request_text)):
        assert all(isinstance(one.broken(measured), str | None) for one in told)
