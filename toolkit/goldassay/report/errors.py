"""Errors for people and programs: the sentences that cost most, and what stands in the files beside the scores."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from goldassay.error_records import ErrorLog, sorted_records
from goldassay.match.columns import IntArray
from goldassay.measures.coreference_errors import KINDS
from goldassay.model.error_record import ErrorRecord
from goldassay.model.finding import Finding
from goldassay.model.printable import printable
from goldassay.tally.count import OTHER
from goldassay.tally.positions import recall_by_tenth

HEADLINE_VIEWS = (
    ("entities", "names"),
    ("stances", "opinion"),
    ("attributions", "relations"),
    ("numeric_facts", "facts"),
)
"""The views whose numbers are quoted."""

_ALL = 10**9

Kind = tuple[str, str, bool]
"""Layer and verdict of an error, and whether it has a place in the text."""


def weight(record: ErrorRecord) -> int:
    """Wrong items of a record in the headline views: 2 for a wrong pair (it costs recall and precision), else 1."""
    if (record.layer, record.view) not in HEADLINE_VIEWS:
        return 0
    return (record.gold is not None) + (record.predicted is not None)


class Block(NamedTuple):
    """Errors that are shown together: those of a sentence, or one that has no place in the text."""

    records: tuple[ErrorRecord, ...]

    @property
    def weight(self) -> int:
        """Wrong items in the headline views."""
        return sum(map(weight, self.records))

    @property
    def kinds(self) -> frozenset[Kind]:
        """Layer and verdict of each error, and whether it has a place."""
        return frozenset((one.layer, one.verdict, one.sentence is not None) for one in self.records)


def error_blocks(log: ErrorLog) -> list[Block]:
    """The errors of the headline views by sentence, the heaviest first, then those without a place one by one."""
    at: dict[tuple[str, int], list[ErrorRecord]] = defaultdict(list)
    homeless = []
    for record in sorted_records(log):
        if weight(record) and record.sentence is not None:
            at[record.doc_id, record.sentence[0]].append(record)
        elif weight(record):
            homeless.append(Block((record,)))
    order = sorted(at, key=lambda key: (-sum(map(weight, at[key])), key))
    return [*(Block(tuple(at[key])) for key in order), *sorted(homeless, key=lambda block: -block.weight)]


def choose_blocks(blocks: Sequence[Block], limit: int) -> list[Block]:
    """The blocks to show: kinds of errors take turns, each with its heaviest block.

    The next turn is that of the kind that was shown least; of several, of the one with most wrong items, then by name.
    So a few blocks show many kinds, and it does not depend on the order of files which.
    """
    items: Counter[Kind] = Counter()
    for block in blocks:
        for one in block.records:
            items[one.layer, one.verdict, one.sentence is not None] += weight(one)
    shown: Counter[Kind] = Counter()
    left, chosen = list(blocks), list[Block]()
    while left and len(chosen) < limit:
        there = {kind for block in left for kind in block.kinds}
        turn = min(there, key=lambda kind: (shown[kind], -items[kind], kind))
        block = next(block for block in left if turn in block.kinds)
        left.remove(block)
        chosen.append(block)
        shown.update(block.kinds)
    return chosen


def render_top_errors(log: ErrorLog, limit: int) -> str:
    """Sentences with wrong items of the headline views, gold marked `[text|LABEL]`, predicted `{text|LABEL}`.

    Kinds of errors take turns (`choose_blocks`). A wrong item without a place in the text is told by what was said.
    """
    blocks = error_blocks(log)
    chosen = choose_blocks(blocks, limit)
    homeless = [block for block in blocks if block.records[0].sentence is None]
    sizes = f"{len(chosen)} of {len(blocks)}"
    head = f"What is wrong, kinds in turn, the costliest first ({sizes} sentences and items without a place); "
    parts = [f"{head}[gold|…] {{predicted|…}}", *("\n".join(_block_lines(block)) for block in chosen)]
    more = sum(block not in chosen for block in homeless)
    if more:
        parts.append(f"{more} more {'error has' if more == 1 else 'errors have'} no place in the text")
    return "\n\n".join(parts) + "\n"


def _block_lines(block: Block) -> list[str]:
    first = block.records[0]
    noun = "item" if block.weight == 1 else "items"
    told = [f"    {record.layer}: {_told(record)}" for record in block.records]
    if first.sentence is None:
        return [f"{printable(first.doc_id)}, no place in the text: {block.weight} wrong {noun}", *told]
    start, end = first.sentence
    place = f"{printable(first.doc_id)} {start}-{end}: {block.weight} wrong {noun}"
    return [place, f"  {mark_errors(block.records)}", *told]


def _told(record: ErrorRecord) -> str:
    gold = f"[{_shown(record.gold_text)}|{_shown(record.gold_label)}]" if record.gold is not None else ""
    said = f"{{{_shown(record.predicted_text)}|{_shown(record.predicted_label)}}}"
    told = " ".join(part for part in (record.verdict, gold, said if record.predicted is not None else "") if part)
    return told if record.reason is None else f"{told}; {printable(record.reason, _ALL)}"


def _shown(text: str | None) -> str:
    return "–" if text is None else printable(text, _ALL)


class _Mark(NamedTuple):
    start: int
    end: int
    opening: str
    closing: str


def mark_errors(records: Sequence[ErrorRecord]) -> str:
    """The sentence of these records with both sides marked; what does not print is escaped.

    Marks may nest and cross. A place outside the sentence is cut off at its end; fragments are marked one by one.

    >>> record = ErrorRecord(layer="entities", view="names", doc_id="d", gold="m1", predicted=0, verdict="boundary",
    ...     gold_text="New Oslo", predicted_text="Oslo", gold_label="GPE", predicted_label="GPE",
    ...     gold_spans=((3, 11),), predicted_spans=((7, 11),), overlap=0.5, sentence=(0, 12),
    ...     sentence_text="In New Oslo.")
    >>> mark_errors([record])
    'In [New {Oslo|GPE}|GPE].'
    """
    first = records[0]
    assert first.sentence is not None
    assert first.sentence_text is not None
    start, end = first.sentence
    marks = sorted(_marks(records, start, end), key=lambda mark: (mark.start, -mark.end, mark.opening))
    opening: dict[int, list[str]] = defaultdict(list)
    closing: dict[int, list[str]] = defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark.opening)
        closing[mark.end].insert(0, mark.closing)  # what opened last closes first
    cuts = sorted({start, end, *opening, *closing})
    parts: list[str] = []
    for here, there in zip(cuts, [*cuts[1:], end], strict=True):
        parts += [*closing[here], *opening[here]]
        parts.append(printable(first.sentence_text[here - start : there - start], _ALL))
    return "".join(parts)


def _marks(records: Iterable[ErrorRecord], start: int, end: int) -> set[_Mark]:
    marks = set()
    for record in records:
        sides = (
            (record.gold_spans, "[", record.gold_label, "]"),
            (record.predicted_spans, "{", record.predicted_label, "}"),
        )
        for spans, left, label, right in sides:
            for one, other in spans:
                low, high = max(one, start), min(other, end)
                if low < high:
                    marks.add(_Mark(low, high, left, f"|{_shown(label)}{right}"))
    return marks


def render_error_sections(
    findings: Sequence[Finding], log: ErrorLog | None, positions: Mapping[str, IntArray], top: int
) -> str:
    """What `goldassay score` prints of errors: recall by place if the predictions stop early, the worst sentences."""
    parts = []
    if "names" in positions and any(item.code == "E505" for item in findings):
        parts.append(render_positions(positions))
    if log is not None and top:
        parts.append(render_top_errors(log, top))
    return "".join(f"\n{part}" for part in parts)


def render_positions(positions: Mapping[str, IntArray]) -> str:
    """Recall of names by tenth of the text, one line; a dash where the gold has none."""
    counts = positions["names"]
    shown = [
        f"{'–' if recall is None else f'{recall:.2f}'} (n={gold})"
        for recall, gold in zip(recall_by_tenth(counts), counts[:, 0].tolist(), strict=True)
    ]
    return f"Recall of names (strict) by tenth of the text: {'  '.join(shown)}\n"


def positions_to_data(positions: Mapping[str, IntArray]) -> dict[str, Any]:
    """What position.json says: for each view, gold mentions, those found and recall in each tenth of the text."""
    return {
        "layer": "entities",
        "match": "strict",
        "views": {
            view: [
                {"tenth": n, "gold": gold, "right": right, "recall": recall}
                for n, ((gold, right), recall) in enumerate(
                    zip(counts.tolist(), recall_by_tenth(counts), strict=True), start=1
                )
            ]
            for view, counts in positions.items()
        },
    }


def confusion_to_data(log: ErrorLog) -> dict[str, Any]:
    """What confusion.json says: names of rows and columns once, then a table of counts for each view."""
    return {
        "layer": "entities",
        "rows": [*log.types, OTHER, "spurious"],
        "columns": [*log.types, OTHER, "missed"],
        "views": {view: table.tolist() for view, table in log.confusion.items()},
    }


def coreference_to_data(log: ErrorLog) -> dict[str, Any]:
    """What coreference_errors.json says: for each view, errors by class in total and by document."""
    data: dict[str, Any] = {}
    for view in ("all", "no-singletons"):
        documents = {doc_id: log.coreference[doc_id][view] for doc_id in sorted(log.coreference)}
        total: Counter[str] = Counter()
        for counts in documents.values():
            total.update(counts)
        data[view] = {"total": {kind: total[kind] for kind in KINDS}, "documents": documents}
    return data


def encode_errors(log: ErrorLog, positions: Mapping[str, IntArray]) -> dict[str, str]:
    """Name and text of each file of errors; those of layers that were not scored are left out."""
    rows = "".join(f"{_encode(record)}\n" for record in sorted_records(log))
    files = {"errors.jsonl": rows}
    if log.confusion:
        files["confusion.json"] = _pretty(confusion_to_data(log))
    if positions:
        files["position.json"] = _pretty(positions_to_data(positions))
    if log.coreference:
        files["coreference_errors.json"] = _pretty(coreference_to_data(log))
    return files


def _encode(record: ErrorRecord) -> str:
    overlap = None if record.overlap is None else float(f"{record.overlap:.10g}")
    return msgspec.json.encode(msgspec.structs.replace(record, overlap=overlap)).decode()


def _pretty(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
