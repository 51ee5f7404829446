"""A prediction line that is no record, cleared of what makes it none, so that its other items can be read."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from goldassay.formats.explain import HABITS, explain
from goldassay.formats.prediction_line import (
    AttributionItem,
    EntityItem,
    FactItem,
    MentionItem,
    PredictionLine,
    PropositionItem,
    StanceItem,
    StancePairItem,
    TimeItem,
)
from goldassay.formats.strict_json import Problem, parse_json
from goldassay.model.printable import printable, quoted

ITEMS: dict[str, type[msgspec.Struct]] = {
    "mentions": MentionItem,
    "stances": StanceItem,
    "stance_pairs": StancePairItem,
    "attributions": AttributionItem,
    "numeric_facts": FactItem,
    "times": TimeItem,
    "entities": EntityItem,
    "propositions": PropositionItem,
}
_DEFINITIONS = ("entities", "propositions")
"""Lists whose items are not scored: an invalid one is left out, and what refers to it dangles."""

_STEP = re.compile(r"([a-z_]+)\[([0-9]{1,9})\](?:\.(.+))?$", re.DOTALL)

Item = tuple[str, int]


class Repair(msgspec.Struct, frozen=True):
    """A problem of an item that was mended, and how."""

    problem: Problem
    done: str


class Salvaged(msgspec.Struct, frozen=True):
    """What could be saved of a line: the line (null if nothing), its invalid items, and what was repaired."""

    line: PredictionLine | None
    problems: tuple[Problem, ...] = ()
    invalid: frozenset[Item] = frozenset()
    repairs: tuple[Repair, ...] = ()


def salvage_line(line: bytes, *, repair: bool) -> Salvaged:
    """Take out of a line what is wrong with it.

    An item with a wrong value keeps its turn and its other values and is named in `invalid`; wrong keys of the line
    itself are left out. With `repair`, labels in the wrong case are corrected, keys that other schemes use are renamed
    and other unknown keys are left out, and their items stay valid.

    >>> saved = salvage_line(b'{"doc_id": "d1", "mentions": [{"start": "0", "end": 4, "type": "GPE"}]}', repair=False)
    >>> sorted(saved.invalid), saved.line.mentions[0].end
    ([('mentions', 0)], 4)
    """
    value, syntax = parse_json(line)
    if syntax is not None or not isinstance(value, dict):
        return Salvaged(None)
    try:
        repairs = list(_repair_items(value)) if repair else []
        problems = explain(value, PredictionLine)
    except RecursionError:
        return Salvaged(None)
    invalid = {item for problem in problems if (item := _take_out(value, problem)) is not None}
    for name in _DEFINITIONS:
        if isinstance(value.get(name), list):
            value[name] = [item for index, item in enumerate(value[name]) if (name, index) not in invalid]
    try:
        saved = msgspec.convert(value, PredictionLine)
    except (msgspec.ValidationError, RecursionError):
        saved = None
    scored = frozenset(item for item in invalid if item[0] not in _DEFINITIONS)
    return Salvaged(saved, tuple(problems), scored, tuple(repairs))


def item_of(problem: Problem) -> Item | None:
    """The scored item, by list and index, that a problem lies in; null where it lies elsewhere in the line."""
    step = _STEP.match(problem.path)
    scored = step is not None and step[1] in ITEMS and step[1] not in _DEFINITIONS
    return (step[1], int(step[2])) if step is not None and scored else None


def _step(line: dict[str, Any], problem: Problem) -> tuple[str, int, str] | None:
    """List, index and the path from there, if the problem lies in an item; a key may look like a path and be none."""
    step = _STEP.match(problem.path)
    if step is None or step[1] not in ITEMS:
        return None
    items, index = line.get(step[1]), int(step[2])
    return (step[1], index, step[3] or "") if isinstance(items, list) and index < len(items) else None


def _take_out(line: dict[str, Any], problem: Problem) -> Item | None:
    """Remove what a problem is about; the item it lies in, if any."""
    step = _step(line, problem)
    if step is None:
        line.pop(_key(line, problem.path), None)
        return None
    name, index, rest = step
    item = line[name][index]
    if rest and isinstance(item, dict):
        item.pop(_key(item, rest), None)
    else:
        line[name][index] = item = {}
    if name == "stances":
        item.setdefault("target", "")
    elif name == "stance_pairs":
        item.setdefault("id", "")
    return name, index


def _key(members: dict[str, Any], path: str) -> str:
    """The key that a path begins with, the longest if there are several; paths show keys printable."""
    shown = {printable(key): key for key in members}
    heads = [head for head in shown if path == head or path.startswith((f"{head}.", f"{head}["))]
    return shown[max(heads, key=len)] if heads else path


def _repair_items(line: dict[str, Any]) -> Iterator[Repair]:
    for problem in explain(line, PredictionLine):
        shape, members, path = _holder(line, problem)
        if not isinstance(members, dict):
            continue
        key = _key(members, path)
        if problem.code == "E103" and key in members and key not in shape.__struct_fields__:
            value, meant = members.pop(key), HABITS.get(key)
            if meant in shape.__struct_fields__ and meant not in members:
                members[meant] = value
                yield Repair(problem, f"read as {quoted(meant)}")
            else:
                yield Repair(problem, "left out")
        elif problem.code == "E106" and (label := _label(shape, key, members.get(key))) is not None:
            members[key] = label
            yield Repair(problem, f"read as {quoted(label)}")


def _holder(line: dict[str, Any], problem: Problem) -> tuple[type[msgspec.Struct], object, str]:
    """The item that a problem lies in, or the line itself: its type, its value, and the path from there."""
    step = _step(line, problem)
    if step is None:
        return PredictionLine, line, problem.path
    name, index, rest = step
    return ITEMS[name], line[name][index], rest


def _label(shape: type[msgspec.Struct], key: str, value: object) -> str | None:
    """The label of a field that a value is but for its case and white space."""
    if not isinstance(value, str):
        return None
    for option in get_args(get_type_hints(shape)[key]):
        if get_origin(option) is Literal:
            folded = {label.casefold(): label for label in get_args(option)}
            return folded.get(value.strip().casefold())
    return None
