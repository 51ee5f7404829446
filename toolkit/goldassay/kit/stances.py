"""The stances layer as items: propositions, attributions and stances, each at its words.

A proposition has no words of its own: it stands where its first stance has its target, and stances point to it. An
entity as target is typed, as all entities are, since they belong to another layer.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from goldassay.kit.item_records import (
    Report,
    Sections,
    by_kind,
    convert_record,
    name_records,
    own_spans,
    tree_of,
)
from goldassay.kit.items import Field, Item, Kind, fields_of, make_item, said_of
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow

PROPOSITION, ATTRIBUTION, STANCE = "Proposition", "Attribution", "Stance"
TARGET = "target"
_POINTER = "proposition"
_KINDS = {"proposition": PROPOSITION, "attribution": ATTRIBUTION, "stance": STANCE}
_PREFIXES = {PROPOSITION: "p", ATTRIBUTION: "a", STANCE: "s"}
_TO_PROPOSITION = (Field(_POINTER, "link", ends=(PROPOSITION,)), Field(TARGET, "note"))

STANCE_KINDS = (
    Kind(STANCE, (*fields_of(Stance, "stances", _KINDS, main="expression_spans", without=[TARGET]), *_TO_PROPOSITION)),
    Kind(ATTRIBUTION, fields_of(Attribution, "attributions", _KINDS, main="cue_spans")),
    Kind(PROPOSITION, fields_of(Proposition, "propositions", _KINDS, main=None)),
)
"""What there is to mark in the layer."""

_STANCE, _ATTRIBUTION, _PROPOSITION = STANCE_KINDS


def items_of_stances(row: StancesRow, text: str) -> tuple[list[Item], Counter[str]]:
    """The row as items `E1`, `E2`, … in its order, and how much of it no item can carry."""
    named = (
        [one.id for one in row.propositions] + [one.id for one in row.attributions] + [one.id for one in row.stances]
    )
    ids = {id_: f"E{number}" for number, id_ in enumerate(named, start=1)}
    items = [
        make_item(_PROPOSITION, ids[one.id], _place(one, row), said_of(one), ids, text) for one in row.propositions
    ]
    items += [make_item(_ATTRIBUTION, ids[one.id], one.cue_spans, said_of(one), ids, text) for one in row.attributions]
    for stance in row.stances:
        said = said_of(stance) | _said_of_target(stance, ids)
        items.append(make_item(_STANCE, ids[stance.id], stance.expression_spans, said, ids, text))
    kept = [item for item in items if item is not None]
    return kept, +Counter({"records of a text without a character": len(items) - len(kept)})


def _place(proposition: Proposition, row: StancesRow) -> Sequence[tuple[int, int]]:
    """The words at which a proposition is marked: the first that stand for it as a target."""
    targets = [one.target_spans for one in row.stances if one.target.id == proposition.id and one.target_spans]
    return min(targets, default=[])


def _said_of_target(stance: Stance, ids: dict[str, str]) -> dict[str, Any]:
    target = stance.target
    if target.kind == "proposition" and target.id in ids:
        return {_POINTER: target.id, TARGET: None}
    return {TARGET: target.id if target.kind == "entity" else {"kind": target.kind, "id": target.id}}


def stances_of_items(items: Sequence[Item], report: Report) -> tuple[StancesRow, Sections]:
    """The row that items say, its records in text order, without those that have findings; and whose item is where."""
    names = name_records(items, _PREFIXES, report)
    sections = by_kind(items, {"propositions": PROPOSITION, "attributions": ATTRIBUTION, "stances": STANCE})
    propositions, attributions, stances = [], [], []
    for item in sections["propositions"]:
        propositions.append(convert_record(tree_of(item, _PROPOSITION, names, report), Proposition, item, report))
    for item in sections["attributions"]:
        tree = tree_of(item, _ATTRIBUTION, names, report) | {"cue_spans": own_spans(item)}
        attributions.append(convert_record(tree, Attribution, item, report))
    for item in sections["stances"]:
        tree = tree_of(item, _STANCE, names, report) | {"expression_spans": own_spans(item)}
        if _read_target(tree, item, report):
            stances.append(convert_record(tree, Stance, item, report))
    row = StancesRow(
        doc_id=report.doc_id,
        propositions=[one for one in propositions if one is not None],
        attributions=[one for one in attributions if one is not None],
        stances=[one for one in stances if one is not None],
    )
    return row, sections


def _read_target(tree: dict[str, Any], item: Item, report: Report) -> bool:
    """Put a stance's target into its tree; whether there is one, and only one."""
    proposition, typed = tree.pop(_POINTER, None), tree.pop(TARGET, None)
    if proposition is None and typed is None:
        fix = f"link the stance to a {PROPOSITION}, or type `target: e1`"
        report.add("E407", item, TARGET, "no target", "a proposition or an entity", fix)
        return False
    if proposition is not None and typed is not None:
        report.add("E107", item, TARGET, "a proposition and a target that was typed", "one of the two")
        return False
    if proposition is not None:
        tree[TARGET] = {"kind": "proposition", "id": proposition}
    else:
        tree[TARGET] = {"kind": "entity", "id": typed} if isinstance(typed, str) else typed
    return True
