"""Whatever is wrong with a prediction line: dropping and repairing raise nothing, lose no item and stop no scoring."""

import json

from damage import LINES, VALID, damaged_bytes, damaged_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldassay.formats.jsonl import read_rows
from goldassay.formats.line_reading import OnInvalid
from goldassay.formats.predictions import PredictionRow, iterate_predictions
from goldassay.model.document import Document

DOCUMENT = next(iter(read_rows(VALID / "documents.jsonl", Document))).value
assert DOCUMENT is not None
LINE = LINES["predictions"]
LAYERS = ("mentions", "stances", "attributions", "numeric_facts", "times")
POLICIES: tuple[OnInvalid, ...] = ("error", "drop", "repair")
quiet = settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
damaged = st.one_of(damaged_values(LINE), damaged_bytes(LINE))


def read(line: bytes, on_invalid: OnInvalid) -> PredictionRow | None:
    """The row of a single line; null where damage made it blank."""
    assert DOCUMENT is not None
    stretch = line.replace(b"\n", b" ")
    rows = list(iterate_predictions([stretch], {DOCUMENT.doc_id: DOCUMENT}, file="p", on_invalid=on_invalid))
    return rows[0] if len(rows) > 1 else None


def test_the_line_is_valid_before_it_is_damaged() -> None:
    for policy in POLICIES:
        row = read(LINE, policy)
        assert row is not None
        assert row.prediction is not None
        assert (row.dropped, row.repaired) == (0, 0)


@quiet
@given(damaged)
def test_a_refused_line_gives_no_prediction_and_no_other_stops_the_scoring(line: bytes) -> None:
    for policy in POLICIES:
        row = read(line, policy)
        if row is None:
            continue
        refused = any(item.severity == "error" for item in row.findings)
        if policy == "error":
            assert refused == (row.prediction is None)
        else:
            assert not refused
            assert row.prediction is not None or row.findings


@quiet
@given(damaged_values(LINE))
def test_every_item_keeps_its_turn(line: bytes) -> None:
    for policy in ("drop", "repair"):
        row = read(line, policy)
        if row is None or row.prediction is None:
            continue
        value = json.loads(line)
        for layer in LAYERS:
            given_items, read_items = value.get(layer), getattr(row.prediction, layer)
            if isinstance(given_items, list):
                assert len(read_items) == len(given_items)
            else:
                assert read_items is None


@quiet
@given(damaged)
def test_what_is_valid_reads_the_same_under_every_policy(line: bytes) -> None:
    strict = read(line, "error")
    if strict is not None and strict.prediction is not None:
        for policy in ("drop", "repair"):
            assert read(line, policy) == strict


@quiet
@given(damaged_values(LINE))
def test_predicted_places_lie_in_the_text(line: bytes) -> None:
    assert DOCUMENT is not None
    for policy in ("drop", "repair"):
        row = read(line, policy)
        if row is None or row.prediction is None:
            continue
        places = [mention.spans for mention in row.prediction.mentions or ()]
        places += [stance.expression for stance in row.prediction.stances or ()]
        places += [spans for fact in row.prediction.numeric_facts or () for spans in fact.extents]
        for spans in places:
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(edges)
            assert all(0 <= start < end <= len(DOCUMENT.text) for start, end in spans)
