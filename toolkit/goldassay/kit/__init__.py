"""L4: annotation kits for tools outside: what an annotator needs for a pass, written out and read back as a pass."""
