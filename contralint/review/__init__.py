"""Deciding conflicts one by one in a browser, on a page that this machine serves to itself."""

from __future__ import annotations

from contralint.review.desk import Desk
from contralint.review.keys import Keys
from contralint.review.serving import Listening, serve

__all__ = ["Desk", "Keys", "Listening", "serve"]
