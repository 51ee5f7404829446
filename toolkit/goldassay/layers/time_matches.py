"""The table of measures of the times layer, one row a match and view."""

from goldassay.layers.base import plain
from goldassay.layers.numeric_columns import POINTS
from goldassay.layers.time_alignment import EXPRESSIONS, INTERVALS, OUTSIDE, TEXT_ONLY, TRACKS, WITH_DCT
from goldassay.measures.measure import Match

OWN = "own definition (docs/design/times.md)"
TITLES = {
    TEXT_ONLY: "value as the text alone licenses it, digit by digit",
    WITH_DCT: "value resolved by the creation time",
    OUTSIDE: "value resolved by other times of the text or by the world",
}


def get_matches() -> tuple[Match, ...]:
    """All rows, in the order of reports."""
    return (
        _match("whole", EXPRESSIONS, "same span, same type, same text-only value", headline=True),
        _match("exact", EXPRESSIONS, "same span"),
        _match("overlap", EXPRESSIONS, "any overlap"),
        _match("type", EXPRESSIONS, "same type and any overlap"),
        _match("strict", EXPRESSIONS, "same span and type", detail=True),
        _rate("type-accuracy", EXPRESSIONS, "same type, of the aligned pairs", "type", of="overlap"),
        *(row for track in TRACKS for row in _track(track)),
        _recall("inferred", "of the values that other times of the text give, those found"),
        _recall("external", "of the values that only the world gives, those found"),
        Match(
            "interval",
            INTERVALS,
            "shared time of a pair, over the predicted interval (P) and over the gold's (R)",
            {"interval_recall.gold": 1 / POINTS},
            {"interval_precision.predicted": 1 / POINTS},
            harmonic=True,
            symmetric=False,
            note="means as SCATE (Laparra et al. 2018), on one-to-one pairs (docs/design/times.md)",
        ),
    )


def _track(track: str) -> tuple[Match, ...]:
    """The rows of a track; the rates of what is resolved too far or not far enough are quoted for the text alone."""
    further = track != TEXT_ONLY
    return (
        _match("value", track, TITLES[track], column="same"),
        _rate("over-resolved", track, "pairs with a digit that the gold leaves open", "over", best=0.0, detail=further),
        _rate("under-resolved", track, "pairs without a digit that the gold has", "under", best=0.0, detail=further),
        _match("compatible", track, "value that no digit of the gold contradicts", detail=True),
        _rate("value-accuracy", track, "same value, of the pairs with two values", "same", detail=True),
    )


def _match(
    name: str, view: str, title: str, *, column: str | None = None, headline: bool = False, detail: bool = False
) -> Match:
    credit = plain(column or name)
    return Match(name, view, title, *credit, symmetric=False, headline=headline, detail=detail, note=OWN)


def _rate(
    name: str, view: str, title: str, column: str, *, of: str = "given", best: float = 1.0, detail: bool = False
) -> Match:
    """The share of the pairs of a view that have this verdict."""
    return Match(
        name,
        view,
        title,
        *plain(column),
        gold=f"{of}.gold",
        predicted=f"{of}.predicted",
        statistics=("rate",),
        symmetric=False,
        best=best,
        detail=detail,
        note=OWN,
    )


def _recall(name: str, title: str) -> Match:
    """Recall of one kind of gold of the track `outside`; a prediction that met nothing belongs to no kind."""
    return Match(
        name,
        OUTSIDE,
        title,
        *plain(name),
        gold=f"gold_{name}",
        statistics=("recall",),
        symmetric=False,
        detail=True,
        note=OWN,
    )
