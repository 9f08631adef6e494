"""What must stay light does: each import is looked at in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

import contralint

HEAVY = {"torch", "faiss", "sklearn", "onnxruntime", "numpy", "pyarrow", "rich", "tokenizers", "transformers", "yaml"}
HEAVY |= {"starlette", "uvicorn"}


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after running code."""
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import contralint",
        "from contralint import Config, Diagnostic, Report",
        "from contralint.cli import main; main(['--help'])",
        "from contralint.cli import main; main(['scan', '--help'])",
        "from contralint.cli import main; main(['bench', '--help'])",
        "from contralint.cli import main; main(['fix', '--help'])",
        "from contralint.cli import main; main(['evals', '--help'])",
        "from contralint.cli import main; main(['synth', '--help'])",
        "from contralint.cli import main; main(['evals', 'run', '--help'])",
        "from contralint.cli import main; main(['review', '--help'])",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


def test_explaining_rules_needs_no_models() -> None:
    loaded = loaded_by("from contralint.cli import main; main(['rule', 'CL003'])")
    assert loaded & HEAVY == {"yaml"}


@pytest.mark.parametrize("words", ["contralint ", "contralint scan --select CL", "contralint scan da"])
def test_a_shell_waits_for_nothing_heavy(words: str) -> None:
    asked = {"_CONTRALINT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert (
        loaded_by(f"import os; os.environ.update({asked}); from contralint.cli import main; main([])") & HEAVY == set()
    )


def test_public_names() -> None:
    assert dir(contralint) == ["Config", "Diagnostic", "Linter", "Report", "__version__"]
    assert contralint.Config(jobs=1).jobs == 1
    with pytest.raises(AttributeError, match="no attribute 'Lintr'"):
        contralint.Lintr  # noqa: B018 (the look itself raises)
