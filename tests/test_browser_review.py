"""A review in a real browser: with the keyboard alone, at every size, and when the server dies in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import chromium
from linting import Data, alpaca, write
from report_samples import SAMPLE, crowd
from review_process import reviewing
from reviewing import DATA, Served, desk_of, scanned, served, written
from test_report_html import EVIL, conflict

pytestmark = pytest.mark.browser
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
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:  # noqa: ANN401 (Playwright is not there for all tests)
    """Opens a review; whatever the page complains of, or asks of others, fails the test."""
    told: list[str] = []

    def open_review(review: Served, **settings: Any) -> Any:  # noqa: ANN401 (as above)
        context = browser.new_context(**{"viewport": DESK} | settings)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.on("request", lambda request: told.extend({request.url} - own(request.url, review)))
        page.goto(review.entry)
        page.wait_for_url(f"http://{review.host}/")
        page.wait_for_selector("html.js")
        return page

    yield open_review
    for context in browser.contexts:
        context.close()
    assert told == []


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with served(scanned(monkeypatch, ROWS, select=["CL003", "CL004", "CL101", "CL102"])) as running:
        yield running


def own(url: str, review: Served) -> set[str]:
    return {url} if url.startswith(f"http://{review.host}/") else set()


def said(page: Any, words: str) -> None:  # noqa: ANN401 (as above)
    page.locator("#status", has_text=words).wait_for()


def position(review: Served, rule: str) -> int:
    return next(number for number, one in enumerate(review.desk.conflicts) if one.found.rule == rule)


def go_to(page: Any, review: Served, rule: str) -> None:  # noqa: ANN401 (as above)
    page.goto(f"http://{review.host}/conflict/{review.desk.conflicts[position(review, rule)].key}")
    page.wait_for_selector("html.js")


def test_the_keyboard_alone_decides_everything(opened: Open, review: Served) -> None:
    page = opened(review)
    keys = page.keyboard
    rules = [one.found.rule for one in review.desk.conflicts]
    for rule in rules:
        page.locator("#title", has_text=rule).wait_for()
        if rule == "CL102":
            keys.press("r")
            keys.type("birds, 1 and 2")
            keys.press("Escape")
            keys.press("2")
        elif rule == "CL101":
            keys.press("b")
            keys.type("You are asked by a child.")
            keys.press("Control+Enter")
        elif rule == "CL004":
            keys.press("n")
        else:
            keys.press("d")
        said(page, "Saved")
    by_rule = {line["rule"]: line for line in written()}
    assert {rule: line["decision"] for rule, line in by_rule.items()} == {
        "CL102": "keep-side",
        "CL101": "keep-both",
        "CL004": "not-a-conflict",
        "CL003": "drop",
    }
    assert by_rule["CL102"]["reason"] == "birds, 1 and 2"
    assert [side.get("keep", False) for side in by_rule["CL102"]["sides"]] == [False, True]
    assert by_rule["CL101"]["sides"][0]["condition"] == "You are asked by a child."
    assert page.locator("header").get_by_text("All 4 decided").is_visible()


def test_edits_are_saved_and_taken_back_into_the_form(opened: Open, review: Served) -> None:
    page = opened(review)
    go_to(page, review, "CL101")
    page.keyboard.press("e")
    area = page.locator(".editor textarea")
    area.wait_for()
    assert area.input_value() in ("Canberra", "Sydney")
    page.keyboard.press("Control+A")
    page.keyboard.type("Canberra, since 1913.")
    page.keyboard.press("Control+Enter")
    said(page, "Saved: edit")
    (edits,) = written()[0]["edits"].values()
    assert edits == {"response": "Canberra, since 1913."}
    page.keyboard.press("u")
    said(page, "Taken back")
    assert written() == []
    page.locator(".editor textarea").wait_for()
    assert page.locator(".editor textarea").input_value() == "Canberra, since 1913."


def test_keys_lead_through_the_list_the_filters_and_the_help(opened: Open, review: Served) -> None:
    page = opened(review)
    first = page.inner_text("#title")
    page.keyboard.press("j")
    page.locator(".steps", has_text="2 of 4").wait_for()
    page.keyboard.press("k")
    page.locator(".steps", has_text="1 of 4").wait_for()
    assert page.inner_text("#title") == first
    page.keyboard.press("o")
    assert page.locator("details.record[open]").count() > 0
    page.keyboard.press("?")
    assert page.locator("dialog").get_by_text("not a conflict").is_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    page.keyboard.press("f")
    page.keyboard.type("CL004")
    page.keyboard.press("Enter")
    page.get_by_text("1 conflict listed").wait_for()
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "page"
    assert written() == []


def listed(page: Any) -> list[str]:  # noqa: ANN401 (as above)
    return [" ".join(text.split()) for text in page.locator(".entries li").all_inner_texts()]


def test_what_users_ask_most_comes_first(opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "log.jsonl", [{"prompt": text} for text in (CAPITAL, CAPITAL, FLY, "Sing to me.")])
    with served(scanned(monkeypatch, ROWS, select=["CL1"], usage=["log.jsonl"])) as review:
        page = opened(review)
        assert listed(page) == [
            f"CL101 answer-flip 2 records 50 % asked {CAPITAL}",
            f"CL102 polarity-flip 2 records 25 % asked {FLY}",
        ]
        page.keyboard.press("n")
        said(page, "Saved")
        page.locator(".steps", has_text="2 of 2").wait_for()
        page.close()


@pytest.mark.parametrize("how", ["button", "Enter"])
def test_a_filter_holds_until_it_is_cleared(opened: Open, review: Served, how: str) -> None:
    page = opened(review)
    page.select_option("[name=rule]", "CL102")
    page.select_option("[name=state]", "undecided")
    assert len(listed(page)) == 4, "nothing changes before it is asked for"
    if how == "button":
        page.get_by_role("button", name="Filter").click()
    else:
        page.press("[name=state]", "Enter")
    page.get_by_text("1 conflict listed").wait_for()
    assert [entry.split()[0] for entry in listed(page)] == ["CL102"]
    page.keyboard.press("n")
    said(page, "All that is listed is decided")
    page.get_by_text("0 conflicts listed").wait_for()
    assert page.input_value("[name=rule]") == "CL102"
    page.get_by_role("link", name="Clear").click()
    page.get_by_text("4 conflicts listed, 1 of them decided").wait_for()
    assert [entry.startswith("CL102") for entry in listed(page) if "✓ not-a-conflict" in entry] == [True]


def test_help_is_read_from_its_beginning(opened: Open, review: Served) -> None:
    page = opened(review, viewport=ZOOMED)
    page.keyboard.press("?")
    assert page.locator("dialog").evaluate("dialog => dialog.scrollTop") == 0
    assert page.locator("#keys-title").is_visible()


def test_an_editor_is_as_large_as_its_text(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = "Yes, they can.", "No, they cannot. " + "They swim instead. " * 100
    with served(scanned(monkeypatch, [alpaca(FLY, short), alpaca(FLY, long)], select=["CL102"])) as review:
        page = opened(review)
        for button in page.locator(".edit").all():
            button.click()
        page.locator(".editor textarea").nth(1).wait_for()
        areas = page.locator(".editor textarea").all()
        rows = sorted((len(area.input_value()), int(area.get_attribute("rows"))) for area in areas)
        assert rows == [(len(short), 3), (len(long), 16)]
        page.close()


def test_keys_of_one_letter_can_be_switched_off(opened: Open, review: Served) -> None:
    page = opened(review)
    page.keyboard.press("?")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("n")
    page.locator("[data-decision=not-a-conflict]").press("Enter")
    said(page, "Saved: not a conflict")
    assert len(written()) == 1


def test_a_key_that_is_held_decides_but_once(opened: Open, review: Served) -> None:
    page = opened(review)
    page.keyboard.down("n")
    page.keyboard.down("n")
    said(page, "Saved")
    page.keyboard.down("n")
    page.keyboard.up("n")
    page.reload()
    assert len(written()) == 1


def test_drafts_outlive_a_server_that_is_killed(browser: Any, folder: Path) -> None:  # noqa: ANN401 (as above)
    write(folder / DATA, [TWICE, TWICE, alpaca("Name a month.", "")])
    page = browser.new_context(viewport=DESK).new_page()
    with reviewing() as running:
        page.goto(running.address)
        page.wait_for_selector("html.js")
        page.keyboard.press("n")
        said(page, "Saved")
        page.keyboard.press("r")
        page.keyboard.type("half a thought")
        running.process.kill()
        running.process.wait()
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        said(page, "does not answer, and nothing was saved")
    assert len(written()) == 1
    with reviewing() as again:
        page.keyboard.press("d")
        said(page, "was started again")
        page.goto(again.address)
        page.wait_for_selector("html.js")
        assert page.input_value("[name=reason]") == "half a thought"
        page.keyboard.press("d")
        said(page, "All that is listed is decided")
    assert [line.get("reason") for line in written()] == [None, "half a thought"]
    page.context.close()


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


def test_without_scripts_conflicts_can_be_looked_at(browser: Any) -> None:  # noqa: ANN401 (as above)
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
