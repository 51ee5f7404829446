"""The attributions layer: who said what by which words, on one alignment by place (matcher `attributions.v1`).

One-to-one, largest total of 0.4 cue + 0.4 content + 0.2 source: cue and content the Jaccard overlap of their
characters (1 where neither side has that part), source 1 for the same entity. Two attributions can meet only if their
cues or their contents overlap or, where neither has a cue or a content, if their source is the same. Groups are the
types of quotation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldassay.layers.base import GoldDocument, Layer, Options, Pair, plain
from goldassay.layers.identity import resolve, resolve_document
from goldassay.match.alignment import Alignment, Side
from goldassay.match.assignment import match_heaviest
from goldassay.match.columns import IntArray
from goldassay.measures.measure import Match
from goldassay.model.labels import QUOTES
from goldassay.model.predictions import Prediction
from goldassay.model.record import Span

UNIT = 2**32
"""Weights are whole numbers of 2^-32, so that sums are exact."""

PARTS = ("source", "cue", "content")
VERDICTS = (
    "met",
    "source_entity",
    *(f"{part}_{kind}" for part in (*PARTS, "relation") for kind in ("exact", "overlap")),
    "relation",
    "quote",
    "nesting",
    "parent",
)


@dataclass(frozen=True, slots=True)
class Item:
    """An attribution of either side.

    unit, position    index of its document in the batch, and its own in the document's list
    source            gold id of the source; null where none was found for it
    parts             the characters of source, cue and content; empty where it has no such part
    parent            row of the attribution in whose content it stands, -1 for one that is not there; null for none
    """

    unit: int
    position: int
    source: str | None
    parts: tuple[frozenset[int], frozenset[int], frozenset[int]]
    quote: str | None
    parent: int | None


def align_attributions(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the attributions of a batch."""
    gold: list[Item] = []
    predicted: list[Item] = []
    edges: list[tuple[int, int, int]] = []
    for unit, pair in enumerate(pairs):
        own = _gold_items(unit, pair, len(gold))
        said = _predicted_items(unit, pair, options, len(predicted))
        for i, one in enumerate(own, start=len(gold)):
            for j, other in enumerate(said, start=len(predicted)):
                if _can_meet(one, other):
                    edges.append((i, j, _weight(one, other)))
        gold += own
        predicted += said
    table = np.array(edges, dtype=np.int64).reshape(-1, 3)
    chosen = table[match_heaviest(table[:, 0], table[:, 1], table[:, 2])]
    return (_alignment(pairs, gold, predicted, chosen[:, 0], chosen[:, 1]),)


def _gold_items(unit: int, pair: Pair, first: int) -> list[Item]:
    rows = pair.gold.stances.attributions if pair.gold.stances is not None else []
    at = {row.id: first + n for n, row in reversed(list(enumerate(rows)))}
    return [
        Item(
            unit,
            position,
            row.source,
            (_characters(row.source_spans), _characters(row.cue_spans), _characters(row.content_spans)),
            row.quote,
            at.get(row.parent, -1) if row.parent is not None else None,
        )
        for position, row in enumerate(rows)
    ]


def _predicted_items(unit: int, pair: Pair, options: Options, first: int) -> list[Item]:
    rows = pair.predicted.attributions or ()
    known = resolve_document(pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1)
    at = {row.id: first + n for n, row in reversed(list(enumerate(rows)))}
    return [
        Item(
            unit,
            position,
            resolve(row.source, known),
            (_characters(row.source.spans), _characters(row.cue), _characters(row.content)),
            row.quote,
            at.get(row.parent, -1) if row.parent is not None else None,
        )
        for position, row in enumerate(rows)
    ]


def _characters(spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(n for start, end in spans for n in range(start, end))


def _can_meet(gold: Item, predicted: Item) -> bool:
    if any(own & said for own, said in zip(gold.parts[1:], predicted.parts[1:], strict=True)):
        return True
    return not any((*gold.parts[1:], *predicted.parts[1:])) and gold.source == predicted.source


def _weight(gold: Item, predicted: Item) -> int:
    _, cue, content = (_likeness(own, said) for own, said in zip(gold.parts, predicted.parts, strict=True))
    return round((0.4 * cue + 0.4 * content + 0.2 * (gold.source == predicted.source)) * UNIT)


def _likeness(own: frozenset[int], said: frozenset[int]) -> float:
    return len(own & said) / len(own | said) if own or said else 1.0


def _judge(own: Item, said: Item, partner: Mapping[int, int]) -> dict[str, bool]:
    """What is right of a pair; `partner` is the gold row of each aligned predicted row.

    A part that neither side has is no item of its own, but the relation is not wrong for it.
    """
    exact = [bool(a) and a == b for a, b in zip(own.parts, said.parts, strict=True)]
    overlap = [bool(a & b) for a, b in zip(own.parts, said.parts, strict=True)]
    absent = [not a and not b for a, b in zip(own.parts, said.parts, strict=True)]
    agreed = [met or none for met, none in zip(overlap, absent, strict=True)]
    verdicts = {f"{part}_exact": right for part, right in zip(PARTS, exact, strict=True)}
    verdicts |= {f"{part}_overlap": right for part, right in zip(PARTS, overlap, strict=True)}
    nested = said.parent is not None and own.parent is not None and partner.get(said.parent) == own.parent
    return verdicts | {
        "met": True,
        "source_entity": own.source == said.source,
        "relation_exact": all(met or none for met, none in zip(exact, absent, strict=True)),
        "relation_overlap": all(agreed),
        "relation": own.source == said.source and all(agreed[1:]),
        "quote": own.quote == said.quote,
        "nesting": nested,
        "parent": nested or (own.parent is None and said.parent is None),
    }


def _alignment(
    pairs: Sequence[Pair], gold: Sequence[Item], predicted: Sequence[Item], row: IntArray, column: IntArray
) -> Alignment:
    partner = dict(zip(column.tolist(), row.tolist(), strict=True))
    judged = [_judge(gold[i], predicted[j], partner) for j, i in partner.items()]
    return Alignment(
        layer="attributions",
        view="relations",
        units=[pair.gold.document.doc_id for pair in pairs],
        gold_side=_side("gold", gold),
        predicted_side=_side("predicted", predicted),
        gold=row,
        predicted=column,
        verdicts={name: np.array([verdicts[name] for verdicts in judged], dtype=np.int64) for name in VERDICTS},
    )


def _side(name: str, items: Sequence[Item]) -> Side:
    quotes = {quote: code for code, quote in enumerate(QUOTES)}
    sizes = {name: np.ones(len(items), dtype=np.bool_)}
    for n, part in enumerate(PARTS):
        sizes[f"{name}_{part}"] = np.array([bool(item.parts[n]) for item in items], dtype=np.bool_)
    sizes[f"{name}_nested"] = np.array([item.parent is not None for item in items], dtype=np.bool_)
    return Side(
        np.array([item.unit for item in items], dtype=np.int64),
        np.array([item.position for item in items], dtype=np.int64),
        np.array([quotes.get(item.quote or "", -1) for item in items], dtype=np.int64),
        sizes,
    )


def _annotated(gold: GoldDocument) -> bool:
    return gold.stances is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.attributions is not None


def _match(name: str, title: str, *, size: str = "", headline: bool = False, detail: bool = False) -> Match:
    """A row of P, R and F1 whose items are all attributions, or those that have the part `size`."""
    return Match(
        name,
        "relations",
        title,
        *plain(name.replace("-", "_")),
        gold=f"gold_{size}" if size else "gold",
        predicted=f"predicted_{size}" if size else "predicted",
        symmetric=False,
        headline=headline,
        detail=detail,
        note=OWN,
    )


def _share(name: str, column: str, title: str) -> Match:
    """A row of one rate over the aligned pairs."""
    return Match(
        name,
        "relations",
        title,
        *plain(column),
        gold="met.gold",
        predicted="met.predicted",
        statistics=("rate",),
        symmetric=False,
        note=OWN,
    )


OWN = "own definition (docs/design/stances.md)"
_KINDS = {"exact": "same characters", "overlap": "any overlap"}

LAYER = Layer(
    name="attributions",
    items="attributions",
    groups=QUOTES,
    align=align_attributions,
    matches=(
        _match("relation", "same source entity, cue and content overlap", headline=True),
        _match("relation-exact", "source, cue and content by place: same characters", detail=True),
        _match("relation-overlap", "source, cue and content by place: any overlap", detail=True),
        _match("source-entity", "same source entity"),
        *(
            _match(f"{part}-{kind}", f"{part} by place: {said}", size=part, detail=kind == "exact" or part == "source")
            for part in PARTS
            for kind, said in _KINDS.items()
        ),
        _match("quote", "same type of quotation"),
        _share("quote-accuracy", "quote", "same type of quotation, of the aligned pairs"),
        _match("nesting", "stands in the same attribution, of those that stand in one", size="nested"),
        _share("parent", "parent", "stands in the same attribution or in none, of the aligned pairs"),
    ),
    annotated=_annotated,
    answered=_answered,
)
