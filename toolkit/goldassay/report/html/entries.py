"""What a document view shows: every item of both sides once, in an entry that says whether it is right and why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldassay.error_records import VIEWS, sort_key
from goldassay.evaluate import evaluate
from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.item_text import DESCRIBE, Item
from goldassay.layers.mentions import entity_groups
from goldassay.match.alignment import Alignment, Side
from goldassay.model.error_record import ErrorRecord
from goldassay.model.predictions import Prediction
from goldassay.report.html.quoted import is_quoted

RIGHT, LEFT_OUT = "right", "not counted"
"""Verdicts of what is no error: right, or optional and implicit gold with what met it."""


class Entry(NamedTuple):
    """A gold item, a predicted item, or both, with what became of them; `group` is empty where there is none.

    `quoted` says whether the number that the page shows of the layer counts it: that of entities counts names alone.
    """

    layer: str
    verdict: str
    group: str
    gold: Item | None
    predicted: Item | None
    quoted: bool = True


Key = tuple[str, str, str, str | int]
"""Layer, document, side (`gold` or `predicted`) and id of an item."""


@dataclass(slots=True)
class _Seen:
    """What the alignments hold, in the order of views; a pair or item of an earlier view is not taken again.

    items   every item with its group
    pairs   the two items that met, whether the view counts them, and whether it is the view that is quoted
    """

    items: dict[Key, tuple[Item, str]] = field(default_factory=dict)
    pairs: list[tuple[Key, Key, bool, bool]] = field(default_factory=list)


def collect_entries(
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    records: Iterable[ErrorRecord],
    *,
    layers: Sequence[str],
    options: Options,
) -> dict[str, list[Entry]]:
    """The entries of each document: its errors in the order of the text, then what is right or not counted.

    Args:
        gold: The annotated documents.
        predictions: By document id.
        records: The errors of these predictions on this gold, by the same options.
        layers: The layers that were scored.
        options: The choices they were scored with.
    """
    seen = _Seen()
    groups = {layer.name: entity_groups(options) if layer.mapped else layer.groups for layer in get_layers().values()}

    def observe(alignment: Alignment, pairs: Sequence[Pair]) -> None:
        if alignment.view in VIEWS.get(alignment.layer, ()):
            _observe(seen, alignment, pairs, groups[alignment.layer])

    aligned = [layer for layer in layers if layer in VIEWS]
    evaluate(gold, predictions, layers=aligned, options=options, observe=observe)
    entries: dict[str, list[Entry]] = defaultdict(list)
    used: set[Key] = set()
    for record in sorted(records, key=sort_key):
        keys = _keys(record)
        used.update(keys)
        group = next((seen.items[key][1] for key in keys if key in seen.items and seen.items[key][1]), "")
        quoted = is_quoted(record.layer, record.view)
        entries[record.doc_id].append(Entry(record.layer, record.verdict, group, *_sides(record), quoted))
    for doc_id, entry in _others(seen, used):
        entries[doc_id].append(entry)
    return dict(entries)


def _observe(seen: _Seen, alignment: Alignment, pairs: Sequence[Pair], groups: Sequence[str]) -> None:
    describe_gold, describe_predicted = DESCRIBE[alignment.layer]
    sides = (
        ("gold", alignment.gold_side, describe_gold),
        ("predicted", alignment.predicted_side, describe_predicted),
    )
    rows: list[list[Key]] = []
    for name, side, describe in sides:
        keys = []
        for row, (unit, position) in enumerate(zip(side.unit.tolist(), side.position.tolist(), strict=True)):
            item = describe(pairs[unit], position)
            key = (alignment.layer, pairs[unit].gold.document.doc_id, name, item.id)
            keys.append(key)
            if key not in seen.items:
                seen.items[key] = (item, _group(side, row, groups))
        rows.append(keys)
    layer = get_layers()[alignment.layer]
    # A stance of which every side is accepted can be met, but no side of it can be right.
    quoted = next(match.name for match in layer.matches if match.headline)
    counted = alignment.gold_side.sizes[layer.match(quoted, alignment.view).gold]
    for i, j in zip(alignment.gold.tolist(), alignment.predicted.tolist(), strict=True):
        seen.pairs.append((rows[0][i], rows[1][j], bool(counted[i]), is_quoted(layer.name, alignment.view)))


def _group(side: Side, row: int, groups: Sequence[str]) -> str:
    index = int(side.group[row])
    return groups[index] if 0 <= index < len(groups) else ""


def _keys(record: ErrorRecord) -> list[Key]:
    sides = (("gold", record.gold), ("predicted", record.predicted))
    return [(record.layer, record.doc_id, name, id_) for name, id_ in sides if id_ is not None]


def _sides(record: ErrorRecord) -> tuple[Item | None, Item | None]:
    """Both sides of a record as items; one that is described but is none of the data has an empty id."""
    own = (record.gold, record.gold_spans, record.gold_text, record.gold_label)
    said = (record.predicted, record.predicted_spans, record.predicted_text, record.predicted_label)
    one, other = (
        None if id_ is None and text is None and not spans else Item("" if id_ is None else id_, spans, text, label)
        for id_, spans, text, label in (own, said)
    )
    return one, other


def _others(seen: _Seen, used: set[Key]) -> Iterable[tuple[str, Entry]]:
    """Pairs of which neither side is in an error, those that count first; then single items that nothing counts."""
    for counts in (True, False):
        for own, said, counted, quoted in seen.pairs:
            if counted is counts and own not in used and said not in used:
                used.update((own, said))
                item, group = seen.items[own]
                verdict = RIGHT if counted else LEFT_OUT
                yield own[1], Entry(own[0], verdict, group, item, seen.items[said][0], counted and quoted)
    for key, (item, group) in seen.items.items():
        if key not in used:
            gold, predicted = (item, None) if key[2] == "gold" else (None, item)
            yield key[1], Entry(key[0], LEFT_OUT, group, gold, predicted, quoted=False)
