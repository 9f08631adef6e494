"""Matchers that turn candidate pairs and facets into findings; rule files name them by `kind:`."""
