"""L2, pure: weights over documents, intervals and paired tests; nothing here knows what was counted."""
