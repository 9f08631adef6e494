"""Where the work of a scan is done: in this process, in several, or on many machines."""

from __future__ import annotations

import os

from contralint.config import Config
from contralint.engines.encoder import SpreadEncoder
from contralint.engines.engine import Engine
from contralint.engines.local import Local
from contralint.models.judges import LANGUAGE_MODEL
from contralint.models.suite import Models

__all__ = ["Engine", "Local", "SpreadEncoder", "cluster_of", "engine_of"]


def cluster_of(config: Config) -> Engine | None:
    """The cluster that a configuration asks for; None where the work is done on this machine.

    Raises:
        UsageError: The engine needs an extra that is not installed, or does not go with another setting.
    """
    if config.engine == "local":
        return None
    from contralint.engines.ray import Ray

    return Ray(config)


def engine_of(config: Config, models: Models) -> Engine:
    """The engine of this machine."""
    jobs = config.jobs or os.cpu_count() or 1
    # Who counts the calls of a language model must be one.
    if jobs == 1 or (config.judge or "").startswith(LANGUAGE_MODEL):
        return Local(models)
    from contralint.engines.processes import Processes

    return Processes(config, models, jobs)
