"""What `contralint coverage` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from contralint.counting import number_of
from contralint.coverage import Coverage, Example, Topic
from contralint.diagnostics import Passage
from contralint.escape import json_text, visible
from contralint.reports import RenderOptions
from contralint.reports.excerpt import excerpt
from contralint.reports.markdown import code, plain
from contralint.reports.painting import painted
from contralint.reports.wording import percent

_HEADS = ("traffic", "training", "uncovered", "topic")
_QUOTED = 160  # characters of a request in a table of Markdown
_TOPIC = 40  # cells for the words of a topic
_NOTHING = "-"


def text_page(found: Coverage, options: RenderOptions) -> Iterator[str]:
    """Yields a table of topics, then examples of what has nothing near."""
    yield f"{_headline(found)}\n\n"
    yield options.paint(f"{_HEADS[0]:>9}  {_HEADS[1]:>9}  {_HEADS[2]:>9}  {_HEADS[3]}", "bold") + "\n"
    for topic in found.topics:
        counts = "  ".join(f"{share:>9}" for share in _shares(topic, found))
        words = _cropped(", ".join(map(visible, topic.words)) or _NOTHING)
        shown = _quoted(topic.example, options.width - len(counts) - len(words) - 4, options)
        yield f"{counts}  {options.paint(words, 'bold')}  {shown}\n"
    for title, total, examples in _kinds(found):
        yield f"\n{options.paint(title, 'bold')}\n"
        for example in examples:
            lead = f"{example.count:>9,}  "
            yield f"{lead}{_quoted(example.request, options.width - len(lead), options)}\n"
            aside = f"{' ' * len(lead)}nearest {example.similarity:.2f}: "
            yield f"{aside}{_quoted(example.nearest, options.width - len(aside), options)}\n"
        yield from _rest(total, examples)
    for note in found.notes:
        yield f"\nnote: {visible(note)}\n"


def json_page(found: Coverage, _options: RenderOptions) -> Iterator[str]:
    """Yields the survey as one JSON document."""
    yield json_text(found.to_dict(), indent=2) + "\n"


def markdown_page(found: Coverage, _options: RenderOptions) -> Iterator[str]:
    """Yields the same as the text, in tables."""
    yield f"## Coverage\n\n{_headline(found)}\n\n| {' | '.join(_HEADS)} | example |\n|---:|---:|---:|---|---|\n"
    for topic in found.topics:
        cells = [*_shares(topic, found), plain(", ".join(topic.words)) or _NOTHING, _cell(topic.example)]
        yield f"| {' | '.join(cells)} |\n"
    for title, total, examples in _kinds(found):
        yield f"\n### {title}\n\n| requests | such as | nearest | |\n|---:|---|---|---:|\n"
        for one in examples:
            yield f"| {one.count:,} | {_cell(one.request)} | {_cell(one.nearest)} | {one.similarity:.2f} |\n"
        yield from _rest(total, examples)
    yield from (f"\n> {plain(note)}\n" for note in found.notes)


PAGES: dict[str, Callable[[Coverage, RenderOptions], Iterator[str]]] = {
    "text": text_page,
    "json": json_page,
    "markdown": markdown_page,
}


def _headline(found: Coverage) -> str:
    return (
        f"{_requests(found.traffic)} of users, {percent(found.uncovered / found.traffic)} with nothing near "
        f"(similarity {found.near:g}) in the training data; {_requests(found.training)} there, "
        f"{percent(found.unasked / found.training)} with nothing near in the traffic."
    )


def _kinds(found: Coverage) -> list[tuple[str, int, Sequence[Example]]]:
    """Titles of the examples, how many requests are of their kind, and the examples."""
    kinds = [
        (f"Asked, not trained on: {_requests(found.uncovered)}", found.uncovered, found.uncovered_examples),
        (f"Trained on, not asked: {_requests(found.unasked)}", found.unasked, found.unasked_examples),
    ]
    return [kind for kind in kinds if kind[2]]


def _rest(total: int, examples: Sequence[Example]) -> Iterator[str]:
    if more := total - sum(example.count for example in examples):
        yield f"\n... and {more:,} more\n"


def _shares(topic: Topic, found: Coverage) -> list[str]:
    """Of all traffic, of all training, and of all traffic again: what of the topic has nothing near."""
    return [
        percent(topic.traffic / found.traffic),
        percent(topic.training / found.training),
        percent(topic.uncovered / found.traffic),
    ]


def _quoted(text: str, room: int, options: RenderOptions) -> str:
    return painted(excerpt(Passage(text), max(room, 20), ()), "", options)


def _cropped(words: str) -> str:
    return words if len(words) <= _TOPIC else f"{words[: _TOPIC - 3]}..."


def _cell(text: str) -> str:
    """A request in a cell, which a pipe would end, even in a code span."""
    short = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."
    return code(short).replace("|", "\\|")


def _requests(count: int) -> str:
    return number_of(count, "request", ",")
