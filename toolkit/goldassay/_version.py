"""The version of the toolkit; the corpus has a version of its own (annotations/releases)."""

__version__ = "0.1.0"
