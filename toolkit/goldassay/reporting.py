"""L5: runs read, scored with their errors, and put into one HTML report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from goldassay.agreement.scored import annotated_layers, score_pairs
from goldassay.agreement.sides import describe, pair_up, read_annotations
from goldassay.checks.mapped_labels import build_options, read_mapped_predictions
from goldassay.corpus.locate import INSTALLED, find_root
from goldassay.errors import InvalidDataError, UsageError
from goldassay.gold import ANNOTATORS, Gold
from goldassay.layers import get_layers
from goldassay.layers.answers import unanswered_documents
from goldassay.layers.base import Options
from goldassay.model.labels import LAYERS
from goldassay.model.predictions import Prediction
from goldassay.naming import name_runs
from goldassay.passes.load import list_passes
from goldassay.report.agreement import caution, describe_side
from goldassay.report.error_rules import parse_rules
from goldassay.report.html.entries import collect_entries
from goldassay.report.html.figures import AgreementLine, ShownRun
from goldassay.report.html.graphs import draw_graphs
from goldassay.report.html.render import render_page
from goldassay.resampling import Resampling
from goldassay.scoring import DEFAULT_RESAMPLING, Ids, OnInvalid, score_predictions
from goldassay.systems import prediction_files, refuse_mixed

PASSES = ("a", "b")
"""The two blind passes of the corpus whose agreement a report shows."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is to show: a prediction file or a folder of runs.

    name    what the page calls it; null for what every table calls it (`naming`)
    layers  the layers to score; null for those of the report
    note    what has to be said beside its numbers
    """

    path: Path
    name: str | None = None
    layers: tuple[str, ...] | None = None
    note: str = ""


def report_html(
    sources: Sequence[Source | Path],
    gold: Gold,
    *,
    root: Path | None = None,
    layers: Sequence[str] | None = None,
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    resampling: Resampling | None = DEFAULT_RESAMPLING,
    by_guidelines: bool | None = None,
) -> str:
    """Score runs against gold and render the report.

    Args:
        sources: Prediction files, folders of a run, or folders of several runs, each of which is shown by itself.
        gold: The annotated documents.
        root: The root of the corpus from which rules and annotators' agreement come; null for the one around here.
        layers: Layers to score; null for all that a run carries.
        trim: As in `goldassay.scoring.score_predictions`, as are `labels`, `on_invalid`, `ids` and `resampling`.
        labels: A label map for entity types.
        on_invalid: What becomes of predictions with errors.
        ids: What ids in the predictions mean.
        resampling: How intervals are estimated; null for none.
        by_guidelines: Whether the gold follows the annotation guidelines of this project, so that their rules can be
            shown beside errors; null for what its annotators say.

    Raises:
        InvalidDataError: Predictions or gold have errors.
        UsageError: There are no predictions, an option names nothing, or the template engine is not installed.
    """
    wanted = [one if isinstance(one, Source) else Source(one) for one in sources]
    refuse_mixed([one.path for one in wanted])
    options = build_options(ids, trim, labels)
    shown: list[ShownRun] = []
    stances: list[tuple[str, Mapping[str, Prediction]]] = []
    for source in wanted:
        for found in find_runs(source, gold, options, on_invalid, ids):
            scored = score_predictions(
                found.path,
                gold,
                layers=source.layers or layers,
                on_invalid=on_invalid,
                ids=ids,
                run=found.run,
                trim=trim,
                labels=labels,
                errors=True,
                resampling=resampling,
            )
            assert scored.errors is not None
            scored_layers = list(dict.fromkeys(score.layer for score in scored.file.scores))
            entries = collect_entries(
                gold.documents, found.predictions, scored.errors.records, layers=scored_layers, options=options
            )
            name = _unique(found.name, shown)
            if "stances" in scored_layers and any(said.stances for said in found.predictions.values()):
                stances.append((name, found.predictions))
            silent = {
                layer: unanswered_documents(get_layers()[layer], gold.documents, found.predictions)
                for layer in scored_layers
            }
            shown.append(ShownRun(name, scored.file, scored.errors, entries, source.note, silent))
    return render_page(
        [item.document for item in gold.documents],
        shown,
        agreement=agreement_line(gold, root),
        rules=read_rule_texts(root) if (is_ours(gold) if by_guidelines is None else by_guidelines) else None,
        graphs=draw_graphs(gold.documents, stances, options),
    )


class FoundRun(NamedTuple):
    """One run of a source: its file, its id where the file holds several, its name, predictions by document id."""

    path: Path
    run: str | None
    name: str
    predictions: Mapping[str, Prediction]


def find_runs(source: Source, gold: Gold, options: Options, on_invalid: OnInvalid, ids: Ids = "own") -> list[FoundRun]:
    """The runs of a source.

    Raises:
        UsageError: There are none, or a file cannot be read.
    """
    files = prediction_files(source.path)
    names = name_runs(source.path, files, source.name)
    documents = {item.document.doc_id: item.document for item in gold.documents}
    found = []
    for path, name in zip(files, names, strict=True):
        try:
            read = read_mapped_predictions(path, documents, options.labels, on_invalid=on_invalid, ids=ids)
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from error
        runs = list(dict.fromkeys(item.run for item in read.predictions)) or [None]
        for run in runs:
            said = {item.doc_id: item for item in read.predictions if item.run == run}
            found.append(FoundRun(path, run, name if len(runs) == 1 else f"{name} run {run}", said))
    return found


def _unique(name: str, shown: Sequence[ShownRun]) -> str:
    """The name, with a number if an earlier run has it."""
    taken = {run.name for run in shown}
    return next(one for one in (name, *(f"{name} ({n})" for n in range(2, len(shown) + 3))) if one not in taken)


def is_ours(gold: Gold) -> bool:
    """Whether this is the project's corpus, so that its guidelines and its annotators' agreement belong to it."""
    return gold.annotators == ANNOTATORS


def read_rule_texts(root: Path | None = None) -> dict[str, str]:
    """The rules of the annotation guidelines by id, else those of the installed package; empty where there are none."""
    try:
        places = [find_root(root), INSTALLED]
    except UsageError:
        places = [INSTALLED]
    for place in places:
        pages = sorted((place / "annotations" / "guidelines").glob("*.md"))
        if rules := parse_rules(page.read_text(encoding="utf-8", errors="replace") for page in pages):
            return rules
    return {}


def agreement_line(gold: Gold, root: Path | None = None) -> AgreementLine | None:
    """How far the corpus's two blind passes agree, by the measures of the scorer; null for gold of other origin."""
    if not is_ours(gold):
        return None
    try:
        place = find_root(root)
        if not set(PASSES) <= set(list_passes(place)):
            return None
        documents, annotations = read_annotations(place, PASSES)
        pairs = pair_up(documents, annotations["a"], annotations["b"], LAYERS)
    except (UsageError, InvalidDataError):
        return None
    figures = {
        figure.measure: (figure.value, f"{figure.counts['a']:g} : {figure.counts['b']:g} items")
        for figure in score_pairs(pairs, annotated_layers(pairs, LAYERS))
        if {"a", "b"} <= set(figure.counts)
    }
    one, other = (describe(name, annotations[name]) for name in PASSES)
    what = (
        "The line “two annotators with each other” compares, by the same measures, two annotation passes that were "
        f"made without sight of each other: {describe_side(one)}; {describe_side(other)}."
    )
    said = [
        what,
        caution(one, other) or "",
        "It is no proof that the gold is right, and a system above it is not shown to be better than an annotator.",
    ]
    return AgreementLine(" ".join(part for part in said if part), figures)
