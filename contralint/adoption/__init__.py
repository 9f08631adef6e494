"""Adopting contralint in a repository: the files that `contralint init` writes, one kind a module."""

from __future__ import annotations

from contralint.adoption.plan import Plan, Wishes, planned
from contralint.adoption.source import Package, Repository, Source, chosen

__all__ = ["Package", "Plan", "Repository", "Source", "Wishes", "chosen", "planned"]
