"""Did you mean: the known word that a mistyped one is nearest to."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ends a message about an unknown word: "; did you mean 'select'?", or "" where nothing is near."""
    import difflib  # on use: most runs need none of it

    by_folded = {each.casefold(): each for each in known}
    nearest = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"; did you mean '{by_folded[nearest[0]]}'?" if nearest else ""
