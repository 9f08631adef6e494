"""Patterns that are compiled when first tried: a scan uses few of them, and compiling all takes longer than it does."""

from __future__ import annotations

from typing import Any, cast

import regex

# Flags, so that whoever writes patterns needs no other module.
IGNORECASE, MULTILINE, DOTALL, VERBOSE = regex.IGNORECASE, regex.MULTILINE, regex.DOTALL, regex.VERBOSE
REVERSE = regex.REVERSE


def lazy_pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern as `regex.compile` makes it, later."""
    return cast("regex.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._made = (source, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(regex.compile(*self._made), name)
        # Found here from now on, at the cost of any attribute.
        setattr(self, name, found)
        return found
