"""L4: the records of several annotations of one document side by side, and where they differ."""
