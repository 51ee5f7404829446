"""L0: the records of the corpus and of predictions, and the findings about them. No input or output, no numpy."""
