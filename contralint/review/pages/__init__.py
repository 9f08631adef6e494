"""What the browser is shown: pages made here, whole, of which a small script needs to change nothing but forms."""

from __future__ import annotations

from contralint.review.pages.page import Pages, script, style

__all__ = ["Pages", "script", "style"]
