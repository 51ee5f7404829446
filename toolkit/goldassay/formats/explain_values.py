"""The problems of single values (strings, numbers, labels), and record types put into words."""

import difflib
import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from msgspec import inspect as shapes

from goldassay.formats.strict_json import Problem
from goldassay.model.printable import quoted

JSON_KINDS: dict[type[shapes.Type], tuple[tuple[type, ...], str]] = {
    shapes.NoneType: ((type(None),), "null"),
    shapes.BoolType: ((bool,), "true or false"),
    shapes.IntType: ((int,), "an integer"),
    shapes.FloatType: ((int, float), "a number"),
    shapes.StrType: ((str,), "a string"),
    shapes.ListType: ((list,), "a list"),
    shapes.TupleType: ((list,), "a list"),
    shapes.VarTupleType: ((list,), "a list"),
    shapes.DictType: ((dict,), "an object"),
    shapes.StructType: ((dict,), "an object"),
}
"""Which Python values a JSON value of each type is decoded to, and its name in a finding."""

_PATTERNS = {r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$": "a plain decimal such as 1200 or -0.5"}
"""Patterns in words."""

LABEL_HABITS = MappingProxyType(
    {
        "PER": "PERSON",
        "PERS": "PERSON",
        "HUMAN": "PERSON",
        "ORGANIZATION": "ORG",
        "ORGANISATION": "ORG",
        "COMPANY": "ORG",
        "LOCATION": "LOC",
        "COUNTRY": "GPE",
        "CITY": "GPE",
        "STATE": "GPE",
        "NATIONALITY": "NORP",
        "FACILITY": "FAC",
        "BUILDING": "FAC",
        "VEH": "PRODUCT",
        "WEA": "PRODUCT",
        "NAME": "NAM",
        "NAMED": "NAM",
        "NOMINAL": "NOM",
        "PRONOUN": "PRO",
        "POSITIVE": "favor",
        "SUPPORT": "favor",
        "FOR": "favor",
        "NEGATIVE": "against",
        "OPPOSE": "against",
        "NONE": "neutral",
        "NUMBER": "cardinal",
        "PERCENTAGE": "percent",
        "CURRENCY": "money",
    }
)
"""Labels that other schemes use, and ours where a field has it; asked before spelling is. Never read as ours."""


def closest_label(word: str, known: Sequence[str]) -> str | None:
    """The known label that was probably meant: that of another scheme's label, or the closest word.

    >>> closest_label("LOCATION", ["ORG", "LOC", "GPE"]), closest_label("Positive", ["favor", "against"])
    ('LOC', 'favor')
    """
    meant = LABEL_HABITS.get(word.strip().upper())
    exact = word.strip().casefold() in {label.casefold() for label in known}
    return meant if meant in known and not exact else closest(word, known)


def closest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant: the same but for case, an abbreviation, or a near spelling.

    >>> closest("Per", ["PERSON", "ORG"]), closest("hoder", ["holder", "target"]), closest("x", ["holder"])
    ('PERSON', 'holder', None)
    """
    folded = {name.casefold(): name for name in reversed(known)}
    asked = word.casefold().strip()[:100]
    if asked in folded:
        return folded[asked]
    starts = [name for name in known if len(asked) > 1 and name.casefold().startswith(asked)]
    if len(starts) == 1:
        return starts[0]
    near = difflib.get_close_matches(asked, list(folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def fits(value: object, shape: shapes.Type) -> bool:
    """Whether a value has the JSON kind of a type. Types without one (any, labels, unions) fit everything."""
    kinds = JSON_KINDS.get(type(shape))
    if kinds is None:
        return True
    return isinstance(value, kinds[0]) and (bool in kinds[0] or not isinstance(value, bool))


def describe_type(shape: shapes.Type) -> str:
    """A type in words, for the *expected* of a finding."""
    if isinstance(shape, shapes.Metadata):
        return describe_type(shape.type)
    if isinstance(shape, shapes.UnionType):
        return " or ".join(describe_type(one) for one in shape.types)
    if isinstance(shape, shapes.LiteralType):
        return f"one of {', '.join(map(str, shape.values))}"
    if isinstance(shape, shapes.TupleType):
        items = {describe_type(one) for one in shape.item_types}
        return f"a list of {len(shape.item_types)}, each {' or '.join(sorted(items))}"
    if isinstance(shape, shapes.StructType):
        return f"an object ({shape.cls.__name__})"
    return JSON_KINDS.get(type(shape), ((), "a value"))[1]


def describe_value(value: object) -> str:
    """A decoded JSON value in words, for the *found* of a finding."""
    if isinstance(value, str):
        return f"the string {quoted(value)}"
    if isinstance(value, (list, dict)):
        return f"a list of {len(value)}" if isinstance(value, list) else f"an object of {len(value)} keys"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return f"the number {_short_number(value)}"


def _short_number(value: object) -> str:
    # Very long integers are shown by their size: Python refuses to write them out.
    if isinstance(value, int) and value.bit_length() > 128:
        return f"of {value.bit_length()} bits"
    return repr(value)


def wrong_type(value: object, shape: shapes.Type, path: str) -> Problem:
    """A value of another JSON kind than its type's, with a remedy where the slip is a known one."""
    kinds = {type(one) for one in (shape.types if isinstance(shape, shapes.UnionType) else (shape,))}
    fix = None
    if value is None and shapes.ListType in kinds:
        fix = "write [] where there is none"
    elif isinstance(value, str) and kinds & {shapes.IntType, shapes.FloatType, shapes.BoolType}:
        fix = "write it without quotation marks"
    elif isinstance(value, (int, float)) and shapes.StrType in kinds:
        fix = "write it between quotation marks"
    elif isinstance(value, float) and value.is_integer() and shapes.IntType in kinds:
        fix = "write it without a decimal point"
    elif isinstance(value, (str, dict)) and shapes.ListType in kinds:
        fix = "put it between square brackets"
    return Problem(path, "E105", describe_value(value), describe_type(shape), fix)


def check_label(value: object, shape: shapes.LiteralType, path: str) -> Iterator[Problem]:
    """E106 for a label outside a closed set, E105 for what can be no label."""
    kinds = {type(one) for one in shape.values}
    if type(value) not in kinds:
        yield wrong_type(value, shape, path)
    elif value not in shape.values:
        labels = [one for one in shape.values if isinstance(one, str)]
        meant = closest_label(value, labels) if isinstance(value, str) else None
        found = quoted(value) if isinstance(value, str) else describe_value(value)
        yield Problem(path, "E106", found, describe_type(shape), f'did you mean "{meant}"?' if meant else None)


def check_string(value: str, shape: shapes.Type, path: str) -> Iterator[Problem]:
    """Too short (E407 for an empty string), too long, or not of the pattern, which for us means no decimal (E401)."""
    if not isinstance(shape, shapes.StrType):
        return
    if shape.min_length is not None and len(value) < shape.min_length:
        yield Problem(path, "E407", f"a string of {len(value)}", f"at least {shape.min_length} characters")
    if shape.max_length is not None and len(value) > shape.max_length:
        found = f"a string of {len(value)} characters"
        yield Problem(path, "E105", found, f"at most {shape.max_length} characters", "shorten it")
    if shape.pattern is not None and re.search(shape.pattern, value) is None:
        expected = _PATTERNS.get(shape.pattern, f"a string of the form {shape.pattern}")
        yield Problem(path, "E401", quoted(value), expected, _decimal_remedy(value))


def _decimal_remedy(value: str) -> str | None:
    plain = value.strip().replace(",", "").replace("_", "").replace("\u2212", "-").removeprefix("+")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return None
    whole, _, fraction = plain.removeprefix("-").partition(".")
    sign = "-" if plain.startswith("-") else ""
    return f'write "{sign}{whole.lstrip("0") or "0"}{"." + fraction if fraction else ""}"'


def check_number(value: float, shape: shapes.Type, path: str) -> Iterator[Problem]:
    """E108 for a number outside the bounds of its type."""
    if not isinstance(shape, (shapes.IntType, shapes.FloatType)):
        return
    if isinstance(shape, shapes.FloatType) and isinstance(value, int) and value.bit_length() > 1023:
        yield Problem(path, "E108", f"the number {_short_number(value)}", "a finite number")
        return
    bounds = (
        (shape.ge, shape.ge is not None and value < shape.ge, "at least"),
        (shape.gt, shape.gt is not None and value <= shape.gt, "more than"),
        (shape.le, shape.le is not None and value > shape.le, "at most"),
        (shape.lt, shape.lt is not None and value >= shape.lt, "less than"),
    )
    for bound, broken, words in bounds:
        if broken:
            yield Problem(path, "E108", f"the number {_short_number(value)}", f"{words} {bound}")
