"""The leaves of a vector file, one by one, and each of them made wrong: what the tests of official numbers share."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from goldassay.profiles.leaves import REFUSALS

Path_ = tuple[str, ...]


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every scalar, list and refusal below an object."""
    if not isinstance(value, dict) or any(key in value for key in REFUSALS):
        yield path, value
        return
    for key, item in value.items():
        yield from leaves(item, (*path, key))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def perturbed(value: Any, size: float) -> Any:
    """Another value: a number moved by `size`, a null made a number, anything else altered."""
    if value is None or isinstance(value, dict) or str(value).lower() == "nan":
        return 0.5
    if isinstance(value, list):
        return [*value, []]
    if isinstance(value, bool):
        return not value
    return f"{value}0" if isinstance(value, str) else value + size


def with_leaf(case: dict[str, Any], path: Path_, value: Any) -> str:
    """The case as a line, with only the numbers of one scorer, one of them replaced."""
    changed = copy.deepcopy(case)
    changed["expected"] = {path[0]: changed["expected"][path[0]]}
    place = changed["expected"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(changed)
