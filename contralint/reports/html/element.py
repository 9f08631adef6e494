"""Elements of a page, written as HTML, or as data that a script builds the same elements from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contralint.escape import visible

_SPACES = re.compile(r"([\n\t])")
_VOID = frozenset({"circle", "input", "rect", "wbr"})


@dataclass(frozen=True)
class Element:
    """An element. Its texts and the values of its attributes may be any text: what is hidden or markup is escaped."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]

    def to_html(self) -> str:
        """The element as HTML, or as SVG within it."""
        given = "".join(f' {name}="{html.escape(visible(value))}"' for name, value in self.attributes.items())
        if self.tag in _VOID:
            return f"<{self.tag}{given}/>"
        inner = "".join(
            html.escape(shown(child), quote=False) if isinstance(child, str) else child.to_html()
            for child in self.children
        )
        return f"<{self.tag}{given}>{inner}</{self.tag}>"

    def to_data(self) -> list[Any]:
        """The element as a list: its tag, its attributes, then its children, of which texts are strings."""
        given = {name: visible(value) for name, value in self.attributes.items()}
        return [self.tag, given, *(shown(each) if isinstance(each, str) else each.to_data() for each in self.children)]


Node = Element | str


def element(tag: str, *children: Node | Iterable[Node], **attributes: str) -> Element:
    """Makes an element; of names of attributes, `_` at the end goes and any other becomes `-`."""
    flat: list[Node] = []
    for child in children:
        flat.extend([child] if isinstance(child, (str, Element)) else child)
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return Element(tag, named, tuple(flat))


def shown(text: str) -> str:
    """Text with hidden characters spelt out, but for line ends and tabs, which a page shows."""
    return "".join(part if part in ("\n", "\t") else visible(part) for part in _SPACES.split(text))


def breakable(path: str) -> list[Node]:
    """A path that may go on in the next line after any of its slashes."""
    first, *further = path.split("/")
    return [first, *(part for name in further for part in ("/", element("wbr"), name))]
