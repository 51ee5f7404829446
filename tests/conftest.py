"""Settings that hold for every test."""

import os

from hypothesis import settings

# A deadline would turn a slow import or a busy machine into a failure; in CI the same examples are drawn every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
