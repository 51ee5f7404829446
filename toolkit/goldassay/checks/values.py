"""Numbers, units, times and sources of numeric facts by the rules of their fields (E401 to E405)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from goldassay.checks.time_values import check_time, is_instant
from goldassay.checks.walk import Rows
from goldassay.model.currencies import CURRENCIES
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import AUTHOR
from goldassay.model.numeric_facts import NumericFact, Value
from goldassay.model.printable import quoted
from goldassay.model.unit_names import unit_readings
from goldassay.model.units import UNITS

_PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_COUNT = re.compile(r"\{[^{}]+\}")


def check_values(rows: Rows) -> Iterator[Finding]:
    """All findings about the values of numeric facts and times, and about the document's date."""
    document, row = rows.document, rows.numeric_facts
    if document is not None and document.dct is not None and not is_instant(document.dct):
        expected = "an ISO date such as 2024-07-08, or null"
        yield finding("E404", found=quoted(document.dct), expected=expected, doc_id=rows.doc_id, field="dct")
    if row is None:
        return
    for index, fact in enumerate(row.numeric_facts):
        yield from _check_fact(rows.doc_id, f"numeric_facts[{index}]", fact)
    for index, time in enumerate(row.times):
        yield from check_time(rows.doc_id, f"times[{index}]", time)


def _check_fact(doc_id: str, path: str, fact: NumericFact) -> Iterator[Finding]:
    if fact.value is not None:
        yield from _check_value(doc_id, f"{path}.value", fact.value)
    if fact.unit is not None and not is_unit(fact.unit):
        codes = [code for reading in unit_readings(fact.unit) if (code := reading.code) and is_unit(code)]
        fix = f"write {quoted(codes[0])}" if len(codes) == 1 else None
        expected = "a UCUM code, an ISO 4217 code, %, pp, bp, {…} or a currency in doubt such as USD?"
        place = f"{path}.unit"
        yield finding("E403", found=quoted(fact.unit), expected=expected, fix=fix, doc_id=doc_id, field=place)

    if fact.sources and fact.sources[0] != AUTHOR:
        found = f"{quoted(fact.sources[0])} first"
        place = f"{path}.sources"
        yield finding("E405", found=found, expected="AUTHOR first", doc_id=doc_id, field=place)


def is_unit(code: str) -> bool:
    """Whether a code is a unit of the scheme, or a rate made of two.

    >>> [is_unit(code) for code in ("km", "km/h", "EUR", "USD?", "%", "{person}", "[bbl_us]/d", "kilometres", "")]
    [True, True, True, True, True, True, True, False, False]
    """
    upper, slash, lower = code.partition("/")
    return _is_plain_unit(code) or (bool(slash) and _is_plain_unit(upper) and _is_plain_unit(lower))


def _is_plain_unit(code: str) -> bool:
    return code in UNITS or code.removesuffix("?") in CURRENCIES or _COUNT.fullmatch(code) is not None


def _check_value(doc_id: str, path: str, value: Value) -> Iterator[Finding]:
    bounds = {"lo": value.lo, "hi": value.hi}
    # The pattern of the type lets a final line feed pass; nothing else gets here malformed.
    broken = {name: bound for name, bound in bounds.items() if bound and not _PLAIN_DECIMAL.fullmatch(bound)}
    for name, bound in broken.items():
        expected = "a plain decimal string"
        yield finding("E401", found=quoted(bound), expected=expected, doc_id=doc_id, field=f"{path}.{name}")
    if broken or value.lo is None or value.hi is None:
        return
    lo, hi = Decimal(value.lo), Decimal(value.hi)
    if lo > hi:
        found = f"lo {quoted(value.lo)}, hi {quoted(value.hi)}"
        yield finding("E402", found=found, expected="lo at most hi", doc_id=doc_id, field=path)
    elif lo == hi and not (value.lo_inc and value.hi_inc):
        found, fix = f"the empty interval at {quoted(value.lo)}", "a point includes both its ends; widen the interval"
        yield finding("E402", found=found, expected="an interval", fix=fix, doc_id=doc_id, field=path)
