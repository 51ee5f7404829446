"""What goes wrong with numbers, by hand: slips, repetitions, names taken for quantities, values from nowhere."""

from typing import Any

import msgspec
import pytest
from numeric_pair import mention, pair_rows, place, point, rows_of

from goldassay.match.slip import SLIPS
from goldassay.model.numeric_facts import Counted, NumericFact
from goldassay.model.predictions import PredictedFact, Reference

replace = msgspec.structs.replace
SLIP_ROWS = {f"aligned:slip-{label.replace('/', 'div')}" for label in SLIPS}


@pytest.mark.parametrize(
    ("gold", "unit", "value", "said_unit", "slip"),
    [
        ("12000", None, "12", None, "div1000"),  # 12 for 12,000
        ("12000", None, "12000000", None, "x1000"),
        ("12", None, "120", None, "x10"),
        ("12", None, "0.12", None, "div100"),
        ("2700000", "USD", "2.7", "USD", "div1000000"),
        ("2.7", "USD", "2700000000", "USD", "x1000000000"),
        ("12", None, "-12", None, "sign"),
        ("3.5", "%", "0.035", None, "percent"),  # 0.035 * 100 = 3.5
        ("3.5", "%", "0.035", "%", "percent"),
        ("0.2", None, "20", "%", "percent"),
        ("2700000000", "USD?", "2.7", "barn", "scale"),  # "$2.7bn" as 2.7 barn
        ("2700000", "USD?", "2.7", "dollar metre", "scale"),  # "$2.7m"
        ("5", "m", "5000000", None, "scale"),  # 5 metres as 5 million
        ("12", "t", "12", "kg", "unit"),
        ("12", "km", "0.012", "km", "div1000"),
        ("12", "km", "12", "m", "unit"),
        ("12", None, "12", None, None),
        ("12", None, "13", None, None),
        ("12", None, "120000", None, None),  # 10^4 is nobody's slip
        ("5", "USD", "5", "EUR", None),  # the unit is wrong, the number is not
        ("3.5", "%", "3.5", None, None),
    ],
)
def test_slips(gold: str, unit: str | None, value: str, said_unit: str | None, slip: str | None) -> None:
    own = {"value": point(gold), "unit": unit, "approx": "none", "counted": None}
    rows = pair_rows(own, {"lo": value, "hi": value, "unit": said_unit, "approx": "none", "counted": None})
    assert {name for name in SLIP_ROWS if rows[name]} == ({f"aligned:slip-{slip}"} if slip else set())
    assert rows["slip"] == (1.0 if slip else 0.0)


def test_every_slip_has_a_row_and_a_pair_has_one_at_most() -> None:
    assert set(pair_rows({}, {})) >= SLIP_ROWS
    assert len(SLIP_ROWS) == 5 + 5 + 1 + 3
    # within the rounding interval of an approximate value nothing has slipped
    assert pair_rows({"value": point("-5")}, {"lo": "-5.4", "hi": "-5.4"})["slip"] == 0


# Mentions, hard negatives, support.

TWICE = "Ruritania sent 40 tanks. The 40 tanks are old. Resolution 77 and the G-9 are silent."


def twice(kind: str = "cardinal", **more: Any) -> NumericFact:
    first = mention("40", "40", "40 tanks", TWICE)
    start = TWICE.rindex("40")
    again = msgspec.convert({"spans": [[start, start + 2]], "text": "40"}, type(first.number))
    second = type(first)(number=again, span=again, full=again)
    fields: dict[str, Any] = {"id": "n1", "mentions": [first, second], "value": point("40"), "status": "actual"}
    fields |= {"counted": Counted(lemma="tank"), "property": "number_of", "sources": ["AUTHOR"]}
    return NumericFact(kind=kind, **(fields | more))  # type: ignore[arg-type]


def said_at(*places: tuple[tuple[int, int], ...], value: str = "40") -> PredictedFact:
    return PredictedFact(parsed=True, lo=value, hi=value, counted=Reference(text="tank"), extents=places)


def test_a_fact_counts_once_however_often_it_is_mentioned() -> None:
    first, second = place("40", TWICE), ((TWICE.rindex("40"), TWICE.rindex("40") + 2),)
    assert rows_of([twice()], [said_at(second)], TWICE)["core"] == 1
    # one fact with both mentions: 2 * 1 / (1 + 1); the same as two facts: one is spurious, 2 * 1 / (1 + 2)
    assert rows_of([twice()], [said_at(first, second)], TWICE)["core"] == 1
    repeated = rows_of([twice()], [said_at(first), said_at(second)], TWICE)
    assert repeated["core"] == pytest.approx(2 / 3)
    assert repeated["ungrounded"] == 0


def identifier(id_: str, words: str) -> NumericFact:
    return NumericFact(
        id=id_,
        mentions=[mention(words, words, words, TWICE)],
        kind="identifier",
        property="other",
        status="actual",
        sources=["AUTHOR"],
    )


def test_identifiers_taken_for_quantities() -> None:
    gold = [twice(), identifier("n2", "77"), identifier("n3", "G-9")]
    tanks, resolution, group = (
        said_at(place(words, TWICE), value=value) for words, value in (("40", "40"), ("77", "77"), ("9", "9"))
    )
    quiet = rows_of(gold, [tanks], TWICE)
    assert (quiet["identifier-taken"], quiet["core"]) == (0, 1)  # identifiers are no facts: 2 * 1 / (1 + 1)
    one = rows_of(gold, [tanks, resolution], TWICE)
    assert one["identifier-taken"] == 0.5
    assert one["core"] == pytest.approx(2 / 3)
    assert rows_of(gold, [tanks, resolution, group], TWICE)["identifier-taken"] == 1
    # called an identifier it claims no quantity; without a place it is known by its digits
    assert rows_of(gold, [tanks, replace(resolution, kind="identifier")], TWICE)["identifier-taken"] == 0
    assert rows_of(gold, [tanks, replace(resolution, extents=())], TWICE)["identifier-taken"] == 0.5
    assert rows_of([twice()], [tanks], TWICE)["identifier-taken"] is None


SUPPORT = "Prices fell 3 %, about 2.7 million tonnes went, between 10 and 20 ships, on F-16 wings, 3½ hours."


@pytest.mark.parametrize(
    ("lo", "hi", "unit", "supported"),
    [
        ("3", "3", "%", True),
        ("0.03", "0.03", None, True),  # a fraction for a percentage
        ("-3", "-3", "%", True),  # the text says "fell"
        ("2700000", "2700000", "t", True),
        ("2700000000", "2700000000", "kg", True),  # 2.7 million t
        ("2700026", "2700026", "t", True),  # 26 <= 1e-5 * 2700026
        ("2700028", "2700028", "t", False),
        ("2.7", "2.7", "t", False),  # the number is 2.7 million
        ("10", "20", None, True),
        ("10", None, None, True),
        ("15", "15", None, False),  # a midpoint stands nowhere
        ("16", "16", None, False),  # digits of a name are no number
        ("3.5", "3.5", "h", True),
        ("210", "210", "min", True),  # 3.5 * 60
    ],
)
def test_ungrounded(lo: str | None, hi: str | None, unit: str | None, supported: bool) -> None:
    said = PredictedFact(parsed=True, lo=lo, hi=hi, unit=unit)
    assert rows_of([], [said], SUPPORT)["ungrounded"] == (0 if supported else 1)


def test_what_the_gold_says_is_in_the_text_even_if_the_grammar_does_not_read_it() -> None:
    gold = twice(value=point("41"))
    assert rows_of([gold], [said_at(place("40", TWICE), value="41")], TWICE)["ungrounded"] == 0
    assert rows_of([gold], [said_at(place("40", TWICE), value="43")], TWICE)["ungrounded"] == 1


@pytest.mark.parametrize(
    ("value", "counted", "excused"),
    [("40", None, True), ("40", "tank", True), ("40", "bananas", False), ("41", None, False), ("39", "tank", False)],
)
def test_implicit_gold_excuses_no_wrong_number(value: str, counted: str | None, excused: bool) -> None:
    """Without a place only the same value, of the same thing if one is named, is what the implicit gold says."""
    thing = None if counted is None else Reference(text=counted)
    line = PredictedFact(parsed=True, lo=value, hi=value, counted=thing)
    # 0 / 0 if it left the counts with the gold, else one wrong prediction.
    assert rows_of([twice(tier="implicit")], [line], TWICE)["core"] == (None if excused else 0.0)


def test_implicit_gold_leaves_both_counts() -> None:
    rows = rows_of([twice(tier="implicit")], [said_at(place("40", TWICE))], TWICE)
    assert rows["core"] is rows["aligned:value"] is rows["slip"] is None
