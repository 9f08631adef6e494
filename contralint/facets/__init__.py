"""What one record observably does: one facet a file."""
