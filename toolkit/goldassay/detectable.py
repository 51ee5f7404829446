"""L5: `goldassay power`: two systems read, and the differences that they could show on these documents."""

from collections.abc import Sequence
from pathlib import Path

from goldassay.comparing import named_apart, wanted_scores
from goldassay.errors import UsageError
from goldassay.gold import Gold
from goldassay.layers.base import Options
from goldassay.report.power import PowerReport
from goldassay.report.select import check_measures
from goldassay.resampling import Resampling, Unit
from goldassay.sample_size import pair_power
from goldassay.scoring import Ids, OnInvalid
from goldassay.signing import sign_options
from goldassay.systems import read_system, refuse_mixed


def power_files(
    first: Path,
    second: Path,
    gold: Gold,
    *,
    difference: float | None = None,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    groups: bool = False,
    alpha: float = 0.05,
    power: float = 0.8,
    options: Options | None = None,
    on_invalid: OnInvalid = "error",
    unit: Unit = "document",
) -> PowerReport:
    """The smallest difference between two systems that these documents could show.

    Args:
        first: Predictions: a file, a folder that holds them, or a folder of runs.
        second: The same of another system.
        gold: What both are scored on, now.
        difference: A difference that one wants to be able to detect.
        layers: Layers to score; null for all that predictions carry.
        measures: Matches, or starts of measure tokens; the headline numbers for none.
        groups: Also in each group.
        alpha: Level of the two-sided test.
        power: Chance of finding a difference that is there.
        options: Choices that can move a number, the same for both.
        on_invalid: What becomes of invalid items, as in `goldassay score`.
        unit: What is drawn: documents, or all documents of a source together.

    Raises:
        UsageError: Results of different gold or rules, nothing to estimate, or a share that is none.
        InvalidDataError: Predictions have errors.
    """
    check_measures(measures)
    for name, share in (("alpha", alpha), ("power", power), ("difference", difference)):
        if share is not None and not 0 < share < 1:
            raise UsageError(f"{name} lies between 0 and 1; found {share}")
    chosen, paths = options or Options(), (first, second)
    refuse_mixed(paths, chosen)
    ids: Ids = "gold" if chosen.gold_ids else "own"
    systems = [read_system(one, gold, layers=layers, options=chosen, on_invalid=on_invalid, ids=ids) for one in paths]
    one, other = named_apart(systems, paths)
    wanted = wanted_scores(one.evaluations[0].scores, measures, groups=groups)
    found = pair_power(
        one.evaluations,
        other.evaluations,
        gold.documents,
        wanted,
        Resampling(unit=unit),
        difference=difference,
        alpha=alpha,
        power=power,
    )
    if not found:
        raise UsageError("nothing to estimate: no measure that was asked for is scored for both systems")
    asked = "" if difference is None else f".difference{difference:g}"
    more = {"power": f"alpha{alpha:g}.power{power:g}.{unit}{asked}"}
    shown = {item.measure.split(".")[0] for item in found}
    signature = sign_options(gold, shown, chosen, None, on_invalid=on_invalid, more=more)
    return PowerReport(one.name, other.name, found, signature, unit, alpha, power, difference)
