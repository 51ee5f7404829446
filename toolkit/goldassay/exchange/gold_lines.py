"""Our own forms: merged gold lines, the corpus, and prediction lines."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from goldassay.exchange.assembly import type_of
from goldassay.exchange.losses import Carried, count_rest
from goldassay.exchange.reading import UNTYPED, Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.exchange.renaming import rename_in_json
from goldassay.formats.gold import GoldLine, read_gold
from goldassay.formats.jsonl import iterate_rows
from goldassay.formats.prediction_line import PredictionLine
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import Record
from goldassay.model.stances import StancesRow

PREDICTIONS_CARRY: tuple[Carried, ...] = (
    "mentions",
    "clusters",
    "levels",
    "metonyms",
    "names",
    "kb_ids",
    "rollups",
    "unmentioned",
    "stances",
    "numeric_facts",
)
_LAYERS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")


def line_of(gold: GoldDocument) -> GoldLine:
    """A document and its rows as one line."""
    document = {name: getattr(gold.document, name) for name in Document.__struct_fields__}
    line = GoldLine(**document | {"sentences": tuple(gold.document.sentences)})
    for row in (gold.entities, gold.stances, gold.numeric_facts):
        if row is not None:
            lists = {name: tuple(getattr(row, name)) for name in _LAYERS if hasattr(row, name)}
            line = msgspec.structs.replace(line, **lists)
    return line


def rows_of(line: GoldLine) -> tuple[Document, EntitiesRow | None, StancesRow | None, NumericFactsRow | None]:
    """The document of a line and its rows, null where a layer is not annotated."""
    fields = {name: getattr(line, name) for name in Document.__struct_fields__}
    document = Document(**fields | {"sentences": list(line.sentences), "sha256": line.sha256 or ""})
    return document, _row(line, EntitiesRow), _row(line, StancesRow), _row(line, NumericFactsRow)


def _row(line: GoldLine, row: type[Any]) -> Any:
    names = [name for name in row.__struct_fields__ if name != "doc_id"]
    if all(getattr(line, name) is None for name in names):
        return None
    return row(doc_id=line.doc_id, **{name: list(getattr(line, name) or ()) for name in names})


def read_gold_lines(reading: Reading) -> Read:
    """Merged gold lines."""
    file = read_gold(reading.path)
    reading.findings += file.findings
    layers = file.entities, file.stances, file.numeric_facts
    lines = [line_of(GoldDocument(one, *(layer.get(one.doc_id) for layer in layers))) for one in file.documents]  # type: ignore[arg-type]
    return reading.done([msgspec.structs.replace(one, canary=file.canaries.get(one.doc_id)) for one in lines])


def write_gold_lines(lines: Sequence[Line], options: WriteOptions) -> Written:
    """Merged gold lines: all of it, whatever its labels."""
    gold = [one for one in lines if isinstance(one, GoldLine)]
    return Written({"": b"".join(encode_line(_plain(one)) for one in gold)}, {})


def read_prediction_lines(reading: Reading) -> Read:
    """Prediction lines as they are, their types renamed as the options say."""
    types = reading.options.types
    with reading.path.open("rb") as file:
        raw = (rename_in_json(one, types, reading.lost, reading.types) if types else one for one in file)
        rows = list(iterate_rows(raw, PredictionLine, file=str(reading.path)))
    reading.findings += [found for row in rows for found in row.findings]
    return reading.done([row.value for row in rows if row.value is not None])


def write_prediction_lines(lines: Sequence[Line], options: WriteOptions) -> Written:
    """Prediction lines with the text: what a system would say that had found just this."""
    lost: Counts = Counter()
    written = []
    for one in lines:
        if isinstance(one, GoldLine):
            lost += count_rest(one, PREDICTIONS_CARRY)
            lost["hashes of texts (sha256)"] += one.sha256 is not None
            written.append(_as_prediction(one, options.levels))
        else:
            written.append(_plain(one))
    return Written({"": b"".join(encode_line(one) for one in written)}, lost)


def _as_prediction(line: GoldLine, levels: bool) -> dict[str, Any]:
    plain = _plain(line)
    for name in [name for name in plain if name not in ("doc_id", "text", *_LAYERS)]:
        del plain[name]
    entities = {one.id: one for one in line.entities or ()}
    for item, one in zip(plain.get("mentions", ()), line.mentions or (), strict=True):
        item["type"] = type_of(one, entities)
        if not levels:
            del item["level"]
    for item in (*plain.get("mentions", ()), *plain.get("entities", ())):
        if item.get("type") == UNTYPED:
            item["type"] = None
    return plain


def _plain(line: Record) -> dict[str, Any]:
    """A line as plain values, without the keys that say nothing."""
    plain: dict[str, Any] = msgspec.to_builtins(line)
    return {name: value for name, value in plain.items() if value is not None}


def encode_line(row: Any) -> bytes:
    """One JSON line in UTF-8, characters as they are."""
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
