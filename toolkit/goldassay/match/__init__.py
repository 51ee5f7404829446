"""L1, pure: gold and predicted columns in, pairs out."""
