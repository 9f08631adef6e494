"""Connections that cannot be held open by clients that are slow, on purpose or not, or too many."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS = 64
"""More than these are told that the server is busy; what a browser opens is six."""
_ACCEPTED = 4 * CONNECTIONS  # more than these are told nothing
PATIENCE = 20.0
"""Seconds for one exchange: until a request has come whole, and its answer was taken."""


class Connection(H11Protocol):
    """uvicorn's own, with a limit to each exchange; its limits are to what comes between two."""

    patience = PATIENCE
    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        if len(self.connections) > _ACCEPTED:
            transport.abort()
        else:
            self._begin()

    def on_response_complete(self) -> None:
        self._begin()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._end()
        self._limit = self.loop.call_later(self.patience, self.transport.abort)

    def _end(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
