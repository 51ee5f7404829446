"""Mentions as spans, tags, clusters or links; `--labels` and `--trim` apply to both sides first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from goldassay.formats.tags import encode_tags
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.linked_mentions import LinkedMention, gold_mentions, predicted_mentions
from goldassay.layers.mention_maps import map_mentions
from goldassay.layers.mentions import entity_groups
from goldassay.model.document import Document
from goldassay.model.predictions import PredictedMention, Prediction
from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Record, Sizes
from goldassay.profiles.base import CaseDocument, NoAnswer
from goldassay.profiles.spans import tokenize

UNTYPED = "_"
"""The type of a prediction without one: no scorer knows it, so it can only be wrong."""

Build = Callable[[Document, Sequence[LinkedMention], Sequence[LinkedMention] | None, Sizes], CaseDocument]


def build_spans(
    document: Document, gold: Sequence[LinkedMention], predicted: Sequence[LinkedMention] | None, sizes: Sizes
) -> CaseDocument:
    """Character spans with types."""
    return _document(document, *(_write(side, items, sizes) for side, items in _sides(gold, predicted)))


def build_clusters(
    document: Document, gold: Sequence[LinkedMention], predicted: Sequence[LinkedMention] | None, sizes: Sizes
) -> CaseDocument:
    """Spans with the document's own cluster; a mention that belongs to no entity is a cluster of its own."""
    return _document(
        document,
        *(
            _write(side, items, sizes, lambda item, position: {"cluster": item.entity or f"\0{position}"})
            for side, items in _sides(gold, predicted)
        ),
    )


def build_links(
    document: Document, gold: Sequence[LinkedMention], predicted: Sequence[LinkedMention] | None, sizes: Sizes
) -> CaseDocument:
    """Spans with types and ids; null means NIL. Clusters are ids and cross documents, but for those of plain NILs."""

    def link(item: LinkedMention, position: int) -> Record:
        own = (document.doc_id, str(position)) if item.entity is None else (document.doc_id, "entity", item.entity)
        cluster = "\0".join(own) if item.kb_id in (None, "NIL") else item.kb_id
        return {"kb_id": item.kb_id if item.kind == "linked" else None, "cluster": cluster}

    for side, items in _sides(gold, predicted):
        sizes[side, "open"] += sum(item.kind == "silent" for item in items or ())
    return _document(document, *(_write(side, items, sizes, link) for side, items in _sides(gold, predicted)))


def build_tags(
    document: Document, gold: Sequence[LinkedMention], predicted: Sequence[LinkedMention] | None, sizes: Sizes
) -> CaseDocument:
    """IOB2 tags. Tokens stand between spaces and are cut further wherever a mention of either side begins or ends.

    Of mentions that overlap on one side the longest is written, of equally long ones the first in the text.
    """
    sides = []
    for side, items in _sides(gold, predicted):
        records = _write(side, items, sizes) or []
        words = [item for item in records if document.text[item["start"] : item["end"]].strip(" ")]
        flat = keep_flat(words)
        sizes[side, "blank"] += len(records) - len(words)
        sizes[side, "overlapping"] += len(words) - len(flat)
        sizes[side, WRITTEN] -= len(records) - len(flat)
        sides.append(flat)
    read = tokenize({"doc_id": document.doc_id, "text": document.text, "gold": sides[0], "predicted": sides[1]})
    if isinstance(read, NoAnswer):
        raise AssertionError(f"a mention without a token was not left out: {read.reason}")  # noqa: TRY004
    tags = [
        encode_tags([(span.type, span.start, span.end) for span in spans], read.length)
        for spans in (read.gold, read.predicted)
    ]
    return _document(document, tags[0], None if predicted is None else tags[1])


def keep_flat(records: Sequence[Record]) -> list[Record]:
    """The records that overlap no longer one, in text order.

    >>> keep_flat([{"start": 0, "end": 2}, {"start": 0, "end": 9}, {"start": 9, "end": 10}])
    [{'start': 0, 'end': 9}, {'start': 9, 'end': 10}]
    """
    kept: list[Record] = []
    for record in sorted(records, key=lambda item: (item["start"] - item["end"], item["start"])):
        if all(record["end"] <= other["start"] or other["end"] <= record["start"] for other in kept):
            kept.append(record)
    return sorted(kept, key=lambda item: int(item["start"]))


def _sides(
    gold: Sequence[LinkedMention], predicted: Sequence[LinkedMention] | None
) -> tuple[tuple[str, Sequence[LinkedMention]], tuple[str, Sequence[LinkedMention] | None]]:
    return ("gold", gold), ("predicted", predicted)


def _document(document: Document, gold: object, predicted: object) -> CaseDocument:
    return {"doc_id": document.doc_id, "text": document.text, "gold": gold, "predicted": predicted}


def _write(
    side: str,
    items: Sequence[LinkedMention] | None,
    sizes: Sizes,
    add: Callable[[LinkedMention, int], Record] = lambda item, position: {},
) -> list[Record] | None:
    """Mentions of one piece as records with `start`, `end`, `type` and what `add` gives, in the order listed."""
    if items is None:
        return None
    records = []
    for position, item in enumerate(items):
        sizes[side, ALL] += 1
        if len(item.spans) != 1:
            sizes[side, "discontinuous" if item.spans else "no place"] += 1
            continue
        sizes[side, WRITTEN] += 1
        sizes[side, "untyped"] += item.type is None
        (start, end), type_ = item.spans[0], item.type or UNTYPED
        records.append({"start": start, "end": end, "type": type_} | add(item, position))
    return records


_FIX = "score such mentions with the default measures, which hold them"
NOTES = {
    "discontinuous": Note("discontinuous", "mentions of one piece", _FIX),
    "overlapping": Note(
        "that overlap a longer one, or repeat it", "mentions that do not overlap, as tags hold them", _FIX
    ),
    "blank": Note("without a word", "mentions of at least one token", _FIX),
    "no place": Note("without a place in the text", "mentions with offsets", "give the place of every mention"),
    "untyped": Note(
        f"without a type, written with the type {UNTYPED!r}", "a type", "give every mention a type", kept=True
    ),
    "open": Note("of whose link nothing is said, read as NIL", "an id or NIL", "say NIL where you mean it", kept=True),
}


def _conversion(
    layer: str, build: Build, needs: str = "mentions", holds: Callable[[PredictedMention], bool] = lambda mention: True
) -> Conversion:
    """A conversion of mentions; predictions carry what is needed if any mention does, or if there is none."""

    def write(gold: GoldDocument, said: Prediction | None, options: Options, sizes: Sizes) -> tuple[CaseDocument, ...]:
        lacks = said is None or said.mentions is None
        pair = map_mentions(Pair(gold, said or Prediction(doc_id=gold.document.doc_id)), options)
        predicted = None if lacks else predicted_mentions(pair.predicted)
        return (build(gold.document, gold_mentions(pair.gold), predicted, sizes),)

    def carries(predictions: Sequence[Prediction]) -> bool:
        said = [item.mentions for item in predictions if item.mentions is not None]
        mentions = [mention for listed in said for mention in listed]
        return bool(said) and (not mentions or any(holds(mention) for mention in mentions))

    return Conversion(
        layer=layer,
        items="mentions",
        needs=needs,
        carries=carries,
        annotated=lambda gold: gold.entities is not None,
        write=write,
        settings=_settings,
        notes=NOTES,
    )


def _settings(options: Options) -> Mapping[str, Any]:
    return {"types": list(entity_groups(options)), "scheme": "IOB2"}


SPANS = _conversion("entities", build_spans)
TAGS = _conversion("entities", build_tags)
CLUSTERS = _conversion("coreference", build_clusters, "clusters", lambda mention: mention.group is not None)
LINKS = _conversion("linking", build_links, "kb_id", lambda mention: bool(mention.kb_id))
