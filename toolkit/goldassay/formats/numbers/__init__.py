"""Values as people and models write them, read into the one form of the model.

    value      := number | text | interval | [lo, hi] | object
    object     := {value, unit?, approx?, bound?} | {min?, max?, unit?, approx?} | {lo?, hi?, lo_inc?, hi_inc?, …}
                | schema.org {value | minValue, maxValue, unitCode | unitText} | Wikidata {amount, unit?, bounds?}
    interval   := ("[" | "(") number "," number ("]" | ")")                    "[10, 20)" as a string
    text       := filler? modifier* (point | range | ratio | vague) modifier* words?
    point      := sign? currency? numeral scale? (unit | currency | "%")?      "$2.7m", "3½ %", "minus 5 degrees"
    numeral    := digits with groups of three (comma, space), point, power of ten | number words | fraction
    range      := "10-20", "10 to 20", "between 10 and 20", "$5-7 million"      the smaller number first
    ratio      := "one in five", "3 out of 4"
    vague      := "dozens", "tens of thousands", "several hundred"              no value, a magnitude

Percent stays as printed (3.5 with unit "%"), scale words are multiplied in. Words after the number that are no unit are
kept as its surface unit ("12,000 troops"). Nothing here raises: what is no value comes back with the reason.
"""

from collections.abc import Mapping, Sequence

from goldassay.formats.numbers.objects import parse_brackets, parse_list, parse_object
from goldassay.formats.numbers.records import NotAValue, NumberSpan, ParsedValue, model_value, value_finding
from goldassay.formats.numbers.scalars import parse_scalar
from goldassay.formats.numbers.spans import find_numbers

__all__ = ["NotAValue", "NumberSpan", "ParsedValue", "find_numbers", "model_value", "parse_value", "value_finding"]


def parse_value(raw: object) -> ParsedValue | NotAValue:
    """The value that a JSON value stands for, or the reason why it stands for none.

    Args:
        raw: a number, a string, a list of two, or an object of the grammar above, as decoded from JSON.

    Returns:
        A `ParsedValue`, or a `NotAValue` with the words for a finding (E401; E402 if `lo` is above `hi`).

    >>> parse_value("around $2.7m")
    ParsedValue(lo='2700000', hi='2700000', lo_inc=True, hi_inc=True, approx='approx', bound='none', unit='USD?', \
unit_surface='$', kind='money', magnitude=None, sig_figs=2)
    >>> parse_value({"min": 300}).bound, parse_value("1,00").fix
    ('min', 'set off thousands in groups of three, decimals with a point')
    """
    if isinstance(raw, Mapping):
        return parse_object(raw)
    if isinstance(raw, Sequence) and not isinstance(raw, (str, bytes, bytearray)):
        return parse_list(raw)
    brackets = parse_brackets(raw) if isinstance(raw, str) else None
    return parse_scalar(raw) if brackets is None else brackets
