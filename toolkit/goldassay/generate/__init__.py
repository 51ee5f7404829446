"""L5: what a checkout makes of its sources: rows from authoring files, generated files from rows and types."""
