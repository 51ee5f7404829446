"""Linking: whether mentions and entities carry the right id of the knowledge base, or are rightly said to have none.

- A gold mention whose link was not annotated leaves the gold count, and a prediction with exactly its span leaves the
  predicted count; the columns `gold_left` and `predicted_left` hold how many.
- Items are multisets, as in the default alignment: a mention that is predicted twice is right at most once.
  `entity_match` alone compares sets, of the ids that a document mentions.
- Views: `names` counts named mentions only, `all` every mention. Clusters that cross documents are in `link_clusters`.

Source of the measures: Hachey, Nothman and Radford (2014), Cheap and easy entity evaluation; TAC KBP entity linking.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from goldassay.layers.base import Layer, Options, Pair
from goldassay.layers.link_clusters import CLUSTER_MATCHES, pool_clusters
from goldassay.layers.linked_mentions import Kind, LinkedMention, Sides, annotated, select_mentions
from goldassay.measures.measure import Match
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import Prediction
from goldassay.tally.count import OTHER
from goldassay.tally.tally import IntArray, Tally, unit_order

VIEWS = ("names", "all")
GROUPS = (*ENTITY_TYPES, OTHER)
_GROUP = {name: index for index, name in enumerate(GROUPS)}


class SetMeasure(NamedTuple):
    """What a measure compares of a mention beside its span, and which mentions enter."""

    title: str
    typed: bool = False
    by_id: bool = False
    only: Kind | None = None


SET_MEASURES: dict[str, SetMeasure] = {
    "strong_mention_match": SetMeasure("same span"),
    "strong_typed_mention_match": SetMeasure("same span and type", typed=True),
    "strong_linked_mention_match": SetMeasure("same span, linked mentions only", only="linked"),
    "strong_link_match": SetMeasure("same span and id, linked mentions only", by_id=True, only="linked"),
    "strong_typed_link_match": SetMeasure("same span, type and id, linked only", typed=True, by_id=True, only="linked"),
    "strong_nil_match": SetMeasure("same span, NIL mentions only", only="nil"),
    "strong_typed_nil_match": SetMeasure("same span and type, NIL mentions only", typed=True, only="nil"),
    "strong_all_match": SetMeasure("same span and id, all NILs being one", by_id=True),
    "strong_typed_all_match": SetMeasure("same span, type and id, all NILs being one", typed=True, by_id=True),
}
ENTITY_MATCH = "entity_match"
SIZES = ("", "_linked", "_nil", "_silent", "_entities", "_left")
COLUMNS = (
    *(f"{side}{size}" for side in ("gold", "predicted") for size in SIZES),
    *(f"{name}.{side}" for name in (*SET_MEASURES, ENTITY_MATCH) for side in ("gold", "predicted")),
)

Grouped = dict[Hashable, list[str]]
"""The groups of all items that have a key."""


def count_links(pairs: Sequence[Pair], _: Options) -> tuple[Tally, ...]:
    """One tally a view: sizes, and for each measure its right items by gold group and by predicted group."""
    units = [pair.gold.document.doc_id for pair in pairs]
    order = unit_order(units)
    tallies = []
    for view in VIEWS:
        counts: dict[str, IntArray] = {name: np.zeros((len(units), len(GROUPS)), np.int64) for name in COLUMNS}
        for row, index in enumerate(order):
            for (column, group), number in count_document(select_mentions(pairs[index], view)).items():
                counts[column][row, _GROUP.get(group, len(ENTITY_TYPES))] += number
        tallies.append(Tally("linking", view, tuple(units[i] for i in order), GROUPS, counts))
    return tuple(tallies)


def count_document(sides: Sides) -> Counter[tuple[str, str]]:
    """Counts of one document by column and group."""
    counts: Counter[tuple[str, str]] = Counter()
    type_at = {item.spans: item.type for item in reversed(sides.gold)}
    groups = (
        [item.type or OTHER for item in sides.gold],
        # A prediction without a type is filed under that of the gold mention on its span.
        [item.type or type_at.get(item.spans) or OTHER for item in sides.predicted],
    )
    for side, items, names in zip(("gold", "predicted"), sides[:2], groups, strict=True):
        for item, name in zip(items, names, strict=True):
            counts[side, name] += 1
            counts[f"{side}_{item.kind}", name] += 1
    for side, items in (("gold_left", sides.gold_left), ("predicted_left", sides.predicted_left)):
        counts.update((side, item.type or OTHER) for item in items)
    for measure, rule in SET_MEASURES.items():
        keyed = (_keyed(items, names, rule) for items, names in zip(sides[:2], groups, strict=True))
        counts.update(_right(measure, *keyed))
    entities = [_entities(items, names) for items, names in zip(sides[:2], groups, strict=True)]
    for side, ids in zip(("gold", "predicted"), entities, strict=True):
        counts.update((f"{side}_entities", name) for names in ids.values() for name in names)
    counts.update(_right(ENTITY_MATCH, *entities))
    return counts


def _keyed(items: Iterable[LinkedMention], groups: Iterable[str], rule: SetMeasure) -> Grouped:
    """What a measure compares of each item; what cannot be right (no place, no type, no id) has no key."""
    keyed: Grouped = defaultdict(list)
    for item, group in zip(items, groups, strict=True):
        answers = item.spans and (item.type or not rule.typed) and (item.kb_id or not rule.by_id)
        if answers and rule.only in (None, item.kind):
            id_ = "NIL" if item.kind == "nil" else item.kb_id
            keyed[item.spans, item.type if rule.typed else None, id_ if rule.by_id else None].append(group)
    return keyed


def _entities(items: Iterable[LinkedMention], groups: Iterable[str]) -> Grouped:
    """The ids that a document mentions, each under the type of its first mention."""
    ids: Grouped = {}
    for item, group in zip(items, groups, strict=True):
        if item.kind == "linked":
            ids.setdefault(item.kb_id, [group])
    return ids


def _right(measure: str, gold: Grouped, predicted: Grouped) -> Iterator[tuple[str, str]]:
    """Columns and groups of the right items: of each key as many as both sides have, same groups first."""
    for key in gold.keys() & predicted.keys():
        mine, theirs = Counter(gold[key]), Counter(predicted[key])
        same = mine & theirs
        rest = zip(sorted((mine - same).elements()), sorted((theirs - same).elements()), strict=False)
        for left, right in (*((name, name) for name in same.elements()), *rest):
            yield f"{measure}.gold", left
            yield f"{measure}.predicted", right


def _answered(prediction: Prediction) -> bool:
    return any(mention.kb_id for mention in prediction.mentions or ())


_NOTE = "Hachey et al. (2014); gold mentions without an annotated link leave both counts"


def _matches(view: str) -> tuple[Match, ...]:
    sizes = {name: f"_{rule.only}" if rule.only else "" for name, rule in SET_MEASURES.items()}
    titles = {name: rule.title for name, rule in SET_MEASURES.items()}
    sizes[ENTITY_MATCH], titles[ENTITY_MATCH] = "_entities", "ids that a document mentions, as a set"
    return tuple(
        Match(
            name,
            view,
            title,
            credit_gold={f"{name}.gold": 1.0},
            credit_predicted={f"{name}.predicted": 1.0},
            gold=f"gold{sizes[name]}",
            predicted=f"predicted{sizes[name]}",
            # Only the gold can leave a link open, so the sides do not change places freely.
            symmetric=False,
            note=_NOTE,
            detail=name in ("strong_typed_nil_match", "strong_typed_all_match"),
        )
        for name, title in titles.items()
    )


LAYER = Layer(
    name="linking",
    key="mentions",
    items="links of mentions to the knowledge base",
    groups=ENTITY_TYPES,
    count=count_links,
    pool=pool_clusters,
    matches=_matches("names") + _matches("all") + CLUSTER_MATCHES,
    annotated=annotated,
    answered=_answered,
)
