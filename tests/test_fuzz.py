"""A short share of the fuzzing that `make fuzz` does at length, and again all inputs that it once found to fail."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fuzz import TARGETS, Target
from fuzz.target import CORPUS, HangError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

FOUND = [pytest.param(target, path, id=f"{target.name}/{path.name}") for target in TARGETS for path in target.corpus()]
EXAMPLES = {"dataset": 4, "facet": 4, "rule-file": 6}


@pytest.mark.parametrize(("target", "path"), FOUND)
def test_what_was_found_stays_mended(target: Target, path: Path, tmp_path: Path) -> None:
    target.attempt(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_input_breaks_what_reads_it(target: Target) -> None:
    @settings(
        max_examples=EXAMPLES.get(target.name, 10), phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(target.inputs)
    def attempt(data: bytes) -> None:
        with TemporaryDirectory() as folder:
            target.attempt(data, Path(folder))

    attempt()


def test_each_folder_of_the_corpus_has_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= {target.name for target in TARGETS}


def test_what_takes_too_long_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fuzz.target.SECONDS", 0.01)

    def wait(_data: bytes, _folder: Path) -> None:
        while True:
            pass

    with pytest.raises(HangError):
        Target("slow", wait, st.binary()).attempt(b"", tmp_path)
