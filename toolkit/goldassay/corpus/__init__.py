"""L1: the corpus on disk: found, taken in, split into sentences, verified, loaded."""
