"""The page as a whole: pictures, the first conflicts, and all of them as data that a script shows the rest from."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from contralint.diagnostics import Diagnostic, Report
from contralint.reports.html.card import card
from contralint.reports.html.chart import colours
from contralint.reports.html.element import Element, shown
from contralint.reports.html.matrix import Sources
from contralint.reports.html.overview import files_of, headline, overview
from contralint.reports.sources import named
from contralint.rulebook import Rule
from contralint.version import __version__

CARDS_WITHOUT_SCRIPT = 50
_FOLDER = files("contralint.reports.html")


def page(report: Report, rules: Mapping[str, Rule]) -> str:
    """A report as one HTML document."""
    ranked = sorted(report.diagnostics, key=lambda found: found.rank_key)
    colour, sources = colours(report.summary.by_rule), Sources(report.summary)
    cards = [card(found, rules[found.rule], colour[found.rule]) for found in ranked]
    style, script = _read("page.css"), _read("page.js")
    return Template(_read("page.html")).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        headline=_html(headline(report.summary)),
        overview=_html(overview(ranked, report.summary, colour, sources)),
        cards=_html(cards[:CARDS_WITHOUT_SCRIPT]),
        first=str(min(len(cards), CARDS_WITHOUT_SCRIPT)),
        count=str(len(cards)),
        data=_embedded(_data(ranked, cards, sources)),
        version=__version__,
    )


def _read(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


def _html(parts: Iterable[Element]) -> str:
    return "".join(f"{part.to_html()}\n" for part in parts)


def _policy(style: str, script: str) -> str:
    """What a browser is to let the page do: use our own style and script, and nothing else from anywhere."""
    ours = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {ours}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _embedded(data: object) -> str:
    """JSON in which no parser of HTML or of scripts sees an end, a comment or a line of its own."""
    dumped = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        dumped = dumped.replace(character, f"\\u{ord(character):04x}")
    return dumped


def _data(ranked: Sequence[Diagnostic], cards: Sequence[Element], sources: Sources) -> dict[str, Any]:
    """What the script searches, filters and builds cards from: files and sources by number."""
    paths = sorted({path for found in ranked for path in files_of(found)})
    number = {path: at for at, path in enumerate(paths)}
    return {
        "rules": {found.rule: found.name for found in ranked},
        "files": [shown(path) for path in paths],
        "sources": [named(source) for source in sources.names],
        "groups": [
            {
                "rule": found.rule,
                "severity": found.severity.value,
                "files": [number[path] for path in files_of(found)],
                "sources": sources.on_sides(found),
                "card": made.to_data(),
            }
            for found, made in zip(ranked, cards, strict=True)
        ],
    }
