"""Names of splits (E606): `datasets` stumbles over some, and `test` promises more than a few documents can keep."""

import re
from collections.abc import Iterator

from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted

LEAST_TEST = 30
"""Documents below which no split may be called test: an interval over fewer would mislead whoever reads the score."""

_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_RESERVED = ("all",)


def check_split(name: str, n_documents: int, *, file: str) -> Iterator[Finding]:
    """E606 for a split that must not be called so, or that holds nothing.

    >>> [item.found for item in check_split("test", 2, file="test.jsonl")]
    ['"test" with 2 documents']
    """
    if not _NAME.fullmatch(name) or name in _RESERVED:
        found, expected = quoted(name), "lower-case letters with single underscores, not `all`"
        yield finding("E606", found=found, expected=expected, fix="rename the files of the split", file=file)
    elif name == "test" and n_documents < LEAST_TEST:
        found = f"{quoted(name)} with {n_documents} documents"
        yield finding("E606", found=found, expected=f"at least {LEAST_TEST} documents in test", file=file)
    elif n_documents == 0:
        found, fix = f"{quoted(name)} without documents", "leave the file out until it holds a document"
        yield finding("E606", found=found, expected="at least one document", fix=fix, file=file)
