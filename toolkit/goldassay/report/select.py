"""Which scores a report shows: the usual ones, or those that were asked for."""

from collections.abc import Sequence

from goldassay.errors import UsageError
from goldassay.layers import get_layers
from goldassay.measures.measure import Measure, parse_measure, suggest
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Score
from goldassay.report.table import HEADLINES

MORE = "Further views: --full; one match, by group: --measure NAME; every number: --format csv."
MORE_OF_ONE = "Every view and average of it: --full."
"""What a report says of that which it leaves out."""

BESIDE = (("stances", "sign", "belief"),)
"""Layer, match and view of rows that a brief report shows beside the first view of each layer."""


def check_measures(wanted: Sequence[str]) -> None:
    """Refuse names that no measure has.

    Raises:
        UsageError: Names it and the nearest match.
    """
    table = [(layer, match) for layer in get_layers().values() for match in layer.matches]
    names = list(dict.fromkeys(match.name for _, match in table))
    tokens = [
        str(Measure(layer.name, statistic, match.name, match.view))
        for layer, match in table
        for statistic in match.statistics
    ]
    for name in wanted:
        # An average other than micro is not in the list; the token up to it decides.
        start = _plain(name).split(",avg=")[0]
        if name not in names and not any(token.startswith(start) for token in tokens):
            raise UsageError(f"no measure {name!r}; {suggest(name, names)}; `goldassay list measures` lists all")


def select_scores(scores: Sequence[Score], wanted: Sequence[str]) -> list[Score]:
    """The scores whose match has one of these names or whose token begins with one of them; all for none.

    >>> select_scores([], ["strict"])
    []
    """
    if not wanted:
        return list(scores)
    starts = tuple(_plain(name) for name in wanted)
    return [
        score for score in scores if parse_measure(score.measure).match in wanted or score.measure.startswith(starts)
    ]


def shown_scores(scores: Sequence[Score], wanted: Sequence[str] = (), *, full: bool = False) -> list[Score]:
    """The scores that a report shows, in their order.

    - Nothing wanted: of each layer the first view (of stances also the sign of beliefs), matches that are no details,
      overall, and the match to quote by group. `full`: all views of such matches.
    - The name of a match: its overall rows in the views that are not details (where all are, in all), and its groups
      in the first of them. `full`: in all views, every average and group.
    - The start of a token: all that begins with it, every average and group.

    >>> shown_scores([], ["strict"])
    []
    """
    if wanted and full:
        return select_scores(scores, wanted)
    measures = [parse_measure(score.measure) for score in scores]
    if not wanted:
        usual = set(map(id, usual_scores(scores)))
        first = {layer.name: layer.matches[0].view for layer in get_layers().values()}
        quoted = {_row(measure) for measure, _ in HEADLINES}
        return [
            score
            for score, measure in zip(scores, measures, strict=True)
            if id(score) in usual
            and measure.average == "micro"
            and (score.group == ALL or _row(measure) in quoted)
            and (full or measure.view == first.get(measure.layer) or _row(measure) in BESIDE)
        ]
    starts = tuple(_plain(name) for name in wanted)
    views = _usual_views(measures)
    return [
        score
        for score, measure in zip(scores, measures, strict=True)
        if score.measure.startswith(starts)
        or (
            measure.match in wanted
            and measure.average == "micro"
            and measure.view in (own := views[measure.layer, measure.match])
            and (score.group == ALL or measure.view == own[0])
        )
    ]


def _row(measure: Measure) -> tuple[str, str, str]:
    return measure.layer, measure.match, measure.view


def _usual_views(measures: Sequence[Measure]) -> dict[tuple[str, str], list[str]]:
    """For each match of a layer its views that are no details, else all of its views, in order."""
    details = _details()
    found: dict[tuple[str, str], list[str]] = {}
    for measure in dict.fromkeys(measures):
        found.setdefault((measure.layer, measure.match), []).append(measure.view)
    for (layer, match), views in found.items():
        own = list(dict.fromkeys(views))
        found[layer, match] = [view for view in own if (layer, match, view) not in details] or own
    return found


def usual_scores(scores: Sequence[Score]) -> list[Score]:
    """The scores of a short report: those of rows that are no details, and of rows that no table has."""
    details = _details()
    measures = [parse_measure(score.measure) for score in scores]
    return [
        score
        for score, measure in zip(scores, measures, strict=True)
        if (measure.layer, measure.match, measure.view) not in details
    ]


def _details() -> set[tuple[str, str, str]]:
    return {(layer.name, row.name, row.view) for layer in get_layers().values() for row in layer.matches if row.detail}


def _plain(name: str) -> str:
    return name.replace(" ", "")
