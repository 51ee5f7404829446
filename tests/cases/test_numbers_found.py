"""The table of what each system found, on an invented text with each outcome once."""

from msgspec.structs import replace
from numeric_pair import document, mention, place, point

from goldassay.layers.base import GoldDocument
from goldassay.model.hard_negatives import HardNegative, HardNegativesRow
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, Time
from goldassay.model.predictions import PredictedFact, PredictedTime, Prediction
from goldassay.report.found_table import Finder, render_found

TEXT = "On May 3 both kings sold around 12,000 boats, 40 F-16 jets and 5 carts to three men, and left last week."


def fact(id_: str, number: str, span: str, value: str) -> NumericFact:
    return NumericFact(
        id=id_,
        mentions=[mention(number, span, span, TEXT)],
        kind="cardinal",
        value=point(value),
        approx="approx" if span.startswith("around") else "none",
        property="number_of",
        status="actual",
    )


def time(id_: str, text: str, value: str) -> Time:
    return Time(id=id_, spans=list(place(text, TEXT)), text=text, type="DATE", value_text_only=value)


GOLD = GoldDocument(
    document(TEXT),
    numeric_facts=NumericFactsRow(
        doc_id="d",
        numeric_facts=[
            fact("n1", "12,000", "around 12,000", "12000"),
            fact("n2", "40", "40", "40"),
            fact("n3", "5", "5", "5"),
            fact("n4", "three", "three", "3"),
            replace(fact("n5", "both", "both", "2"), tier="implicit"),
            replace(fact("n6", "F-16", "F-16", "16"), kind="identifier"),
        ],
        times=[time("t1", "May 3", "XXXX-05-03"), time("t2", "last week", "XXXX-WXX")],
    ),
)


def said(text: str, value: str) -> PredictedFact:
    return PredictedFact(parsed=True, lo=value, hi=value, kind="cardinal", extents=(place(text, TEXT),))


def said_time(text: str, value: str | None) -> PredictedTime:
    return PredictedTime(spans=place(text, TEXT), type="DATE", value_text_only=value)


SYSTEMS = (
    # n1 inside the rounding of an approximate number, n2 with a wrong value in its place, n3 by its value alone, n4
    # missed, the implicit n5 right; two that are none: the identifier and the day.
    Finder(
        "a|b",
        frozenset({"numeric_facts"}),
        {
            "d": Prediction(
                doc_id="d",
                numeric_facts=(
                    said("12,000", "12100"),
                    said("40", "4"),
                    PredictedFact(parsed=True, lo="5", hi="5"),
                    said("both", "2"),
                    said("F-16", "-16"),
                    said("3", "3"),
                ),
            )
        },
    ),
    Finder("mute", frozenset({"entities"}), {}),
    Finder("late", frozenset({"numeric_facts", "times"}), {}),
    Finder(
        "times",
        frozenset({"times"}),
        {
            "d": Prediction(
                doc_id="d",
                times=(said_time("On May 3", "2031-05-03"), said_time("week", None), said_time("40", "1940")),
            )
        },
    ),
)


SIGNED = "goldassay:numeric_facts+times|corpus:ruritania|tool:0.1.0"


def test_every_table_has_the_short_form_and_the_page_the_signature() -> None:
    # printf %s 'goldassay:numeric_facts+times|corpus:ruritania|tool:0.1.0' | sha256sum | cut -c1-8
    page = render_found([GOLD], SYSTEMS, signature=SIGNED)
    assert "## d [5721ea8b]" in page.splitlines()
    assert page.endswith(f"\n\nSignature: `{SIGNED}`\n")


def test_every_item_shows_what_became_of_it() -> None:
    table = render_found([GOLD], SYSTEMS, signature=SIGNED).split("## d [5721ea8b]\n\n")[1].split("\n\nSignature: ")[0]
    assert table.splitlines() == [
        r"| item | kind | a\|b | late | times |",
        "|---|---|---|---|---|",
        "| May 3 | time |  | – | place |",
        r"| both \(implicit\) | number | value | – |  |",
        "| around 12,000 | number | value | – |  |",
        "| 40 | number | place | – |  |",
        "| 5 | number | value | – |  |",
        "| three | number | – | – |  |",
        "| last week | time |  | – | place |",
        "| *no number, but found as one* | number | 2 | 0 |  |",
        "| *no time, but found as one* | time |  | 0 | 1 |",
    ]


def test_hard_negatives_that_were_taken_for_numbers_are_counted() -> None:
    # "3" stands in "May 3" and nowhere else; F-16 is listed too. System a takes both of them for numbers, and of the
    # others it gives only "both", which meets the implicit fact and so is not taken.
    items = [
        HardNegative(id=f"h{n}", spans=list(place(words, TEXT)), text=words, reason="date_part", rule="N7")
        for n, words in enumerate(("3", "F-16", "both", "left"), start=1)
    ]
    listed = {"d": HardNegativesRow(doc_id="d", items=items)}
    *_, row, _, _ = render_found([GOLD], SYSTEMS, listed, signature=SIGNED).splitlines()
    assert row == "| *hard negatives taken for numbers* | number | 2 of 4 | 0 of 4 |  |"
    assert "hard negatives taken" not in render_found(
        [GOLD], SYSTEMS, {"d": HardNegativesRow(doc_id="d", items=[])}, signature=SIGNED
    )


def test_a_right_time_value_is_the_one_that_the_text_alone_gives() -> None:
    right = Prediction(doc_id="d", times=(said_time("last week", "XXXX-WXX"),))
    assert "| last week | time | value |" in render_found(
        [GOLD], [Finder("a", frozenset({"times"}), {"d": right})], signature=SIGNED
    )
