"""What went wrong between a gold number and a predicted one: the slips that are made over and over.

A slip is a diagnosis, not a score: it says why a value is wrong, in one label of `SLIPS`, and every pair has one at
most. "12" for "12 thousand" is not just wrong, it is 1000 times too small. The first that applies:

    percent     a fraction for a percentage or the other way round: 0.035 for 3.5 %
    scale       a scale word taken for a unit ("2.7 bn" as 2.7 barn), or a unit for a scale word (5 m as 5 million)
    unit        the number as printed with another unit of the same dimension: 12 kg for 12 t
    x10 …       in the gold's unit too large by 10, 100, 1000, a million or a thousand million
    /10 …       too small by as much
    sign        the number with the other sign
"""

import re
from fractions import Fraction

from goldassay.match.unit import UnitComparison, convert_interval
from goldassay.match.value import SLIP_POWERS, Interval, find_slip

_POWERS = {f"x{10**power}": f"×{10**power}" for power in SLIP_POWERS}
SLIPS: dict[str, str] = {
    **_POWERS,
    **{label.replace("x", "/"): shown.replace("×", "÷") for label, shown in _POWERS.items()},
    "sign": "sign",
    "percent": "percent/fraction",
    "scale": "scale/unit",
    "unit": "unit",
}
"""Every label with the words that reports show for it, in the order of reports."""

_SCALES: dict[int, frozenset[str]] = {
    3: frozenset(["k", "kilo", "kelvin", "thousand", "thousands"]),
    6: frozenset(["m", "mm", "mn", "mln", "metre", "metres", "meter", "meters", "million", "millions"]),
    9: frozenset(["b", "bn", "bln", "barn", "barns", "by", "byte", "bytes", "billion", "billions"]),
    12: frozenset(["t", "tn", "trn", "ton", "tons", "tonne", "tonnes", "tesla", "trillion", "trillions"]),
}
"""Scale words and letters with the units that they are taken for, by power of ten."""

_WORD = re.compile(r"[^\W\d_]+")


def name_slip(
    gold: Interval,
    predicted: Interval,
    unit: UnitComparison,
    *,
    gold_unit: str | None = None,
    predicted_unit: str | None = None,
    difference: bool = False,
) -> str | None:
    """The slip that turns the gold into the prediction, a label of `SLIPS`; null where there is none.

    Args:
        gold: what is right.
        predicted: what was said, in its own unit.
        unit: the comparison of the two units.
        gold_unit: the gold's unit as a code.
        predicted_unit: the predicted unit, a code or a surface.
        difference: whether the numbers are changes, to which no zero point is added.

    >>> from goldassay.match.unit import compare_units
    >>> def slip(g, p, gold_unit=None, predicted_unit=None):
    ...     gold, predicted = (Interval(Fraction(n), Fraction(n)) for n in (g, p))
    ...     unit = compare_units(gold_unit, predicted_unit)
    ...     return name_slip(gold, predicted, unit, gold_unit=gold_unit, predicted_unit=predicted_unit)
    >>> slip(12000, 12), slip(12, 12, "t", "kg"), slip("3.5", "0.035", "%"), slip(2700000000, "2.7", "USD?", "barn")
    ('/1000', 'unit', 'percent', 'scale')
    """
    found = convert_interval(predicted, unit.conversion, difference=difference) if unit.conversion else predicted
    if _ends(found) == _ends(gold):
        return None
    if _is_percent_slip(gold, predicted, unit, gold_unit):
        return "percent"
    if _is_scale_slip(gold, predicted, unit, gold_unit or "", predicted_unit or ""):
        return "scale"
    if unit.conversion is not None and _ends(predicted) == _ends(gold):
        return "unit"
    return find_slip(gold, found)


def _ends(interval: Interval, factor: int = 1) -> tuple[Fraction | None, ...]:
    return tuple(None if end is None else end * factor for end in (interval.lo, interval.hi))


def _is_percent_slip(gold: Interval, predicted: Interval, unit: UnitComparison, gold_unit: str | None) -> bool:
    if gold_unit == "%":
        return (unit.fraction or unit.exact) and _ends(predicted, 100) == _ends(gold)
    return unit.fraction and _ends(gold, 100) == _ends(predicted)


def _is_scale_slip(gold: Interval, predicted: Interval, unit: UnitComparison, wanted: str, said: str) -> bool:
    for power, names in _SCALES.items():
        factor = 10**power
        if names & _words(said) and not unit.exact and _ends(predicted, factor) == _ends(gold):
            return True
        if names & _words(wanted) and unit.conversion is None and _ends(gold, factor) == _ends(predicted):
            return True
    return False


def _words(unit: str) -> set[str]:
    return set(_WORD.findall(unit.lower()))
