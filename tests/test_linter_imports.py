"""A scan loads what it needs and nothing heavier, looked at in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
TOO_HEAVY = {"torch", "sklearn", "scipy", "pyarrow", "sentence_transformers", "transformers", "onnx", "pandas"}
TOO_HEAVY |= {"openai", "matplotlib", "starlette", "uvicorn"}
MODELS = {"onnxruntime", "tokenizers", "faiss"}
SCAN = """
import sys
from contralint.cli import main

def scan(*rules):
    assert main(["scan", ".", "--isolated", "--exit-zero", *rules]) == 0
    print("loaded", *sorted({name.partition('.')[0] for name in sys.modules}))

scan("--select", "CL0,CL3")
scan()
"""


def test_a_scan_loads_what_its_rules_need_and_no_training_library(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", SCAN]
    cold = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=FIXTURES, env=cold)
    loaded = [set(line.split()) for line in run.stdout.splitlines() if line.startswith("loaded ")]
    without_pairs, with_pairs = loaded
    assert without_pairs & (TOO_HEAVY | MODELS) == set()
    assert with_pairs & TOO_HEAVY == set()
    assert with_pairs >= MODELS
