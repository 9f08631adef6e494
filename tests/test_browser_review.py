"""A review in a real browser: with the keyboard alone, at every size, and when the server dies in the middle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from linting import alpaca, write
from review_pages import CAPITAL, DESK, FLY, ROWS, TWICE, ZOOMED, Open, go_to
from review_process import reviewing
from reviewing import DATA, Served, scanned, served, written

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("folder")]


def said(page: Any, words: str) -> None:  # noqa: ANN401 (Playwright is not there for all tests)
    page.locator("#status", has_text=words).wait_for()


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


def listed(page: Any) -> list[str]:  # noqa: ANN401 (Playwright is not there for all tests)
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


def test_drafts_outlive_a_server_that_is_killed(browser: Any, folder: Path) -> None:  # noqa: ANN401 (Playwright is not there for all tests)
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
