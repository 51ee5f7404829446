"""Results as a pandas data frame, with the columns of the CSV."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from goldassay.errors import UsageError
from goldassay.model.scorefile import ScoreFile
from goldassay.report.comparison import Comparison, signed_rows
from goldassay.report.flat import COLUMNS, flat_rows
from goldassay.report.select import check_measures

if TYPE_CHECKING:
    import pandas as pd

OF_SCORES = {"value", "low", "high", "draws", "undefined_draws", "gold", "predicted", "right"}
OF_DIFFERENCES = {"first", "second", "difference", "p", "p_holm"}
CAN_BE_UNDEFINED = OF_SCORES | OF_DIFFERENCES
"""Columns of numbers that may be missing; as floats they are so in every table, and tables stack."""


def to_pandas(
    results: ScoreFile | Comparison | Iterable[ScoreFile] | Iterable[Comparison], measures: Sequence[str] = ()
) -> "pd.DataFrame":
    """Scores, or comparisons, as a data frame: one row a number, the columns of `--format csv`, NaN where undefined.

    Args:
        results: What `score` or `compare` gives, or several of one kind, whose rows stand below each other.
        measures: Of scores only these: matches, or starts of measure tokens; all for none.

    Raises:
        UsageError: pandas is not installed, no measure has such a name, or scores and comparisons are mixed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise UsageError("a data frame needs pandas: pip install 'goldassay[hub]'") from error

    check_measures(measures)
    given: list[Any] = [results] if isinstance(results, (ScoreFile, Comparison)) else list(results)
    compared = [one for one in given if isinstance(one, Comparison)]
    if compared and (measures or len(compared) < len(given)):
        raise UsageError("comparisons have a table of their own, of the measures that were compared; give them alone")
    if compared:
        frame = pd.DataFrame(signed_rows(compared))
    else:
        frame = pd.DataFrame([row for file in given for row in flat_rows(file, measures)], columns=list(COLUMNS))
    return frame.astype({name: "float64" for name in frame.columns if name in CAN_BE_UNDEFINED})
