"""How near a predicted value comes to the gold's, on exact numbers.

Values are intervals; a point has equal ends, an open end is null. The binary floats of a programming language are
never compared: both sides are fractions made once from their decimal strings, and only a finished score is a float.
The formulas are those of the numeric guidelines; with gold [a, b] and predicted [c, d], g and p for points:

    exact             both ends equal, or both open; inclusiveness is a field of its own
    tol_*             the same sides open, and |x - y| <= e * max(|x|, |y|) at each end; symmetric, so 0 only equals 0
    rel_error         |p - g| / max(|p|, |g|) of two points, 0 for two zeros; in [0, 2], best 0
    iou               length of the intersection over length of the union of two bounded intervals, else `exact`
    within_rounding   the prediction lies in g +- half a unit of g's last significant figure
    oom               max(0, 1 - |log10(p / g)|) of two points; 0 for unlike signs or one zero, 1 for two zeros
    slip              p = g * 10^k for k = +-1, +-2, +-3, +-6, +-9, or p = -g: what went wrong, not a score
    soft              1 if exact, else 0.9 if the gold is approximate and within_rounding, else max(0.5 iou, 0.25 oom)
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from goldassay.model.decimals import parse_decimal, significant_figures
from goldassay.model.labels import Approx
from goldassay.model.numeric_facts import Value

TOLERANCES = (Fraction(1, 100_000), Fraction(1, 100), Fraction(1, 20))
SLIP_POWERS = (1, 2, 3, 6, 9)


@dataclass(frozen=True, slots=True)
class Interval:
    """A value in exact numbers; `sig_figs` are those of a point as it was written, null for zero and intervals."""

    lo: Fraction | None
    hi: Fraction | None
    lo_inc: bool = True
    hi_inc: bool = True
    sig_figs: int | None = None

    @property
    def point(self) -> Fraction | None:
        """The number itself, if the interval is one."""
        return self.lo if self.lo == self.hi else None


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """The comparison of two values, by the measures above.

    Null where a measure is not defined: `rel_error`, `oom` and `oom_hit` need two points, `within_rounding` needs a
    gold point that is not zero. `oom_hit` is |log10(p / g)| < 0.5.
    """

    exact: bool
    inclusive: bool
    tol_1e5: bool
    tol_1pct: bool
    tol_5pct: bool
    rel_error: float | None
    iou: float
    oom: float | None
    oom_hit: bool | None
    slip: str | None
    within_rounding: bool | None
    soft: float


def parse_interval(value: Value | None) -> Interval:
    """The exact interval of a value; a vague number, which has no value, is open on both sides.

    >>> parse_interval(Value(lo="2.50", hi="2.50"))
    Interval(lo=Fraction(5, 2), hi=Fraction(5, 2), lo_inc=True, hi_inc=True, sig_figs=3)
    """
    if value is None:
        return Interval(None, None)
    lo, hi = (None if end is None else parse_decimal(end) for end in (value.lo, value.hi))
    sig_figs = significant_figures(value.lo) if value.lo is not None and lo == hi else None
    return Interval(lo, hi, value.lo_inc, value.hi_inc, sig_figs)


def compare_values(
    gold: Value | None,
    predicted: Value | None,
    *,
    gold_approx: Approx = "none",
    gold_sig_figs: int | None = None,
    gold_magnitude: int | None = None,
    predicted_magnitude: int | None = None,
) -> ValueComparison:
    """Compare two values in the same unit; see `compare_intervals`.

    >>> found = compare_values(Value(lo="12000", hi="12000"), Value(lo="12", hi="12"))
    >>> found.exact, found.slip, found.rel_error, found.oom
    (False, '/1000', 0.999, 0.0)
    """
    return compare_intervals(
        parse_interval(gold),
        parse_interval(predicted),
        gold_approx=gold_approx,
        gold_sig_figs=gold_sig_figs,
        gold_magnitude=gold_magnitude,
        predicted_magnitude=predicted_magnitude,
    )


def compare_intervals(
    gold: Interval,
    predicted: Interval,
    *,
    gold_approx: Approx = "none",
    gold_sig_figs: int | None = None,
    gold_magnitude: int | None = None,
    predicted_magnitude: int | None = None,
) -> ValueComparison:
    """Compare two intervals in the same unit.

    Args:
        gold: what is right.
        predicted: what was said, converted to the gold's unit (`unit.convert_interval`).
        gold_approx: the gold's approximator; only an approximate gold is satisfied by `within_rounding`.
        gold_sig_figs: significant figures of the gold if its string does not tell ("1.20 million": 3).
        gold_magnitude: power of ten of a vague gold; two vague numbers are equal if their magnitudes are.
        predicted_magnitude: the same of the prediction.

    >>> gold, predicted = Interval(Fraction(10), Fraction(20)), Interval(Fraction(12), Fraction(18))
    >>> compare_intervals(gold, predicted).iou
    0.6
    """
    vague = gold.lo is None and gold.hi is None
    exact = (gold.lo, gold.hi) == (predicted.lo, predicted.hi) and not (vague and gold_magnitude != predicted_magnitude)
    tolerances = [exact or (not vague and _within(gold, predicted, tolerance)) for tolerance in TOLERANCES]
    rounding = _within_rounding(gold, predicted, gold.sig_figs if gold_sig_figs is None else gold_sig_figs)
    distance = _log_distance(gold, predicted)
    iou = 1.0 if exact else _iou(gold, predicted)
    oom = None if distance is None else max(0.0, 1.0 - distance)
    approximate = gold_approx != "none" and bool(rounding)
    return ValueComparison(
        exact=exact,
        inclusive=_same_inclusiveness(gold, predicted),
        tol_1e5=tolerances[0],
        tol_1pct=tolerances[1],
        tol_5pct=tolerances[2],
        rel_error=_relative_error(gold.point, predicted.point),
        iou=iou,
        oom=oom,
        oom_hit=None if distance is None else distance < 0.5,
        slip=find_slip(gold, predicted),
        within_rounding=rounding,
        soft=1.0 if exact else 0.9 if approximate else max(0.5 * iou, 0.25 * (oom or 0.0)),
    )


def _within(gold: Interval, predicted: Interval, tolerance: Fraction) -> bool:
    return all(
        x is None and y is None if x is None or y is None else abs(x - y) <= tolerance * max(abs(x), abs(y))
        for x, y in ((gold.lo, predicted.lo), (gold.hi, predicted.hi))
    )


def _same_inclusiveness(gold: Interval, predicted: Interval) -> bool:
    """Whether the ends that both have bounded are included alike; an open end is neither in nor out."""
    lows = gold.lo is None or predicted.lo is None or gold.lo_inc == predicted.lo_inc
    highs = gold.hi is None or predicted.hi is None or gold.hi_inc == predicted.hi_inc
    return lows and highs


def _relative_error(gold: Fraction | None, predicted: Fraction | None) -> float | None:
    if gold is None or predicted is None:
        return None
    largest = max(abs(gold), abs(predicted))
    return float(abs(predicted - gold) / largest) if largest else 0.0


def _iou(gold: Interval, predicted: Interval) -> float:
    """Of two different intervals: 0 unless both are bounded and longer than a point."""
    if gold.lo is None or gold.hi is None or predicted.lo is None or predicted.hi is None:
        return 0.0
    if gold.lo >= gold.hi or predicted.lo >= predicted.hi:
        return 0.0
    shared = max(Fraction(0), min(gold.hi, predicted.hi) - max(gold.lo, predicted.lo))
    return float(shared / (gold.hi - gold.lo + predicted.hi - predicted.lo - shared))


def _log_distance(gold: Interval, predicted: Interval) -> float | None:
    """|log10(p / g)| of two points: infinite for unlike signs or one zero, 0 for two zeros."""
    g, p = gold.point, predicted.point
    if g is None or p is None:
        return None
    if g * p <= 0:
        return 0.0 if g == p else math.inf
    ratio = p / g
    return abs(math.log10(ratio.numerator) - math.log10(ratio.denominator))


def _within_rounding(gold: Interval, predicted: Interval, sig_figs: int | None) -> bool | None:
    point = gold.point
    if not point or sig_figs is None:
        return None
    if predicted.lo is None or predicted.hi is None:
        return False
    half = Fraction(10) ** (_leading_power(abs(point)) - sig_figs + 1) / 2
    return point - half <= predicted.lo and predicted.hi <= point + half


def _leading_power(number: Fraction) -> int:
    """Floor of log10, exact also where the logarithm rounds."""
    power = math.floor(math.log10(number.numerator) - math.log10(number.denominator))
    if Fraction(10) ** power > number:
        return power - 1
    return power + 1 if Fraction(10) ** (power + 1) <= number else power


def find_slip(gold: Interval, predicted: Interval) -> str | None:
    """The slip that turns the gold into the prediction: "x1000", "/100", "sign", or None.

    Both ends of an interval must have slipped alike; zeros do not slip.

    >>> find_slip(Interval(Fraction(3), Fraction(3)), Interval(Fraction(-3), Fraction(-3)))
    'sign'
    >>> find_slip(Interval(Fraction(5), Fraction(7)), Interval(Fraction(5000), Fraction(7000)))
    'x1000'
    """
    if (gold.lo is None) != (predicted.lo is None) or (gold.hi is None) != (predicted.hi is None):
        return _sign_slip(gold, predicted)
    pairs = [(g, p) for g, p in ((gold.lo, predicted.lo), (gold.hi, predicted.hi)) if g is not None and p is not None]
    if not any(g for g, _ in pairs):
        return None
    for power in SLIP_POWERS:
        factor = 10**power
        if all(p == g * factor for g, p in pairs):
            return f"x{factor}"
        if all(p * factor == g for g, p in pairs):
            return f"/{factor}"
    return _sign_slip(gold, predicted)


def _sign_slip(gold: Interval, predicted: Interval) -> str | None:
    low, high = (None if end is None else -end for end in (gold.hi, gold.lo))
    mirrored = (low, high) == (predicted.lo, predicted.hi) and (gold.lo, gold.hi) != (predicted.lo, predicted.hi)
    return "sign" if mirrored else None
