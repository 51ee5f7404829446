"""Which scores a report shows: the usual ones, or those that were asked for."""

from collections.abc import Sequence

from goldassay.errors import UsageError
from goldassay.layers import get_layers
from goldassay.measures.measure import Measure, parse_measure, suggest
from goldassay.model.scorefile import Score


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


def usual_scores(scores: Sequence[Score]) -> list[Score]:
    """The scores of a short report: those of rows that are no details, and of rows that no table has."""
    details = {
        (layer.name, row.name, row.view) for layer in get_layers().values() for row in layer.matches if row.detail
    }
    measures = [parse_measure(score.measure) for score in scores]
    return [
        score
        for score, measure in zip(scores, measures, strict=True)
        if (measure.layer, measure.match, measure.view) not in details
    ]


def _plain(name: str) -> str:
    return name.replace(" ", "")
