"""The names and abbreviations of units, as people write them, and what each can stand for."""

from fractions import Fraction
from typing import NamedTuple

from goldassay.model.currencies import MONEY_NAMES, SIGNS, currency_candidates
from goldassay.model.units import UNITS


class Reading(NamedTuple):
    """One thing a surface can stand for: a code, and a number that the value is multiplied by ("cents": 1/100)."""

    code: str | None
    multiplier: Fraction = Fraction(1)


def _table(rows: str) -> dict[str, str]:
    """Code by surface, from rows `code: surface, surface; code: …`."""
    table: dict[str, str] = {}
    for row in " ".join(rows.split()).split("; "):
        code, _, surfaces = row.partition(": ")
        table |= dict.fromkeys(surfaces.split(", "), code)
    return table


_ABBREVIATIONS = _table(
    """
    L: l; mL: ml; har: ha; m2: m², sq m; km2: km², sq km; cm2: cm²; mm2: mm²; m3: m³, cu m; cm3: cm³; km3: km³; um:
    µm, μm; ug: µg, μg; uSv: µSv, μSv; s: sec; h: hr, hrs; min: mins; a: yr, yrs; [ft_i]: ft; [mi_i]: mi; [yd_i]:
    yd; [lb_av]: lb, lbs; [oz_av]: oz; W.h: Wh; kW.h: kWh; MW.h: MWh; GW.h: GWh; TW.h: TWh; [HP]: hp; [psi]: psi;
    [ppm]: ppm; [ppb]: ppb; [sft_i]: sq ft; [mi_i]2: sq mi; [cft_i]: cu ft; [mi_i]/h: mph; km/h: kph, kmh, km/h;
    m/s: m/s; [kn_i]: kn; [nmi_i]: nmi; Cel: °C, ℃, C; [degF]: °F, ℉, F; deg: °; kBy: KB, kB; MBy: MB; GBy: GB; TBy:
    TB; PBy: PB; KiBy: KiB; MiBy: MiB; GiBy: GiB; TiBy: TiB; Mbit/s: Mbps; Gbit/s: Gbps; kbit/s: kbps; Mbit: Mb;
    Gbit: Gb; [bbl_us]: bbl; [gal_us]: gal; %: %, pct, pc; [ppth]: ‰; pp: pp, pps; bp: bp, bps
    """
)
SYMBOLS: dict[str, str] = {code: code for code in UNITS if code.replace("2", "").replace("3", "").isalpha()}
SYMBOLS |= _ABBREVIATIONS
"""Abbreviations, which are case-sensitive."""

_WORDS = _table(
    """
    m: metre, meter; km: kilometre, kilometer; cm: centimetre, centimeter; mm: millimetre, millimeter; um:
    micrometre, micrometer, micron; nm: nanometre, nanometer; [in_i]: inch; [ft_i]: foot; [yd_i]: yard; [mi_i]:
    mile; [nmi_i]: nautical mile, sea mile; [ly]: light year, lightyear; g: gram, gramme; kg: kilogram, kilogramme,
    kilo; mg: milligram, milligramme; ug: microgram, microgramme; t: tonne, metric ton, metric tonne; kt: kilotonne;
    Mt: megatonne; [oz_av]: ounce; [oz_tr]: troy ounce; [stone_av]: stone; [ston_av]: short ton; [lton_av]: long
    ton; [car_m]: carat; s: second; ms: millisecond; us: microsecond; ns: nanosecond; min: minute; h: hour; d: day;
    wk: week; mo: month; a: year; 10.a: decade; 100.a: century; m2: square metre, square meter; km2: square
    kilometre, square kilometer; [sft_i]: square foot; [syd_i]: square yard; [mi_i]2: square mile; har: hectare;
    [acr_us]: acre; m3: cubic metre, cubic meter; cm3: cubic centimetre, cubic centimeter; km3: cubic kilometre,
    cubic kilometer; [cft_i]: cubic foot; L: litre, liter; mL: millilitre, milliliter; [bbl_us]: barrel; [kn_i]:
    knot; Cel: degree celsius, degree centigrade; [degF]: degree fahrenheit; K: kelvin; J: joule; kJ: kilojoule; MJ:
    megajoule; W.h: watt hour; kW.h: kilowatt hour; MW.h: megawatt hour; GW.h: gigawatt hour; TW.h: terawatt hour;
    cal: calorie; kcal: kilocalorie; W: watt; kW: kilowatt; MW: megawatt; GW: gigawatt; TW: terawatt; [HP]:
    horsepower; Pa: pascal; hPa: hectopascal; kPa: kilopascal; mbar: millibar; Hz: hertz; kHz: kilohertz; MHz:
    megahertz; GHz: gigahertz; bit: bit; Mbit: megabit; Gbit: gigabit; By: byte; kBy: kilobyte; MBy: megabyte; GBy:
    gigabyte; TBy: terabyte; PBy: petabyte; V: volt; kV: kilovolt; A: ampere, amp; mSv: millisievert; uSv:
    microsievert; pp: percentage point, percent point; bp: basis point
    """
)
_MASS_TON = (Reading("[ston_av]"), Reading("t"), Reading("[lton_av]"))
_HUNDREDTH = tuple(Reading(code, Fraction(1, 100)) for code in ("USD?", "EUR"))

AMBIGUOUS_SYMBOLS: dict[str, tuple[Reading, ...]] = {
    "m": (Reading("m"), Reading(None, Fraction(10**6))),
    "kt": (Reading("kt"), Reading("[kn_i]"), Reading("kt{TNT}")),
    "kts": (Reading("[kn_i]"), Reading("kt"), Reading("kt{TNT}")),
    "Mt": (Reading("Mt"), Reading("Mt{TNT}")),
    "t": (*_MASS_TON[1:2], *_MASS_TON[::2], Reading(None, Fraction(10**12))),
    "¢": _HUNDREDTH,
}
"""Abbreviations with several readings, likeliest first; the letters of million and trillion are no unit at all."""

_AMBIGUOUS_NAMES: dict[str, tuple[Reading, ...]] = {
    "kiloton": (Reading("kt{TNT}"), Reading("kt")),
    "megaton": (Reading("Mt{TNT}"), Reading("Mt")),
    "ton": _MASS_TON,
    "pound": (Reading("GBP?"), Reading("[lb_av]")),
    "degree": (Reading("Cel"), Reading("[degF]"), Reading("deg")),
    "gallon": (Reading("[gal_us]"), Reading("[gal_br]")),
    "pint": (Reading("[pt_us]"), Reading("[pt_br]")),
    "cent": _HUNDREDTH,
    "penny": (Reading("GBP", Fraction(1, 100)), *_HUNDREDTH),
    "pence": (Reading("GBP", Fraction(1, 100)),),
    "kopeck": (Reading("RUB", Fraction(1, 100)),),
}

IRREGULAR_PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries", "penny": "pennies"}
INVARIABLE = frozenset({"hertz", "kilohertz", "megahertz", "gigahertz", "horsepower", "stone", "pence", "kelvin"})


def plural_of(words: str) -> str:
    """The plural of a unit's name; the head of "degree celsius" is its first word.

    >>> plural_of("square foot"), plural_of("degree celsius"), plural_of("hertz")
    ('square feet', 'degrees celsius', 'hertz')
    """
    head, _, tail = words.partition(" ") if words.startswith("degree") else ("", "", words)
    if head:
        return f"{plural_of(head)} {tail}" if tail else f"{head}s"
    stem, _, last = tail.rpartition(" ")
    plural = last if last in INVARIABLE else IRREGULAR_PLURALS.get(last, f"{last}s")
    return f"{stem} {plural}" if stem else plural


def _names() -> tuple[dict[str, tuple[Reading, ...]], dict[str, tuple[Reading, ...]]]:
    singular: dict[str, tuple[Reading, ...]] = {word: (Reading(code),) for word, code in _WORDS.items()}
    singular |= _AMBIGUOUS_NAMES
    plural = {plural_of(word): readings for word, readings in singular.items()}
    for word in ("percent", "per cent"):
        singular[word] = plural[word] = (Reading("%"),)
    return singular, plural


SINGULAR_NAMES, PLURAL_NAMES = _names()
"""Readings by lower-case name, one word or several words with single spaces."""


def unit_readings(surface: str) -> tuple[Reading, ...]:
    """Everything that a unit given on its own can mean: a code, a name, an abbreviation; empty if it is unknown.

    A rate is two of them: `km/h`, "tonnes per year". `{person}` and the like are counts.

    >>> unit_readings("kilometres")[0].code, unit_readings("$")[0].code, unit_readings("barrels a day")[0].code
    ('km', 'USD?', '[bbl_us]/d')
    >>> [reading.code for reading in unit_readings("tons")], unit_readings("troops")
    (['[ston_av]', 't', '[lton_av]'], ())
    """
    bare = " ".join(surface.split())
    known = _simple_readings(bare)
    if known:
        return known
    for sign in ("/", " per ", " a ", " an "):
        upper, _, lower = (part.strip() for part in bare.partition(sign))
        rates = [(over, under) for over in _rate_parts(upper) for under in _rate_parts(lower)]
        if rates:
            return tuple(Reading(f"{over}/{under}") for over, under in rates)
    return ()


def _rate_parts(surface: str) -> list[str]:
    return [reading.code for reading in _simple_readings(surface) if reading.code and reading.multiplier == 1]


def _simple_readings(surface: str) -> tuple[Reading, ...]:
    if surface in AMBIGUOUS_SYMBOLS:
        return AMBIGUOUS_SYMBOLS[surface]
    if surface in SYMBOLS:
        return (Reading(SYMBOLS[surface]),)
    code = SIGNS.get(surface, surface)
    if code in UNITS or currency_candidates(code) or (code.startswith("{") and code.endswith("}")):
        return (Reading(code),)
    name = " ".join(surface.lower().replace("-", " ").split())
    readings = PLURAL_NAMES.get(name) or SINGULAR_NAMES.get(name)
    return readings or ((Reading(MONEY_NAMES[name]),) if name in MONEY_NAMES else ())
