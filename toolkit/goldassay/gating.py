"""L5: `goldassay gate`: read a run and its baseline, judge the one by the other; the first run becomes the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from goldassay.answered import (
    Answers,
    ByLayer,
    compare_answers,
    covered_layers,
    evaluate_by_layer,
    is_annotated,
    outcomes_by_layer,
    unanswered_layers,
    without,
)
from goldassay.baseline import has_predictions, write_baseline
from goldassay.comparing import named_apart, wanted_scores
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import Evaluation
from goldassay.gold import Gold
from goldassay.item_outcomes import ItemKey, ItemText
from goldassay.judging import count_units, judge, smallest_p
from goldassay.layers import get_layers, order_layers
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
from goldassay.verdicts import GatedMeasure, GateResult, Limits, below, lost_items

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

    Where there is no baseline, the run is written as one, if it answers every document in every layer that it covers.
    Each layer is compared on the documents that both sides answer in it: a document without an answer is reported,
    never counted as a drop.

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
    limited = _limited_layers(system, allowed)
    under = below(_scored(system, gold, limited, chosen), allowed.fail_under)
    result = GateResult([], [], under, system.unanswered(gold), [], allowed, unanswered_layers(system, gold, limited))
    if not has_predictions(baseline):
        result, gated = _first_result(system, gold, result, layers, measures, groups=groups)
        written = None if result.unanswered or result.unanswered_in else write_baseline(run, baseline)
        return GateReport(
            run=system.name,
            baseline=str(baseline),
            n_runs=(0, len(system.runs)),
            result=result,
            first=True,
            written=written,
            n_compared=0,
            gated=gated,
            predictions=(system.hashes(), []),
            signature=_sign(gold, covered_layers(system), chosen, how, on_invalid, result),
        )
    reference, system = named_apart([_read_baseline(baseline, gold, chosen, on_invalid), system], [baseline, run])
    gated = gated_scores(reference, layers, measures, groups=groups)
    names = list(dict.fromkeys(score.layer for score in gated))
    covered = [name for name in names if name in covered_layers(system)]
    answers = compare_answers(reference, system, gold, covered)
    lost, texts = _lost(reference, system, answers.gold, chosen) if allowed.items else ([], {})
    result = replace(
        result,
        measures=_judged(reference, system, answers, gated, allowed, how, chosen),
        lost_items=lost,
        uncovered=[name for name in names if name not in covered],
        unanswered_in=_joined(answers.unanswered_in, result.unanswered_in),
    )
    return GateReport(
        run=system.name,
        baseline=reference.name,
        n_runs=(len(reference.runs), len(system.runs)),
        result=result,
        first=False,
        written=None,
        n_compared=answers.n_documents,
        gated=gated,
        stale=answers.stale,
        stale_in=answers.stale_in,
        texts={key: texts[key] for key in lost},
        predictions=(system.hashes(), reference.hashes()),
        signature=_sign(gold, names, chosen, how, on_invalid, result),
    )


def _limited_layers(system: System, limits: Limits) -> list[str]:
    """The layers with a smallest value that the system covers; one that it does not cover is under its limit."""
    named = {parse_measure(token).layer for token in limits.fail_under}
    return [layer for layer in covered_layers(system) if layer in named]


def _first_result(
    system: System,
    gold: Gold,
    result: GateResult,
    layers: Sequence[str] | None,
    measures: Sequence[str],
    *,
    groups: bool,
) -> tuple[GateResult, list[Score]]:
    """What a first run leaves unanswered of the layers that it would be gated in, and the scores that would be."""
    try:
        gated = gated_scores(system, layers, measures, groups=groups, what="run")
    except UsageError:
        if not result.unanswered:
            raise
        return result, []
    names = list(dict.fromkeys(score.layer for score in gated))
    missing = _joined(unanswered_layers(system, gold, names), result.unanswered_in)
    return replace(result, unanswered_in=missing), gated


def _joined(one: ByLayer, other: ByLayer) -> dict[str, list[str]]:
    """The documents of both, in the order of the layers."""
    return {layer: sorted({*one.get(layer, ()), *other.get(layer, ())}) for layer in order_layers({*one, *other})}


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
    answers: Answers,
    gated: Sequence[Score],
    limits: Limits,
    how: Resampling,
    options: Options,
) -> list[GatedMeasure]:
    """The verdict of every gated score of the layers in which both sides answer something."""
    missing = set(answers.unanswered_in) | (set(answers.gold) if answers.unanswered else set())
    compared = {
        layer: gold for layer, gold in answers.gold.items() if is_annotated(gold, layer) or layer not in missing
    }
    asked = [score for score in gated if score.layer in compared]
    if not asked:
        return []
    _check_draws(compared, asked, limits, how)
    before, now = (evaluate_by_layer(side, compared, options) for side in (reference, system))
    shared = {item.document.doc_id: item for gold in compared.values() for item in gold.documents}
    found = judge(before, now, list(shared.values()), asked, limits, how)
    if lacking := {score.measure for score in asked} - {one.measure for one in found}:
        raise UsageError(
            f"{min(lacking)} cannot be gated: it is counted over all documents at once, "
            "or no document that both sides answer is annotated in its layer"
        )
    return found


def gated_scores(
    reference: System, layers: Sequence[str] | None, measures: Sequence[str], *, groups: bool, what: str = "baseline"
) -> list[Score]:
    """The baseline's scores that are gated; `what` the system is called in messages.

    Raises:
        UsageError: The baseline does not cover what was asked for, or a measure does not run from 0 to 1.
    """
    covered, name = covered_layers(reference), f"the {what} {reference.name}"
    renew = "; write a new one" if what == "baseline" else ""
    if missing := [layer for layer in layers or () if layer not in get_layers()]:
        raise UsageError(f"no layer {missing[0]!r}; {suggest(missing[0], list(get_layers()))}")
    if missing := [layer for layer in layers or () if layer not in covered]:
        raise UsageError(f"{name} does not cover {', '.join(missing)}{renew}")
    wanted = covered if layers is None else layers
    scores = [score for score in reference.evaluations[0].scores if score.layer in wanted]
    found = wanted_scores(scores, measures, groups=groups)
    for measure in measures:
        if not select_scores(found, [measure]):
            raise UsageError(f"{name} has no score of {measure!r}{renew}")
    if not found:
        raise UsageError(f"nothing to gate: {name} covers no layer with a headline number")
    for score in found:
        if parse_measure(score.measure).statistic == "mean":
            raise UsageError(f"{score.measure} does not run from 0 to 1 and cannot be gated")
    return found


def _scored(system: System, gold: Gold, layers: Sequence[str], options: Options) -> Sequence[Evaluation]:
    """The system's scores in some layers, each on the documents that it answers in it."""
    bare = system.unanswered(gold)
    answered = {layer: without(gold, {*bare, *system.unanswered_in(layer, gold)}) for layer in layers}
    return evaluate_by_layer(system, answered, options)


def _lost(
    reference: System, system: System, gold: Mapping[str, Gold], options: Options
) -> tuple[list[ItemKey], Mapping[ItemKey, ItemText]]:
    if not gold:
        return [], {}
    before = outcomes_by_layer(reference, gold, options)
    return lost_items(before, outcomes_by_layer(system, gold, options)), before[0].texts


def _check_draws(gold: Mapping[str, Gold], gated: Sequence[Score], limits: Limits, how: Resampling) -> None:
    """Refuse a gate that could not fail, whatever the run: so few draws that no p-value gets under alpha."""
    units = [count_units(gold[score.layer].documents, score.layer, how) for score in gated]
    many = [count for count in units if count >= FEW_UNITS]
    if many and smallest_p(min(many), how, len(many)) > limits.alpha:
        raise UsageError(
            f"{how.resamples} draws cannot establish a drop at alpha {limits.alpha:g} over {len(many)} measures; "
            "raise --resamples or gate fewer measures"
        )
