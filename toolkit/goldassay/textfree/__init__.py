"""L4: the corpus without its texts, and put together again with texts that somebody has."""
