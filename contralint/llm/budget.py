"""How much may be asked."""

from __future__ import annotations


class Budget:
    """Calls and tokens that may still be spent.

    What is granted is booked at its estimated cost, and corrected when the true one is known, so that questions
    under way at the same time cannot overdraw it together.
    """

    def __init__(self, calls: int, tokens: int) -> None:
        self._calls = calls
        self._tokens = tokens

    def grant(self, estimate: int) -> bool:
        """Books one call of so many tokens; False where it goes beyond what is left."""
        if self._calls < 1 or self._tokens < estimate:
            return False
        self._calls -= 1
        self._tokens -= estimate
        return True

    def settle(self, estimate: int, tokens: int) -> None:
        """Corrects the tokens of a call to what it took."""
        self._tokens += estimate - tokens
