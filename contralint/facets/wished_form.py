"""What a request says of the form that its answer should have, and of the language."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from contralint.facets.language import named
from contralint.patterns import IGNORECASE, lazy_pattern

# Names of forms, and what a form looks like where a request shows an example of it.
_FORMS = lazy_pattern(
    r"\b(?:(?P<JSON>jsonl?)|(?P<YAML>ya?ml|key[- ]value)|(?P<TOML>toml|ini file)|(?P<XML>xml|html|markup|tags?)"
    r"|(?P<CSV>csv|tsv|comma[- ]separated|spreadsheet)|(?P<table>markdown table|latex table|tables?\b(?! of contents))"
    r"|(?P<LaTeX>latex)|(?P<list>bullets?|bullet(?:ed)?[- ](?:points?|list)|numbered list|checklist)"
    r"|(?P<prose>prose|plain (?:text|english|words|language)|paragraphs?|full sentences?|(?:one|a single) (?:plain )?sentence"
    r"|in (?:your own )?words)|(?P<code>code|python|javascript|typescript|java|c\+\+|c#|golang|rust|ruby|php|sql|bash"
    r"|regex|script|function|program))\b",
    IGNORECASE,
)
_SHOWN = lazy_pattern(r"(?P<JSON>[{\[]\s*\"|\"\s*:)|(?P<XML></\w+>)|(?P<table>\|\s*:?-{2,})|(?P<code>```)")
# Requests whose answer is data: what stands in the text is to be taken out, or put in order.
_STRUCTURED = lazy_pattern(
    r"\b(?:extract|parse|tokeni[sz]e|structured?|schema|fields?|columns?|rows?|attributes?|entit(?:y|ies)|metadata"
    r"|key[- ]values?|record|timetable|schedule|settings|config(?:uration)?|payload|data ?base|inventory|catalog(?:ue)?"
    r"|table|tabulate|serialis|serializ|into (?:its|their) parts|(?:turn|make|convert|put|organi[sz]e|transform)\b.{1,60}"
    r"\binto|pull (?:out|the|all|every|\w+ and)|list (?:all |every |out )?the|identify (?:all |every |the )"
    r"|return (?:the|all|every|a)|output (?:the|all|a)|dump|export|tag (?:the|all|every|each))\b",
    IGNORECASE,
)
_CODE = lazy_pattern(
    r"\b(?:write|implement|create|give me|show me|provide|code|build|need)\b[^.?!\n]{0,60}"
    r"\b(?:function|script|program|quer(?:y|ies)|class|method|regex|one-liner|snippet|code|command)\b",
    IGNORECASE,
)
_PROGRAMMING = lazy_pattern(
    r"\b(?:python|java ?script|typescript|java|kotlin|swift|golang|rust|ruby|php|perl|haskell|scala|sql|bash|shell"
    r"|powershell|matlab|lua|dart|go|r|c)\b|\bc(?:\+\+|#)|\.net\b|\bnode(?:\.js)?\b|\breact\b|\bdjango\b|\bpandas\b",
    IGNORECASE,
)
_TRANSLATED = lazy_pattern(
    r"\b(?:translat\w*|in (?:the )?(?:original|local|native|foreign|other|another|any|both|two|different) languages?"
    r"|languages?|bilingual|übersetz\w*|tradu[czi]\w*|traduire|vertaal\w*|перев\w+|翻译|翻訳|how (?:do|would|can) (?:you|i|we) say"
    r"|wie sagt man|comment dit-on|cómo se dice|como se diz|come si dice)\b",
    IGNORECASE,
)


def names_forms(text: str) -> frozenset[str]:
    """Forms that a request names, or shows an example of."""
    found = [match.lastgroup for pattern in (_FORMS, _SHOWN) for match in pattern.finditer(text)]
    return frozenset(name for name in found if name)


def asks_for_data(text: str) -> bool:
    """Whether a request asks for data: what is taken out of a text, or put in order, rather than told."""
    return bool(_STRUCTURED.search(text))


def asks_for_code(text: str) -> bool:
    """Whether a request asks for a program."""
    return bool(_CODE.search(text))


def names_programming(text: str) -> bool:
    """Whether a request names a programming language, or what is used from one."""
    return bool(_PROGRAMMING.search(text))


def asks_for_language(text: str) -> bool:
    """Whether a request names a language, or speaks of translating."""
    return bool(_TRANSLATED.search(text)) or bool(named(text))
