"""L5: scores and findings as text, Markdown and JSON. Rendering only: nothing here computes a score."""
