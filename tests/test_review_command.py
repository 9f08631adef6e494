"""`contralint review` as a process: its address, its end, and what is left when it is killed."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from linting import alpaca, write
from process import run
from report_samples import SAMPLE
from review_process import PATIENCE, RULES, reviewing
from reviewing import DATA, FILE, desk_of, written

from contralint.cli import main, review
from contralint.review import Keys, Listening

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="interrupts as a shell of Unix does")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    twice = alpaca("Name a season.", "Spring.")
    write(Path(DATA), [twice, twice, alpaca("Name a month.", ""), alpaca("Name a day.", "")])
    return tmp_path


def test_it_ends_when_it_is_interrupted_and_says_what_is_decided() -> None:
    with reviewing() as running:
        assert running.told.startswith("0 of 3 conflicts decided; review them at\n")
        assert running.decide() == 200
        running.process.send_signal(signal.SIGINT)
        assert running.until("").endswith(f"1 of 3 conflicts decided: {FILE}\n")
        assert running.process.wait(PATIENCE) == 0


def test_a_killed_review_has_lost_nothing_and_the_next_one_goes_on_at_the_same_port() -> None:
    with reviewing() as running:
        assert [running.decide(), running.decide()] == [200, 200]
        running.process.kill()
    assert len(written()) == 2
    with reviewing() as again:
        assert again.told.startswith("2 of 3 conflicts decided")
        assert again.host == running.host
        assert again.token != running.token
        assert again.decide() == 200
    assert len(written()) == 3


def test_two_reviews_of_one_project_do_not_hinder_each_other() -> None:
    with reviewing() as one, reviewing() as other:
        assert one.host != other.host
        assert [one.decide(), other.decide()] == [200, 200]
    assert len(written()) == 2


def test_what_there_is_nothing_to_review_in_is_not_served() -> None:
    write(Path(DATA), [alpaca("Name a season.", "Spring.")])
    done = run("review", DATA, *RULES, cwd=Path())
    assert (done.returncode, done.stdout) == (0, "no conflict is left to review\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.jsonl"], "none.jsonl"),
        ([], "nothing to review"),
        ([DATA, "--port", "80"], "80"),
        ([DATA, "--host", "host.invalid"], "cannot listen at host.invalid"),
        ([DATA, "--decisions", "none/here.jsonl"], "no such folder"),
    ],
)
def test_what_cannot_be_reviewed_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *arguments, *RULES]) == 2
    assert said in capsys.readouterr().err


def test_a_broken_file_of_decisions_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text("{\n", encoding="utf-8")
    assert main(["review", DATA, *RULES]) == 2
    assert f"{FILE}:1" in capsys.readouterr().err


def test_a_browser_gets_an_address_that_lets_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("contralint.review.serve", lambda *_: None)
    keys = Keys()
    with Listening.at("127.0.0.1", None, FILE) as listening:
        review._serve(desk_of(SAMPLE), listening, keys, {"opened": True})
    token = opened[0].partition("token=")[2]
    assert token != keys.token
    assert [keys.admits(token), keys.admits(token)] == [True, False]


def test_other_machines_are_let_in_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("contralint.review.serve", lambda *_: None)
    with Listening.at("0.0.0.0", None, FILE) as listening:
        review._serve(desk_of(SAMPLE), listening, Keys(), {"opened": False})
        assert listening.hosts.addresses
    assert "other machines can reach this review" in capsys.readouterr().err
