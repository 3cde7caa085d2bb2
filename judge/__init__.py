"""An auto-graded judge for machine-learning coding challenges."""

__version__ = "0.1.0"
