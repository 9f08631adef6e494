"""The engine of a cluster, on two nodes on this machine: it says what the local engine says, whoever dies."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import orjson
import pytest

from contralint import Config, Linter
from contralint.cli import main
from contralint.config import RaySettings
from contralint.engines import Engine, cluster_of
from contralint.engines.pool import _TRIES
from contralint.errors import UsageError
from contralint.models.suite import Models
from contralint.progress import NoProgress
from contralint.readers import shard

pytestmark = [pytest.mark.extras, pytest.mark.usefixtures("cluster")]

ROOT = Path(__file__).parent.parent
NUMBERS = range(40)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one processor each, beside one that does no work; no process of theirs outlives the tests."""
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    import ray

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patched.setenv("OMP_NUM_THREADS", "1")
        ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
        made = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        try:
            for _ in range(2):
                made.add_node(num_cpus=1)
            ray.init(address=made.address, log_to_driver=False)
            yield made
        finally:
            ray.shutdown()
            made.shutdown()


@pytest.fixture(autouse=True)
def small_parts_of_a_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(shard, "SIZE", 2000)


def told(engine: Literal["local", "ray"], progress: NoProgress | None = None) -> bytes:
    config = Config(engine=engine, cache=False, against=["fixtures/evaluation"])
    return orjson.dumps(Linter(config, progress=progress).lint_paths(["fixtures"]).to_dict())


@pytest.fixture(scope="module")
def expected() -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ROOT)
        return told("local")


def engine(actors: int = 2) -> Engine:
    made = cluster_of(Config(engine="ray", ray=RaySettings(actors=actors)))
    assert made
    return made


def square(_: Models, items: Sequence[int]) -> list[int]:
    return [item * item for item in items]


def die(marker: Path | None, models: Models, items: Sequence[int]) -> list[int]:
    """Dies over the number 5, where a marker is given only until it is set."""
    if 5 in items and not (marker and marker.exists()):
        if marker:
            marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(models, items)


class Killer(NoProgress):
    """Takes a node away when answers are about to be compared."""

    def __init__(self, cluster: Any) -> None:  # noqa: ANN401 (Ray has no types)
        self.cluster = cluster
        self.killed = 0

    def stage(self, name: str, total: int | None) -> None:  # noqa: ARG002 (as it is called)
        if name == "comparing answers" and not self.killed:
            self.killed += 1
            self.cluster.remove_node(self.cluster.list_all_nodes()[-1], allow_graceful=False)


def test_both_engines_say_the_same(expected: bytes) -> None:
    assert expected.count(b'"fingerprint"') > 20
    assert told("ray") == expected


def test_a_node_that_dies_in_mid_run_changes_nothing(cluster: Any, expected: bytes) -> None:  # noqa: ANN401 (Ray has no types)
    killer = Killer(cluster)
    try:
        assert told("ray", killer) == expected
    finally:
        cluster.add_node(num_cpus=1)
    assert killer.killed == 1


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "killed"
    found = list(engine().each(partial(die, marker), iter(NUMBERS), most=2))
    assert found == [(number, number * number) for number in NUMBERS]
    assert marker.exists()


def test_work_that_kills_every_worker_ends_the_scan() -> None:
    with pytest.raises(UsageError, match=rf"^ray: {_TRIES} workers died over the same 2 items"):
        list(engine().each(partial(die, None), iter(NUMBERS), most=2))


def test_rounds_of_work_may_overlap() -> None:
    one = engine()
    outer = one.each(square, iter(NUMBERS), most=2)
    first = next(outer)
    assert list(one.each(square, [7, 8])) == [(7, 49), (8, 64)]
    assert [first, *outer] == [(number, number * number) for number in NUMBERS]


def test_an_error_of_the_work_is_told_as_it_is() -> None:
    def refuse(_: Models, items: Sequence[int]) -> list[int]:
        raise UsageError(f"not {items[0]}")

    with pytest.raises(UsageError, match=r"^not 3$"):
        list(engine().each(refuse, [3]))


def test_a_cluster_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import ray

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", _no_cluster)
    (tmp_path / "contralint.toml").write_text('engine = "ray"\n[ray]\naddress = "far:1"\n', encoding="utf-8")
    config = str(tmp_path / "contralint.toml")
    assert main(["scan", "fixtures", "--no-cache", "--quiet", "--config", config]) == 2
    assert "ray: the cluster at 'far:1' cannot be reached: nobody is there" in capsys.readouterr().err


def _no_cluster(address: str, **_: object) -> None:
    raise ConnectionError("nobody is there" if address == "far:1" else address)
