"""The walk over every field of the gold records, for the formats that need a library."""

from typing import Any

import pytest
from field_lines import CASE_IDS, CASES, DOCUMENT, check_document_field, check_item_field

for library in ("spacy", "cassis"):
    pytest.importorskip(library, reason=f"{library} is not installed (the extra formats)")
NAMES = ["docbin", "cas-xmi", "cas-json"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", [*DOCUMENT, "sha256"])
def test_a_field_of_a_document_is_carried_or_counted(name: str, field: str) -> None:
    check_document_field(name, field)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "field", "value"), CASES, ids=CASE_IDS)
def test_a_field_of_an_item_is_carried_or_counted(name: str, kind: str, field: str, value: dict[str, Any]) -> None:
    check_item_field(name, kind, field, value)
