"""L6: one small file a command; parsing and printing, no logic."""
