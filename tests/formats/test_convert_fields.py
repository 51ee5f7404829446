"""Every field of the gold records, format by format: a value that is there comes back, or the counts say that it went.

Each field is changed alone in a line that has one record of every kind. Where a format gives ids anew, items are told
by what they say, as `goldassay diff` does.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from field_lines import CASE_IDS, CASES, DOCUMENT, ITEMS, LINE, build, check_document_field, check_item_field

from goldassay.exchange.losses import DOCUMENT_FIELDS
from goldassay.exchange.table import FORMATS
from goldassay.formats.gold import GoldLine

NAMES = [name for name in FORMATS if name not in ("docbin", "cas-xmi", "cas-json")]


def test_every_field_of_every_record_is_walked() -> None:
    assert set(ITEMS) == set(map(type, _records(build(LINE)))) - {GoldLine}
    for record, (_, values) in ITEMS.items():
        # Ids are names: what refers to them is walked. Only a target's says something by itself.
        assert values.keys() - {"id"} == set(record.__struct_fields__) - {"id"}, record
    assert DOCUMENT.keys() == DOCUMENT_FIELDS.keys()
    assert set(GoldLine.__struct_fields__) == {*DOCUMENT, *LINE, "sha256"}


def _records(value: object) -> Iterator[msgspec.Struct]:
    if isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _records(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _records(one)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", [*DOCUMENT, "sha256"])
def test_a_field_of_a_document_is_carried_or_counted(name: str, field: str) -> None:
    check_document_field(name, field)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "field", "value"), CASES, ids=CASE_IDS)
def test_a_field_of_an_item_is_carried_or_counted(name: str, kind: str, field: str, value: dict[str, Any]) -> None:
    check_item_field(name, kind, field, value)
