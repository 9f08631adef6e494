"""What `contralint compare` prints: both records, what lies between them, and what each rule says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contralint.comparison import Comparison, Exhibit
from contralint.escape import quotable, visible
from contralint.kinds.pairing import SAME_REQUEST
from contralint.models.search import SIMILARITY
from contralint.reasons import figure
from contralint.reports import RenderOptions
from contralint.verdicts import Verdict

_SHOWN = 2000  # characters of a text; enough to see what it does
_QUOTED = 80  # characters of the words that show a facet
_LEAST = 0.005  # probability of a stance that is worth a mention


def comparison_page(comparison: Comparison, options: RenderOptions) -> Iterator[str]:
    """Lines of the page."""
    for shown in (comparison.first, comparison.second):
        yield from exhibit_lines(shown, options)
        yield ""
    yield from between_lines(comparison, options)


def exhibit_lines(shown: Exhibit, options: RenderOptions) -> Iterator[str]:
    """A record: where it stands, what it says, and its facets."""
    record = shown.described.record
    place = options.paint(f"{visible(record.origin.path)}:{record.origin.line}", "bold")
    name = f", id {visible(record.origin.id)}" if record.origin.id else ""
    last = "the last of" if shown.turn == shown.turns else f"number {shown.turn} of"
    turn = f", {last} {shown.turns} trained turns" if shown.turns > 1 else ""
    yield f"{place}: {record.shape}{name}{turn}"
    texts = {
        "system": record.system.text,
        "request": record.request,
        "response" if record.desired else "unwanted": record.response.text,
        "rejected": record.rejected.text if record.rejected else "",
    }
    for title, text in texts.items():
        if text or title not in ("system", "rejected"):
            yield from _text_lines(title, text, options)
    if record.context:
        yield _remark(f"earlier turns: {len(record.context)}", options)
    for facet in _facets(shown.described.to_dict()):
        yield _remark(facet, options)


def between_lines(comparison: Comparison, options: RenderOptions) -> Iterator[str]:
    """What was measured between two records, and what each rule says."""
    yield options.paint("between the two", "bold")
    yield _remark(
        f"similarity {figure(comparison.similarity, SIMILARITY)} (compared from {figure(SIMILARITY)})", options
    )
    yield _remark(
        f"same request {figure(comparison.same, SAME_REQUEST)} (the same from {figure(SAME_REQUEST)})", options
    )
    differing = ", ".join(comparison.differing)
    yield _remark(
        f"context: {'calls for different answers: ' + differing if differing else 'allows one answer'}", options
    )
    yield _remark(f"judge {figure(comparison.judge)} (that both answers cannot be right, asked the same)", options)
    for obstacle in comparison.obstacles:
        yield _remark(f"not compared in what they answer: {obstacle}", options)
    yield ""
    yield options.paint("rules about two records", "bold")
    width = max((len(verdict.rule.name) for verdict in comparison.verdicts), default=0)
    for verdict in comparison.verdicts:
        yield _verdict_line(verdict, width, options)


def quoted(text: str) -> str:
    """Words of a record on one line, cut where they are long."""
    return '"' + "".join(quotable(text[:_QUOTED])) + ("..." if len(text) > _QUOTED else "") + '"'


def _verdict_line(verdict: Verdict, width: int, options: RenderOptions) -> str:
    holds = options.paint("holds", "bold red") if verdict.holds else options.paint("no   ", "dim")
    return f"  {verdict.rule.id} {verdict.rule.name:<{width}}  {holds}  {visible(verdict.because)}"


def _text_lines(title: str, text: str, options: RenderOptions) -> Iterator[str]:
    bar = options.paint("|", "dim")
    for number, line in enumerate(text[:_SHOWN].split("\n")):
        yield f"{title if number == 0 else '':>10} {bar} {visible(line)}".rstrip()
    if len(text) > _SHOWN:
        yield f"{'':>10} {bar} ... and {len(text) - _SHOWN} more characters"


def _remark(text: str, options: RenderOptions) -> str:
    return f"{'':>10} {options.paint('=', 'dim')} {text}"


def _facets(facets: Mapping[str, Any]) -> Iterator[str]:
    stance = facets["stance"]
    ranked = sorted(stance["probabilities"].items(), key=lambda item: (-item[1], item[0]))
    likely = ", ".join(f"{label} {figure(value)}" for label, value in ranked if value >= _LEAST)
    yield f"stance: {likely}: {quoted(stance['evidence'])}" if likely else "stance: none"
    if stance["concedes"]:
        yield "declines in words and answers in part all the same: taken as partial"
    yield f"question: {facets['question']['kind']}"
    if facets["label"] is not None:
        yield f"label: {quoted(facets['label'])}"
    yield f"polarity: {facets['polarity'] or 'none'}"
    yield f"answer: {quoted(facets['answer']) if facets['answer'] else 'none'}"
    form = facets["format"]
    yield f"format: {' '.join(filter(None, (form['language'], form['name'])))}"
    yield f"language: {facets['language'] or 'none told'}"
    yield from _listed("quantities", [f"{one['dimension']} {quoted(one['text'])}" for one in facets["quantities"]])
    yield from _listed(
        "claims", [f"{one['stance']} {one['capability']}: {quoted(one['text'])}" for one in facets["claims"]]
    )
    yield from _listed(
        "identity", [f"{one['attribute']} {visible(one['value'])}: {quoted(one['text'])}" for one in facets["identity"]]
    )
    for name in ("tools", "calls"):
        if facets[name]:
            yield f"{name}: {visible(', '.join(facets[name]))}"


def _listed(name: str, items: list[str]) -> Iterator[str]:
    yield f"{name}: {'; '.join(items) or 'none'}"
