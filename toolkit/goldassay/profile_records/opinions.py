"""Stances as opinions, sentence by sentence: spans of holder, target and expression, and the sign as a polarity.

Belief has no polarity and is left out. All other stances enter, optional ones and repetitions too.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.labels import AUTHOR, IMPLICIT
from goldassay.model.predictions import Prediction, Reference
from goldassay.model.record import Span
from goldassay.model.stances import sign
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Record, Sizes
from goldassay.profiles.base import CaseDocument

POLARITIES = ("Negative", "Neutral", "Positive")
"""By sign, from -1."""


class PlacedStance(NamedTuple):
    """What an opinion is made of. `absent` says that a holder or target is named but has no place."""

    holder: Sequence[Span]
    target: Sequence[Span]
    expression: Sequence[Span]
    sign: int
    belief: bool
    absent: bool


def _gold_stances(gold: GoldDocument) -> Iterator[PlacedStance]:
    for stance in gold.stances.stances if gold.stances is not None else ():
        named = stance.holder not in (AUTHOR, IMPLICIT)
        yield PlacedStance(
            stance.holder_spans,
            stance.target_spans,
            stance.expression_spans,
            sign(stance.grade),
            stance.dimension == "belief",
            (named and not stance.holder_spans) or not stance.target_spans,
        )


def _predicted_stances(prediction: Prediction) -> Iterator[PlacedStance]:
    for stance in prediction.stances or ():
        yield PlacedStance(
            stance.holder.spans,
            stance.target.spans,
            stance.expression,
            stance.sign,
            stance.belief,
            _is_absent(stance.holder) or _is_absent(stance.target),
        )


def _is_absent(reference: Reference) -> bool:
    return not reference.spans and reference.entity not in (AUTHOR, IMPLICIT)


def list_sentences(document: Document) -> list[Span]:
    """Spans that cover the text but for white space between them: each from its start to the next one's.

    A document without sentences is one sentence.
    """
    starts = [0, *sorted({start for start, _ in document.sentences if start > 0})]
    ends = [*starts[1:], len(document.text)]
    return [(start, start + len(document.text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


def write_opinions(
    gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes
) -> tuple[CaseDocument, ...]:
    """A case document for each sentence, with the opinions whose expression begins there."""
    document = gold.document
    sentences = list_sentences(document)
    lacks = said is None or said.stances is None
    mine = _write_side("gold", _gold_stances(gold), sentences, sizes)
    theirs = (
        [None] * len(sentences)
        if lacks or said is None
        else _write_side("predicted", _predicted_stances(said), sentences, sizes)
    )
    return tuple(
        {
            "doc_id": f"{document.doc_id}-{number}",
            "text": document.text[start:end],
            "gold": mine[number],
            "predicted": theirs[number],
        }
        for number, (start, end) in enumerate(sentences)
    )


def _write_side(
    side: str, stances: Iterator[PlacedStance], sentences: Sequence[Span], sizes: Sizes
) -> list[list[Record]]:
    """The opinions of each sentence, as listed."""
    starts = [start for start, _ in sentences]
    written: list[list[Record]] = [[] for _ in sentences]
    for stance in stances:
        sizes[side, ALL] += 1
        parts = stance.expression, stance.target, stance.holder
        anchor = next((spans[0][0] for spans in parts if spans), None)
        if stance.belief or anchor is None:
            sizes[side, "belief" if stance.belief else "no place"] += 1
            continue
        home = bisect_right(starts, anchor) - 1
        expression, target, holder = (_clip(spans, sentences[home]) for spans in parts)
        kept = sum(end - start for spans in (expression, target, holder) for start, end in spans)
        sizes[side, WRITTEN] += 1
        sizes[side, "no expression"] += not stance.expression
        sizes[side, "absent"] += stance.absent
        sizes[side, "elsewhere"] += kept < sum(end - start for spans in parts for start, end in spans)
        written[home].append(
            {"holder": holder, "target": target, "expression": expression, "polarity": POLARITIES[stance.sign + 1]}
        )
    return written


def _clip(spans: Sequence[Span], sentence: Span) -> list[Span]:
    """What of the spans lies in the sentence, with offsets in it.

    >>> _clip([(2, 4), (8, 12)], (3, 10))
    [(0, 1), (5, 7)]
    """
    inside = ((max(start, sentence[0]), min(end, sentence[1])) for start, end in spans)
    return [(start - sentence[0], end - sentence[0]) for start, end in inside if start < end]


def _carries(predictions: Sequence[Prediction]) -> bool:
    """Some line has stances, and some stance an expression, without which no opinion matches."""
    said = [item.stances for item in predictions if item.stances is not None]
    stances = [stance for listed in said for stance in listed]
    return bool(said) and (not stances or any(stance.expression for stance in stances))


_EMPTY = "written as if there were none"
OPINIONS = Conversion(
    layer="stances",
    items="stances",
    needs="expressions of stances",
    carries=_carries,
    annotated=lambda gold: gold.stances is not None,
    write=write_opinions,
    notes={
        "belief": Note("on belief", "positive, negative or neutral opinions", "score belief with the default measures"),
        "no place": Note("without a place in the text", "opinions with offsets", "give the spans of every stance"),
        "no expression": Note(
            "without an expression, which match nothing", "an expression", "give expression_spans", kept=True
        ),
        "absent": Note(
            f"with a holder or target named but not placed, {_EMPTY}",
            "offsets of holder and target",
            "give holder_spans and target_spans",
            kept=True,
        ),
        "elsewhere": Note(
            f"that reach into another sentence than their expression, what lies there {_EMPTY}",
            "opinions inside a sentence",
            "score such stances with the default measures",
            kept=True,
        ),
    },
)
