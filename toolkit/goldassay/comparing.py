"""L5: `goldassay compare`: the first system against each other one, corrected over everything that was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from goldassay.answered import covered_layers, unanswered_layers
from goldassay.differences import Difference, compare_systems
from goldassay.errors import UsageError
from goldassay.evaluate import Evaluation
from goldassay.gold import Gold
from goldassay.item_outcomes import Outcomes, share_right, stability
from goldassay.layers import order_layers
from goldassay.layers.base import Options
from goldassay.measures.measure import RATIOS, parse_measure
from goldassay.measures.signature import count_and_digest
from goldassay.measures.totals import ALL
from goldassay.model.scorefile import Score
from goldassay.report.comparison import Comparison, ItemChange
from goldassay.report.select import check_measures, select_scores
from goldassay.report.table import HEADLINES
from goldassay.resampling import Resampling, unit_names
from goldassay.scoring import Ids
from goldassay.signing import sign_options
from goldassay.stats.paired import holm
from goldassay.systems import System, read_system, refuse_mixed
from goldassay.tally.tally import Tally


def compare_files(
    sources: Sequence[Path],
    gold: Gold,
    *,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    groups: bool = False,
    options: Options | None = None,
    resampling: Resampling | None = None,
) -> list[Comparison]:
    """Compare the first system with each of the others; Holm's correction runs over all comparisons together.

    Args:
        sources: Prediction files or folders, two or more.
        gold: What all of them are scored on, now.
        layers: Layers to score; null for all that predictions carry.
        measures: Matches, or starts of measure tokens; the headline numbers for none.
        groups: Also compare in each group.
        options: Choices that can move a number, the same for all systems.
        resampling: Seed, draws and unit.

    Raises:
        UsageError: Fewer than two systems, results of different gold, or nothing to compare.
        InvalidDataError: Predictions have errors.
    """
    if len(sources) < 2:
        raise UsageError("compare needs at least two systems")
    check_measures(measures)
    chosen, how = options or Options(), resampling or Resampling()
    refuse_mixed(sources, chosen)
    ids: Ids = "gold" if chosen.gold_ids else "own"
    systems = [read_system(source, gold, layers=layers, options=chosen, ids=ids) for source in sources]
    systems = named_apart(systems, sources)
    first = systems[0]
    wanted = wanted_scores(first.evaluations[0].scores, measures, groups=groups)
    found = [
        compare_systems(first.evaluations, other.evaluations, gold.documents, asked_of_pair(wanted, first, other), how)
        for other in systems[1:]
    ]
    if not any(found):
        raise UsageError("nothing to compare: no measure that was asked for is scored for both systems")
    shown = {item.measure.split(".")[0] for differences in found for item in differences}
    tests = [f"{n} {item.measure} {item.group}" for n, differences in enumerate(found) for item in differences]
    signature = sign_options(gold, shown, chosen, how, more={"tests": count_and_digest(tests)})
    outcomes = [system.outcomes(gold, layers, chosen) for system in systems]
    return [
        Comparison(
            first=first.name,
            second=other.name,
            n_runs=(len(first.runs), len(other.runs)),
            differences=differences,
            items=order_items(changed_items(outcomes[0], theirs), differences, unit_names(gold.documents, how.unit)),
            stability={first.name: stability(outcomes[0]), other.name: stability(theirs)},
            signature=signature,
            unanswered={side.name: missing for side in (first, other) if (missing := side.unanswered(gold))},
            unanswered_in=_unanswered_in((first, other), gold, [item.measure.split(".")[0] for item in differences]),
            uncovered=_uncovered(first, other, layers),
            predictions=(first.hashes(), other.hashes()),
        )
        for other, theirs, differences in zip(systems[1:], outcomes[1:], _corrected(found), strict=True)
    ]


def _corrected(found: Sequence[Sequence[Difference]]) -> list[list[Difference]]:
    """The differences with p-values corrected over all of them together (Holm)."""
    flat = [item.p if item.p is not None else float("nan") for differences in found for item in differences]
    corrected = iter(holm(flat))
    return [
        [
            replace(item, corrected=None if item.p is None else p)
            for item, p in ((item, next(corrected)) for item in differences)
        ]
        for differences in found
    ]


def named_apart(systems: Sequence[System], sources: Sequence[Path]) -> list[System]:
    """Systems by the name of their file or folder, or by the whole path where that names two."""
    names = [system.name for system in systems]
    if len(set(names)) == len(names):
        return list(systems)
    return [replace(system, name=str(source)) for system, source in zip(systems, sources, strict=True)]


def wanted_scores(scores: Sequence[Score], measures: Sequence[str], *, groups: bool) -> list[Score]:
    """The scores to compare: the headline numbers, or of the measures asked for F1 (or the one number they have).

    A measure asked for by its whole token is taken as it is, with its statistic and average.
    """
    if not measures:
        tokens = {str(measure) for measure, _ in HEADLINES}
        return [score for score in scores if score.measure in tokens and (groups or score.group == ALL)]
    chosen = []
    for score in select_scores(scores, measures):
        measure = parse_measure(score.measure)
        usual = measure.statistic in ("f1", *RATIOS) and measure.average == "micro"
        named = any("(" in name and score.measure.startswith(name.replace(" ", "")) for name in measures)
        if (usual or named) and (groups or score.group == ALL):
            chosen.append(score)
    return chosen


def asked_of_pair(wanted: Sequence[Score], first: System, second: System) -> list[Score]:
    """The scores that are compared in a pair: without a group that holds everything that either system or the gold has.

    Such a group is the same question as all groups together, and must not count twice in the correction.
    """
    evaluations = [one for side in (first, second) for one in side.evaluations]
    return [score for score in wanted if score.group == ALL or not _is_whole(score, evaluations)]


def _is_whole(score: Score, evaluations: Sequence[Evaluation]) -> bool:
    """Whether the group of a score holds everything of its view in all runs."""
    view = parse_measure(score.measure).view
    tallies = [one for run in evaluations for one in run.tallies if (one.layer, one.view) == (score.layer, view)]
    return all(_holds_everything(one, score.group) for one in tallies)


def _holds_everything(tally: Tally, group: str) -> bool:
    index = tally.groups.index(group)
    return all(column[:, index].sum() == column.sum() for column in tally.counts.values())


def _unanswered_in(systems: Sequence[System], gold: Gold, layers: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    found = {system.name: unanswered_layers(system, gold, order_layers(layers)) for system in systems}
    return {name: missing for name, missing in found.items() if missing}


def _uncovered(first: System, second: System, layers: Sequence[str] | None) -> dict[str, list[str]]:
    """The layers of each system that only the other covers, of those asked for."""
    both = {side.name: set(covered_layers(side)) for side in (first, second)}
    every = set.union(*both.values()) if layers is None else set.union(*both.values()) & set(layers)
    return {name: order_layers(every - own) for name, own in both.items() if every - own}


def changed_items(ours: Sequence[Outcomes], theirs: Sequence[Outcomes]) -> list[ItemChange]:
    """The gold items that one system has right more often than the other."""
    left, right = share_right(ours), share_right(theirs)
    return [
        ItemChange(key, ours[0].texts[key], share, right[key])
        for key, share in left.items()
        if key in right and share != right[key]
    ]


def order_items(
    changes: Sequence[ItemChange], differences: Sequence[Difference], units: Mapping[str, str]
) -> list[ItemChange]:
    """The items of the compared layers in the order of reports: layers take turns, heavy documents come first.

    Layers stand in the order of their measures. A document weighs in a layer what the difference of the layer's first
    measure loses without it (or without its source, where sources are drawn). Of equal documents the first by id comes
    first; in a document the largest change, then the first item by id.

    Args:
        changes: Items that differ.
        differences: What was compared.
        units: Document id to what was drawn with it.
    """
    by_layer: dict[str, list[ItemChange]] = {}
    for one in differences:
        layer = one.measure.split(".")[0]
        if layer not in by_layer and one.group == ALL:
            weights = {unit: round(abs(weight), 12) for unit, weight in one.influence.items()}
            by_layer[layer] = sorted(
                (change for change in changes if change.key.layer == layer),
                key=lambda change: (
                    -weights.get(units[change.key.doc_id], 0.0),
                    change.key.doc_id,
                    -abs(change.first - change.second),
                    change.key,
                ),
            )
    return [change for turn in zip_longest(*by_layer.values()) for change in turn if change is not None]
