"""Where the work of a scan is done: in this process, or on many machines."""

from __future__ import annotations

from contralint.config import Config
from contralint.engines.encoder import SpreadEncoder
from contralint.engines.engine import Engine
from contralint.engines.local import Local

__all__ = ["Engine", "Local", "SpreadEncoder", "engine_of"]


def engine_of(config: Config) -> Engine | None:
    """The engine that a configuration asks for; None where the work is done in this process.

    Raises:
        UsageError: The engine needs an extra that is not installed, or does not go with another setting.
    """
    if config.engine == "local":
        return None
    from contralint.engines.ray import Ray

    return Ray(config)
