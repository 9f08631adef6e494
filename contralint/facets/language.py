"""Which language a text is in, where it is long and plain enough to tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from contralint.patterns import DOTALL, lazy_pattern

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Those that people write to assistants in and that are told apart well; a name a code.
LANGUAGES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kn": "Kannada",
    "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam",
    "mr": "Marathi", "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
# As a language calls itself, and as others do, in requests for an answer in it.
_OTHER_NAMES = {
    "deutsch": "de", "allemand": "de", "alemán": "de", "tedesco": "de", "englisch": "en", "anglais": "en",
    "inglés": "en", "inglese": "en", "inglês": "en", "französisch": "fr", "français": "fr", "francés": "fr",
    "francese": "fr", "francês": "fr", "spanisch": "es", "español": "es", "espagnol": "es", "spagnolo": "es",
    "espanhol": "es", "italienisch": "it", "italiano": "it", "italien": "it", "portugiesisch": "pt",
    "português": "pt", "portugués": "pt", "portugais": "pt", "nederlands": "nl", "niederländisch": "nl",
    "polnisch": "pl", "russisch": "ru", "russe": "ru", "chinesisch": "zh", "mandarin": "zh", "japanisch": "ja",
    "filipino": "tl", "farsi": "fa",
}  # fmt: skip
# Between these a short text tells little: a difference within a family is none.
_FAMILIES = (
    frozenset(("no", "da", "sv")),
    frozenset(("hr", "sr", "sl", "mk", "bg")),
    frozenset(("cs", "sk")),
    frozenset(("id", "ms")),
    frozenset(("es", "pt", "gl", "ca")),
    frozenset(("ru", "uk", "bg", "mk", "sr")),
    frozenset(("nl", "af")),
    frozenset(("hi", "mr")),
    frozenset(("ur", "fa", "ar")),
)
# What is in no language: code, addresses, names in quotation marks, mark-up, figures.
_NO_LANGUAGE = lazy_pattern(
    r"```.*?(?:```|\Z)|`[^`\n]+`|<[^<>\n]{1,80}>|\b\w+://\S+|\S+@\S+|\S*[_/\\{}=|#<>]\S*|\d+"
    r"|\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|„[^“”\n]{1,400}[“”]|«[^»\n]{1,400}»|(?<!\w)'[^'\n]{2,200}'(?!\w)",
    DOTALL,
)
_LETTERS = lazy_pattern(r"\p{L}")
_TELLING = lazy_pattern(r"(?!\p{Latin})\p{L}")  # scripts that few languages share
_LONG = 1000  # characters that are read
_ENOUGH, _ENOUGH_TELLING, _WORDS = 12, 4, 3  # letters and words from which a text tells its language
_NAME = lazy_pattern(r"\p{L}+")
_SURE = 0.7  # probability from which a language is named


@dataclass(frozen=True)
class Language:
    """The language of a text.

    Attributes:
        code: Of ISO 639-1.
        probability: That the text is in it, or in one that is hardly told apart from it.
    """

    code: str
    probability: float

    @property
    def name(self) -> str:
        return LANGUAGES[self.code]


def language(text: str) -> Language | None:
    """The language of a text; None where it is short, holds hardly any words, or could be in several."""
    plain = _NO_LANGUAGE.sub(" ", text[: 2 * _LONG])[:_LONG].strip()
    telling = len(_TELLING.findall(plain)) >= _ENOUGH_TELLING
    if not telling and (len(_LETTERS.findall(plain)) < _ENOUGH or len(plain.split()) < _WORDS):
        return None
    found = _identified(plain)
    return found if found.probability >= _SURE else None


def alike(first: str, second: str) -> bool:
    """Whether two codes stand for languages that a short text does not tell apart."""
    return first == second or any(first in family and second in family for family in _FAMILIES)


def code_of(name: str) -> str | None:
    """The code of a language by its name, in English or as it calls itself."""
    return _codes().get(name.casefold())


def names() -> frozenset[str]:
    """All names by which `code_of` knows a language, in lower case."""
    return frozenset(_codes())


def named(text: str) -> frozenset[str]:
    """Codes of the languages that a text names."""
    codes = _codes()
    return frozenset(codes[word] for word in map(str.casefold, _NAME.findall(text)) if word in codes)


@cache
def _codes() -> dict[str, str]:
    return {**{name.casefold(): code for code, name in LANGUAGES.items()}, **_OTHER_NAMES}


@lru_cache(maxsize=65536)
def _identified(text: str) -> Language:
    ranked = _identifier().rank(text)
    best = ranked[0][0]
    return Language(best, round(sum(probability for code, probability in ranked if alike(code, best)), 4))


@cache
def _identifier() -> LanguageIdentifier:
    # Takes a second, and most scans compare no two languages.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
