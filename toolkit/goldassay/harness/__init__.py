"""L5: our prompt, reader of answers and scoring inside other people's harnesses, inspect_ai and lm-eval."""
