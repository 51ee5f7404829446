"""L5: what two systems both answer, layer by layer, and both scored on that alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from goldassay.evaluate import Evaluation, evaluate
from goldassay.gold import Gold
from goldassay.item_outcomes import Outcomes
from goldassay.layers import get_layers
from goldassay.layers.base import Options
from goldassay.systems import System

ByLayer = Mapping[str, Sequence[str]]
"""Documents by layer, sorted; layers without any are not in it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Which documents a run and its baseline answer.

    A document that has no answer at all is named once, not in every layer.

    unanswered     documents to which the run has no answer at all
    unanswered_in  further documents that the baseline answers in a layer and the run does not
    stale          documents to which the baseline has no answer at all
    stale_in       further documents that the baseline does not answer in a layer
    gold           {layer: the gold without all of these}
    """

    unanswered: Sequence[str]
    unanswered_in: ByLayer
    stale: Sequence[str]
    stale_in: ByLayer
    gold: Mapping[str, Gold]

    @property
    def n_documents(self) -> int:
        """How many documents both sides answer in some layer."""
        return len({item.document.doc_id for gold in self.gold.values() for item in gold.documents})


def compare_answers(baseline: System, run: System, gold: Gold, layers: Sequence[str]) -> Answers:
    """What a run answers of what its baseline answers, in these layers."""
    unanswered, stale = run.unanswered(gold), baseline.unanswered(gold)
    unanswered_in, stale_in, golds = {}, {}, {}
    for layer in layers:
        missing, old = set(run.unanswered_in(layer, gold)), set(baseline.unanswered_in(layer, gold))
        unanswered_in[layer] = sorted(missing.difference(old, unanswered))
        stale_in[layer] = sorted(old.difference(stale))
        golds[layer] = without(gold, missing.union(old, unanswered, stale))
    return Answers(unanswered, _filled(unanswered_in), stale, _filled(stale_in), golds)


def unanswered_layers(system: System, gold: Gold, layers: Collection[str]) -> dict[str, list[str]]:
    """Documents that a system answers, but not in these layers."""
    bare = set(system.unanswered(gold))
    found = {layer: [doc_id for doc_id in system.unanswered_in(layer, gold) if doc_id not in bare] for layer in layers}
    return _filled(found)


def covered_layers(system: System) -> list[str]:
    """The layers that every run of a system answers somewhere."""
    return [
        name
        for name, layer in get_layers().items()
        if all(any(layer.answered(line) for line in run.values()) for run in system.runs)
    ]


def without(gold: Gold, left_out: Collection[str]) -> Gold:
    """The gold without some documents."""
    kept = tuple(item for item in gold.documents if item.document.doc_id not in left_out)
    return replace(gold, documents=kept)


def is_annotated(gold: Gold, layer: str) -> bool:
    """Whether any document of the gold is annotated in a layer."""
    return any(map(get_layers()[layer].annotated, gold.documents))


def evaluate_by_layer(system: System, gold: Mapping[str, Gold], options: Options) -> list[Evaluation]:
    """What each run scores, every layer on documents of its own."""
    return [
        _joined([evaluate(one.documents, run, layers=layers, options=options) for one, layers in _grouped(gold)])
        for run in system.runs
    ]


def outcomes_by_layer(system: System, gold: Mapping[str, Gold], options: Options) -> list[Outcomes]:
    """Item by item what each run got right, every layer on documents of its own."""
    parts = [system.outcomes(one, layers, options) for one, layers in _grouped(gold)]
    return [
        Outcomes(
            {key: right for part in parts for key, right in part[number].right.items()},
            {key: text for part in parts for key, text in part[number].texts.items()},
        )
        for number in range(len(system.runs))
    ]


def _joined(parts: Sequence[Evaluation]) -> Evaluation:
    return Evaluation(
        tuple(tally for part in parts for tally in part.tallies),
        tuple(score for part in parts for score in part.scores),
        tuple(layer for part in parts for layer in part.not_covered),
    )


def _grouped(gold: Mapping[str, Gold]) -> list[tuple[Gold, list[str]]]:
    """Layers with the same documents together, so that these are scored once."""
    groups: dict[tuple[str, ...], tuple[Gold, list[str]]] = {}
    for layer, one in gold.items():
        ids = tuple(item.document.doc_id for item in one.documents)
        groups.setdefault(ids, (one, []))[1].append(layer)
    return list(groups.values())


def _filled(documents: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {layer: names for layer, names in documents.items() if names}
