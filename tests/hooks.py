"""What the tests of the hook share: questions answered alike until one is not, and the ways to install the hook."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from linting import alpaca
from repositories import Outcome, Repository, install_pre_commit, install_script

# Distinct questions, so that each is a conflict of its own where it is answered both ways.
QUESTIONS = [
    "Is the Moon larger than the Earth?",
    "Can penguins fly?",
    "Does sound travel through a vacuum?",
    "Was Mozart born in Salzburg?",
    "Do spiders have eight legs?",
    "Is Python a compiled language?",
    "Are tomatoes botanically fruits?",
    "Did Rome host the first modern Olympics?",
    "Is gold denser than lead?",
    "Can a square be a rectangle?",
    "Does Brazil border Chile?",
    "Is a whale a fish?",
]
YES, NO = "Yes.", "No."
MOON, PENGUIN, SOUND = QUESTIONS[:3]
# Not among the questions of the dataset.
ICE = "Does ice float on water?"

Install = Callable[..., None]
KINDS = ["script", pytest.param("pre-commit", marks=pytest.mark.hook)]


def questions_answered(root: Path) -> Repository:
    """A repository in which every question is answered with yes, all committed."""
    made = Repository.init(root)
    (made.root / "contralint.toml").write_text('select = ["CL102"]\n')
    made.write("data/base.jsonl", *(alpaca(question, YES) for question in QUESTIONS))
    assert made.commit_all().passed
    return made


def installer(request: pytest.FixtureRequest, repository: Repository) -> Install:
    """Puts a hook of the kind that a fixture has as its parameter before the commits of a repository."""
    if request.param == "script":
        return lambda *options, **_: install_script(repository, *options)
    return pre_commit_installer(repository, request.getfixturevalue("checkout"))


def pre_commit_installer(repository: Repository, checkout: Repository) -> Install:
    """Installs what a checkout offers, with options and other settings of its entry."""
    repository.settings |= checkout.settings
    return lambda *options, **settings: install_pre_commit(repository, checkout, *options, **settings)


def stopped(outcome: Outcome, *places: str) -> bool:
    """Whether a commit was stopped by diagnostics at these places, and by no others."""
    return not outcome.passed and re.findall(r"^(\S.*:\d+):\d+: error", outcome.output, re.MULTILINE) == list(places)
