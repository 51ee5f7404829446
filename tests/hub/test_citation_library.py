"""CITATION.cff by outside rules: cffconvert takes ours, and what it takes or refuses we take or refuse.

It needs a jsonschema below 4, so it has an environment of its own (`make test-citation`).
"""

from pathlib import Path
from typing import Any

import pytest
from citations import CASES

cffconvert: Any = pytest.importorskip("cffconvert", reason="cffconvert is not installed (the extra citation)")

# It and its own dependencies call what is deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ROOT = Path(__file__).parents[2]


def is_valid(text: str) -> bool:
    try:
        cffconvert.Citation(text).validate()
    except Exception:  # of several packages
        return False
    return True


def test_our_file_is_valid() -> None:
    assert is_valid((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_the_cases_are_what_the_library_makes_of_them(name: str) -> None:
    text, allowed = CASES[name]
    assert is_valid(text) == (allowed is not False)
