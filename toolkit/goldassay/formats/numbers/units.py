"""Money, units and per cent beside a number in text, with all that their surface can stand for."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from goldassay.formats.numbers.numerals import Scan
from goldassay.model.currencies import CURRENCIES, MONEY_NAMES, SIGNS, currency_candidates
from goldassay.model.labels import NumericKind
from goldassay.model.unit_names import AMBIGUOUS_SYMBOLS, PLURAL_NAMES, SINGULAR_NAMES, SYMBOLS, Reading
from goldassay.model.units import UNITS


class UnitWords(NamedTuple):
    """A unit in text: its readings (likeliest first), its surface, where it ends."""

    readings: tuple[Reading, ...]
    surface: str
    end: int

    @property
    def code(self) -> str:
        """See `unit_code`."""
        return unit_code(self.readings, self.surface)

    @property
    def kind(self) -> NumericKind:
        """See `unit_kind`."""
        return unit_kind(self.readings)


def unit_code(readings: tuple[Reading, ...], surface: str) -> str:
    """The code if there is only one reading, else the surface, which keeps all of them.

    >>> unit_code((Reading("km"),), "kilometres"), unit_code((Reading("t"), Reading("[ston_av]")), "tons")
    ('km', 'tons')
    """
    only = readings[0]
    return only.code if len(readings) == 1 and only.code and only.multiplier == 1 else surface


def unit_kind(readings: tuple[Reading, ...]) -> NumericKind:
    """The kind of number that the likeliest reading makes.

    >>> unit_kind((Reading("USD?"),)), unit_kind((Reading("d"),)), unit_kind((Reading("km/h"),))
    ('money', 'duration', 'measure')
    """
    code = readings[0].code or ""
    if currency_candidates(code):
        return "money"
    if code.startswith("{"):
        return "cardinal"
    dimension = _dimension(readings)
    return "duration" if dimension == "time" else "percent" if dimension in {"fraction", "points"} else "measure"


def _dimension(readings: tuple[Reading, ...]) -> str | None:
    unit = UNITS.get(readings[0].code or "")
    return unit.dimension if unit else None


def _alternatives(surfaces: Iterable[str]) -> str:
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    return "|".join(re.escape(surface).replace(r"\ ", r"[\s-]") for surface in longest_first)


_GAP = r"(?:\s?-|\s{0,2})"
_NAMES = SINGULAR_NAMES | PLURAL_NAMES | {name: (Reading(code),) for name, code in MONEY_NAMES.items()}
_NAMES |= {"pound": SINGULAR_NAMES["pound"], "pounds": PLURAL_NAMES["pounds"]}
_NAMES |= {f"degrees {letter}": (Reading(code),) for letter, code in (("c", "Cel"), ("f", "[degF]"))}
_NAME = re.compile(rf"(?P<gap>{_GAP})(?P<name>{_alternatives(_NAMES)})(?![\w])")
_ABBREVIATION = re.compile(rf"(?P<gap>[\s-]?)(?P<name>{_alternatives({*SYMBOLS, *AMBIGUOUS_SYMBOLS})})(?![\w²³]|\.\w)")
_CODE = re.compile(rf"(?P<gap>\s?)(?P<name>{'|'.join(sorted(CURRENCIES))})(?!\w)")
_SIGN = re.compile(rf"(?P<sign>{_alternatives(SIGNS)}|(?:{'|'.join(sorted(CURRENCIES))})(?=[\s\d]))\s?")
_SIGN_AFTER = re.compile(rf"\s?(?P<name>{_alternatives(SIGNS)})(?![\w\d])")
_TIME_NAMES = "second minute hour day week month year"
_PER_TIME = re.compile(rf"(?:\s?/\s?|\sper\s|\san?\s)({_TIME_NAMES.replace(' ', '|')}|min|s|h|d)(?![\w'])")
_OF_TNT = re.compile(r"\s(?:of\s)?tnt(?!\w)")
_EXPLOSIVE = {"kt": "kt{TNT}", "Mt": "Mt{TNT}", "t": "t{TNT}"}
_RATED = frozenset({"length", "mass", "volume", "information", "energy"})

# In running text these are mostly other words; they are read there only after a scale word ("5 million won").
_OTHERWISE_WORDS = frozenset({"won", "crown", "crowns", "dong", "sterling", "rand", "stone", "stones", "taka"})
_WORD_CODES = frozenset(
    {"ALL", "AMD", "ANG", "BAM", "BOB", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "RON", "SOS"}
)
_WORD_CODES |= {"TOP", "TRY", "VES"}
_GLUED_LETTERS = frozenset("mgshtLWV%°¢‰")
_SPACED_LETTERS = frozenset("mgtWV%°¢‰")
_NOT_SPACED = frozenset({"us", "mo", "ms", "ar", "bar", "bit", "pc", "sec", "ha", "har", "gal", "cal", "Pa", "deg"})


def read_money_sign(scan: Scan, start: int, *, running: bool) -> tuple[str, int] | None:
    """The currency sign or code before an amount, and where the amount begins.

    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> [read_money_sign(scan_text(text), 0, running=True) for text in ("US$58", "EUR 5", "TOP 10")]
    [('USD', 3), ('EUR', 4), None]
    """
    found = _SIGN.match(scan.cased, start)
    if found is None or (start and scan.cased[start - 1].isalnum()) or (running and found["sign"] in _WORD_CODES):
        return None
    return SIGNS.get(found["sign"], found["sign"]), found.end()


def read_unit(scan: Scan, start: int, *, one: bool, scaled: bool, running: bool) -> UnitWords | None:
    """The unit that follows a number.

    Args:
        scan: the folded text.
        start: where the number ends.
        one: whether the number takes a singular.
        scaled: whether the number has a scale word.
        running: whether this is running text, where short and ambiguous surfaces are read with more care.

    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> read_unit(scan_text("12 kt"), 2, one=False, scaled=False, running=False).code
    'kt'
    >>> read_unit(scan_text("60 miles per hour"), 2, one=False, scaled=False, running=True).code
    '[mi_i]/h'
    """
    found = (
        _read_name(scan, start, one=one, scaled=scaled, running=running)
        or _read_abbreviation(scan, start, running=running)
        or _read_currency(scan, start, running=running)
    )
    return _extended(scan, start, found) if found is not None else None


def _read_name(scan: Scan, start: int, *, one: bool, scaled: bool, running: bool) -> UnitWords | None:
    found = _NAME.match(scan.low, start)
    if found is None:
        return None
    name = re.sub(r"[\s-]", " ", found["name"])
    hyphen = found["gap"].endswith("-")
    if running:
        singular_only = name not in PLURAL_NAMES and name not in MONEY_NAMES
        if (singular_only and not (one or hyphen)) or (name in _OTHERWISE_WORDS and not scaled):
            return None
        if not found["gap"] and name not in {"percent", "per cent"}:
            return None
    return UnitWords(_NAMES[name], name, found.end())


def _read_abbreviation(scan: Scan, start: int, *, running: bool) -> UnitWords | None:
    found = _ABBREVIATION.match(scan.cased, start)
    if found is None:
        return None
    name = re.sub(r"[\s-]", " ", found["name"])
    if running:
        allowed = _SPACED_LETTERS if found["gap"] else _GLUED_LETTERS
        if (len(name) == 1 and name not in allowed) or (found["gap"] and name in _NOT_SPACED):
            return None
    readings = AMBIGUOUS_SYMBOLS.get(name) or (Reading(SYMBOLS[name]),)
    return UnitWords(readings, name, found.end())


def _read_currency(scan: Scan, start: int, *, running: bool) -> UnitWords | None:
    code = _CODE.match(scan.cased, start)
    if code is not None and not (running and code["name"] in _WORD_CODES):
        return UnitWords((Reading(code["name"]),), code["name"], code.end())
    sign = _SIGN_AFTER.match(scan.cased, start)
    return UnitWords((Reading(SIGNS[sign["name"]]),), sign["name"], sign.end()) if sign is not None else None


def _extended(scan: Scan, start: int, unit: UnitWords) -> UnitWords:
    """The unit with what follows it: "of TNT", "per hour"."""
    explosive = _OF_TNT.match(scan.low, unit.end)
    if explosive is not None:
        code = next((_EXPLOSIVE[r.code] for r in unit.readings if r.code in _EXPLOSIVE), None)
        if code is not None:
            return UnitWords((Reading(code),), scan.low[start : explosive.end()].strip(), explosive.end())
    rate = _PER_TIME.match(scan.low, unit.end)
    if rate is not None and _dimension(unit.readings) in _RATED and len(unit.readings) == 1:
        time = SINGULAR_NAMES[rate[1]][0].code if rate[1] in SINGULAR_NAMES else rate[1]
        code = f"{unit.readings[0].code}/{time}"
        return UnitWords((Reading(code),), scan.low[start : rate.end()].strip(), rate.end())
    return unit
