"""What a text asks of a response that can be checked, and whether the response keeps it."""

from __future__ import annotations

from contralint.facets.constraints.constraint import Constraint
from contralint.facets.constraints.measures import Measured
from contralint.facets.constraints.reading import constraints, lasting, standing

__all__ = ["Constraint", "Measured", "constraints", "lasting", "standing"]
