"""What the pages of a review look like in a browser: at every size, in both schemes, without scripts, full of evil."""

from __future__ import annotations

import re
from typing import Any

import pytest
from report_samples import SAMPLE, crowd
from review_pages import DESK, PHONE, ZOOMED, Open, go_to
from reviewing import Served, desk_of, served
from test_report_html import EVIL, conflict

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("folder")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [PHONE, DESK, ZOOMED], ids=["phone", "desk", "zoomed"])
def test_nothing_sticks_out(opened: Open, review: Served, window: dict[str, int], scheme: str) -> None:
    page = opened(review, viewport=window, color_scheme=scheme)
    go_to(page, review, "CL101")
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    assert page.evaluate("document.documentElement.scrollWidth") == window["width"]
    lowest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('button')].filter(b => b.offsetParent).map(b => b.offsetWidth))"
    )
    assert lowest >= 24
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


def test_everything_that_is_used_has_a_name(opened: Open, review: Served) -> None:
    page = opened(review)
    go_to(page, review, "CL101")
    page.keyboard.press("e")
    page.locator(".editor textarea").wait_for()
    for locator in page.locator("button, input, select, textarea, a, nav, article, main form").all():
        snapshot = locator.aria_snapshot()
        assert not snapshot or re.match(r'- (\w+) (".+"|/)', snapshot) or locator.is_hidden(), snapshot


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_does_nothing(opened: Open, evil: str) -> None:
    with served(desk_of(conflict(evil))) as review:
        page = opened(review)
        assert page.locator(".card").count() == 1
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, object, [onerror], [onmouseover]").count() == 0
        page.close()


def test_thousands_are_shown_a_window_at_a_time(opened: Open) -> None:
    with served(desk_of(crowd(5000))) as review:
        page = opened(review)
        assert page.locator(".entries li").count() == 50
        page.get_by_role("link", name="Later").click()
        page.locator(".steps", has_text="51 of 5,000").wait_for()
        page.keyboard.press("n")
        page.locator(".steps", has_text="52 of 5,000").wait_for()
        page.select_option("[name=severity]", "note")
        page.press("[name=severity]", "Enter")
        page.get_by_text("500 conflicts listed").wait_for()
        page.close()


def test_without_scripts_conflicts_can_be_looked_at(browser: Any) -> None:  # noqa: ANN401 (Playwright is not there for all tests)
    with served(desk_of(SAMPLE)) as review:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(review.entry)
        page.get_by_text("deciding needs it").wait_for()
        page.locator(".entries a").nth(3).click()
        page.get_by_text("4 of 5", exact=True).wait_for()
        page.select_option("[name=severity]", "note")
        page.get_by_role("button", name="Filter").click()
        page.get_by_text("1 conflict listed").wait_for()
        page.context.close()
