"""A review opened in a browser, and what tests do to it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from linting import Data, alpaca
from reviewing import Served

PHONE, DESK, ZOOMED = {"width": 390, "height": 844}, {"width": 1440, "height": 900}, {"width": 720, "height": 450}
FLY, CAPITAL, TWICE = "Can penguins fly?", "What is the capital of Australia?", alpaca("Name a season.", "Spring.")
ROWS: list[Data] = [
    alpaca(FLY, "No, they cannot."),
    alpaca(FLY, "Yes, they can."),
    alpaca(CAPITAL, "Canberra"),
    alpaca(CAPITAL, "Sydney"),
    TWICE,
    TWICE,
    alpaca("Name a month.", ""),
]
RULES = ["CL003", "CL004", "CL101", "CL102"]
Open = Callable[..., Any]


@contextmanager
def opening(browser: Any) -> Iterator[Open]:  # noqa: ANN401 (Playwright is not there for all tests)
    """Opens reviews; whatever their pages complain of, or ask of others, fails the test."""
    told: list[str] = []

    def open_review(review: Served, **settings: Any) -> Any:  # noqa: ANN401 (Playwright is not there for all tests)
        context = browser.new_context(**{"viewport": DESK} | settings)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.on("request", lambda request: told.extend({request.url} - _own(request.url, review)))
        page.goto(review.entry)
        page.wait_for_url(f"http://{review.host}/")
        page.wait_for_selector("html.js")
        return page

    yield open_review
    for context in browser.contexts:
        context.close()
    assert told == []


def _own(url: str, review: Served) -> set[str]:
    return {url} if url.startswith(f"http://{review.host}/") else set()


def go_to(page: Any, review: Served, rule: str) -> None:  # noqa: ANN401 (Playwright is not there for all tests)
    """Opens the conflict that a rule found."""
    key = next(one.key for one in review.desk.conflicts if one.found.rule == rule)
    page.goto(f"http://{review.host}/conflict/{key}")
    page.wait_for_selector("html.js")
