"""L5: the corpus for Hugging Face `datasets` (extra `hub`)."""
