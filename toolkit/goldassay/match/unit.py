"""How near a predicted unit comes to the gold's, and the exact conversion between the two.

Three questions are kept apart: is it the same code (`exact`), does it measure the same thing (`dimension`), and which
number is it in the gold's unit (`conversion`). 12 thousand tonnes are 1.2e7 kg are 12 kt, but not the same unit.

- Factors are fractions from the table in `model.units`, not a library of units: those work in binary floating point
  and know neither percentage points nor kilotons of TNT nor surfaces with several readings.
- A surface with several readings (kt: knot, kilotonne, kiloton of TNT; m: metre, million; ton) takes the reading that
  suits the gold best and is counted as `ambiguous`.
- Money is never converted. `USD?` in the gold accepts any dollar; "$" for a gold `USD` is accepted as ambiguous.
- Percentage points are never per cent; a basis point is 1/100 of one.
- A fraction for a percentage (0.035 for 3.5 %) is noticed always and converted only if `lenient`.
- No unit, `1` and annotations such as `{person}` are counts and convert into each other. A predicted unit that is no
  unit ("troops") names what is counted: it is read as an annotation.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from goldassay.match.value import Interval
from goldassay.model.currencies import currency_candidates
from goldassay.model.unit_names import Reading, unit_readings
from goldassay.model.units import UNITS, Unit

COUNT = Unit("count", "1", Fraction(1))
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Conversion:
    """`amount * multiplier + offset` is the amount in the gold's unit."""

    multiplier: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """The comparison of two units.

    `exact` and `dimension` are verdicts, `conversion` is null where the units do not convert. `ambiguous`: the
    predicted surface had several readings. `fraction`: one side is per cent, the other has no unit. `reading` is the
    code that the prediction was read as, null for a count.
    """

    exact: bool
    dimension: bool
    conversion: Conversion | None
    ambiguous: bool = False
    fraction: bool = False
    reading: str | None = None


def unit_of(code: str | None) -> Unit | None:
    """Dimension, base and factor of a code; None if it is not known. A rate is made of its two parts.

    >>> unit_of("km/h").dimension, unit_of("km/h").factor, unit_of("{person}").dimension, unit_of("furlong")
    ('length/time', Fraction(5, 18), 'count', None)
    """
    if code is None or code == "1" or (code.startswith("{") and code.endswith("}")):
        return COUNT
    if code in UNITS:
        return UNITS[code]
    if currency_candidates(code):
        return Unit("money", code, Fraction(1))
    over, slash, under = code.partition("/")
    upper, lower = (unit_of(over), unit_of(under)) if slash and over and under else (None, None)
    if upper is None or lower is None or upper.offset or lower.offset:
        return None
    return Unit(
        f"{upper.dimension}/{lower.dimension}", f"{upper.base}/{lower.base}", upper.factor / lower.factor, Fraction(0)
    )


def compare_units(gold: str | None, predicted: str | None, *, lenient: bool = False) -> UnitComparison:
    """Compare a predicted unit (code or surface, null for none) with the gold's.

    Of the readings of an ambiguous prediction the one nearest to the gold counts: the same unit before one that
    converts, before one of the same dimension.

    >>> found = compare_units("t", "kg")
    >>> found.exact, found.dimension, found.conversion.multiplier
    (False, True, Fraction(1, 1000))
    >>> compare_units("USD?", "CAD").exact, compare_units("USD", "EUR").conversion, compare_units("%", "pp").dimension
    (True, None, False)
    >>> found = compare_units(None, "m")
    >>> found.exact, found.ambiguous, found.conversion.multiplier
    (True, True, Fraction(1000000, 1))
    """
    same = gold == predicted
    readings = (Reading(gold),) if same else _readings(predicted, unknown="{%s}")
    wanted = (Reading(gold),) if same or unit_of(gold) is not None else _readings(gold, unknown="%s")
    found = (_compare(code, reading, lenient=lenient) for code in wanted for reading in readings)
    best = max(found, key=_nearness)
    chosen = len(readings) > 1 or _narrows(gold, best.reading)
    return replace(best, ambiguous=chosen and best.dimension and gold != predicted)


def _readings(unit: str | None, *, unknown: str) -> tuple[Reading, ...]:
    if unit is None or unit.strip() in {"", "1"}:
        return (Reading(None),)
    return unit_readings(unit) or (Reading(unknown % unit.strip()),)


def _nearness(found: UnitComparison) -> tuple[bool, bool, bool]:
    return found.exact, found.conversion is not None, found.dimension


def _narrows(gold: str | None, reading: str | None) -> bool:
    """Whether the prediction names a shared name ("$") where the gold has one currency."""
    return len(currency_candidates(gold or "")) == 1 and len(currency_candidates(reading or "")) > 1


def _compare(wanted: Reading, reading: Reading, *, lenient: bool) -> UnitComparison:
    gold, predicted = unit_of(wanted.code), unit_of(reading.code)
    if gold is None or predicted is None:
        same = wanted.code == reading.code
        return UnitComparison(same, same, Conversion() if same else None)
    if {wanted.code, reading.code} & {_PERCENT} and "count" in {gold.dimension, predicted.dimension}:
        return _compare_fraction(gold, reading, lenient=lenient)
    dimension = gold.dimension == predicted.dimension
    same_code = _same_code(wanted.code, reading.code)
    whole = reading.multiplier == wanted.multiplier or reading.code is None
    convertible = same_code or gold.base == predicted.base
    conversion = None
    if convertible and dimension:
        scale = reading.multiplier / wanted.multiplier
        conversion = Conversion(scale * predicted.factor / gold.factor, (predicted.offset - gold.offset) / gold.factor)
    return UnitComparison(same_code and whole, dimension, conversion, reading=reading.code)


def _compare_fraction(gold: Unit, reading: Reading, *, lenient: bool) -> UnitComparison:
    """Per cent against no unit: 3.5 % is 0.035, if one is lenient."""
    factor = Fraction(1, 100) if gold.dimension == "count" else Fraction(100)
    conversion = Conversion(factor * reading.multiplier) if lenient else None
    return UnitComparison(False, lenient, conversion, fraction=True, reading=reading.code)


def _same_code(gold: str | None, predicted: str | None) -> bool:
    """Equality of codes; of currencies, whether they can be the same; of counts, unless both name what they count."""
    wanted, found = currency_candidates(gold or ""), currency_candidates(predicted or "")
    if wanted and found:
        return bool(wanted & found) if gold != predicted else True
    bare = {None, "1"}
    counts = unit_of(gold) == unit_of(predicted) == COUNT
    return gold == predicted or (counts and (gold in bare or predicted in bare))


def convert_interval(interval: Interval, conversion: Conversion, *, difference: bool = False) -> Interval:
    """The interval in the gold's unit.

    Args:
        interval: what was predicted, in its own unit.
        conversion: from `compare_units`.
        difference: whether the numbers are changes ("5 degrees warmer"), to which no zero point is added.

    >>> celsius = compare_units("Cel", "[degF]").conversion
    >>> convert_interval(Interval(Fraction(212), Fraction(212)), celsius).point
    Fraction(100, 1)
    >>> convert_interval(Interval(Fraction(9), Fraction(9)), celsius, difference=True).point
    Fraction(5, 1)
    """
    offset = Fraction(0) if difference else conversion.offset
    lo, hi = (None if end is None else end * conversion.multiplier + offset for end in (interval.lo, interval.hi))
    return replace(interval, lo=lo, hi=hi)
