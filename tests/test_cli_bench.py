"""`contralint bench`: its pages, its plots, and whom it sends away."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Snapshots
from linting import shared_encoder, write

from contralint.bench import png
from contralint.bench.cases import Case
from contralint.bench.drawing import Dot, Drawing, Label, Line
from contralint.bench.measurement import Figure, Measurement, Mistake, Table
from contralint.bench.metrics import Bin
from contralint.bench.pages import PAGES
from contralint.bench.svg import svg
from contralint.cli import main
from contralint.reports import RenderOptions

FILES = [
    str(Path(__file__).parent / "data" / "bench" / name)
    for name in ("behaviour.jsonl", "judge.jsonl", "same-request.jsonl", "stance.jsonl")
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("contralint.models.suite.load_encoder", lambda *_: shared_encoder())
    for file in FILES:
        (tmp_path / Path(file).name).write_bytes(Path(file).read_bytes())
    return tmp_path


def measurements() -> list[Measurement]:
    """Two tasks with figures of every kind."""
    case = Case("data/labelled.jsonl", 7, {})
    figures: dict[str, Figure] = {"cases": 12, "precision": 2 / 3, "auc": None}
    families = Table(
        "families", "by family", ("family", "cases", "f1"), (("dates | times", 4, 0.5), ("names", 8, None))
    )
    mistakes = (Mistake(case, "Holland or the Netherlands", "ok", "probability 0.97"),)
    bins = (Bin(4, 0.25, 0.25, 0.05, 0.7),)
    judged = Measurement(
        "judge", ("data/labelled.jsonl", "more.csv"), figures, (families,), mistakes, bins, ("a list was cut",)
    )
    rules = Table("rules", "by rule", ("rule", "name", "reported"), ())
    return [judged, Measurement("calm", ("calm.jsonl",), {"per_1000_records": 0.5}, (rules,), ())]


@pytest.mark.parametrize(("kind", "ending"), [("text", "txt"), ("json", "json"), ("markdown", "md")])
def test_pages(kind: str, ending: str, snapshots: Snapshots) -> None:
    snapshots.check(f"bench.{ending}", "".join(PAGES[kind](measurements(), RenderOptions(width=100), True)))


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    for name in ("first", "second"):
        assert main(["bench", "judge.jsonl", "stance.jsonl", "-o", f"{name}.txt", "--plot", f"{name}.svg"]) == 0
    for ending in ("txt", "svg"):
        first, second = (folder / f"{name}.{ending}" for name in ("first", "second"))
        assert first.read_bytes() == second.read_bytes()


def test_mistakes_are_listed_on_request_alone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "behaviour.jsonl"])
    assert "taste" not in capsys.readouterr().out
    main(["bench", "behaviour.jsonl", "--misses"])
    line = "behaviour.jsonl:6: expected conflict, found nothing reported: taste, which no rule reports\n"
    assert line in capsys.readouterr().out


def test_colours_change_nothing_but_colours(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "stance.jsonl"])
    plain = capsys.readouterr().out
    main(["bench", "stance.jsonl", "--color", "always"])
    colored = capsys.readouterr().out
    assert colored != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_texts_of_cases_cannot_steer_the_terminal_or_the_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[31mred\x07 [bold]|<b>`\u202e"
    row = {"case": hostile, "family": hostile, "label": "conflict", "records": [{"text": "a", "label": "b"}]}
    write(folder / "h.jsonl", [row])
    for kind in ("text", "markdown", "json"):
        assert main(["bench", "h.jsonl", "-v", "--format", kind]) == 0
        shown = capsys.readouterr().out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
        if kind == "text":
            assert "[bold]" in shown
        if kind == "markdown":
            assert "<b>" not in re.sub(r"\\[<>]", "", shown)
            assert len({line.count("|") - line.count("\\|") for line in shown.splitlines() if "red" in line}) == 2


def test_settings_hold(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "behaviour.jsonl", "--ignore", "CL201", "--format", "json"])
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert [row["rule"] for row in result["tables"]["rules"] if row["reported"]] == ["CL101"]
    assert {row["rule"]: row["missed"] for row in result["tables"]["rules"]} == {"CL101": 0, "CL201": 1}


def test_a_plot_as_svg(folder: Path) -> None:
    assert main(["bench", *FILES, "--plot", "plot.svg", "-o", "page.md", "--format", "markdown"]) == 0
    drawn = ElementTree.fromstring((folder / "plot.svg").read_text(encoding="utf-8"))
    texts = [element.text for element in drawn.iter(f"{SVG}text")]
    for task, cases in {"behaviour": 2, "judge": 7, "same-request": 4, "stance": 5}.items():
        assert any(text and text.startswith(f"{task}: {cases} cases, calibration error 0.") for text in texts)
    assert len(list(drawn.iter(f"{SVG}circle"))) > 8


def test_texts_in_a_drawing_are_escaped() -> None:
    drawn = ElementTree.fromstring(svg(Drawing("<a>", 9, 9, (Label(1, 1, '&"<b>\x00', upright=True),))))
    texts = [element.text for element in drawn.iter() if element.text and element.text.strip()]
    assert texts == ["<a>", '&"<b>\\u0000']


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "missing argument"),
        (["none.jsonl"], "none.jsonl"),
        (["judge.jsonl", "--plot", "plot.pdf"], "a plot is written as .svg or .png"),
        (["judge.jsonl", "--plot", "none/plot.svg"], "no such folder"),
        (["judge.jsonl", "-o", "none/page.txt"], "no such folder"),
        (["judge.jsonl", "--task", "jugde"], "jugde"),
        (["stance.jsonl", "--task", "flips", "--plot", "plot.svg"], "nothing measured here has a score to plot"),
    ],
)
def test_bad_usage_is_one_clear_error(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", *arguments]) == 2
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_a_missing_library_names_the_command_that_installs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["bench", "judge.jsonl", "--plot", "plot.png"]) == 2
    assert "pip install 'contralint[bench]'" in capsys.readouterr().err
    assert not (folder / "plot.png").exists()


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_a_plot_as_png(folder: Path) -> None:
    for name in ("first.png", "second.png"):
        assert main(["bench", "judge.jsonl", "stance.jsonl", "--plot", name]) == 0
    first = (folder / "first.png").read_bytes()
    assert first.startswith(b"\x89PNG")
    assert first == (folder / "second.png").read_bytes()


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_shapes_stand_where_they_are_drawn(folder: Path) -> None:
    from matplotlib.image import imread

    shapes = (Line(((10, 50), (90, 50)), "#0000FF", 2), Dot(20, 20, 8, "#FF0000"), Label(50, 90, "$x$ \x00", 12, "end"))
    png.write_png(Drawing("test", 100, 100, shapes), folder / "drawn.png")
    pixels = imread(folder / "drawn.png")
    assert pixels.shape[:2] == (200, 200)
    assert pixels[40, 40, :3].tolist() == [1.0, 0.0, 0.0]
    assert pixels[100, 100, :3].tolist() == [0.0, 0.0, 1.0]
    assert pixels[100, 5, :3].tolist() == [1.0, 1.0, 1.0]
    assert pixels[150:190, 0:100, 0].min() < 0.5, "the label ends in the middle"
