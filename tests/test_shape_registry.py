"""The table of shapes: complete, and of one name each."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from contralint import shapes


def test_every_shape_of_the_folder_is_in_the_table() -> None:
    modules = [import_module(f"contralint.shapes.{found.name}") for found in pkgutil.iter_modules(shapes.__path__)]
    names = {module.NAME for module in modules if hasattr(module, "NAME")}
    assert names == {*shapes.SHAPES, "mapped"}


def test_shapes_go_by_the_names_that_users_type() -> None:
    assert sorted(shapes.SHAPES) == [
        "alpaca",
        "messages",
        "preference",
        "prompt-completion",
        "qa",
        "segments",
        "sharegpt",
        "text-label",
        "unpaired-preference",
    ]
