"""The score table that every rendering shows: one row for each match and group, precision, recall and F1 beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goldassay.measures.measure import Measure, parse_measure
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Interval, Score
from goldassay.stats.interval import FEW_UNITS


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one match in one group, by statistic."""

    layer: str
    view: str
    match: str
    average: str
    group: str
    scores: dict[str, Score] = field(default_factory=dict)


def score_rows(scores: Iterable[Score], *, average: str | None = "micro") -> list[Row]:
    """Rows in the order of the scores; `average` null for the rows of every average."""
    rows: dict[tuple[str, str, str, str, str], Row] = {}
    for score in scores:
        measure = parse_measure(score.measure)
        if average is not None and measure.average != average:
            continue
        key = (measure.layer, measure.view, measure.match, measure.average, score.group)
        row = rows.setdefault(key, Row(measure.layer, measure.view, measure.match, measure.average, score.group))
        row.scores[measure.statistic] = score
    return list(rows.values())


def format_value(score: Score | None) -> str:
    """Three decimals; a dash where the number is undefined or not part of the table.

    >>> format_value(None)
    '–'
    """
    return "–" if score is None or score.value is None else f"{score.value:.3f}"


def format_headline(score: Score | None) -> str:
    """As `format_value`, but a layer that was not scored is said to be so: a dash stands for 0/0 alone.

    >>> format_headline(None)
    'not covered'
    """
    return "not covered" if score is None else format_value(score)


def format_count(score: Score | None, name: str) -> str:
    """A count: whole numbers in full, sums of fractions with two decimals.

    >>> format_count(None, "gold")
    '–'
    """
    if score is None or name not in score.counts:
        return "–"
    count = score.counts[name]
    return f"{count:.0f}" if float(count).is_integer() else f"{count:.2f}"


HEADLINES: tuple[tuple[Measure, str], ...] = (
    (Measure("entities", "f1", "strict", "names"), "entities: strict F1 of names"),
    (Measure("stances", "f1", "sign", "opinion"), "stances: F1 at +sign"),
    (Measure("numeric_facts", "f1", "core", "facts"), "numeric facts: value F1"),
)
"""The three numbers to quote."""


def headline_scores(scores: Sequence[Score]) -> list[tuple[str, Score | None]]:
    """The three numbers to quote, in order; null where the layer was not scored."""
    found = {score.measure: score for score in scores if score.group == ALL}
    return [(title, found.get(str(measure))) for measure, title in HEADLINES]


def format_interval(interval: Interval) -> str:
    """The ends of an interval; a range that is none stands in other brackets.

    >>> format_interval(Interval(kind="bootstrap", low=0.5, high=0.75))
    '[0.500, 0.750]'
    >>> format_interval(Interval(kind="leave_one_out", low=0.5, high=0.75))
    '0.500…0.750'
    >>> format_interval(Interval())
    '–'
    """
    if interval.low is None or interval.high is None:
        return "–"
    # A tiny negative end would print as -0.000.
    low, high = (f"{end:.3f}".replace("-0.000", "0.000") for end in (interval.low, interval.high))
    return f"{low}…{high}" if interval.kind == "leave_one_out" else f"[{low}, {high}]"


def claim(n_documents: int, intervals: Iterable[Interval] = (), *, unit: str = "document") -> str:
    """What this many documents let one say; `unit` is what was drawn or left out, `document` or `source`.

    >>> claim(2)
    '2 documents: too few for an interval. These numbers describe these documents and no others.'
    """
    kinds = {interval.kind: interval for interval in intervals if interval.kind != "none"}
    documents = count_noun(n_documents, "document")
    said = f"A range a…b says how far a value moves when one {unit} is left out."
    if unit == "document":
        said = "A range a…b says how far a value moves when one of them is left out."
    if "bootstrap" in kinds:
        how = kinds["bootstrap"]
        drawn = f"{how.resamples} bootstrap draws" + (f" of {unit}s" if unit != "document" else "")
        told = (
            f"{documents}. Intervals hold {100 * (how.level or 0):g} % of {drawn}; "
            "they cover other documents like these, not other kinds of text."
        )
        few = f" Where too few {unit}s are annotated for an interval, a range a…b says how far a value moves when one"
        return f"{told}{few} is left out." if "leave_one_out" in kinds else told
    if n_documents >= FEW_UNITS and not kinds:
        return f"{documents}. No interval was estimated."
    what = f"{documents}: too few for an interval."
    if n_documents >= FEW_UNITS or unit != "document":
        what = f"{documents}; too few {unit}s are annotated for an interval."
    few = f"{what} These numbers describe these documents and no others."
    return f"{few} {said}" if kinds else few


def count_noun(count: int, noun: str) -> str:
    """A number of things in words.

    >>> count_noun(1, "source"), count_noun(2, "source")
    ('1 source', '2 sources')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
