"""L5: `goldassay gate`: read a run and its baseline, judge the one by the other; the first run becomes the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from goldassay.baseline import has_predictions, write_baseline
from goldassay.comparing import named_apart, wanted_scores
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import Evaluation, evaluate
from goldassay.gate import GatedMeasure, GateResult, Limits, below, lost_items
from goldassay.gold import Gold
from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.judging import count_units, judge, smallest_p
from goldassay.layers import get_layers
from goldassay.layers.base import Options
from goldassay.measures.measure import parse_measure, suggest
from goldassay.measures.signature import count_and_digest
from goldassay.model.scorefile import Score
from goldassay.report.gate import GateReport
from goldassay.report.select import check_measures, select_scores
from goldassay.resampling import Resampling
from goldassay.scoring import Ids, OnInvalid
from goldassay.signing import sign_options
from goldassay.stats.interval import FEW_UNITS
from goldassay.systems import System, read_system

UNKNOWN_DOCUMENT = "E304"


def gate_files(
    run: Path,
    baseline: Path,
    gold: Gold,
    *,
    limits: Limits | None = None,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    groups: bool = False,
    options: Options | None = None,
    on_invalid: OnInvalid = "error",
    resampling: Resampling | None = None,
    require_baseline: bool = False,
) -> GateReport:
    """Judge a run by a baseline, both scored now on the same gold.

    Where there is no baseline, the run is written as one, if it answers every document. Both sides are compared on the
    documents that both answer: a document without an answer is reported, never counted as a drop.

    Args:
        run: Predictions: a file, a folder that holds them, or a folder of runs.
        baseline: The same of an earlier run.
        gold: What both are scored on.
        limits: What is allowed.
        layers: Layers to gate; null for all that the baseline covers.
        measures: Matches, or starts of measure tokens; the headline numbers for none.
        groups: Also gate each group of them.
        options: Choices that can move a number, the same for both.
        on_invalid: What becomes of invalid items, as in `goldassay score`.
        resampling: Seed, draws and unit.
        require_baseline: Refuse where there is no baseline instead of writing one.

    Raises:
        UsageError: Nothing to gate, predictions that are not there, or a limit that is no share of 1.
        InvalidDataError: Predictions have errors.
    """
    check_measures(measures)
    allowed, chosen, how = limits or Limits(), options or Options(), resampling or Resampling()
    _check_limits(allowed)
    if require_baseline and not has_predictions(baseline):
        raise UsageError(f"there is no baseline at {baseline}; name an existing one, or let this run become the first")
    system = _read(run, gold, chosen, on_invalid)
    unanswered = system.unanswered(gold)
    result = GateResult([], [], below(_scored(system, gold, chosen), allowed.fail_under), unanswered, [], allowed)
    if not has_predictions(baseline):
        written = None if unanswered else write_baseline(run, baseline)
        signature = _sign(gold, covered_layers(system), chosen, how, on_invalid, result)
        return GateReport(system.name, str(baseline), (0, len(system.runs)), result, written, 0, [], {}, signature)
    reference, system = named_apart([_read_baseline(baseline, gold, chosen, on_invalid), system], [baseline, run])
    gated = gated_scores(reference, layers, measures, groups=groups)
    names = list(dict.fromkeys(score.layer for score in gated))
    answered = [name for name in names if name in covered_layers(system)]
    stale = reference.unanswered(gold)
    both = _without(gold, {*unanswered, *stale})
    lost, texts = _lost(reference, system, both, answered, chosen) if allowed.items else ([], {})
    result = replace(
        result,
        measures=_judged(reference, system, both, [one for one in gated if one.layer in answered], result, how, chosen),
        lost_items=lost,
        uncovered=[name for name in names if name not in answered],
    )
    return GateReport(
        run=system.name,
        baseline=reference.name,
        n_runs=(len(reference.runs), len(system.runs)),
        result=result,
        written=None,
        n_compared=len(both.documents),
        stale=stale,
        texts={key: texts[key] for key in lost},
        signature=_sign(gold, names, chosen, how, on_invalid, result),
    )


def _sign(
    gold: Gold, layers: Sequence[str], options: Options, how: Resampling, on_invalid: OnInvalid, result: GateResult
) -> str:
    """The signature of a verdict: that of the scores, with the limits and the tests that share the level."""
    limits = result.limits
    more = {
        "gate": f"drop{limits.max_drop:g}.alpha{limits.alpha:g}{'.items' if limits.items else ''}",
        "tests": count_and_digest(f"{one.measure} {one.group}" for one in result.measures),
        "fail-under": count_and_digest(f"{token}={limit:g}" for token, limit in limits.fail_under.items()),
    }
    return sign_options(gold, layers, options, how, on_invalid=on_invalid, more=more)


def _check_limits(limits: Limits) -> None:
    """Refuse what no drop could ever exceed, not a number above all: a gate that cannot fail must not pass."""
    if not 0 <= limits.max_drop <= 1 or not 0 < limits.alpha < 1:
        raise UsageError(f"max_drop runs from 0 to 1, alpha between them; found {limits.max_drop} and {limits.alpha}")
    for token, limit in limits.fail_under.items():
        if not 0 <= limit <= 1:
            raise UsageError(f"a limit runs from 0 to 1; found {limit} for {token}")


def _read(source: Path, gold: Gold, options: Options, on_invalid: OnInvalid) -> System:
    ids: Ids = "gold" if options.gold_ids else "own"
    return read_system(source, gold, options=options, on_invalid=on_invalid, ids=ids)


def _read_baseline(source: Path, gold: Gold, options: Options, on_invalid: OnInvalid) -> System:
    """The baseline; that it answers documents which have left the gold since is no fault of it."""
    try:
        baseline = _read(source, gold, options, on_invalid)
    except InvalidDataError as error:
        if any(item.severity == "error" and item.code != UNKNOWN_DOCUMENT for item in error.findings):
            raise
        baseline = _read(source, gold, options, "drop")
    if len(baseline.unanswered(gold)) == len(gold.documents):
        raise UsageError(f"the baseline {source} answers no document of this gold; write a new one")
    return baseline


def _judged(
    reference: System,
    system: System,
    gold: Gold,
    gated: Sequence[Score],
    result: GateResult,
    how: Resampling,
    options: Options,
) -> list[GatedMeasure]:
    """The verdict of every gated score; none where answers are missing for all of them."""
    if not gated or not gold.documents:
        return []
    _check_draws(gold, gated, result.limits, how)
    layers = list(dict.fromkeys(score.layer for score in gated))
    before, now = (_evaluated(side, gold, layers, options) for side in (reference, system))
    found = judge(before, now, gold.documents, gated, result.limits, how)
    if missing := {score.measure for score in gated} - {one.measure for one in found}:
        raise UsageError(
            f"{min(missing)} cannot be gated: it is counted over all documents at once, "
            "or no document that both sides answer is annotated in its layer"
        )
    return found


def covered_layers(system: System) -> list[str]:
    """The layers that every run of a system answers somewhere."""
    return [
        name
        for name, layer in get_layers().items()
        if all(any(layer.answered(line) for line in run.values()) for run in system.runs)
    ]


def gated_scores(
    reference: System, layers: Sequence[str] | None, measures: Sequence[str], *, groups: bool
) -> list[Score]:
    """The baseline's scores that are gated.

    Raises:
        UsageError: The baseline does not cover what was asked for, or a measure does not run from 0 to 1.
    """
    covered = covered_layers(reference)
    if missing := [name for name in layers or () if name not in get_layers()]:
        raise UsageError(f"no layer {missing[0]!r}; {suggest(missing[0], list(get_layers()))}")
    if missing := [name for name in layers or () if name not in covered]:
        raise UsageError(f"the baseline {reference.name} does not cover {', '.join(missing)}; write a new one")
    wanted = covered if layers is None else layers
    scores = [score for score in reference.evaluations[0].scores if score.layer in wanted]
    found = wanted_scores(scores, measures, groups=groups)
    for name in measures:
        if not select_scores(found, [name]):
            raise UsageError(f"the baseline {reference.name} has no score of {name!r}; write a new one")
    if not found:
        raise UsageError(f"nothing to gate: the baseline {reference.name} covers no layer with a headline number")
    for score in found:
        if parse_measure(score.measure).statistic == "mean":
            raise UsageError(f"{score.measure} does not run from 0 to 1 and cannot be gated")
    return found


def _without(gold: Gold, left_out: set[str]) -> Gold:
    kept = tuple(item for item in gold.documents if item.document.doc_id not in left_out)
    return replace(gold, documents=kept)


def _evaluated(side: System, gold: Gold, layers: Sequence[str], options: Options) -> list[Evaluation]:
    return [evaluate(gold.documents, run, layers=layers, options=options) for run in side.runs]


def _scored(system: System, gold: Gold, options: Options) -> Sequence[Evaluation]:
    """The system's scores on the documents that it answers."""
    missing = system.unanswered(gold)
    if not missing:
        return system.evaluations
    return _evaluated(system, _without(gold, set(missing)), covered_layers(system), options)


def _lost(
    reference: System, system: System, gold: Gold, layers: Sequence[str], options: Options
) -> tuple[list[ItemKey], Mapping[ItemKey, ItemText]]:
    before = reference.outcomes(gold, layers, options)
    return lost_items(before, system.outcomes(gold, layers, options)), before[0].texts


def _check_draws(gold: Gold, gated: Sequence[Score], limits: Limits, how: Resampling) -> None:
    """Refuse a gate that could not fail, whatever the run: so few draws that no p-value gets under alpha."""
    units = [count_units(gold.documents, score.layer, how) for score in gated]
    many = [count for count in units if count >= FEW_UNITS]
    if many and smallest_p(min(many), how, len(many)) > limits.alpha:
        raise UsageError(
            f"{how.resamples} draws cannot establish a drop at alpha {limits.alpha:g} over {len(many)} measures; "
            "raise --resamples or gate fewer measures"
        )
