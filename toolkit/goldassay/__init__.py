"""goldassay."""
