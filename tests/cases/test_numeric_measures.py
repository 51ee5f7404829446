"""Every row of the numeric facts layer by hand, with the arithmetic beside it."""

import math
from typing import Any

import msgspec
import pytest
from numeric_pair import (
    ACTUAL,
    AUTHOR,
    PLANNED,
    SAID_ACTUAL,
    SAID_PLANNED,
    Rows,
    changes,
    pair_rows,
    place,
    rows_of,
)

from goldassay.layers import get_layers
from goldassay.model.numeric_facts import Alternative, Value
from goldassay.model.predictions import PredictedFact, Reference

replace = msgspec.structs.replace
BEST = rows_of([PLANNED, ACTUAL], [SAID_PLANNED, SAID_ACTUAL])


def after(planned: dict[str, Any], actual: dict[str, Any]) -> Rows:
    """What changes when the perfect predictions of both facts are changed so."""
    said = [replace(SAID_PLANNED, **planned), replace(SAID_ACTUAL, **actual)]
    return changes(BEST, rows_of([PLANNED, ACTUAL], said))


def almost(rows: dict[str, float]) -> Any:
    return pytest.approx(rows, abs=1e-11)


def both(rows: dict[str, float]) -> dict[str, float]:
    """Rows that both views have: over two facts on each side and over their two pairs the numbers are the same."""
    return rows | {f"aligned:{name}": value for name, value in rows.items()}


def test_gold_against_gold_is_best_in_every_row() -> None:
    for match in get_layers()["numeric_facts"].matches:
        name = match.name if match.view == "facts" else f"aligned:{match.name}"
        wanted = None if match.name == "identifier-taken" else match.best  # no identifiers here
        assert BEST[name] == wanted, name
    assert len(BEST) == len(get_layers()["numeric_facts"].matches)


# The pair, each time with one thing wrong: what is asserted is the full set of rows that change.


def test_status_swapped() -> None:
    # soft: each fact loses 0.10 of 1, so 2 * (0.9 + 0.9) / (2 + 2)
    assert after({"status": "actual"}, {"status": "planned"}) == almost(
        both({"status": 0.0}) | {"strict": 0.0, "soft": 0.9}
    )


def test_source_dropped() -> None:
    # soft: 2 * (0.95 + 1) / 4; the source is no part of strict
    assert after({"sources": (AUTHOR,)}, {}) == almost(both({"sources": 0.5}) | {"soft": 0.975})


def test_12_instead_of_12000() -> None:
    # log10(12 / 12000) = -3: no part of the value is right. soft: 2 * (1 - 0.35 + 1) / 4. 12 stands nowhere.
    values = ["", "-1e-5", "-1pct", "-5pct", "-rounding", "-magnitude", "-printed", "-iou", "-soft"]
    assert after({"lo": "12", "hi": "12"}, {}) == almost(
        both({f"value{name}": 0.5 for name in values})
        | {"core": 0.5, "strict": 0.5, "soft": 0.825, "slip": 0.5, "aligned:slip-div1000": 0.5, "ungrounded": 0.5}
    )


def test_12000_without_around() -> None:
    # soft: half of the 0.10 for modifiers, 2 * (0.95 + 1) / 4
    # macro F1: approx 0 / (1 + 0), none 2 * 1 / (1 + 2)
    expected = both({"approx": 0.5}) | {"strict": 0.5, "soft": 0.975, "aligned:approx-macro-f1": (0 + 2 / 3) / 2}
    assert after({"approx": None}, {}) == almost(expected)
    assert after({"approx": "none"}, {}) == almost(expected)


# Places: a prediction may give any of the three extents, and several.


@pytest.mark.parametrize(
    ("words", "number", "span", "extent"),
    [
        ("12,000", 1.0, 0.0, 1.0),
        ("around 12,000", 0.0, 1.0, 1.0),
        ("around 12,000 soldiers", 0.0, 0.0, 1.0),
        ("12,000 soldiers", 0.0, 0.0, 0.0),
    ],
)
def test_places(words: str, number: float, span: float, extent: float) -> None:
    rows = pair_rows({}, {"extents": (place(words),)})
    assert [rows[name] for name in ("number", "span", "extent", "overlap", "value")] == [number, span, extent, 1, 1]


def test_without_a_place_a_fact_is_found_by_its_value() -> None:
    rows = pair_rows({}, {"extents": ()})
    assert [rows[name] for name in ("core", "strict", "soft", "overlap", "extent")] == [1, 1, 1, 0, 0]


# Values of one pair; the gold is around 12,000.


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("12000.1", {"-1e-5", "-1pct", "-5pct", "-rounding", "-magnitude"}),  # 0.1 <= 0.12
        ("12100", {"-1pct", "-5pct", "-rounding", "-magnitude"}),  # 100 <= 121
        ("12500", {"-5pct", "-rounding", "-magnitude"}),  # 500 <= 625; two figures round at 500
        ("12600", {"-5pct", "-magnitude"}),  # 600 <= 630
        ("30000", {"-magnitude"}),  # log10(2.5) = 0.398
        ("40000", set()),  # log10(3.33) = 0.523
    ],
)
def test_values_near_the_gold(value: str, right: set[str]) -> None:
    rows = pair_rows({}, {"lo": value, "hi": value})
    for name in ("-1e-5", "-1pct", "-5pct", "-rounding", "-magnitude"):
        assert rows[f"value{name}"] == (1.0 if name in right else 0.0), name
    assert rows["value"] == rows["value-iou"] == rows["value-printed"] == 0
    assert rows["core"] == rows["strict"] == (1.0 if "-rounding" in right else 0.0)
    soft = 0.9 if "-rounding" in right else 0.25 * (1 - math.log10(int(float(value)) / 12000))
    assert rows["value-soft"] == pytest.approx(soft, abs=1e-11)
    assert rows["soft"] == pytest.approx(0.65 + 0.35 * soft, abs=1e-11)


def test_rounding_is_right_only_for_approximate_gold() -> None:
    rows = pair_rows({"approx": "none"}, {"lo": "12100", "hi": "12100", "approx": "none"})
    assert (rows["value-rounding"], rows["core"]) == (0, 0)


def test_intervals() -> None:
    # [10, 20] and [12, 18] share 6 of 10
    rows = pair_rows({"value": Value(lo="10", hi="20")}, {"lo": "12", "hi": "18"})
    assert rows["value-iou"] == pytest.approx(0.6, abs=1e-11)
    assert rows["value-soft"] == pytest.approx(0.3, abs=1e-11)
    assert (rows["value"], rows["value-magnitude"]) == (0, 0)


def test_bounds() -> None:
    at_least = {"value": Value(lo="12000", hi=None), "bound": "min", "approx": "none"}
    plain = {"approx": "none"}
    same = pair_rows(at_least, plain | {"hi": None})  # the open side tells the bound
    assert (same["value"], same["bound"], same["strict"]) == (1, 1, 1)
    more_than = pair_rows(at_least, plain | {"hi": None, "lo_inc": False, "bound": "min"})
    assert (more_than["value"], more_than["bound"], more_than["core"], more_than["strict"]) == (1, 0, 1, 0)
    bare = pair_rows(at_least, plain)
    assert (bare["value"], bare["value-printed"], bare["bound"], bare["core"]) == (0, 1, 0, 0)
    up_to = pair_rows(at_least, plain | {"lo": None, "hi": "12000"})
    assert (up_to["value"], up_to["value-printed"], up_to["bound"]) == (0, 1, 0)


def test_a_prediction_without_a_number_says_nothing_of_its_modifiers() -> None:
    rows = pair_rows({"approx": "none"}, {"parsed": False, "lo": None, "hi": None, "approx": None})
    assert (rows["approx"], rows["bound"], rows["value"], rows["overlap"]) == (0, 0, 0, 1)
    # unit 0.10, counted 0.15, subject 0.15, status 0.10, sources 0.05
    assert rows["soft"] == pytest.approx(0.55, abs=1e-11)
    assert rows["ungrounded"] is None  # no value, so none without support


def test_vague_numbers() -> None:
    gold = {"value": None, "magnitude": 1, "approx": "vague"}
    said = {"parsed": False, "lo": None, "hi": None, "approx": "vague"}
    assert pair_rows(gold, said | {"magnitude": 1})["strict"] == 1
    assert pair_rows(gold, said | {"magnitude": 2})["value"] == 0


# Units of one pair; nothing is counted.


@pytest.mark.parametrize(
    ("gold", "unit", "value", "right"),
    [
        ("t", "t", "12000", {"unit", "unit-dimension", "unit-converted", "value"}),
        ("t", "kg", "12000000", {"unit-dimension", "unit-converted", "value"}),  # 12000 t = 1.2e7 kg
        ("t", "kg", "12000", {"unit-dimension", "unit-converted"}),  # 12 t
        ("USD", "EUR", "12000", {"unit-dimension", "value"}),  # money is never converted: compared as it stands
        ("t", "km", "12000", {"value"}),
        ("t", None, "12000", {"value"}),
        ("%", "pp", "12000", {"value"}),
        ("USD?", "CAD", "12000", {"unit", "unit-dimension", "unit-converted", "value"}),
    ],
)
def test_units(gold: str, unit: str | None, value: str, right: set[str]) -> None:
    rows = pair_rows({"unit": gold, "counted": None}, {"unit": unit, "lo": value, "hi": value, "counted": None})
    for name in ("unit", "unit-dimension", "unit-converted", "value"):
        assert rows[name] == (1.0 if name in right else 0.0), name
    assert rows["core"] == (1.0 if {"unit-converted", "value"} <= right else 0.0)
    # value 1 or 0.25 * (1 - |log10|), all else right but perhaps the unit
    distance = 0.0 if "value" in right else math.log10(12000 / 12)
    soft = 0.35 * (1.0 if not distance else 0.25 * max(0.0, 1 - distance)) + 0.55 + 0.10 * ("unit-converted" in right)
    assert rows["soft"] == pytest.approx(soft, abs=1e-11)


# Who and what.


@pytest.mark.parametrize(
    ("said", "strict", "soft"),
    [
        (Reference(text="soldier"), 1.0, 1.0),
        (Reference(text="grey soldiers"), 1.0, 1.0),  # ends in the head noun
        (Reference(text="soldiers of fortune"), 0.0, 2 * 1 / (3 + 1)),
        (Reference(text="sailors"), 0.0, 0.0),
        (None, 0.0, 0.0),
    ],
)
def test_counted(said: Reference | None, strict: float, soft: float) -> None:
    rows = pair_rows({}, {"counted": said})
    assert rows["counted"] == rows["core"] == rows["aligned:counted"] == strict
    assert rows["counted-soft"] == rows["aligned:counted-soft"] == pytest.approx(soft, abs=1e-11)
    assert rows["soft"] == pytest.approx(0.85 + 0.15 * soft, abs=1e-11)


@pytest.mark.parametrize(
    ("said", "strict", "soft"),
    [
        (Reference(text="the Hentzau Service’s"), 1.0, 1.0),  # an alias, normalised
        (Reference(text="Hentzau"), 1.0, 1.0),  # the words of one entity alone
        (Reference(text="Hentzau Press Service"), 0.0, 2 * 2 / (3 + 2)),
        (Reference(text="Ruritania"), 0.0, 0.0),
        (None, 0.0, 0.0),
    ],
)
def test_subject(said: Reference | None, strict: float, soft: float) -> None:
    rows = pair_rows({"subject": "e2"}, {"subject": said})
    assert rows["subject"] == rows["strict"] == rows["aligned:subject"] == strict
    assert rows["core"] == 1
    assert rows["subject-soft"] == rows["aligned:subject-soft"] == pytest.approx(soft, abs=1e-11)
    assert rows["soft"] == pytest.approx(0.85 + 0.15 * soft, abs=1e-11)


def test_what_the_gold_leaves_null_does_not_count_against_a_prediction() -> None:
    null: dict[str, Any] = {"counted": None, "subject": None, "sources": []}
    rows = pair_rows(null, {"counted": Reference(text="horses"), "subject": Reference(text="the Hentzau Service")})
    assert (rows["core"], rows["strict"], rows["soft"]) == (1, 1, 1)
    for name in ("counted", "counted-soft", "subject", "subject-soft", "sources"):
        assert rows[name] is None, name  # 0 / 0: the fact leaves both counts
        assert rows[f"aligned:{name}"] is None, name


def test_a_null_field_leaves_both_counts_and_what_met_nothing_stays() -> None:
    ownerless = replace(ACTUAL, subject=None)
    invented = PredictedFact(
        parsed=True, lo="7", hi="7", subject=Reference(text="Ruritania"), extents=(place("sent,"),)
    )
    rows = rows_of([PLANNED, ownerless], [SAID_PLANNED, SAID_ACTUAL, invented])
    # gold: 1 with a subject; predicted: its match and the one that met nothing, not the match of the ownerless one
    assert rows["subject"] == pytest.approx(2 * 1 / (1 + 2))
    assert rows["aligned:subject"] == 1
    assert rows["property"] == pytest.approx(2 * 2 / (2 + 3))
    assert rows["ungrounded"] == pytest.approx(1 / 3)


def test_silence_is_wrong_where_the_gold_has_the_field() -> None:
    silent = {"counted": None, "subject": None, "property": None, "status": None, "sources": None, "approx": None}
    rows = pair_rows({}, silent)
    for name in ("counted", "subject", "property", "status", "sources", "approx"):
        assert rows[name] == rows[f"aligned:{name}"] == 0, name
    # value 0.35, unit 0.10, bound 0.05
    assert rows["soft"] == pytest.approx(0.5, abs=1e-11)


def test_property_and_listed_alternatives() -> None:
    assert pair_rows({}, {"property": "amount"})["property"] == 0
    other = [Alternative(field="status", value="ongoing"), Alternative(field="subject", value="e2")]
    rows = pair_rows({"alternatives": other}, {"status": "ongoing", "subject": Reference(text="Hentzau Service")})
    assert (rows["status"], rows["subject"], rows["strict"]) == (1, 1, 1)


def test_sources_are_a_chain_in_order() -> None:
    service = Reference(text="Hentzau Service")
    assert pair_rows({}, {"sources": (service, AUTHOR)})["sources"] == 0
    assert pair_rows({}, {"sources": (AUTHOR, service, service)})["sources"] == 0
    assert pair_rows({}, {"sources": (AUTHOR, service)})["sources"] == 1
