from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.language import LANGUAGES, alike, code_of, language, named

GERMAN = "Etwa zehn Minuten, damit das Ei ganz hart wird."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("About ten minutes until the egg is hard.", "en"),
        (GERMAN, "de"),
        ("Environ dix minutes pour que l'œuf soit dur.", "fr"),
        ("Unos diez minutos hasta que el huevo esté duro.", "es"),
        ("Яйцо варится около десяти минут до готовности.", "ru"),
        ("卵は十分ほどゆでると固くなります。", "ja"),
        ("大约煮十分钟鸡蛋就熟了。", "zh"),
        ("Yumurta on dakika kadar haşlanınca katılaşır.", "tr"),
    ],
)
def test_plain_sentences_tell_their_language(text: str, code: str) -> None:
    found = language(text)
    assert found is not None
    assert found.code == code
    assert found.name == LANGUAGES[code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Paris",
        "Leonardo da Vinci",
        "Rhein, Elbe, Oder",
        "42",
        "OK!",
        "`for f in *.txt; do echo $f; done`",
        "https://example.org/eine-seite",
    ],
)
def test_what_tells_no_language_is_left_alone(text: str) -> None:
    assert language(text) is None


def test_quotations_and_code_do_not_count() -> None:
    found = language(f'The recipe says "{GERMAN}" and that means about ten minutes of boiling.')
    assert found is not None
    assert found.code == "en"


def test_languages_by_their_names() -> None:
    assert code_of("German") == code_of("deutsch") == "de"
    assert code_of("Klingon") is None
    assert named("Bitte auf Englisch, not in French") == {"en", "fr"}
    assert alike("no", "da")
    assert alike("de", "de")
    assert not alike("de", "en")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_is_read_and_always_alike(text: str) -> None:
    found = language(text)
    assert found == language(text)
    assert found is None or (found.code in LANGUAGES and 0 < found.probability <= 1.0001)
