"""Plain JSONL spans: a text and its spans in a line, as Prodigy, doccano, spaCy's training data and the like have it.

Read are, whichever stand there:

- spans as objects (`start`, `end` or `start_offset`, `end_offset`; `label` or `type` and other names for it) or as
  triples `[start, end, label]`, under `spans`, `entities`, `label` or `labels`;
- whole rows as objects, or as pairs `[text, {"entities": …}]`; a file may also be one JSON list of rows.

Rows that an annotator rejected or passed over are left out and counted, as is every key that says anything else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from goldassay.exchange.assembly import FoundMention, assemble, type_of
from goldassay.exchange.documents import Ids, begin_line
from goldassay.exchange.gold_lines import encode_line
from goldassay.exchange.losses import Carried, count_rest, with_entities
from goldassay.exchange.reading import (
    OFFSET_UNITS,
    WITHOUT_WORDS,
    Counts,
    Line,
    OffsetUnit,
    Read,
    Reading,
    WriteOptions,
    Written,
)
from goldassay.formats.gold import GoldLine
from goldassay.formats.offsets import convert_offsets, diagnose_offsets
from goldassay.formats.strict_json import parse_json
from goldassay.model.printable import quoted

CARRIES: tuple[Carried, ...] = ("mentions", "kb_ids")

_TEXT = ("text", "data", "sentence", "content")
_ID = ("doc_id", "id", "_id")
_SPANS = ("spans", "entities", "label", "labels", "ents")
_START, _END = ("start", "start_offset", "start_char", "begin"), ("end", "end_offset", "end_char")
_LABEL = ("label", "type", "entity_type", "entity_group", "tag", "labels")
_SURFACE, _LINK, _NAME = ("text", "surface"), ("kb_id",), ("id",)
_DERIVED = ("token_start", "token_end", "tokens", "_task_hash", "_input_hash", "_view_id", "_timestamp")
"""Keys that follow from others, or that a tool keeps for itself."""


class _Given(NamedTuple):
    """A span as a row gives it."""

    span: tuple[int, int]
    label: str | None
    surface: str | None
    kb_id: str | None
    place: str


def read_jsonl_spans(reading: Reading) -> Read:
    """A file of plain spans; offsets are counted in the declared unit and checked against the surfaces given."""
    ids, lines = Ids(reading), []
    for number, row in _rows(reading):
        line = _Row(reading, ids, number).read(row)
        if line is not None:
            lines.append(line)
    return reading.done(lines)


def _rows(reading: Reading) -> list[tuple[int, object]]:
    """The rows of the file with their lines; those of a JSON list are counted from 1."""
    raw = reading.path.read_bytes()
    if raw.lstrip().startswith(b"["):
        value, _ = parse_json(raw)
        # A file of one pair [text, {…}] is not a list of rows.
        if isinstance(value, list) and not _is_pair(value):
            return list(enumerate(value, start=1))
    rows = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        value, problem = parse_json(line)
        if problem is not None:
            reading.report(problem.code, problem.found, problem.expected, line=number, fix=problem.fix)
        else:
            rows.append((number, value))
    return rows


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], Mapping)


def _pick(row: Mapping[str, Any], names: Sequence[str]) -> tuple[str | None, Any]:
    """The first of several names that the row has, with its value."""
    return next(((name, row[name]) for name in names if row.get(name) is not None), (None, None))


class _Row:
    """Reading one row."""

    def __init__(self, reading: Reading, ids: Ids, number: int) -> None:
        self.reading, self.ids, self.number = reading, ids, number
        self.doc_id: str | None = None

    def report(self, code: str, found: str, expected: str, field: str | None = None, fix: str | None = None) -> None:
        self.reading.report(code, found, expected, line=self.number, doc_id=self.doc_id, field=field, fix=fix)

    def read(self, row: object) -> GoldLine | None:
        if _is_pair(row):
            row = {"text": row[0], **row[1]}  # type: ignore[index]
        if not isinstance(row, Mapping):
            self.report("E105", type(row).__name__, "an object with a text and its spans")
            return None
        if row.get("answer") in ("reject", "ignore"):
            self.reading.lost[f"rows with the answer {row['answer']}"] += 1
            return None
        text_key, text = _pick(row, _TEXT)
        if not isinstance(text, str):
            self.report("E104", "no text", f"a text under one of {', '.join(_TEXT)}")
            return None
        id_key, given, meta_key = self._id(row)
        self.doc_id = self.ids.accept(
            f"{self.reading.path.stem}-{self.number}" if given is None else given, line=self.number
        )
        if self.doc_id is None or not self.ids.accept_text(text, self.doc_id, line=self.number):
            return None
        used = {text_key, id_key, meta_key, "answer", *_DERIVED}
        found = self._spans(row, used)
        for name in sorted(row.keys() - used):
            if row[name] not in (None, "", [], {}):
                self.reading.lost[f"keys {quoted(name)}"] += 1
        mentions = self._place(found, text)
        entities, listed = assemble(text, mentions, self.reading)
        return begin_line(self.doc_id, text, entities=entities, mentions=listed)

    def _id(self, row: Mapping[str, Any]) -> tuple[str | None, Any, str | None]:
        """The id that a row gives, with the keys that say just this; the one in `meta` is its maker's own."""
        id_key, given = _pick(row, _ID)
        meta = row.get("meta")
        if not isinstance(meta, Mapping) or not isinstance(meta.get("doc_id"), str):
            return id_key, given, None
        own = meta["doc_id"]
        return id_key if given == own else None, own, "meta" if meta.keys() == {"doc_id"} else None

    def _spans(self, row: Mapping[str, Any], used: set[str | None]) -> list[_Given]:
        """The spans under the first key that has any, or under none: an absent list is an empty one."""
        for name in _SPANS:
            items = row.get(name)
            if not isinstance(items, list) or not all(isinstance(one, (list, Mapping)) for one in items):
                continue
            if items or name in ("spans", "entities"):
                used.add(name)
                # doccano writes a second, empty list; Prodigy's other lists are counted as keys.
                used |= {other for other in _SPANS if row.get(other) == []}
                read = [self._span(one, f"{name}[{place}]") for place, one in enumerate(items)]
                return [one for listed in read for one in listed]
        used |= {name for name in _SPANS if row.get(name) == []}
        return []

    def _span(self, item: list[Any] | Mapping[str, Any], place: str) -> list[_Given]:
        if isinstance(item, list):
            item = dict(zip(("start", "end", "label"), item, strict=False)) if len(item) in (2, 3) else {}
        (start_key, start), (end_key, end), (label_key, label) = (_pick(item, one) for one in (_START, _END, _LABEL))
        if type(start) is not int or type(end) is not int:
            self.report("E105", "a span without whole numbers", "start, end and a label", place)
            return []
        labels = label if isinstance(label, list) else [label]
        if not all(one is None or isinstance(one, str) for one in labels):
            self.report("E105", "a label that is no word", "a word", place)
            return []
        (surface_key, surface), (link_key, link) = (_pick(item, one) for one in (_SURFACE, _LINK))
        for name in item.keys() - {start_key, end_key, label_key, surface_key, link_key, *_NAME, *_DERIVED}:
            self.reading.lost[f"keys {quoted(name)} of spans"] += 1
        words = surface if isinstance(surface, str) else None
        kb_id = link if isinstance(link, str) and link else None
        return [_Given((start, end), one or None, words, kb_id, place) for one in labels or [None]]

    def _place(self, given: Sequence[_Given], text: str) -> list[FoundMention]:
        """The spans in code points, checked; one wrong unit behind all that do not fit is named."""
        unit = OFFSET_UNITS[self.reading.options.unit]
        mentions, wrong = [], []
        if self.reading.options.offsets is None:
            self.reading.assumed[WITHOUT_WORDS] += sum(one.surface is None for one in given)
        for one in given:
            spans = convert_offsets(text, [one.span], unit)
            if spans is None or (one.surface is not None and text[spans[0][0] : spans[0][1]] != one.surface):
                wrong.append(one)
            else:
                mentions.append(FoundMention(spans, one.label, kb_id=one.kb_id))
        meant = diagnose_offsets(text, [([one.span], one.surface) for one in wrong if one.surface])
        if meant is not None and meant != unit and all(one.surface for one in wrong):
            names = {name: option for option, name in OFFSET_UNITS.items()}
            fix = f"say --offsets {names[meant]}" if meant in names else "count code points from 0, ends exclusive"
            found = f"{len(wrong)} of {len(given)} spans whose texts stand there only in {meant}"
            self.report("E204", found, f"{unit}, ends exclusive", fix=fix)
            return mentions
        for one in wrong:
            self._report_wrong(one, text, unit)
        return mentions

    def _report_wrong(self, one: _Given, text: str, unit: str) -> None:
        start, end = one.span
        spans = convert_offsets(text, [one.span], unit)
        if spans is not None:
            found = quoted(text[spans[0][0] : spans[0][1]])
            self.report("E203", f"{found} at {start} to {end}", quoted(one.surface or ""), one.place)
        elif start >= end:
            self.report("E201", f"{start} to {end}", "end above start", one.place)
        else:
            expected = f"offsets between characters of the text, in {unit}"
            self.report("E202", f"{start} to {end}", expected, one.place)


def write_jsonl_spans(lines: Sequence[Line], options: WriteOptions) -> Written:
    """Rows as Prodigy has them, which its like read too: a text, an id, and spans with their words.

    A mention with a gap is left out: a span is one stretch. Nested and crossing mentions stay.
    """
    lost: Counts = Counter()
    rows = []
    for line in with_entities(lines, lost):
        lost += count_rest(line, CARRIES)
        entities = {one.id: one for one in line.entities or ()}
        place = offsets_in(line.text, options.offsets)
        spans = []
        for one in line.mentions or ():
            if len(one.spans) > 1:
                lost["discontinuous mentions"] += 1
                continue
            start, end = one.spans[0]
            span = {"start": place[start], "end": place[end], "label": type_of(one, entities), "text": one.text}
            entity = entities.get(one.entity or "")
            kb_id = one.kb_id or (entity.kb_id if entity is not None else None)
            spans.append(span | ({"kb_id": kb_id} if kb_id is not None else {}))
        rows.append(encode_line({"doc_id": line.doc_id, "text": line.text, "spans": spans}))
    return Written({"": b"".join(rows)}, lost, len(rows))


def offsets_in(text: str, unit: OffsetUnit) -> Sequence[int]:
    """For each offset in code points, the end of the text included, what it is in the unit.

    >>> list(offsets_in("🚀é", "utf16")), list(offsets_in("🚀é", "bytes"))
    ([0, 2, 3], [0, 4, 6])
    """
    if unit == "codepoints":
        return range(len(text) + 1)
    encoding, width = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)
    return list(accumulate((len(one.encode(encoding)) // width for one in text), initial=0))


def sniff_jsonl_spans(row: Mapping[str, Any]) -> bool:
    """Whether an object looks like a row of spans."""
    return any(isinstance(row.get(name), str) for name in _TEXT) and any(name in row for name in (*_SPANS, "answer"))
