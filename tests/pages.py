"""What a browser sees of an HTML page, read with the parser of the standard library."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "circle", "input", "link", "meta", "rect", "wbr"}


@dataclass
class Page(HTMLParser):
    """A page whose elements are closed in order.

    Attributes:
        tags: Each element's tag and attributes, in order.
        texts: Each stretch of text with the tag that it stands in.
    """

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    comments: int = 0
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - the parser's signature
        self.comments += 1

    def inside(self, tag: str) -> str:
        """All text directly within elements of a tag."""
        return "".join(text for within, text in self.texts if within == tag)

    def having(self, name: str, value: str) -> list[dict[str, str | None]]:
        """The attributes of the elements that have a class, or another attribute with this word."""
        return [given for _, given in self.tags if value in (given.get(name) or "").split()]


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert not page._open
    return page


def scripts(html: str) -> list[str]:
    """What stands in the scripts of a page, as a browser cuts them: up to the next end tag, whatever is around it."""
    return [part.partition(">")[2].partition("</script")[0] for part in html.split("<script")[1:]]


def data_of(html: str) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(scripts(html)[0])
