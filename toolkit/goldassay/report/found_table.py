"""Which numbers and times of the gold each system found, item by item, as Markdown."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.numeric_alignment import align_facts
from goldassay.layers.time_alignment import EXPRESSIONS, align_times
from goldassay.measures.signature import short_signature
from goldassay.model.hard_negatives import HardNegativesRow
from goldassay.model.predictions import Prediction
from goldassay.model.record import spans_text
from goldassay.report.markdown import escape

RIGHT, PLACE, MISSED, NOT_COVERED = "value", "place", "–", ""
"""The cells: value right; the place found, but not the value; neither; and of a system that does not look for these."""

LEGEND = (
    f"`{RIGHT}`: found with the right value, as the text alone gives it; `{PLACE}`: found in its place, but with "
    f"another value or none; {MISSED}: missed; empty: the system does not look for this. What is counted, types and "
    "labels do not matter here. The last rows count what a system found that is none, and how many of the document's "
    "hard negatives (words that look like a number and are none: the day of a date, the *both* of “both A and B”) are "
    "among it. Single items and counts of one document have no interval; the scores with theirs are in the systems' "
    "reports."
)
LAYERS = {"numeric_facts": "number", "times": "time"}
"""The layers whose items are listed, and what one of them is called."""

_VIEWS = {"numeric_facts": "facts", "times": EXPRESSIONS}
_RIGHT = {"numeric_facts": "value_rounding", "times": "same"}


@dataclass(frozen=True, slots=True)
class Finder:
    """A system, the layers that it covers, and what it predicted, by document."""

    name: str
    layers: frozenset[str]
    predictions: Mapping[str, Prediction]


class Row(NamedTuple):
    """A gold item: the layer, its position there, its place, and its text as it is shown."""

    layer: str
    position: int
    start: int
    text: str


class Outcomes(NamedTuple):
    """What became of the gold items of a layer, by position, and the positions of the predictions that met none."""

    cells: Mapping[int, str]
    free: tuple[int, ...]


def render_found(
    gold: Sequence[GoldDocument],
    finders: Sequence[Finder],
    hard_negatives: Mapping[str, HardNegativesRow] | None = None,
    *,
    signature: str,
) -> str:
    """One table a document annotated with numeric facts: its numbers and times in text order, a system a column.

    Systems that look for neither are left out; the others keep their order. Where a document's hard negatives are
    listed, a last row counts those that a system took for a number: `1 of 4`. The tables show single items and counts
    of one document, so none has an interval; each carries the short form of the signature, which stands at the end.
    """
    listed = hard_negatives or {}
    shown = [finder for finder in finders if not finder.layers.isdisjoint(LAYERS)]
    lines = ["# Numbers and times found", "", LEGEND]
    for document in gold:
        if document.numeric_facts is not None:
            title = f"## {escape(document.document.doc_id)} [{short_signature(signature)}]"
            lines += ["", title, "", *_render_document(document, shown, listed)]
    return "\n".join([*lines, "", f"Signature: `{signature}`", ""])


def _render_document(
    gold: GoldDocument, finders: Sequence[Finder], hard_negatives: Mapping[str, HardNegativesRow]
) -> list[str]:
    rows = list_items(gold)
    doc_id = gold.document.doc_id
    lines = [f"| item | kind | {' | '.join(escape(finder.name) for finder in finders)} |"]
    lines.append(f"|{'---|' * (len(finders) + 2)}")
    found = {
        (finder.name, layer): find_outcomes(gold, finder.predictions.get(doc_id) or Prediction(doc_id=doc_id), layer)
        for finder in finders
        for layer in finder.layers & LAYERS.keys()
    }
    for row in rows:
        outcomes = [found.get((finder.name, row.layer)) for finder in finders]
        cells = [NOT_COVERED if one is None else one.cells.get(row.position, MISSED) for one in outcomes]
        lines.append(f"| {' | '.join([escape(row.text), LAYERS[row.layer], *cells])} |")
    for layer, word in LAYERS.items():
        outcomes = [found.get((finder.name, layer)) for finder in finders]
        counts = [NOT_COVERED if one is None else str(len(one.free)) for one in outcomes]
        lines.append(f"| {' | '.join([f'*no {word}, but found as one*', word, *counts])} |")
    listed = hard_negatives.get(doc_id)
    if listed is not None and listed.items:
        outcomes = [found.get((finder.name, "numeric_facts")) for finder in finders]
        shares = [
            NOT_COVERED if one is None else _share_taken(listed, finder.predictions.get(doc_id), one.free)
            for finder, one in zip(finders, outcomes, strict=True)
        ]
        lines.append(f"| {' | '.join(['*hard negatives taken for numbers*', 'number', *shares])} |")
    return lines


def _share_taken(listed: HardNegativesRow, predicted: Prediction | None, free: Sequence[int]) -> str:
    """How many hard negatives overlap a place of a predicted number that met none of the gold: "1 of 4"."""
    facts = () if predicted is None else predicted.numeric_facts or ()
    places = [place for position in free for place in facts[position].extents]
    taken = sum(any(item.overlaps(place) for place in places) for item in listed.items)
    return f"{taken} of {len(listed.items)}"


def list_items(gold: GoldDocument) -> list[Row]:
    """The numbers and times of a document in text order; identifiers are no numbers."""
    annotated = gold.numeric_facts
    if annotated is None:
        return []
    text, rows = gold.document.text, []
    for position, fact in enumerate(annotated.numeric_facts):
        if fact.kind != "identifier":
            spans = fact.mentions[0].span.spans
            implicit = " (implicit)" if fact.tier == "implicit" else ""
            rows.append(Row("numeric_facts", position, spans[0][0], f"{spans_text(text, spans)}{implicit}"))
    for position, time in enumerate(annotated.times):
        rows.append(Row("times", position, time.spans[0][0], spans_text(text, time.spans)))
    return sorted(rows, key=lambda row: (row.start, row.layer, row.position))


def find_outcomes(gold: GoldDocument, predicted: Prediction, layer: str) -> Outcomes:
    """What became of the gold items that a prediction met, and the predictions that met none.

    The value of a number is right if it is equal, or inside the rounding of an approximate one, in the gold's unit;
    that of a time if it is what the text alone gives. What meets an implicit number is not spurious.
    """
    align = align_facts if layer == "numeric_facts" else align_times
    alignments = align([Pair(_all_core(gold), predicted)], Options())
    [found] = [alignment for alignment in alignments if alignment.view == _VIEWS[layer]]
    verdicts = zip(found.gold, found.verdicts[_RIGHT[layer]], found.verdicts["overlap"], strict=True)
    cells = {
        int(found.gold_side.position[i]): RIGHT if right else PLACE if placed else MISSED
        for i, right, placed in verdicts
    }
    free = np.array(found.predicted_side.sizes["predicted"], dtype=np.bool_)
    free[found.predicted] = False
    return Outcomes(cells, tuple(int(position) for position in found.predicted_side.position[free]))


def _all_core(gold: GoldDocument) -> GoldDocument:
    """The same document with its implicit facts as core ones: the alignment gives no verdicts on implicit ones."""
    row = gold.numeric_facts
    if row is None:
        return gold
    facts = [replace(fact, tier="core") for fact in row.numeric_facts]
    return dataclasses.replace(gold, numeric_facts=replace(row, numeric_facts=facts))
