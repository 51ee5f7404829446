"""One number with what belongs to it on both sides: sign, currency, scale word, unit."""

import re
from fractions import Fraction
from typing import NamedTuple

from goldassay.formats.numbers.numerals import Scan, read_numeral
from goldassay.formats.numbers.units import UnitWords, read_money_sign, read_unit
from goldassay.formats.numbers.words import SCALES, NumberWords, read_number_words, read_scales, with_part
from goldassay.model.currencies import currency_candidates
from goldassay.model.decimals import format_decimal, significant_figures
from goldassay.model.unit_names import Reading


class Quantity(NamedTuple):
    """A number read from text.

    `value` is `mantissa * scale`, signed. `number` holds the digits or number words, `start`-`end` also sign, currency,
    scale word and unit. `bare` tells plain digits without separators, which may be a year or a day.
    """

    value: Fraction
    mantissa: Fraction
    scale: int
    sig_figs: int | None
    start: int
    end: int
    number: tuple[int, int]
    unit: UnitWords | None
    ordinal: bool
    fraction: bool
    whole: bool
    bare: bool
    words: bool


class _Core(NamedTuple):
    """The number itself: how far its digits or words reach, and how far with its scale."""

    mantissa: Fraction
    scale: int
    sig_figs: int | None
    number_end: int
    end: int
    ordinal: bool = False
    fraction: bool = False
    whole: bool = False
    words: bool = False


_SIGN = re.compile(r"(?:[-+]|(?:minus|negative)\s)(?=\S)")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)(?!\w)")
_SCALE_LETTERS = re.compile(r"(?P<gap>[\s-]?)(?P<letters>mln|mio|mn|mm|bln|bn|trln|trn|tn|[kmbt])(?![\w'/])")
_MILLIONS_OF = re.compile(
    r"\s(?!(?:hurdles|hurdlers|sprints|sprinters|races|heats|finals|runs|waves|walls|towers|steps|this|plus|across|its|as|"
    r"is|was|has|us|lies|stands)\b)(?:people|men|women|children|[a-z]+[a-rt-z]s)(?!\w)"
)
_POWERS = {"k": 3, "m": 6, "mm": 6, "b": 9, "t": 12, "mln": 6, "mio": 6, "mn": 6, "bln": 9, "bn": 9}
_POWERS |= {"trln": 12, "trn": 12, "tn": 12}
_BARE_SCALE = re.compile(rf"({'|'.join(SCALES)})(?![\w'])")
_HALF = re.compile(r"half(?!\w)")
_HALF_A = re.compile(r"half[\s-](?:an?[\s-])?(?=[a-z])")
_HALF_OF = re.compile(r"\s(?:of|the|an?|his|her|its|their|our|all|as)(?!\w)")


def read_quantity(scan: Scan, start: int, *, running: bool) -> Quantity | None:
    """The number that begins at `start` (with its sign or currency), or None.

    In running text a number glued to letters that are no unit is an identifier, not a number.

    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> found = read_quantity(scan_text("$2.7m of aid"), 0, running=True)
    >>> found.value, found.unit.code, found.number, found.end
    (Fraction(2700000, 1), 'USD?', (1, 4), 5)
    """
    negative, place = _read_sign(scan, start)
    money = read_money_sign(scan, place, running=running)
    if money is not None:
        place = money[1]
        if negative is None:
            negative, place = _read_sign(scan, place)
    core = _read_core(scan, place, money=money is not None, running=running)
    if core is None:
        return None
    sign = -1 if negative else 1
    unit = _read_quantity_unit(scan, core, running=running)
    if money is not None:
        unit = _money_unit(scan.cased[start : money[1]].strip(" -+"), money[0], core.end, unit)
    elif unit is None and core.number_end < core.end and core.words and core.fraction:
        core = core._replace(end=core.number_end)  # "half a" without a unit
        if running and _HALF_OF.match(scan.low, core.end) is None:
            return None
    end = unit.end if unit is not None else core.end
    if _glued(scan.low, end):
        return None
    first = start if money is None else place
    bare = core.whole and scan.low[place : core.number_end].isdecimal() and negative is None
    return Quantity(
        value=sign * core.mantissa * core.scale,
        mantissa=sign * core.mantissa,
        scale=core.scale,
        sig_figs=core.sig_figs,
        start=start,
        end=end,
        number=(first, core.number_end),
        unit=unit,
        ordinal=core.ordinal,
        fraction=core.fraction and core.scale == 1,
        whole=core.whole,
        bare=bare and core.scale == 1 and unit is None and not core.ordinal,
        words=core.words,
    )


def _read_sign(scan: Scan, start: int) -> tuple[bool | None, int]:
    found = _SIGN.match(scan.low, start)
    return (found.group() != "+", found.end()) if found is not None else (None, start)


def _read_quantity_unit(scan: Scan, core: _Core, *, running: bool) -> UnitWords | None:
    if core.ordinal:
        return None
    one = abs(core.mantissa * core.scale) <= 1 or core.fraction
    return read_unit(scan, core.end, one=one, scaled=core.scale != 1, running=running)


def _money_unit(surface: str, code: str, end: int, after: UnitWords | None) -> UnitWords:
    """The currency before an amount, made precise by one after it ("$5 million USD")."""
    if after is not None and after.kind == "money" and after.code in currency_candidates(code):
        return after
    return UnitWords((Reading(code),), surface, end)


def _glued(low: str, end: int) -> bool:
    """Whether a word goes on right where the number ends."""
    following = low[end : end + 1]
    return following.isalnum() or following == "_"


def _read_core(scan: Scan, start: int, *, money: bool, running: bool) -> _Core | None:
    numeral = read_numeral(scan.low, start)
    if numeral is not None:
        if numeral.whole and not money and (ordinal := _ORDINAL_END.match(scan.low, numeral.end)) is not None:
            end = ordinal.end()
            return _Core(numeral.value, 1, numeral.sig_figs, end, end, ordinal=True, whole=True)
        part = with_part(scan.low, NumberWords(numeral.value, numeral.end))
        if part.end > numeral.end:
            return _Core(part.value, 1, None, part.end, part.end)
        scale, end = _read_scale(scan, numeral.end, money=money, running=running)
        fraction = numeral.sig_figs is None and 0 < numeral.value < 1
        return _Core(numeral.value, scale, numeral.sig_figs, numeral.end, end, fraction=fraction, whole=numeral.whole)
    return _read_word_core(scan.low, start, running=running)


def _read_word_core(low: str, start: int, *, running: bool) -> _Core | None:
    words = read_number_words(low, start)
    if words is not None:
        return _word_core(low[start : words.end], words)
    if _HALF.match(low, start) is not None:
        a_unit = _HALF_A.match(low, start)
        if a_unit is None and running and _HALF_OF.match(low, start + 4) is None:
            return None
        end = a_unit.end() - 1 if a_unit is not None else start + 4
        return _Core(Fraction(1, 2), 1, None, start + 4, end, fraction=True, words=True)
    scale = _BARE_SCALE.match(low, start)
    if scale is not None and not running:
        return _Core(Fraction(SCALES[scale[1]]), 1, 1, scale.end(), scale.end(), whole=True, words=True)
    return None


def _word_core(surface: str, words: NumberWords) -> _Core:
    whole, scale = words.value.denominator == 1, 1
    if not words.ordinal and not words.fraction:
        for word in reversed(re.split(r"[\s-]+", surface)):
            factor = SCALES.get(word.removesuffix("s"))
            if factor is None:
                break
            scale *= factor
    sig_figs = significant_figures(format_decimal(words.value)) if whole else None
    return _Core(
        words.value / scale, scale, sig_figs, words.end, words.end, words.ordinal, words.fraction, whole, words=True
    )


def _read_scale(scan: Scan, start: int, *, money: bool, running: bool) -> tuple[int, int]:
    """The scale word or letter after digits. A lone m, b or t is one only with money; K and M glued always are."""
    product, end = read_scales(scan.low, start)
    if product != 1:
        return product, end
    found = _SCALE_LETTERS.match(scan.low, start)
    if found is None:
        return 1, start
    letters, glued = found["letters"], not found["gap"]
    capital = scan.cased[found.start("letters")].isupper()
    long = len(letters) > 1 and letters != "mm"
    if long or money or _money_follows(scan, found.end(), running=running):
        accepted = True
    elif letters == "k":
        accepted = glued or (not running and not capital)
    elif letters == "m" and glued:
        accepted = capital or _MILLIONS_OF.match(scan.low, found.end()) is not None
    else:
        accepted = glued and letters == "b" and not running
    return (10 ** _POWERS[letters], found.end()) if accepted else (1, start)


def _money_follows(scan: Scan, start: int, *, running: bool) -> bool:
    unit = read_unit(scan, start, one=False, scaled=True, running=running)
    return unit is not None and unit.kind == "money"
