"""The task directory of lm-evaluation-harness: give this folder to `--include_path`."""
