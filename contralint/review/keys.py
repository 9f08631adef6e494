"""Secrets that tell the reviewer's browser from all else that can reach the server."""

from __future__ import annotations

import secrets


class Keys:
    """The secrets of one run.

    Attributes:
        token: Stands in the address that is printed, and lets in whoever has it.
        session: The cookie of those who were let in.
        writing: Stands in the pages, and is sent along with all that changes something.
    """

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe()
        self.session = secrets.token_urlsafe()
        self.writing = secrets.token_urlsafe()
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """A token that lets in but once: other users of a machine can read how a browser was started."""
        made = secrets.token_urlsafe()
        self._tickets.add(made)
        return made

    def admits(self, token: str) -> bool:
        """Whether a token lets in."""
        used = next((ticket for ticket in self._tickets if same(token, ticket)), None)
        if used is not None:
            self._tickets.remove(used)
        return used is not None or same(token, self.token)


def same(given: str, known: str) -> bool:
    """Whether two secrets are one, told in a time that says nothing of where they differ."""
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), known.encode())
