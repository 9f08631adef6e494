"""What was worked out before, kept by the content it was worked out from."""

from __future__ import annotations

from contralint.cache.store import DEFAULT_LIMIT, Kept, NoStore, Store, Usage, digest, open_store, remove, store_path

__all__ = ["DEFAULT_LIMIT", "Kept", "NoStore", "Store", "Usage", "digest", "open_store", "remove", "store_path"]
