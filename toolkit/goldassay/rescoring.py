"""L5: `goldassay rescore`: a change of scores split into what the gold and what the system changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from goldassay.comparing import named_apart, wanted_scores
from goldassay.corpus.layout import LAYERS
from goldassay.corpus.present_rows import read_present
from goldassay.corpus.release_diff import RecordChange, Tables, diff_rows
from goldassay.corpus.releases import load_release
from goldassay.errors import UsageError
from goldassay.gold import Gold, load_gold
from goldassay.item_outcomes import ItemKey, ItemText, share_right
from goldassay.layers.base import Options
from goldassay.measures.totals import ALL
from goldassay.report.rescore import GoldSide, Rescored, RescoredItem, RescoredMeasure, short_change
from goldassay.report.select import check_measures
from goldassay.scoring import Ids, OnInvalid
from goldassay.signing import sign_options
from goldassay.systems import System, read_system


def rescore_files(
    source: Path,
    older: str,
    newer: str | None = None,
    *,
    root: Path,
    against: Path | None = None,
    split: str | None = None,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    options: Options | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
) -> Rescored:
    """Score predictions on two states of the gold, and a second system's on the newer.

    The change from the first system on the older gold to the second on the newer is the sum of both parts: what the
    gold changed (first system, older to newer gold) and what the system changed (newer gold, first to second system).

    Args:
        source: A prediction file, a folder with one, or a folder of runs, whose values are then means.
        older: The release to score on first.
        newer: The release to score on then; null for the files as they are.
        root: The root of the corpus.
        against: The second system; null to see what the gold changed alone.
        split: The split, by default `validation`.
        layers: Layers to score; null for all that the predictions carry.
        measures: Matches, or starts of measure tokens; the headline numbers for none.
        options: Choices that can move a number, the same for all.
        on_invalid: What happens to a file with errors.
        ids: Whose ids the predictions use.

    Raises:
        UsageError: There is no such release or split, or nothing to score.
        InvalidDataError: Gold or predictions have errors.
    """
    check_measures(measures)
    chosen = options or Options()
    golds = (load_gold(root, split=split, version=older), load_gold(root, split=split, version=newer))
    documents = {item.document.doc_id: item.document for gold in golds for item in gold.documents}

    def read(path: Path, gold: Gold) -> System:
        return read_system(path, gold, layers=layers, options=chosen, on_invalid=on_invalid, ids=ids, others=documents)

    def sign(gold: Gold) -> GoldSide:
        signature = sign_options(gold, shown, chosen, None, on_invalid=on_invalid)
        return GoldSide(gold.version, len(gold.documents), signature)

    first = [read(source, gold) for gold in golds]
    second = None if against is None else read(against, golds[1])
    both = [first[0]] if second is None else [first[0], second]
    names = [system.name for system in named_apart(both, [source] if against is None else [source, against])]
    rows = list(_measure_rows(first, second, measures))
    if not rows:
        raise UsageError("nothing to score: no measure that was asked for is scored for these predictions")
    after = read_present(root) if newer is None else load_release(root, newer).tables
    reasons = _Reasons(load_release(root, older).tables, after)
    shown = {row.measure.split(".")[0] for row in rows}
    shares = [_shares(system, gold, layers, chosen) for system, gold in zip(first, golds, strict=True)]
    by_gold = _items(shares[0], shares[1], reasons, shown)
    by_system = [] if second is None else _items(shares[1], _shares(second, golds[1], layers, chosen), None, shown)
    return Rescored(
        first=names[0],
        second=None if second is None else names[1],
        sides=(sign(golds[0]), sign(golds[1])),
        rows=rows,
        by_gold=by_gold,
        by_system=by_system,
    )


def _measure_rows(first: Sequence[System], second: System | None, measures: Sequence[str]) -> Iterator[RescoredMeasure]:
    scores = [score for system in first for score in system.evaluations[0].scores]
    for token in dict.fromkeys(score.measure for score in wanted_scores(scores, measures, groups=False)):
        older, newer = (_value(system, token) for system in first)
        yield RescoredMeasure(token, older, newer, None if second is None else _value(second, token))


def _value(system: System, token: str) -> float | None:
    """The mean over a system's runs; null where it is undefined or not scored in one of them."""
    values = []
    for run in system.evaluations:
        found = next((score.value for score in run.scores if score.measure == token and score.group == ALL), None)
        if found is None:
            return None
        values.append(found)
    return sum(values) / len(values)


Shares = Mapping[ItemKey, tuple[float, ItemText]]
"""For each gold item the share of runs that have it right, and what to print of it."""


def _shares(system: System, gold: Gold, layers: Sequence[str] | None, options: Options) -> Shares:
    outcomes = system.outcomes(gold, layers, options)
    return {key: (share, outcomes[0].texts[key]) for key, share in share_right(outcomes).items()}


def _items(before: Shares, after: Shares, reasons: "_Reasons | None", layers: Collection[str]) -> list[RescoredItem]:
    """The items that are right in other runs than before, or that only one side has."""
    items = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        shares = (None if old is None else old[0], None if new is None else new[0])
        if shares[0] != shares[1] and key.layer in layers:
            text = (new or old or (0.0, ItemText("", "")))[1]
            items.append(RescoredItem(key, text, *shares, () if reasons is None else reasons.of(key)))
    return items


class _Reasons:
    """Which changes of the gold lie behind an item: those of its own record, else of records that it refers to."""

    def __init__(self, before: Tables, after: Tables) -> None:
        self.changes: dict[tuple[str, str], list[RecordChange]] = {}
        for change in diff_rows(before, after):
            self.changes.setdefault((change.doc_id, change.id or ""), []).append(change)
        self.records: dict[tuple[str, str, str], Any] = {}
        for side in (before, after):
            for (layer, _), rows in side.items():
                for doc_id, row in rows.items() if layer in LAYERS else ():
                    for value in row.values():
                        for record in value if isinstance(value, list) else ():
                            self.records[layer, doc_id, record["id"]] = record

    def of(self, key: ItemKey) -> tuple[str, ...]:
        """The changes in words; none where the item moved through the alignment of others."""
        own = [change for change in self.changes.get((key.doc_id, key.item), []) if change.layer == key.layer]
        named = dict.fromkeys(_strings(self.records.get((key.layer, key.doc_id, key.item))))
        far = [change for id_ in named if id_ != key.item for change in self.changes.get((key.doc_id, id_), []) if id_]
        return tuple(short_change(change) for change in own or far)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
