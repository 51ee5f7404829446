"""Every wrong item appears exactly once, and errors, confusion and positions add up to the tallies."""

import importlib
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import copy_of, gold_documents, predictions

from goldassay.error_records import ErrorLog, evaluate_with_errors, find_errors, sorted_records
from goldassay.evaluate import Evaluation, evaluate
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.stance_errors import row_name
from goldassay.match.alignment import Alignment
from goldassay.match.stance_chains import RULES
from goldassay.measures.contingency import cross_clusters
from goldassay.measures.coreference_errors import KINDS, count_coreference_errors, find_coreference_errors
from goldassay.model.error_record import ErrorRecord
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.predictions import Prediction
from goldassay.report.errors import encode_errors
from goldassay.tally.count import OTHER
from goldassay.tally.tally import Tally

# Each example evaluates every layer; more of them find nothing that these do not.
FEWER = settings(max_examples=40)
OPTIONS = Options(gold_ids=True)
LAYERS = ["entities", "coreference", "stances", "attributions", "numeric_facts", "times"]
RIGHT = {
    ("entities", "names"): "strict",
    ("entities", "all"): "strict",
    ("stances", "opinion"): "sign",
    ("stances", "belief"): "sign",
    ("attributions", "relations"): "relation",
    ("numeric_facts", "facts"): "core",
    ("times", "expressions"): "whole",
}
WHOLE = (("entities", "names"), ("attributions", "relations"), ("numeric_facts", "facts"), ("times", "expressions"))
"""Views whose records are all that is not right."""


def numbered(gold: GoldDocument) -> GoldDocument:
    """The document with an id of its own for every record."""
    assert gold.stances is not None
    assert gold.numeric_facts is not None
    stances = [msgspec.structs.replace(s, id=f"s{n}") for n, s in enumerate(gold.stances.stances)]
    facts = [msgspec.structs.replace(f, id=f"n{n}") for n, f in enumerate(gold.numeric_facts.numeric_facts)]
    times = [msgspec.structs.replace(t, id=f"t{n}") for n, t in enumerate(gold.numeric_facts.times)]
    return replace(
        gold,
        stances=msgspec.structs.replace(gold.stances, stances=stances),
        numeric_facts=msgspec.structs.replace(gold.numeric_facts, numeric_facts=facts, times=times),
    )


@st.composite
def near_misses(draw: st.DrawFn, gold: GoldDocument) -> Prediction:
    """The gold with some records left out and some fields changed, and further records that are anything."""
    said, more = copy_of(gold), draw(predictions(gold.document.doc_id))
    types, levels = st.sampled_from([*ENTITY_TYPES[:2], None]), st.sampled_from([*LEVELS, None])
    kept = st.sampled_from([True, True, False])
    mentions = [
        msgspec.structs.replace(
            mention,
            id=None,
            type=draw(st.one_of(st.just(mention.type), types)),
            level=draw(st.one_of(st.just(mention.level), levels)),
        )
        for mention in said.mentions or ()
        if draw(kept)
    ]
    facts = [
        msgspec.structs.replace(fact, unit=draw(st.sampled_from([fact.unit, "EUR"])), counted=draw(counted))
        for fact in said.numeric_facts or ()
        if draw(kept)
        for counted in (st.sampled_from([fact.counted, None]),)
    ]
    stances = [
        msgspec.structs.replace(stance, sign=draw(st.sampled_from([stance.sign, -1, 0, 1])))
        for stance in said.stances or ()
        if draw(kept)
    ]
    attributions = [
        msgspec.structs.replace(row, cue=draw(st.sampled_from([row.cue, ()])))
        for row in said.attributions or ()
        if draw(kept)
    ]
    attributions += [msgspec.structs.replace(row, id=f"b{n}") for n, row in enumerate(more.attributions or ())]
    times = [
        msgspec.structs.replace(time, type=draw(st.sampled_from([time.type, "SET"])))
        for time in said.times or ()
        if draw(kept)
    ]
    return Prediction(
        doc_id=gold.document.doc_id,
        mentions=(*mentions, *(more.mentions or ())),
        stances=(*stances, *(more.stances or ())),
        attributions=tuple(attributions),
        numeric_facts=(*facts, *(more.numeric_facts or ())),
        times=(*times, *(more.times or ())),
    )


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[GoldDocument], dict[str, Prediction]]:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3, unique=True))
    gold = [numbered(draw(gold_documents(doc_id))) for doc_id in ids]
    return gold, {item.document.doc_id: draw(near_misses(item)) for item in gold if draw(st.integers(0, 3))}


def observed(
    gold: list[GoldDocument], said: dict[str, Prediction]
) -> tuple[Evaluation, ErrorLog, dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]]:
    evaluation, log, positions = evaluate_with_errors(gold, said, layers=LAYERS, options=OPTIONS)
    assert log is not None
    return evaluation, log, positions


def total(tally: Tally, column: str) -> int:
    return int(tally.counts[column].sum())


def tally_of(evaluation: Evaluation, layer: str, view: str) -> Tally:
    return next(tally for tally in evaluation.tallies if (tally.layer, tally.view) == (layer, view))


def of_view(records: list[ErrorRecord], layer: str, view: str) -> list[ErrorRecord]:
    return [record for record in records if (record.layer, record.view) == (layer, view)]


@FEWER
@given(systems())
def test_every_wrong_item_appears_exactly_once(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    _, log, _ = observed(*system)
    aligned = [record for record in log.records if record.layer != "coreference"]
    for side in ("gold", "predicted"):
        seen = Counter(
            (record.layer, record.view, record.doc_id, getattr(record, side))
            for record in aligned
            if getattr(record, side) is not None
        )
        assert not seen or max(seen.values()) == 1
    for record in aligned:
        assert (record.gold is None) == (record.verdict == "spurious")
        assert (record.predicted is None) == (record.verdict == "missed")


@FEWER
@given(systems())
def test_right_and_wrong_are_the_gold_and_the_predictions(
    system: tuple[list[GoldDocument], dict[str, Prediction]],
) -> None:
    evaluation, log, _ = observed(*system)
    for layer, view in WHOLE:
        tally, records = tally_of(evaluation, layer, view), of_view(log.records, layer, view)
        for side in ("gold", "predicted"):
            wrong = sum(getattr(record, side) is not None for record in records)
            assert total(tally, f"{RIGHT[layer, view]}.{side}") + wrong == total(tally, side)
    for view in ("opinion", "belief"):
        tally, records = tally_of(evaluation, "stances", view), of_view(log.records, "stances", view)
        verdicts = Counter(record.verdict for record in records)
        paired = sum(verdicts[kind] for kind, _ in RULES)  # met nothing, and are told together
        assert total(tally, "pair.gold") + paired + verdicts["missed"] == total(tally, "gold")
        assert total(tally, "pair.predicted") + paired + verdicts["spurious"] == total(tally, "predicted")
        # of the predictions whose sign is asked for: right, wrong, or met nothing
        asked = total(tally, "sign.predicted") + verdicts["wrong sign"] + paired + verdicts["spurious"]
        assert asked == total(tally, "predicted_sign")


@FEWER
@given(systems())
def test_classes_of_stance_errors_are_counted_as_they_are_told(
    system: tuple[list[GoldDocument], dict[str, Prediction]],
) -> None:
    evaluation, log, _ = observed(*system)
    for view in ("opinion", "belief"):
        told = Counter(record.verdict for record in of_view(log.records, "stances", view))
        tally = tally_of(evaluation, "stances", f"{view}-errors")
        for kind, _ in RULES:
            assert total(tally, f"{row_name(kind)}.gold") == total(tally, f"{row_name(kind)}.predicted") == told[kind]
        assert (total(tally, "missed"), total(tally, "spurious")) == (told["missed"], told["spurious"])


@FEWER
@given(systems())
def test_the_view_of_all_mentions_leaves_out_only_what_names_has(
    system: tuple[list[GoldDocument], dict[str, Prediction]],
) -> None:
    gold, said = system
    whole: list[ErrorRecord] = []

    def observe(alignment: Alignment, pairs: list[Pair]) -> None:
        if alignment.view == "all":
            whole.extend(find_errors(alignment, pairs, OPTIONS))

    evaluation = evaluate(gold, said, layers=["entities"], options=OPTIONS, observe=observe)  # type: ignore[arg-type]
    tally = tally_of(evaluation, "entities", "all")
    for side in ("gold", "predicted"):
        wrong = sum(getattr(record, side) is not None for record in whole)
        assert total(tally, f"strict.{side}") + wrong == total(tally, side)
    kept = of_view(observed(gold, said)[1].records, "entities", "all")
    assert set(kept) <= set(whole)
    no_names = {
        (item.document.doc_id, mention.id)
        for item in gold
        for mention in (item.entities.mentions if item.entities else ())
        if mention.level != "NAM"
    }
    for records in (kept, whole):
        records[:] = [record for record in records if (record.doc_id, record.gold) in no_names]
    assert kept == whole


@FEWER
@given(systems())
def test_confusion_sums_to_the_tallies(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    evaluation, log, _ = observed(*system)
    for view in ("names", "all"):
        table, tally = log.confusion[view], tally_of(evaluation, "entities", view)
        other = len(ENTITY_TYPES)
        sums = {name: tally.counts[name].sum(axis=0) for name in ("gold", "predicted", "type.gold", "strict.gold")}
        assert tally.groups == (*ENTITY_TYPES, OTHER)
        assert table[:-1].sum(axis=1).tolist() == sums["gold"].tolist()
        # a tally files an untyped prediction that met gold under the gold's type
        untyped = table[:other, other]
        assert (table[:, :other].sum(axis=0) + untyped).tolist() == sums["predicted"][:other].tolist()
        assert table[:, :-1].sum() == sums["predicted"].sum()
        assert np.diag(table)[:other].tolist() == sums["type.gold"][:other].tolist()
        assert table[-1, -1] == 0
        verdicts = Counter(record.verdict for record in of_view(log.records, "entities", view))
        if view == "names":
            assert (table[:, -1].sum(), table[-1].sum()) == (verdicts["missed"], verdicts["spurious"])


@FEWER
@given(systems())
def test_positions_sum_to_the_tallies(system: tuple[list[GoldDocument], dict[str, Prediction]]) -> None:
    evaluation, _, positions = observed(*system)
    for view, counts in positions.items():
        tally = tally_of(evaluation, "entities", view)
        assert counts.sum(axis=0).tolist() == [total(tally, "gold"), total(tally, "strict.gold")]


@FEWER
@given(systems(), st.randoms(use_true_random=False))
def test_files_of_errors_do_not_depend_on_the_order_or_the_batches(
    system: tuple[list[GoldDocument], dict[str, Prediction]], source: random.Random
) -> None:
    gold, said = system
    _, log, positions = observed(gold, said)
    shuffled = list(gold)
    source.shuffle(shuffled)
    with patch.object(importlib.import_module("goldassay.evaluate"), "BLOCK", 1):
        _, again, places = observed(shuffled, dict(reversed(said.items())))
    assert encode_errors(again, places) == encode_errors(log, positions)
    assert len(sorted_records(log)) == len(log.records)


@given(gold_documents())
def test_gold_has_no_errors_against_itself(gold: GoldDocument) -> None:
    said = {"d": copy_of(gold)}
    _, log, _ = evaluate_with_errors([gold], said, layers=LAYERS, options=OPTIONS)
    assert log is not None
    assert log.records == []
    assert set(log.coreference["d"]["all"].values()) == {0}


partitions = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 3)).map(
    lambda labels: [
        sorted(mention for mention, label in labels.items() if label == own) for own in sorted(set(labels.values()))
    ]
)


@given(partitions, partitions)
def test_coreference_errors_are_counted_as_they_are_listed(key: list[list[str]], response: list[list[str]]) -> None:
    listed = Counter(error.kind for error in find_coreference_errors(key, response))
    counts = count_coreference_errors(cross_clusters(key, response))
    assert counts == {kind: listed[kind] for kind in KINDS}
    turned = count_coreference_errors(cross_clusters(response, key))
    assert (counts["split"], counts["missing entity"]) == (turned["merged"], turned["spurious entity"])
    assert (counts["conflated mention"] > 0) == (counts["merged"] > 0)


@given(partitions, partitions)
def test_without_coreference_errors_the_shared_mentions_are_grouped_alike(
    key: list[list[str]], response: list[list[str]]
) -> None:
    shared = {mention for cluster in key for mention in cluster} & {m for cluster in response for m in cluster}
    alike = [
        {frozenset(cluster) & shared for cluster in side if frozenset(cluster) & shared} for side in (key, response)
    ]
    counts = count_coreference_errors(cross_clusters(key, response))
    assert (counts["split"] == counts["merged"] == 0) == (alike[0] == alike[1])
