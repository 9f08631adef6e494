"""What real users ask: a log of their prompts, and how much of it each conflict concerns."""

from __future__ import annotations

from contralint.traffic.log import Log
from contralint.traffic.weighing import requests_of, weighed

__all__ = ["Log", "requests_of", "weighed"]
