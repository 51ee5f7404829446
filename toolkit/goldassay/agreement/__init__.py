"""L4: how far two annotations of the same documents agree, under the scorer's measures and beyond chance."""
