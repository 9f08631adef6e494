"""The form that a response is to have: JSON and its keys, YAML, XML, CSV, a table, a list."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.facets.form import FormName, form
from contralint.patterns import DOTALL, lazy_pattern

_NAMES: dict[str, FormName] = {
    "json": "JSON", "yaml": "YAML", "xml": "XML", "csv": "CSV", "table": "table", "markdown table": "table",
    "bullet points": "list", "bullet list": "list", "bulleted list": "list", "bullets": "list", "numbered list": "list",
}  # fmt: skip
_NAME = r"(?P<name>json|yaml|xml|csv|markdown table|table(?! of content)|bullet(?:ed)? list|bullet points|bullets|numbered list)"
_ARTICLE = r"(?:an? |the |one |only |just |valid |single |well-formed |plain |raw |pure |strict |simple |ordered |short |proper )*"
_WANTED = lazy_pattern(
    rf"\b(?:return|respond|reply|answer|output|give|produce|provide|format|present|put|write|extract|list|convert|formatted|structured|render|be|is|organi[sz]e|arrange|show)\b(?: [\w',/-]+){{0,9}}?\s+"
    rf"(?:as|in|with|using|into)\s+(?:the form(?:at)? of )?{_ARTICLE}{_NAME}\b"
    rf"|\b(?:return|output|produce|respond with|reply with|answer with|provide|emit)\s+(?:me |us )?{_ARTICLE}{_NAME}\b"
    rf"|\b(?:must|should|has to|have to|needs? to|shall|is to|are to) be {_ARTICLE}(?P<name>json|yaml|xml|csv)\b"
    rf"|\buse {_ARTICLE}(?P<name>markdown table|table|bullet points|bullets|bullet(?:ed)? list|numbered list)\b"
    rf"|(?:^|[,(;.]\s*)(?:as|in) {_ARTICLE}{_NAME}(?: format| object| array)?\s*(?:[,.;:)!]|$|please|only|with (?:the )?(?:keys?|fields?))"
    rf"|^(?:only )?(?:valid )?(?P<name>json)(?: only| object)?[.!]?$"
)
_ELSEWHERE = lazy_pattern(
    r"\b(?:scripts?|functions?|programs?|code|python|javascript|java|parse[rs]?|librar(?:y|ies)|apis?|endpoints?|class(?:es)?|queries|schema|difference|what is|how (?:do|to|can|does)"
    r"|files? (?:that|which)|explain|this (?:json|xml|csv|yaml|table)|the following (?:json|xml|csv|yaml|table)|from (?:the |this |a )?(?:json|xml|csv|yaml|table)|dataset|database)\b"
)
_NOT_IT = lazy_pattern(r"\b(?:not|never|n't|no|without|instead of|rather than|or)\b[^.;]{0,20}$")
_KEYS = lazy_pattern(r"\b(?:keys?|fields?|properties|attributes)\b\s*(?:named |called |are |is |should be )?:?\s*")
_NOT_KEYS = lazy_pattern(r"\b(?:optional|may|can|such as|e\.g|like|for each|each|nested|array|list of)\b")
_FENCE = lazy_pattern(r"```[\w+-]*\s*\n?(.*?)```", DOTALL)
_SHORT = 400  # characters of prose in which a list that was asked for is missed


@dataclass(frozen=True)
class Format:
    """One form, and of JSON its keys."""

    name: FormName
    keys: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        return "lists" if self.name == "list" else "format"

    def broken(self, response: Measured) -> str | None:
        if self.name == "JSON":
            return self._json_broken(response)
        if response.code or form(response.text).name == self.name or not _plain_prose(response, self.name):
            return None
        return f"asked for {_SHOWN.get(self.name, self.name)}, is in prose"

    def _json_broken(self, response: Measured) -> str | None:
        values = json_values(response.text)
        if not values:
            broken = response.text.strip()[:1] in ("{", "[") and not response.cut
            return "asked for JSON, has JSON that does not parse" if broken else _unlike_json(response)
        missing = [key for key in self.keys if not any(key in _all_keys(value) for value in values)]
        return f"asked for the keys {_quoted(self.keys)}, lacks {_quoted(missing)}" if missing else None


_SHOWN = {"list": "a list", "table": "a table"}


def read(told: Told) -> Iterator[Constraint]:
    """The form that a sentence asks for the response."""
    if _ELSEWHERE.search(told.plain):
        return
    for match in _WANTED.finditer(told.plain):
        if _NOT_IT.search(told.plain[: match.start("name")]):
            continue
        name = _NAMES[match["name"].replace("bulleted", "bullet")]
        yield Format(name, _keys(told, match.end()) if name == "JSON" else ())
        return


def json_values(text: str) -> list[Any]:
    """The JSON values of a response: the whole, those in code fences, or the first one among words."""
    candidates = [text.strip(), *(found.strip() for found in _FENCE.findall(text))]
    starts = [position for position in (text.find("{"), text.find("[")) if position >= 0]
    candidates += [text[start : max(text.rfind("}"), text.rfind("]")) + 1] for start in sorted(starts)]
    values = []
    for candidate in candidates:
        try:
            value = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, (dict, list)):
            values.append(value)
    return values


def _keys(told: Told, start: int) -> tuple[str, ...]:
    match = _KEYS.search(told.plain, start)
    if match is None or _NOT_KEYS.search(told.plain, match.start()):
        return ()
    return tuple(key for key in told.quotes(match.end(), len(told.text)) if regex.fullmatch(r"[\w -]+", key))


def _all_keys(value: Any) -> set[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in _all_keys(inner)}
    return {key for inner in value for key in _all_keys(inner)} if isinstance(value, list) else set()


def _unlike_json(response: Measured) -> str | None:
    if "{" in response.text or response.code:
        return None
    return "asked for JSON, has none"


def _plain_prose(response: Measured, wanted: FormName) -> bool:
    """Whether a response is nothing but prose: what is almost the form that was asked for is let pass."""
    if form(response.text).name not in ("prose", "list"):
        return False
    if wanted == "list":
        return len(response.lines) == 1 and response.sentences.fewest > 1
    traces = {"table": "|\t", "CSV": ",;\t", "XML": "<", "YAML": ":"}[wanted]
    return not any(trace in response.text for trace in traces) or (wanted == "CSV" and response.sentences.fewest > 1)


def _quoted(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
