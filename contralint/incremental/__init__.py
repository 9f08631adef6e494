"""Scanning again after a change: what cannot have changed is taken from the last scan."""
