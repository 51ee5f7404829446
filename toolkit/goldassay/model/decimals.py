"""Plain decimal strings, the form in which the model keeps numbers, and exact fractions, in which they are compared."""

import decimal
from fractions import Fraction

SIGNIFICANT_DIGITS = 12
"""Digits that are kept of a number without a finite decimal form, such as a third."""


def parse_decimal(text: str) -> Fraction:
    """The exact number of a decimal string, however long.

    >>> parse_decimal("-2.50")
    Fraction(-5, 2)
    """
    # Not Fraction(text): Python refuses to read integers of thousands of digits.
    return Fraction(decimal.Decimal(text))


def significant_figures(digits: str) -> int | None:
    """Significant figures of a decimal: trailing zeros count after a point, and only there; None for zero.

    >>> significant_figures("12000"), significant_figures("2.50"), significant_figures("0.03"), significant_figures("0")
    (2, 3, 1, None)
    """
    whole, point, _ = digits.lstrip("-").partition(".")
    bare = digits.lstrip("-").replace(".", "").lstrip("0")
    counted = bare if point else whole.lstrip("0").rstrip("0")
    return len(counted) or None if bare.strip("0") else None


def format_decimal(value: Fraction) -> str:
    """The plain decimal string of a number; 12 significant digits where it has no finite one.

    >>> format_decimal(Fraction(5, 2)), format_decimal(Fraction(-12000)), format_decimal(Fraction(2, 3))
    ('2.5', '-12000', '0.666666666667')
    """
    sign = "-" if value < 0 else ""
    places = _decimal_places(abs(value))
    shifted = abs(value) * Fraction(10) ** places
    mantissa = round(shifted)
    digits = str(mantissa).rjust(max(places, 0) + 1, "0") + "0" * max(-places, 0)
    if places <= 0:
        return sign + digits
    fraction = digits[-places:].rstrip("0")
    return sign + digits[:-places] + (f".{fraction}" if fraction else "")


def _decimal_places(value: Fraction) -> int:
    """Places after the point: all of a finite decimal, else enough for the significant digits."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest == 1:
        return max(twos, fives)
    leading = len(str(value.numerator)) - len(str(value.denominator))
    if value < Fraction(10) ** leading:
        leading -= 1
    return SIGNIFICANT_DIGITS - 1 - leading
