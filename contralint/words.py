"""Words and sentences of a text, as far as comparing two short answers needs them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
import Stemmer

from contralint.patterns import lazy_pattern

_WORD = lazy_pattern(r"\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)?|\p{N}+(?:[.,]\p{N}+)*|[%$€£°]")
# One class of characters begins all ends, so that the rest of a text is passed over quickly.
_SENTENCE_END = lazy_pattern(r"[.!?。！？\n](?:(?<=\n)\n*|(?<!\n)[\"'”’)\]]*\s+(?=[\p{Lu}\p{N}\"'“‘(\[*-]))")
# "Dr. Smith", "e.g. this", "U.S. Army": a full stop that ends no sentence.
_ABBREVIATION = lazy_pattern(
    r"(?:\b(?:[A-Z]|[A-Za-z]\.[A-Za-z]|Dr|Mr|Mrs|Ms|St|vs|etc|e\.g|i\.e|approx|ca|Prof|Jr|Sr|Inc|Ltd|Gov|Gen|Sen|Rep|Lt|Col|Sgt|Capt|Mt)\.)$"
)

_ABBREVIATED = 8  # characters of the longest of them, and of what stands before it

FUNCTION_WORDS = frozenset(
    """a an the this that these those it its it's he she they them their his her him we us our you your i my me mine
    is are was were be been being am do does did done has have had having will would shall should can could may
    might must of in on at to for from by with about as into onto than then so and or but if because while during
    through over under between among per via within what which who whom whose where when why how there here also
    just very really quite only please tell give know name called known say says said one ones some any all most
    more much many such same other another yes no not none nor n't never well actually simply basically currently
    typically usually generally approximately around roughly exactly answer correct following located found
    consists made up officially that's what's who's where's
    there's i'm you're they're we're it'd i'd you'd let's""".split()
)

END_PUNCTUATION = ".!?…。！？؟।,;: "

_stemmer = Stemmer.Stemmer("english", 0)  # its own cache would be one more


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its ending, in lower case; possessives dropped."""
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    return str(_stemmer.stemWord(plain))


def words(text: str) -> list[str]:
    """Words and numbers in order, as written; currency, percent and degree signs count as words."""
    return [str(found) for found in _WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word.casefold().replace("’", "'") not in FUNCTION_WORDS]


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence or line, without the white space around it."""
    spans, start = [], 0
    for end in [*_SENTENCE_END.finditer(text), None]:
        stop = _stop(end) if end else len(text)
        if end and text[stop - 1] == "." and "\n" not in end[0] and _is_abbreviation(text, start, stop):
            continue
        if trimmed := text[start:stop].strip():
            first = text.index(trimmed[0], start)
            spans.append((first, first + len(trimmed)))
        start = end.end() if end else stop
    return spans


def _stop(end: regex.Match[str]) -> int:
    """Where a sentence stops: behind its mark, or before the line break."""
    return end.start() + (not end[0].startswith("\n"))


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    return bool(_ABBREVIATION.search(text, max(start, stop - _ABBREVIATED), stop))


def normalise(text: str) -> str:
    """A text as it is compared: letter case, spacing, Unicode form and punctuation at the end set aside."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain.rstrip(END_PUNCTUATION) or plain
