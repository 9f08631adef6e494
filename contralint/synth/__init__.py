"""Boundary examples: minimal pairs that teach when one side of a conflict holds, and when the other."""

from __future__ import annotations

from contralint.synth.synthesis import Synthesis, synthesise

__all__ = ["Synthesis", "synthesise"]
