"""What the document view of a report shows: each item once with what became of it, in agreement with the scores."""

from collections import Counter
from pathlib import Path

import pytest

from goldassay.gold import load_gold
from goldassay.layers.base import Options
from goldassay.layers.item_text import Item
from goldassay.report.html.charts import bar_charts, heat_maps
from goldassay.report.html.data import System, build_document, build_index
from goldassay.report.html.entries import LEFT_OUT, RIGHT, Entry, collect_entries
from goldassay.report.html.figures import ShownRun
from goldassay.report.html.item_ids import name_entries
from goldassay.report.table import HEADLINES
from goldassay.reporting import Source, find_runs
from goldassay.scoring import score_predictions
from goldassay.stats.interval import FEW_UNITS
from planted_report import PLACES, TEXT, gold_line, said_line, write

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


def collect(path: Path, gold_path: Path) -> tuple[ShownRun, list[Entry]]:
    gold = load_gold(gold_path)
    scored = score_predictions(path, gold, errors=True, resampling=None)
    assert scored.errors is not None
    layers = list(dict.fromkeys(score.layer for score in scored.file.scores))
    predictions = find_runs(Source(path), gold, Options(), "error")[0].predictions
    entries = collect_entries(gold.documents, predictions, scored.errors.records, layers=layers, options=Options())
    return ShownRun("run", scored.file, scored.errors, entries), [one for found in entries.values() for one in found]


def test_entries_of_a_small_document(tmp_path: Path) -> None:
    """Zenda is right; Dol has another type; Mora is cut short; "met" is nothing in the gold."""
    gold = write(tmp_path / "gold.jsonl", [gold_line("d", TEXT, PLACES)])
    said = [(0, 5, "GPE"), (10, 13, "ORG"), (17, 20, "GPE"), (6, 9, "ORG")]
    run, entries = collect(write(tmp_path / "said.jsonl", [said_line("d", said)]), gold)
    assert entries == [
        Entry("entities", "spurious", "ORG", None, Item(3, ((6, 9),), "met", "ORG")),
        Entry(
            "entities", "type", "PERSON", Item("m1", ((10, 13),), "Dol", "PERSON"), Item(1, ((10, 13),), "Dol", "ORG")
        ),
        Entry(
            "entities", "boundary", "GPE", Item("m2", ((17, 21),), "Mora", "GPE"), Item(2, ((17, 20),), "Mor", "GPE")
        ),
        Entry("entities", RIGHT, "GPE", Item("m0", ((0, 5),), "Zenda", "GPE"), Item(0, ((0, 5),), "Zenda", "GPE")),
    ]
    assert heat_maps([run])[0].rows == [
        ("PERSON", [(1, 1.0, "error"), (0, 0.0, "error")], 1),
        ("GPE", [(0, 0.0, "error"), (2, 1.0, "right")], 2),
        ("spurious", [(1, 1.0, "error"), (0, 0.0, "error")], 1),
    ]


def test_a_cell_of_a_confusion_is_its_share_of_the_row(tmp_path: Path) -> None:
    """Of three GPE two are found and one is taken for an ORG: 2/3 and 1/3, however many there are of other types."""
    places = {f"Name{n}": (6 * n, 6 * n + 5, "GPE" if n < 3 else "PERSON") for n in range(5)}
    text = " ".join(places)
    gold = write(tmp_path / "gold.jsonl", [gold_line("d", text, places)])
    said = [(a, b, "ORG" if n == 0 else kind) for n, (a, b, kind) in enumerate(places.values())]
    run, _ = collect(write(tmp_path / "said.jsonl", [said_line("d", said)]), gold)
    (shown,) = heat_maps([run])
    assert shown.columns == ["PERSON", "ORG", "GPE"]
    assert shown.rows == [
        ("PERSON", [(2, 1.0, "right"), (0, 0.0, "error"), (0, 0.0, "error")], 2),
        ("GPE", [(0, 0.0, "error"), (1, 1 / 3, "error"), (2, 2 / 3, "right")], 3),
    ]


@pytest.mark.parametrize(
    ("n", "spread"), [(3, "range without one document"), (FEW_UNITS, "95 % interval")], ids=["few", "many"]
)
def test_bars_have_the_interval_of_their_score(tmp_path: Path, n: int, spread: str) -> None:
    """GPE of d0 are both missed and found elsewhere, so that the F1 without d0 is 1 and without another one is less."""
    gold_path = write(tmp_path / "gold.jsonl", [gold_line(f"d{n}", TEXT, PLACES) for n in range(n)])
    every = list(PLACES.values())
    lines = [said_line(f"d{m}", [every[1]] if m == 0 else every) for m in range(n)]
    path = write(tmp_path / "said.jsonl", lines)
    scored = score_predictions(path, load_gold(gold_path), errors=True)
    assert scored.errors is not None
    (chart,) = (one for one in bar_charts([ShownRun("run", scored.file, scored.errors, {})]) if one.layer == "entities")
    assert chart.spread == spread
    bars = {group: bar for group, (bar,) in chart.groups}
    assert bars["PERSON"].ends == (1.0, 0.0)
    start, length = bars["GPE"].ends or (0.0, 0.0)
    if n == 3:
        # 2 GPE a document: without d0 all 4 of 4, without another one 2 of 4 found: 2 * 2 / (4 + 2).
        assert (start, start + length) == pytest.approx((2 / 3, 1.0))
        assert bars["GPE"].range == "0.667…1.000"
    else:
        assert 0 < start < (bars["GPE"].value or 0.0) <= start + length <= 1
        assert bars["GPE"].range == f"[{start:.3f}, {start + length:.3f}]"


def test_ids_of_errors_are_unique_and_do_not_depend_on_what_else_is_said(tmp_path: Path) -> None:
    gold_path = write(tmp_path / "gold.jsonl", [gold_line("d", TEXT, PLACES)])
    wrong = [(6, 9, "ORG"), (6, 9, "LAW"), (6, 9, "ORG"), (14, 16, "ORG")]
    named = []
    for number, said in enumerate((wrong, [(0, 5, "GPE"), *wrong])):
        _, entries = collect(write(tmp_path / f"{number}.jsonl", [said_line("d", said)]), gold_path)
        names = list(name_entries("d", entries))
        assert len(set(names)) == len(names)
        named.append({name for name, one in zip(names, entries, strict=True) if one.verdict == "spurious"})
    assert named[0] == named[1]
    assert len(named[0]) == len(wrong)
    assert {name.count("-") for name in named[0]} == {1, 2}  # the second of two equal ones is called so


@pytest.mark.parametrize("system", ["rules-mentions", "rules-stances", "rules-numbers", "sklearn-tagger", "empty"])
def test_every_error_has_an_id_of_its_own(system: str) -> None:
    """One gold item may be in several errors of coreference (split and merged); what has no gold is told apart."""
    run, _ = collect(RESULTS / system / "predictions.jsonl", ROOT)
    for doc_id, entries in run.entries.items():
        own = [name for name in name_entries(doc_id, entries) if name.startswith("p-")]
        assert len(set(own)) == len(own)
        assert all(name for name in name_entries(doc_id, entries))


@pytest.mark.parametrize("system", ["rules-mentions", "sklearn-tagger"])
def test_errors_of_the_number_to_quote_are_those_that_it_counts(system: str) -> None:
    """Gold that is missed or wrong in the view of names: its size less what was credited there."""
    run, entries = collect(RESULTS / system / "predictions.jsonl", ROOT)
    names = next(one for one in run.file.scores if one.measure == str(HEADLINES[0][0]) and one.group == "all")
    quoted = [one for one in entries if one.layer == "entities" and one.quoted]
    errors = [one for one in quoted if one.verdict not in (RIGHT, LEFT_OUT)]
    assert sum(one.gold is not None for one in errors) == names.counts["gold"] - names.counts["credit_gold"]
    assert sum(one.verdict == RIGHT for one in quoted) == names.counts["credit_gold"]


@pytest.mark.parametrize("system", ["rules-mentions", "rules-stances", "rules-numbers", "sklearn-tagger", "empty"])
def test_errors_are_the_records_and_what_is_right_is_what_was_credited(system: str) -> None:
    run, entries = collect(RESULTS / system / "predictions.jsonl", ROOT)
    errors = Counter((one.layer, one.verdict) for one in entries if one.verdict not in (RIGHT, LEFT_OUT))
    assert errors == Counter((record.layer, record.verdict) for record in run.log.records)
    credited = {score.measure: score.counts.get("credit_gold") for score in run.file.scores if score.group == "all"}
    right = Counter((one.layer, one.group == "belief") for one in entries if one.verdict == RIGHT)
    for token, key in (
        ("entities.f1(match=strict,view=all,avg=micro)", ("entities", False)),
        ("stances.f1(match=sign,view=opinion,avg=micro)", ("stances", False)),
        ("stances.f1(match=sign,view=belief,avg=micro)", ("stances", True)),
        ("numeric_facts.f1(match=core,view=facts,avg=micro)", ("numeric_facts", False)),
    ):
        if token in credited:
            assert right[key] == credited[token], token


@pytest.mark.parametrize("system", ["rules-mentions", "rules-stances", "rules-numbers", "empty"])
def test_every_gold_item_of_a_scored_layer_is_shown(system: str) -> None:
    """Identifiers are no gold facts (docs/design/architecture.md), so they are in no alignment."""
    run, entries = collect(RESULTS / system / "predictions.jsonl", ROOT)
    shown = {
        (doc_id, one.layer, one.gold.id)
        for doc_id, found in run.entries.items()
        for one in found
        if one.gold is not None
    }
    expected = set()
    for item in load_gold(ROOT).documents:
        assert item.entities is not None
        assert item.stances is not None
        assert item.numeric_facts is not None
        doc_id = item.document.doc_id
        expected |= {(doc_id, "entities", one.id) for one in item.entities.mentions}
        expected |= {(doc_id, "stances", one.id) for one in item.stances.stances}
        facts = [one for one in item.numeric_facts.numeric_facts if one.kind != "identifier"]
        expected |= {(doc_id, "numeric_facts", one.id) for one in facts}
    layers = {one.layer for one in entries} - {"coreference"}
    assert {key for key in expected if key[1] in layers} <= shown


def test_rows_of_the_index_stand_in_the_order_of_the_blocks(tmp_path: Path) -> None:
    """The page finds an error's row by counting: class and document of both must agree, one by one."""
    gold = load_gold(ROOT)
    documents = [item.document for item in gold.documents]
    run, _ = collect(RESULTS / "rules-mentions" / "predictions.jsonl", ROOT)
    index = build_index(documents, [System("run", run.entries)], {}, about={})
    columns = index["systems"][0]["errors"]
    told = []
    for number, document in enumerate(documents):
        block = build_document(document, [run.entries], [name for name, _ in index["layers"]])
        rows = [row for row in block["entries"][0] if row[1] not in (RIGHT, LEFT_OUT)]
        told += [(number, row[0], row[1], row[2]) for row in rows]
    classes = [index["classes"][place] for place in columns["class"]]
    groups = [index["groups"][place] for place in columns["group"]]
    assert told == [
        (doc, one["layer"], one["name"], group) for doc, one, group in zip(columns["doc"], classes, groups, strict=True)
    ]
