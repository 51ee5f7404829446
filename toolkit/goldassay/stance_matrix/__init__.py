"""L4: the stance matrix: who takes which side on whom and on what, over all documents; of gold, a system, and both."""
