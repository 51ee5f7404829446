"""The table of measures of the numeric facts layer, one row a match and view."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from goldassay.layers.base import plain
from goldassay.layers.numeric_columns import POINTS, slip_column
from goldassay.match.slip import SLIPS
from goldassay.measures.formulas import f1, macro
from goldassay.measures.measure import Match
from goldassay.model.labels import APPROXIMATORS

OWN = "own definition (docs/design/numeric.md)"


class Row(NamedTuple):
    """A field that both views have a row for.

    column   the verdict column; those of soft scores are in `POINTS`
    of       the field that the gold must have for a fact to count, empty for all facts
    """

    name: str
    title: str
    column: str
    of: str = ""
    soft: bool = False


FIELDS: tuple[Row, ...] = (
    Row("value", "value, exactly", "value"),
    Row("span", "place: exactly a span (number with approximator, bound and unit)", "span"),
    Row("number", "place: exactly a number", "number"),
    Row("extent", "place: exactly a number, span or full", "extent"),
    Row("overlap", "place: any overlap with any extent", "overlap"),
    Row("value-1e-5", "value within 0.001 %", "value_1e5"),
    Row("value-1pct", "value within 1 %", "value_1pct"),
    Row("value-5pct", "value within 5 %", "value_5pct"),
    Row("value-rounding", "value, or within the rounding of an approximate one", "value_rounding"),
    Row("value-magnitude", "value, or less than half an order of magnitude off", "value_magnitude"),
    Row("value-printed", "the number as printed, open sides set aside", "value_printed"),
    Row("value-iou", "shared length of two intervals over their union", "value_iou", soft=True),
    Row("value-soft", "soft value score", "value_soft", soft=True),
    Row("unit", "unit, the same code", "unit"),
    Row("unit-dimension", "unit of the same dimension", "unit_dimension"),
    Row("unit-converted", "unit that is the same or converts", "unit_converted"),
    Row("approx", "approximator, one of five labels", "approx"),
    Row("bound", "bound: side, and whether it is included", "bound"),
    Row("counted", "what is counted, of facts that count something", "counted", "counted"),
    Row("counted-soft", "what is counted, else token F1", "counted_soft", "counted", soft=True),
    Row("subject", "whose number it is, of facts with a subject", "subject", "subject"),
    Row("subject-soft", "whose number it is, else token F1", "subject_soft", "subject", soft=True),
    Row("property", "property", "property"),
    Row("status", "status", "status"),
    Row("sources", "who says so: the whole chain", "sources", "sources"),
)
"""In view `facts` with precision, recall and F1, in view `aligned` as a rate."""

WHOLE: tuple[Row, ...] = (
    Row("core", "value, unit and what is counted", "core"),
    Row("strict", "core, and approximator, bound, subject and status", "strict"),
    Row("soft", "soft score of the whole fact", "soft", soft=True),
)
"""In view `facts` alone."""

SHORT = frozenset({"core", "strict", "soft", "value", "span"})
"""The rows that short reports show, beside `slip` and `ungrounded`."""


def get_matches() -> tuple[Match, ...]:
    """All rows, those of short reports first."""
    facts = [_match(row, "facts") for row in (*WHOLE, *FIELDS)]
    shown = [match for match in facts if not match.detail]
    rest = [match for match in facts if match.detail]
    return (*shown, *_rates(), *rest, *(_match(row, "aligned") for row in FIELDS), *_slips(), _macro_f1())


def _match(row: Row, view: str) -> Match:
    of = f"_{row.of}" if row.of else ""
    return Match(
        row.name,
        view,
        row.title,
        *plain(row.column, 1 / POINTS if row.soft else 1.0),
        gold=f"gold{of}",
        predicted=f"predicted{of}",
        statistics=("precision", "recall", "f1") if view == "facts" else ("rate",),
        symmetric=False,
        headline=row.name == "core",
        detail=row.name not in SHORT or view == "aligned",
        note=OWN,
    )


def _rates() -> tuple[Match, ...]:
    """Rates of what should not be."""
    return (
        _rate("slip", "facts", "pairs whose value is wrong by a slip", "slip", "aligned.gold", "aligned.predicted"),
        Match(
            "ungrounded",
            "facts",
            "predictions whose value no number of the text supports, of those with a value",
            {"ungrounded": 1.0},
            {"ungrounded": 1.0},
            gold="predicted_value",
            predicted="predicted_value",
            statistics=("rate",),
            symmetric=False,
            best=0.0,
            note=OWN,
        ),
        Match(
            "identifier-taken",
            "facts",
            "gold identifiers that a prediction takes for a quantity",
            {"identifiers_taken": 1.0},
            {"identifiers_taken": 1.0},
            gold="identifiers",
            statistics=("rate",),
            symmetric=False,
            best=0.0,
            detail=True,
            note=OWN,
        ),
    )


def _slips() -> tuple[Match, ...]:
    return tuple(
        _rate(slip_match(label), "aligned", f"pairs with the slip {shown}", slip_column(label), detail=True)
        for label, shown in SLIPS.items()
    )


def slip_match(label: str) -> str:
    """The name of a slip's row.

    >>> slip_match("/1000"), slip_match("percent")
    ('slip-div1000', 'slip-percent')
    """
    return slip_column(label).replace("_", "-")


def _rate(
    name: str,
    view: str,
    title: str,
    column: str,
    gold: str = "gold",
    predicted: str = "predicted",
    *,
    detail: bool = False,
) -> Match:
    return Match(
        name,
        view,
        title,
        *plain(column),
        gold=gold,
        predicted=predicted,
        statistics=("rate",),
        symmetric=False,
        best=0.0,
        detail=detail,
        note=OWN,
    )


def approx_macro_f1(totals: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.float64]:
    """Mean F1 over the approximators that either side has; range 0 to 1, best 1, NaN without pairs.

    >>> sides = [f"{label}_{side}" for label in APPROXIMATORS for side in ("a", "b", "both")]
    >>> counts = {f"approx_{side}.gold": np.array([0]) for side in sides}
    >>> counts |= {"approx_none_a.gold": np.array([1]), "approx_none_b.gold": np.array([2])}
    >>> counts |= {"approx_none_both.gold": np.array([1]), "approx_approx_a.gold": np.array([1])}
    >>> approx_macro_f1(counts).round(3).tolist()  # none: 2 * 1 / (1 + 2); approx: 0 / (1 + 0)
    [0.333]
    """
    values = [
        f1(both, both, totals[f"approx_{label}_a.gold"], totals[f"approx_{label}_b.gold"])
        for label in APPROXIMATORS
        for both in (totals[f"approx_{label}_both.gold"],)
    ]
    return np.asarray(macro(np.stack(values, axis=-1)), dtype=np.float64)


def _macro_f1() -> Match:
    return Match(
        "approx-macro-f1",
        "aligned",
        "mean F1 over the five approximators",
        statistics=("value",),
        formula=approx_macro_f1,
        symmetric=False,
        detail=True,
        note=OWN,
    )
