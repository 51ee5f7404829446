"""L2, pure: counts by document and group; they add, and everything else is computed from their sums."""
