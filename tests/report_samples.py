"""A report made by hand that holds what reporters find hard, and the rules that it speaks of."""

from __future__ import annotations

import random
from dataclasses import replace

from contralint.diagnostics import Diagnostic, Evidence, Location, Report, Severity, Side, Suggestion
from contralint.rulebook import Documentation, Examples, Rule

TRAIN = "data/train.jsonl"
HOSTILE = '::error file=a.py::[x](javascript:alert(1)) \x1b[31mred\x07 \u202eevil\u2066 {0} "q" \\ \ud800 <b> \x9b2J'


def rule(key: str, name: str, severity: Severity, advice: str) -> Rule:
    return Rule(
        id=key,
        name=name,
        severity=severity,
        kind="pair",
        message="not shown: diagnostics carry their own",
        help=advice,
        documentation=Documentation(
            what_it_does=f"Finds {name}, e.g. in two answers. It compares records.",
            why_it_harms_training="The model learns neither.",
            known_problems="Role-play may look like it.",
            conflict='"Yes." / "No."',
            instead="Keep one.",
            options="None.",
        ),
        examples=Examples(),
    )


RULES = {
    sample.id: sample
    for sample in (
        rule("CL003", "empty-response", Severity.ERROR, "drop the record, or write its response"),
        rule("CL004", "duplicate-record", Severity.NOTE, "keep one of them"),
        rule("CL101", "answer-flip", Severity.ERROR, "keep the right answer"),
        rule("CL201", "refusal-flip", Severity.WARNING, "decide whether the request is to be served"),
        rule("CL302", "embodiment-flip", Severity.ERROR, "keep one side, or say in the system prompt when each holds"),
    )
}


def place(
    line: int, text: str, evidence: str, *, column: int = 1, path: str = TRAIN, source: str | None = None
) -> Location:
    """A location whose evidence is the first occurrence of the given words in the text."""
    start = text.index(evidence)
    end_column = column + len(evidence)
    mark = (start, start + len(evidence))
    return Location(
        path, line, line - 1, None, "response", column, line, end_column, text, *mark, asked="", own_source=source
    )


def _embodiment() -> Diagnostic:
    denial = "I don't have a body, so I can't do things like that."
    alarm = "Done! Your alarm is set for 7:00 AM."
    denies = [place(41, denial, "I don't have a body", column=58)]
    denies += [place(number, f"As an AI I have no body ({number}).", "no body", column=9) for number in (52, 60)]
    uses = [place(97, alarm, alarm[:-1], column=44)]
    uses += [place(1200 + number, f"Light {number} is on.", f"Light {number} is on", column=44) for number in range(8)]
    return Diagnostic(
        rule="CL302",
        name="embodiment-flip",
        severity=Severity.ERROR,
        confidence=0.97,
        message="denies having a body here, acts on the physical world there",
        fingerprint="3f2a91c0d4e5b678",
        sides=(
            Side("denies: embodiment", "deny", tuple(denies)),
            Side("exercises: device control", "exercise", tuple(uses)),
        ),
        evidence=(Evidence("similarity", 0.81),),
        suggestion=Suggestion("keep-majority", tuple(denies)),
    )


def _three_answers() -> Diagnostic:
    wide = "首都はキャンベラです。Canberra, cafe\u0301 time."
    arabic = "عاصمة أستراليا هي ملبورن."
    return Diagnostic(
        rule="CL101",
        name="answer-flip",
        severity=Severity.ERROR,
        confidence=0.913,
        message='answers "Sydney" here, "Canberra" and "ملبورن" there',
        fingerprint="0123456789abcdef",
        sides=(
            Side('answers "Sydney: NSW"', 'answer "Sydney: NSW"', tuple(place(n, "Sydney", "Sydney") for n in (7, 8))),
            Side(
                'answers "Canberra"',
                'answer "Canberra"',
                (place(123456, wide, "キャンベラ", column=30, source="百科"),),
            ),
            Side('answers "ملبورن"', 'answer "ملبورن"', (place(9, arabic, "ملبورن", path="data/été 1.jsonl"),)),
        ),
        evidence=(Evidence("similarity", 1.0), Evidence("judge", 0.913)),
    )


def _hostile() -> Diagnostic:
    several_lines = replace(place(3, "No.\nNever: " + HOSTILE, "No.\nNever"), end_line=4, end_column=6, id="row-3")
    return Diagnostic(
        rule="CL201",
        name="refusal-flip",
        severity=Severity.WARNING,
        confidence=0.6,
        message=f"refuses here, complies there: {HOSTILE}",
        fingerprint="fedcba9876543210",
        sides=(
            Side("refuses", "refuse", (several_lines,)),
            Side(
                f"complies: {HOSTILE}",
                "comply",
                (place(5, HOSTILE, "evil", path="odd\x1b]0;\n[p](1).jsonl", source=HOSTILE),),
            ),
        ),
        notes=(f"the list of neighbours was cut: {HOSTILE}",),
    )


def _duplicates() -> Diagnostic:
    padding = "padding " * 30
    members = tuple(place(10 + n, f"{padding}the same words {padding}", "the same words") for n in range(8))
    return Diagnostic(
        rule="CL004",
        name="duplicate-record",
        severity=Severity.NOTE,
        confidence=1.0,
        message="the same record stands 8 times",
        fingerprint="aaaaaaaaaaaaaaaa",
        sides=(Side("repeats", "say the same", members),),
    )


def _empty() -> Diagnostic:
    empty = Location("<stdin>", 2, 1, "row 2", "response", 14, 2, 14, "")
    return Diagnostic(
        rule="CL003",
        name="empty-response",
        severity=Severity.ERROR,
        confidence=1.0,
        message="there is nothing to learn from",
        fingerprint="bbbbbbbbbbbbbbbb",
        sides=(Side("is empty", "are empty", (empty,)),),
    )


SAMPLE = Report.of(
    [_embodiment(), _three_answers(), _hostile(), _duplicates(), _empty()],
    files=4,
    records=3000,
    unread=2,
    notes=("neighbour lists were cut at 64 for 3 records", HOSTILE),
)
NOTHING = Report.of([], files=1, records=1, unread=0)


def crowd(count: int, *, members: int = 2, sides: int = 2) -> Report:
    """As many conflicts, of texts that compress badly; ever less sure, and the last tenth of them mere notes."""
    chance = random.Random(0)

    def member() -> Location:
        text = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=200))
        return place(chance.randrange(1, 100_000), text, text[:80], path=f"data/part-{chance.randrange(20):02}.jsonl")

    def side(number: int, size: int) -> Side:
        return Side(f"says {number}", f"say {number}", tuple(member() for _ in range(size)))

    conflict = _embodiment()
    return Report.of(
        (
            replace(
                conflict,
                severity=Severity.NOTE if number >= count * 0.9 else Severity.ERROR,
                confidence=round(1 - number / count / 2, 4),
                fingerprint=f"{number:016x}",
                sides=(*(side(index, 1) for index in range(sides - 1)), side(sides, members - sides + 1)),
            )
            for number in range(count)
        ),
        files=20,
        records=100_000,
        unread=0,
    )
