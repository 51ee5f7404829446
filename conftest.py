"""Modules that begin by importing an optional package are not searched for doctests: it may not be installed.

The file stands here and not beside the modules, because doctest collection would import it twice under one name.
"""

collect_ignore = [
    "toolkit/goldassay/harness/inspect_task.py",
    "toolkit/goldassay/harness/inspect_replay.py",
    "toolkit/goldassay/harness/lm_eval/replay.py",
]
