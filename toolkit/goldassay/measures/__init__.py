"""L2, pure: formulas, averages and measures as values."""
