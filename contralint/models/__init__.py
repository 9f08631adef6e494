"""Models: texts into vectors and scores; the weights ship with the package."""
