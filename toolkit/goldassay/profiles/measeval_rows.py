"""The rows that MeasEval counts: one for each pair that meets, one for each element that meets none.

An element is a `Quantity`, `MeasuredEntity`, `MeasuredProperty` or `Qualifier` with `set`, `id`, `start`, `end`, `text`
and, of a quantity, `unit` and `mods`, of the others `rel`: the name of one relation and the id that it leads to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal, NamedTuple

Element = Mapping[str, Any]
Met = tuple[Element, Element]
"""A predicted and a gold element that meet."""
Place = tuple[int, str]
"""Set and id, the name of an element within its document and side."""
Outcome = Literal["match", "predicted", "gold"]

SPANNED = ("MeasuredEntity", "MeasuredProperty", "Qualifier")
"""Classes of spans that count inside the aligned set only."""
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "HasQuantity": (("MeasuredEntity", "MeasuredProperty"), ("Quantity",)),
    "HasProperty": (("MeasuredEntity",), ("MeasuredProperty",)),
    "Qualifies": (("Qualifier",), ("MeasuredEntity", "MeasuredProperty", "Quantity")),
}
"""Where each relation begins and where it leads."""
CLASSES = ("Quantity", *SPANNED, "Unit", "modifier", *ENDS)


class Row(NamedTuple):
    """One row of the table that all rates are computed from; `exact` and `overlap` are 0 unless it is a match."""

    group: str
    outcome: Outcome
    exact: float = 0.0
    overlap: float = 0.0


class Pairing(NamedTuple):
    """What met in one document: pairs by class, and the gold set that each predicted set is aligned to."""

    met: Mapping[str, Sequence[Met]]
    aligned: Mapping[int, int]


def place(element: Element) -> Place:
    """Set and id of an element."""
    return element["set"], element["id"]


def meets(one: Element, other: Element) -> bool:
    """Whether two spans share a place when their ends belong to them, so that spans that touch meet.

    >>> meets({"start": 0, "end": 4}, {"start": 4, "end": 9}), meets({"start": 0, "end": 4}, {"start": 5, "end": 9})
    (True, False)
    """
    return bool(one["start"] <= other["end"] and other["start"] <= one["end"])


def overlap_f1(predicted: Element, gold: Element) -> float:
    """F1 of the tokens of the predicted text that lie in the overlap; half a token, or none at all, counts as one.

    >>> overlap_f1({"start": 0, "end": 8, "text": "10 years"}, {"start": 8, "end": 13, "text": " long"})  # 1/2, 1/2
    0.5
    """
    start, end = max(predicted["start"], gold["start"]), min(predicted["end"], gold["end"])
    offset = start - predicted["start"]
    shared = len(predicted["text"][offset : offset + end - start].split(" "))
    precision, recall = shared / len(predicted["text"].split(" ")), shared / len(gold["text"].split(" "))
    return 2 * precision * recall / (precision + recall)


def pair_elements(gold: Sequence[Element], predicted: Sequence[Element]) -> Pairing:
    """All pairs that meet, many to many; the last pair of a predicted set decides which gold set it is aligned to."""
    mine, theirs = by_class(predicted), by_class(gold)
    quantities = [(said, true) for said in mine["Quantity"] for true in theirs["Quantity"] if meets(said, true)]
    aligned = {said["set"]: true["set"] for said, true in quantities}
    met = {"Quantity": quantities}
    for name in SPANNED:
        met[name] = [
            (said, true)
            for said in mine[name]
            for true in theirs[name]
            if aligned.get(said["set"]) == true["set"] and meets(said, true)
        ]
    return Pairing(met, aligned)


def by_class(elements: Sequence[Element]) -> dict[str, list[Element]]:
    """Elements by their class, each in the order listed."""
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        groups[element["kind"]].append(element)
    return groups


def count_rows(gold: Sequence[Element], predicted: Sequence[Element], pairing: Pairing) -> list[Row]:
    """All rows of one document."""
    mine, theirs = by_class(predicted), by_class(gold)
    rows = [row for name in ("Quantity", *SPANNED) for row in _span_rows(name, mine[name], theirs[name], pairing)]
    rows += _unit_rows(mine["Quantity"], theirs["Quantity"], pairing.aligned)
    rows += _modifier_rows(mine["Quantity"], theirs["Quantity"], pairing.aligned)
    rows += [row for name in ENDS for row in _relation_rows(name, gold, predicted, pairing)]
    return rows


def _span_rows(group: str, mine: Sequence[Element], theirs: Sequence[Element], pairing: Pairing) -> Iterator[Row]:
    """Every pair gets the best overlap of all pairs whose predicted element has the same id, whatever its set."""
    met = pairing.met[group]
    best: dict[str, float] = {}
    for said, true in met:
        best[said["id"]] = max(best.get(said["id"], 0.0), overlap_f1(said, true))
    for said, true in met:
        same = (said["start"], said["end"]) == (true["start"], true["end"])
        yield Row(group, "match", float(same), best[said["id"]])
    yield from _unmatched(group, "predicted", [place(item) for item in mine], {place(said) for said, _ in met})
    yield from _unmatched(group, "gold", [place(item) for item in theirs], {place(true) for _, true in met})


def _unmatched(group: str, outcome: Outcome, keys: Sequence[object], matched: set[Any]) -> Iterator[Row]:
    for key in keys:
        if key not in matched:
            yield Row(group, outcome)


def _unit_rows(mine: Sequence[Element], theirs: Sequence[Element], aligned: Mapping[int, int]) -> Iterator[Row]:
    """Units agree as strings; where one in an aligned set is right, no other in it is wrong."""
    said = [(aligned.get(item["set"]), item["unit"]) for item in mine if item.get("unit")]
    true = [(item["set"], item["unit"]) for item in theirs if item.get("unit")]
    wanted = Counter(true)
    yield from [Row("Unit", "match", 1.0, 1.0)] * sum(wanted[key] for key in said if key[0] is not None)
    right = {key[0] for key in said if key[0] is not None and wanted[key]}
    yield from _unmatched("Unit", "predicted", [key[0] for key in said], right)
    yield from _unmatched("Unit", "gold", [key[0] for key in true], right)


def _modifier_rows(mine: Sequence[Element], theirs: Sequence[Element], aligned: Mapping[int, int]) -> Iterator[Row]:
    """Modifiers agree within the aligned set; an empty list of them is one modifier that never agrees."""
    said = [(aligned.get(item["set"]), name) for item in mine for name in _modifiers(item)]
    true = [(item["set"], name) for item in theirs for name in _modifiers(item)]
    wanted = Counter(key for key in true if key[1] is not None)
    met = [key for key in said if wanted[key]]
    yield from [Row("modifier", "match", 1.0, 1.0)] * sum(wanted[key] for key in met)
    yield from _unmatched("modifier", "predicted", said, set(met))
    yield from _unmatched("modifier", "gold", true, set(met))


def _modifiers(quantity: Element) -> Sequence[str | None]:
    return (quantity["mods"] or [None]) if "mods" in quantity else []


def _relation_rows(
    group: str, gold: Sequence[Element], predicted: Sequence[Element], pairing: Pairing
) -> Iterator[Row]:
    """A relation agrees where both its ends reach the gold's by pairs; what is unmatched goes by its source alone."""
    sources, targets = (_reached(names, pairing) for names in ENDS[group])
    mine, theirs = (_relations(group, side) for side in (predicted, gold))
    wanted = Counter(theirs)
    found: set[Place] = set()
    reached: set[Place] = set()
    for start, target in mine:
        if start[0] not in pairing.aligned:
            continue
        for source, end in product(sources[start], targets[start[0], target]):
            true = (pairing.aligned[start[0]], source)
            agreeing = wanted[true, end]
            if agreeing:
                found.add(start)
                reached.add(true)
                yield from [Row(group, "match", 1.0, 1.0)] * agreeing
    yield from _unmatched(group, "predicted", [start for start, _ in mine], found)
    yield from _unmatched(group, "gold", [start for start, _ in theirs], reached)


def _relations(group: str, elements: Sequence[Element]) -> list[tuple[Place, str]]:
    """Source and target id of the relations of one name; of several that an element has, the first is read."""
    read = ((place(item), next(iter(item["rel"].items()))) for item in elements if item["kind"] in SPANNED)
    return [(start, target) for start, (name, target) in read if name == group]


def _reached(names: Sequence[str], pairing: Pairing) -> dict[Place, list[str]]:
    """Ids of the gold elements that each predicted element of these classes met, once for each pair."""
    reached: dict[Place, list[str]] = defaultdict(list)
    for name in names:
        for said, true in pairing.met[name]:
            reached[place(said)].append(true["id"])
    return reached
