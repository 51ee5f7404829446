"""Text to model and back: the only readers and writers, with grounding and offset repair."""
