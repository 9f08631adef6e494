"""Adopting contralint in a repository: the files that `contralint init` writes, one kind a module."""

from __future__ import annotations

from contralint.adoption.dataset import Dataset
from contralint.adoption.edit import Edit
from contralint.adoption.plan import Plan, Wishes, planned
from contralint.adoption.source import Package, Repository, Source

__all__ = ["Dataset", "Edit", "Package", "Plan", "Repository", "Source", "Wishes", "planned"]
