"""Where the traffic of real users is and the training data is not, and the other way round."""

from __future__ import annotations

from contralint.coverage.survey import NEAR, Coverage, Example, Survey, Topic, survey

__all__ = ["NEAR", "Coverage", "Example", "Survey", "Topic", "survey"]
