"""What may be decided about a conflict, as a form."""

from __future__ import annotations

from contralint.decision import Decision
from contralint.diagnostics import Diagnostic
from contralint.reports.html.element import Element, Node, element
from contralint.review.conflict import records_of

_ABOUT = "What you write goes into the system prompts of the records of that side, such as: You serve a bank."


def choices(found: Diagnostic, decision: Decision | None, shown: int) -> Element:
    """The form.

    Args:
        found: The conflict.
        decision: What is decided about it so far.
        shown: Sides that may be given a condition.
    """
    several = len(found.sides) > 1
    both = [_button("Keep both because ...", "b", data_open="conditions")] if several else []
    buttons = [
        *both,
        _button("Edit ...", "e", data_open="edits"),
        _button(f"Drop {_all(records_of(found))}", "d", data_decision="drop"),
        _button("Not a conflict", "n", data_decision="not-a-conflict"),
    ]
    reason = element("input", name="reason", maxlength="2000", autocomplete="off", aria_keyshortcuts="r", dir="auto")
    return element(
        "form",
        element("label", "Reason ", element("kbd", "r"), reason, class_="reason"),
        [_conditions(found, decision, shown)] if several else [],
        element("p", buttons, _saving(), class_="row buttons"),
        element("p", id="status", role="status"),
        id="decision",
        class_="decision",
        aria_label="Decision",
        autocomplete="off",
    )


def told(decision: Decision) -> list[Node]:
    """What was decided, in words."""
    words: list[Node] = [decision.decision.replace("-", " ")]
    kept = [one.label for one in decision.sides if one.keep]
    words += [": ", element("bdi", ", ".join(kept))] if kept else []
    for one in decision.sides:
        if one.condition:
            words += ["; ", element("bdi", one.label), " where ", element("bdi", one.condition)]
    words += ["; ", element("bdi", decision.reason)] if decision.reason else []
    return [*words, f" (by {decision.by})"]


def _conditions(found: Diagnostic, decision: Decision | None, shown: int) -> Element:
    known = {one.label: one.condition for one in decision.sides} if decision else {}
    rows = [
        element(
            "label",
            f"Side {number}, ",
            element("bdi", side.label),
            ", holds when",
            element("textarea", known.get(side.label, ""), name="condition", rows="2", maxlength="2000", dir="auto"),
        )
        for number, side in enumerate(found.sides[:shown], start=1)
    ]
    legend = element("legend", "Keep both because")
    return element("fieldset", legend, element("p", _ABOUT, class_="about"), rows, id="conditions", hidden="")


def _button(words: str, key: str, **attributes: str) -> Element:
    return element("button", words, " ", element("kbd", key), type="button", aria_keyshortcuts=key, **attributes)


def _saving() -> list[Element]:
    key = element("kbd", "Ctrl+Enter")
    return [
        element("button", "Save both ", key, type="button", class_="save", data_decision="keep-both", hidden=""),
        element("button", "Save the edits ", key, type="button", class_="save", data_decision="edit", hidden=""),
    ]


def _all(records: int) -> str:
    return "the record" if records == 1 else f"all {records:,} records"
