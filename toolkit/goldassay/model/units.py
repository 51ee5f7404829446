"""Units of measurement as data: UCUM codes with their exact factors.

The factors are the definitions of the units (the international yard and pound of 1959, the SI of 2019, UCUM 2.1), so
a conversion is a multiplication by a fraction and never rounds. A library of units would convert in binary floating
point, know hundreds of units no news text uses, and lack what matters here: percentage points, kilotons of TNT and
surfaces with several readings.

A unit has a *dimension* (what it measures) and a *base*: two units convert into each other only if their bases are
the same. Months and years have a base of their own, because a month is not 30 days. Currencies are in `currencies`,
the words for units in `unit_names`.
"""

from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """One code: `amount * factor + offset` is the amount in the base unit."""

    dimension: str
    base: str
    factor: Fraction
    offset: Fraction = Fraction(0)


_PREFIXES = {"n": -9, "u": -6, "m": -3, "c": -2, "d": -1, "h": 2, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15}

# dimension, base, code, factor, SI prefixes in use
_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("length", "m", "m", "1", "numcdk"),
    ("length", "m", "[in_i]", "0.0254", ""),
    ("length", "m", "[ft_i]", "0.3048", ""),
    ("length", "m", "[yd_i]", "0.9144", ""),
    ("length", "m", "[mi_i]", "1609.344", ""),
    ("length", "m", "[nmi_i]", "1852", ""),
    ("length", "m", "[ly]", "9460730472580800", ""),
    ("mass", "g", "g", "1", "numk"),
    ("mass", "g", "t", "1000000", "kMG"),
    ("mass", "g", "[lb_av]", "453.59237", ""),
    ("mass", "g", "[oz_av]", "28.349523125", ""),
    ("mass", "g", "[oz_tr]", "31.1034768", ""),
    ("mass", "g", "[stone_av]", "6350.29318", ""),
    ("mass", "g", "[ston_av]", "907184.74", ""),
    ("mass", "g", "[lton_av]", "1016046.9088", ""),
    ("mass", "g", "[car_m]", "0.2", ""),
    ("time", "s", "s", "1", "num"),
    ("time", "s", "min", "60", ""),
    ("time", "s", "h", "3600", ""),
    ("time", "s", "d", "86400", ""),
    ("time", "s", "wk", "604800", ""),
    ("time", "mo", "mo", "1", ""),
    ("time", "mo", "a", "12", ""),
    ("time", "mo", "10.a", "120", ""),
    ("time", "mo", "100.a", "1200", ""),
    ("area", "m2", "m2", "1", ""),
    ("area", "m2", "mm2", "1/1000000", ""),
    ("area", "m2", "cm2", "1/10000", ""),
    ("area", "m2", "km2", "1000000", ""),
    ("area", "m2", "ar", "100", "h"),
    ("area", "m2", "[sft_i]", "0.09290304", ""),
    ("area", "m2", "[syd_i]", "0.83612736", ""),
    ("area", "m2", "[mi_i]2", "2589988.110336", ""),
    ("area", "m2", "[acr_us]", "62726400000/15499969", ""),  # 43,560 survey feet squared, each 1200/3937 m
    ("volume", "m3", "m3", "1", ""),
    ("volume", "m3", "cm3", "1/1000000", ""),
    ("volume", "m3", "km3", "1000000000", ""),
    ("volume", "m3", "L", "1/1000", "umcdhkM"),
    ("volume", "m3", "[gal_us]", "0.003785411784", ""),
    ("volume", "m3", "[gal_br]", "0.00454609", ""),
    ("volume", "m3", "[pt_us]", "0.000473176473", ""),
    ("volume", "m3", "[pt_br]", "0.00056826125", ""),
    ("volume", "m3", "[bbl_us]", "0.158987294928", ""),
    ("volume", "m3", "[cft_i]", "0.028316846592", ""),
    ("length/time", "m/s", "[kn_i]", "463/900", ""),
    ("temperature", "K", "K", "1", ""),
    ("energy", "J", "J", "1", "kMGTP"),
    ("energy", "J", "W.h", "3600", "kMGT"),
    ("energy", "J", "cal", "4.184", "k"),
    ("energy", "J", "[Btu_IT]", "1055.05585262", ""),
    ("energy", "J", "t{TNT}", "4184000000", "kM"),
    ("power", "W", "W", "1", "mkMGT"),
    ("power", "W", "[HP]", "745.69987158227022", ""),
    ("pressure", "Pa", "Pa", "1", "hkM"),
    ("pressure", "Pa", "bar", "100000", "m"),
    ("pressure", "Pa", "[psi]", "44482216152605/6451600000", ""),
    ("frequency", "Hz", "Hz", "1", "kMGT"),
    ("information", "bit", "bit", "1", "kMGT"),
    ("information", "bit", "By", "8", "kMGTP"),
    ("information", "bit", "KiBy", "8192", ""),
    ("information", "bit", "MiBy", "8388608", ""),
    ("information", "bit", "GiBy", "8589934592", ""),
    ("information", "bit", "TiBy", "8796093022208", ""),
    ("voltage", "V", "V", "1", "mkM"),
    ("current", "A", "A", "1", "mk"),
    ("dose", "Sv", "Sv", "1", "um"),
    ("angle", "deg", "deg", "1", ""),
    ("fraction", "1", "%", "1/100", ""),
    ("fraction", "1", "[ppth]", "1/1000", ""),
    ("fraction", "1", "[ppm]", "1/1000000", ""),
    ("fraction", "1", "[ppb]", "1/1000000000", ""),
    ("points", "pp", "pp", "1", ""),
    ("points", "pp", "bp", "1/100", ""),
)


def _units() -> dict[str, Unit]:
    table = {
        "Cel": Unit("temperature", "K", Fraction(1), Fraction("273.15")),
        "[degF]": Unit("temperature", "K", Fraction(5, 9), Fraction(45967, 180)),
    }
    for dimension, base, code, factor, prefixes in _ROWS:
        table[code] = Unit(dimension, base, Fraction(factor))
        for prefix in prefixes:
            table[prefix + code] = Unit(dimension, base, Fraction(factor) * Fraction(10) ** _PREFIXES[prefix])
    return table


UNITS: dict[str, Unit] = _units()
"""Every known code; rates such as `km/h` are made of two of them."""
