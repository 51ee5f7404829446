"""Numerals in text: folding that keeps every offset, well-formed digit groups, fractions, powers of ten.

Everything here works on a `Scan`: the text with its digits, minus signs, dashes and spaces made plain, character for
character, so that an offset in the scan is an offset in the text.
"""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from goldassay.model.decimals import significant_figures

MAX_DIGITS = 300
"""Longest numeral and largest power of ten that is read; anything beyond is data gone wrong."""


class Scan(NamedTuple):
    """A folded text, once as it was cased and once in lower case; both are as long as the text."""

    cased: str
    low: str


class Numeral(NamedTuple):
    """A number in digits. `sig_figs` is None for a fraction and for zero; `whole` means no point and no fraction."""

    value: Fraction
    end: int
    sig_figs: int | None
    whole: bool


_FOLDED = (
    dict.fromkeys("\u00a0\u202f\u2007\u2009\u2008", "\u00a0")
    | dict.fromkeys("−﹣－‐‑", "-")
    | dict.fromkeys("–—‒―", "–")
    | dict.fromkeys("’‘ʼ", "'")
    | {"٫": ".", "٬": ","}
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_SPACED = r"\d{1,3}(?:(?P<gap>[\u00a0 ])\d{3})(?:(?P=gap)\d{3}){0,99}(?:\.\d+)?"
_PLAIN = r"\d+(?:\.\d+)?|\.\d+"
_NUMERAL = re.compile(rf"(?P<digits>{_SPACED}|{_GROUPED}|{_PLAIN})(?![.,]?\d)(?P<power>e[+-]?\d{{1,4}}(?![\w.]))?")
_TIMES_TEN = re.compile(r"\s?[×x*·]\s?10(?:\^([+-]?\d{1,4})(?!\d)|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))")
_SLASH = re.compile(r"(\d{1,4})[/⁄](\d{1,4})(?![\w/⁄]|[.,]\d)")
_AFTER_WHOLE = re.compile(r"[ \u00a0-]?(?=\d{1,4}[/⁄]\d|[^\x00-\x7f])")
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 25, 32, 50, 64, 100, 1000})


def scan_text(text: str) -> Scan:
    """The text folded for the number grammar, offsets unchanged.

    >>> scan_text("−٣ ﬁt").low
    '-3 ﬁt'
    """
    cased = text if text.isascii() else re.sub(r"[^\x00-\x7f]", lambda found: _fold(found.group()), text)
    low = cased.lower()
    if len(low) != len(cased):  # some capitals have longer small letters
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in cased)
    return Scan(cased, low)


def _fold(character: str) -> str:
    if character in _FOLDED:
        return _FOLDED[character]
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if 0xFF01 <= ord(character) <= 0xFF5E:
        return chr(ord(character) - 0xFEE0)
    return character


def read_numeral(low: str, start: int) -> Numeral | None:
    """The number in digits that begins at `start`; None if there is none or its digit groups are malformed.

    A slash makes a fraction only if it is a proper one with a usual denominator: 9/11 is no number.

    >>> read_numeral("12,000 men", 0)
    Numeral(value=Fraction(12000, 1), end=6, sig_figs=2, whole=True)
    >>> read_numeral("3½", 0).value, read_numeral("1,00", 0), read_numeral("9/11", 0)
    (Fraction(7, 2), None, None)
    """
    fraction = _read_fraction(low, start)
    if fraction is not None:
        return fraction
    found = _NUMERAL.match(low, start)
    if found is None or found.end() - start > MAX_DIGITS:
        return None
    digits = found["digits"].translate({ord(","): None, ord(" "): None, 0xA0: None})
    value, end = Fraction(digits), found.end()
    exponent = int(found["power"][1:]) if found["power"] else 0
    times = _TIMES_TEN.match(low, end)
    if times is not None:
        exponent += int(times[1] or times[2].translate(_SUPERSCRIPTS))
        end = times.end()
    if abs(exponent) > MAX_DIGITS:
        return None
    whole = "." not in digits and not exponent
    rest = _AFTER_WHOLE.match(low, end) if whole else None
    fraction = _read_fraction(low, rest.end()) if rest is not None else None
    if fraction is not None and 0 < fraction.value < 1:
        return Numeral(value + fraction.value, fraction.end, None, False)
    if low[end : end + 1] in {"/", "⁄"} and low[end + 1 : end + 2].isdecimal():
        return None
    return Numeral(value * Fraction(10) ** exponent, end, significant_figures(digits), whole)


def _read_fraction(low: str, start: int) -> Numeral | None:
    character = low[start : start + 1]
    if character > "\x7f" and unicodedata.decomposition(character).startswith("<fraction>"):
        value = Fraction(unicodedata.numeric(character)).limit_denominator(10)
        complete = not low[start + 1 : start + 2].isdecimal()
        return Numeral(value, start + 1, None, False) if complete else None
    found = _SLASH.match(low, start)
    if found is None:
        return None
    over, under = int(found[1]), int(found[2])
    if not (0 < over < under and under in _DENOMINATORS):
        return None
    return Numeral(Fraction(over, under), found.end(), None, False)
