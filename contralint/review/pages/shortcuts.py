"""The keys that the page knows, as its help lists them."""

from __future__ import annotations

from contralint.reports.html.element import Element, element

SHORTCUTS = {
    "j": "next conflict",
    "k": "previous conflict",
    "x": "next undecided conflict",
    "1 to 9": "keep this side, drop the others",
    "b": "keep both, and say when each holds",
    "e": "edit a response",
    "d": "drop all records of the conflict",
    "n": "not a conflict",
    "r": "to the reason",
    "u": "take the last decision back",
    "o": "unfold whole records, or fold them",
    "m": "show more sides and records",
    "f": "to the filters",
    "l": "to the list",
    "Ctrl+Enter": "save conditions or edits",
    "Esc": "leave a field; close what is open",
    "?": "this help",
}


def shortcuts() -> Element:
    """The help, as a dialog."""
    rows = [
        element("tr", element("th", element("kbd", key), scope="row"), element("td", does))
        for key, does in SHORTCUTS.items()
    ]
    single = element("input", type="checkbox", id="single")
    return element(
        "dialog",
        element("h2", "Keys", id="keys-title"),
        element("label", single, " Keys of one letter work, except within fields", class_="single"),
        element("table", element("tbody", rows)),
        element("form", element("button", "Close", type="submit"), method="dialog"),
        id="keys",
        aria_labelledby="keys-title",
    )
