"""The HTML report in a real browser: found, filtered, copied, with and without scripts, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from report_samples import RULES, SAMPLE, crowd
from test_report_html import EVIL, conflict, rendered

from contralint.diagnostics import Report

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:  # noqa: ANN401 (Playwright is not there for all tests)
    """Opens a report; whatever the page asks for, complains of or says in a dialog fails the test."""
    told: list[str] = []

    def open_report(report: Report, **settings: Any) -> Any:  # noqa: ANN401 (as above)
        file = tmp_path / "report.html"
        file.write_text(rendered(report), encoding="utf-8")
        context = browser.new_context(
            **{"viewport": DESK, "permissions": ["clipboard-read", "clipboard-write"]} | settings
        )
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.on("request", lambda request: told.extend({request.url} - {file.as_uri()}))
        page.goto(file.as_uri())
        return page

    yield open_report
    for context in browser.contexts:
        context.close()
    assert told == []


def titles(page: Any) -> list[str]:  # noqa: ANN401 (as above)
    return [" ".join(text.split()) for text in page.locator(".card h3").all_inner_texts()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_sticks_out(opened: Open, window: dict[str, int], scheme: str) -> None:
    page = opened(SAMPLE, viewport=window, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == window["width"]
    sides = page.locator(".sides").nth(1).locator(".side")
    beside = sides.nth(0).bounding_box()["y"] == sides.nth(1).bounding_box()["y"]
    assert beside == (window == DESK)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize("text", EVIL)
def test_hostile_text_does_nothing(opened: Open, text: str) -> None:
    page = opened(conflict(text))
    assert page.locator(".card").count() == 1
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, [onerror], [onmouseover]").count() == 0


def test_search_and_filters_narrow_the_list(opened: Open) -> None:
    page = opened(SAMPLE)
    page.fill("[name=words]", "alarm LIGHT")
    page.get_by_text("1 of 5 conflicts").wait_for()
    assert "CL302 embodiment-flip" in titles(page)[0]
    assert page.locator(".map .off").count() == 4
    page.click("[type=reset]")
    page.get_by_text("5 of 5 conflicts").wait_for()
    page.select_option("[name=severity]", "note")
    page.get_by_text("1 of 5 conflicts").wait_for()
    assert "CL004 duplicate-record" in titles(page)[0]


def test_numbers_lead_to_what_they_count(opened: Open) -> None:
    page = opened(SAMPLE)
    page.click("[data-pair='1,3'] button")
    assert page.inner_text("#found") == "1 of 5 conflicts"
    assert page.evaluate("document.activeElement.id") == "conflicts"
    page.click("#chosen button")
    assert page.inner_text("#found") == "5 of 5 conflicts"
    page.click("[data-file='0'] button")
    assert [title.split()[1] for title in titles(page)] == ["CL003"]


def test_the_map_is_used_with_keys_and_with_a_pointer(opened: Open) -> None:
    page = opened(SAMPLE)
    page.focus(".map")
    page.keyboard.press("ArrowRight")
    pointed = page.inner_text(".pointed")
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".pointed") != pointed
    page.keyboard.press("Enter")
    assert titles(page)[0].lower() == page.inner_text(".pointed").lower()
    assert len(titles(page)) == 5
    page.locator(".map circle").last.click()
    assert "CL004" in titles(page)[0]


def test_commands_are_copied(opened: Open) -> None:
    page = opened(SAMPLE)
    page.locator(".copy").first.click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "contralint explain bbbbbbbb"


def test_many_conflicts_come_as_they_are_asked_for(opened: Open) -> None:
    page = opened(crowd(1234))
    assert page.locator(".card").count() == 50
    page.get_by_text("Show 50 more of 1,184").click()
    assert page.locator(".card").count() == 100
    assert page.locator(".map circle").count() == 1234


def test_without_scripts_there_is_a_list(opened: Open) -> None:
    page = opened(crowd(70), java_script_enabled=False)
    assert page.locator(".card").count() == 50
    assert page.get_by_text("The first 50 of 70").is_visible()
    assert not page.locator(".filters").is_visible()
    assert not page.locator(".copy").first.is_visible()


def test_paper_is_white(opened: Open) -> None:
    page = opened(SAMPLE, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".filters").is_visible()
    assert page.locator(".card").count() == len(RULES)
