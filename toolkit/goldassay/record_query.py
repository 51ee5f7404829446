"""L4: conditions on annotation records, `field=value`: parsed, checked against the records' own fields, and tried."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec
from msgspec import inspect as shapes

from goldassay.errors import UsageError
from goldassay.measures.measure import suggest
from goldassay.model.entities import Entity, Mention
from goldassay.model.numeric_facts import NumericFact, Time
from goldassay.model.printable import quoted
from goldassay.model.record import spans_text
from goldassay.model.stances import Attribution, Proposition, Stance

Values = tuple[object, ...] | None
"""What a record says of a field: null where it has no such field, several values for a list."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`negated` turns `=` into `!=` and `~` into `!~`; `contains` is `~`."""

    field: str
    value: str
    contains: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its layer, and the types whose fields count as its own."""

    layer: str
    types: tuple[type[msgspec.Struct], ...]


KINDS = MappingProxyType(
    {
        "entity": Kind("entities", (Entity,)),
        "mention": Kind("entities", (Mention, Entity)),
        "proposition": Kind("stances", (Proposition,)),
        "attribution": Kind("stances", (Attribution,)),
        "stance": Kind("stances", (Stance,)),
        "numeric_fact": Kind("numeric_facts", (NumericFact,)),
        "time": Kind("numeric_facts", (Time,)),
    }
)
EVERYWHERE = ("doc", "kind", "text")
"""Fields that every record has here: its document, its kind, and the text that it stands for."""

_TERM = re.compile(r'\s*([A-Za-z_][A-Za-z_.]*)(!?[=~])(?:"([^"]*)"|([^\s"]+))(?=\s|$)')
_SPANS = "spans"
_FEW = 100
"""A range of whole numbers below this is a closed set of values, such as grades."""


def parse_query(query: str) -> tuple[Condition, ...]:
    """The conditions of a query.

    >>> parse_query('type=GPE text!~"South K"')[1]
    Condition(field='text', value='South K', contains=True, negated=True)

    Raises:
        UsageError: The query is empty or no list of conditions.
    """
    conditions, place = [], 0
    while query[place:].strip():
        match = _TERM.match(query, place)
        if match is None:
            form = 'field=value, field!=value, field~"part" or field!~"part"'
            raise UsageError(f"no condition at {quoted(query[place:].strip())}; write {form}, separated by spaces")
        field, sign, in_quotes, bare = match.groups()
        value = in_quotes if in_quotes is not None else bare
        conditions.append(Condition(field, value, contains=sign.endswith("~"), negated=sign.startswith("!")))
        place = match.end()
    if not conditions:
        raise UsageError("an empty query; write conditions such as 'type=GPE metonym=true'")
    return tuple(conditions)


def kinds_asked(conditions: Sequence[Condition], layers: Sequence[str]) -> frozenset[str]:
    """The kinds of record that can meet all conditions: of these layers, with all fields and their labels.

    Raises:
        UsageError: No kind has a field, or none that has it takes the value.
    """
    everything = {name: field_values(name) for name, kind in KINDS.items() if kind.layer in layers}
    known = sorted({field for paths in everything.values() for field in paths} | set(EVERYWHERE))
    kinds = set(everything)
    for condition in sorted(conditions, key=lambda one: one.field != "kind"):
        if condition.field in EVERYWHERE:
            if condition.field == "kind" and not condition.contains:
                _require(condition.value, sorted(kinds), "kind")
                kinds = {name for name in kinds if (name == condition.value) != condition.negated}
            continue
        _require(condition.field, known, "field")
        having = {name: fields[condition.field] for name, fields in everything.items() if condition.field in fields}
        kinds &= set(having) if condition.contains else _taking(condition, having)
        if not kinds:
            raise UsageError(f"no kind of record has all of these fields: {', '.join(c.field for c in conditions)}")
    return frozenset(kinds)


def field_values(kind: str) -> dict[str, tuple[str, ...] | None]:
    """The fields of a kind of record, dotted, each with the values of a closed set, or null where any value goes.

    >>> field_values("stance")["target.kind"], field_values("numeric_fact")["value.lo"]
    (('entity', 'proposition', 'null'), None)
    """
    found: dict[str, tuple[str, ...] | None] = {}
    for type_ in KINDS[kind].types:
        for path, values in _paths(shapes.type_info(type_), ""):
            both = found.get(path, ())
            found[path] = None if values is None or both is None else tuple(dict.fromkeys((*both, *values)))
    return found


def _paths(shape: shapes.Type, path: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    if isinstance(shape, shapes.UnionType):
        inner = [one for one in shape.types if not isinstance(one, shapes.NoneType)]
        if isinstance(inner[0], shapes.StructType):
            yield path, ("null",)
        yield from _paths(inner[0], path)
    elif isinstance(shape, shapes.ListType) and not path.endswith(_SPANS):
        yield from _paths(shape.item_type, path)
    elif isinstance(shape, shapes.StructType):
        for field in shape.fields:
            yield from _paths(field.type, f"{path}.{field.name}" if path else field.name)
    elif isinstance(shape, shapes.LiteralType):
        yield path, (*(str(value) for value in shape.values), "null")
    elif isinstance(shape, shapes.IntType) and shape.ge is not None and shape.le is not None and shape.le < _FEW:
        yield path, (*(str(number) for number in range(shape.ge, shape.le + 1)), "null")
    else:
        yield path, ("true", "false") if isinstance(shape, shapes.BoolType) else None


def _taking(condition: Condition, values: dict[str, tuple[str, ...] | None]) -> set[str]:
    """The kinds of record whose field takes the value."""
    taking = {name for name, known in values.items() if known is None or condition.value in known}
    if not taking:
        labels = sorted({label for known in values.values() for label in known or ()})
        _require(condition.value, labels, f"value of {condition.field}")
    return taking


def _require(name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        raise UsageError(f"no {what} {quoted(name)}; {suggest(name, list(known))}")


def holds(condition: Condition, values: Values) -> bool:
    """Whether a record with these values of the field meets a condition; one without the field never does.

    >>> holds(Condition("act", "deny", negated=True), ("state",)), holds(Condition("act", "deny", negated=True), None)
    (True, False)
    """
    if values is None:
        return False
    written = [_written(value) for value in values] or ["null"]
    if condition.contains:
        part = condition.value.casefold()
        return any(part in one.casefold() for one in written) != condition.negated
    return (condition.value in written) != condition.negated


def _written(value: object) -> str:
    if isinstance(value, msgspec.Struct):
        return ""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def listed_values(record: object, path: Sequence[str], text: str) -> Values:
    """The values of a dotted field, those of all items where a list is on the way; spans are given as their surface.

    >>> time = Time(id="t1", spans=[(3, 9)], text="Monday", type="DATE", value_text_only="XXXX-WXX-1")
    >>> listed_values(time, ["spans"], "on Monday"), listed_values(time, ["grain"], ""), listed_values(time, ["x"], "")
    (('Monday',), (None,), None)
    """
    if isinstance(record, list):
        found = [listed_values(item, path, text) for item in record]
        return tuple(value for values in found for value in values or ())
    if record is None or not path:
        return (record,)
    if not isinstance(record, msgspec.Struct) or path[0] not in record.__struct_fields__:
        return None
    value = getattr(record, path[0])
    if path[0].endswith(_SPANS):
        return (spans_text(text, value),) if value else ()
    return listed_values(value, path[1:], text)
