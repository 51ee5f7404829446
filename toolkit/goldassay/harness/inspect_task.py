"""Tasks, scorer, metrics and the replay model of inspect_ai, which finds them through the entry point `inspect_ai`.

The metrics see all answers at once and score them as the command line does. The mean over samples that inspect_ai takes
by default would be another number: F1 of a corpus is no mean of its documents' F1.
"""

import logging
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, Value, metric, scorer
from inspect_ai.solver import TaskState

from goldassay._version import __version__
from goldassay.errors import UsageError
from goldassay.extract.chat import build_messages, prompt_version
from goldassay.harness.answers import (
    Headline,
    InvalidAnswersError,
    check_policy,
    count_line,
    headline_measure,
    list_documents,
    list_signatures,
    load_task_gold,
    read_answer,
    read_headline,
    score_runs,
)
from goldassay.harness.inspect_errors import plain_refusals
from goldassay.harness.inspect_replay import goldassay_replay
from goldassay.model.document import Document
from goldassay.report.findings import render_findings

__all__ = [
    "answer_counts",
    "corpus_scores",
    "goldassay_entities",
    "goldassay_numeric_facts",
    "goldassay_replay",
    "goldassay_stances",
]

logger = logging.getLogger(__name__)


@task
def goldassay_entities(gold: str | None = None, split: str | None = None, on_invalid: str = "auto") -> Task:
    """Mentions of entities; strict F1 of names.

    Args:
        gold: A checkout, or a JSONL file of gold lines; by default the corpus.
        split: The split of the corpus; needed only where it has several.
        on_invalid: What becomes of answers that break the rules: auto, error, drop or repair.
    """
    return _build_task("entities", gold, split, on_invalid)


@task
def goldassay_stances(gold: str | None = None, split: str | None = None, on_invalid: str = "auto") -> Task:
    """Who takes which side on what; F1 at +sign. Arguments as of `goldassay_entities`."""
    return _build_task("stances", gold, split, on_invalid)


@task
def goldassay_numeric_facts(gold: str | None = None, split: str | None = None, on_invalid: str = "auto") -> Task:
    """Which numbers are stated about what; value F1. Arguments as of `goldassay_entities`."""
    return _build_task("numeric_facts", gold, split, on_invalid)


def _build_task(layer: str, gold: str | None, split: str | None, on_invalid: str) -> Task:
    with plain_refusals():
        loaded, policy = load_task_gold(gold, split, layer), check_policy(on_invalid)
    signatures = list_signatures(loaded, layer, policy)
    told: dict[str, Any] = {"layer": layer, "gold": gold, "split": split, "on_invalid": on_invalid}
    return Task(
        dataset=MemoryDataset(
            [_build_sample(document, layer) for document in list_documents(loaded, layer)], name=loaded.name
        ),
        scorer=answer_counts(**told),
        # One of them gives values: a metric says its signature as a parameter, and what it is depends on the answers.
        metrics=[corpus_scores(signature, **told) for signature in signatures],
        version=prompt_version(),
        metadata={
            "measure": str(headline_measure(layer)),
            "prompt": prompt_version(),
            "corpus": loaded.name,
            "version": loaded.version,
            "split": loaded.split,
            "fingerprint": loaded.fingerprint,
            "tool": __version__,
        },
    )


def _build_sample(document: Document, layer: str) -> Sample:
    """The question about a document. Its id is in the metadata of the message, which no provider sends to a model."""
    system, user = build_messages(document, [layer])
    messages: list[ChatMessage] = [
        ChatMessageSystem(content=system["content"]),
        ChatMessageUser(content=user["content"], metadata={"doc_id": document.doc_id}),
    ]
    return Sample(input=messages, id=document.doc_id)


@scorer(metrics=[])
def answer_counts(layer: str, gold: str | None = None, split: str | None = None, on_invalid: str = "auto") -> Scorer:
    """Counts of one document; its prediction line is kept for the metrics."""
    with plain_refusals():
        loaded, policy = load_task_gold(gold, split, layer), check_policy(on_invalid)
    refused: set[str] = set()

    async def score(state: TaskState, target: Target) -> Score:
        """Read the answer and count; the target is not used, the gold is more than a string."""
        doc_id, text = str(state.sample_id), state.output.completion
        line, findings = read_answer(doc_id, text)
        counts, wrong = count_line(doc_id, line, loaded, layer, policy)
        findings += wrong
        if policy == "error" and not refused and any(item.severity == "error" for item in wrong):
            refused.add(doc_id)
            logger.warning(
                "%s. Others may have errors, too: see the explanation of each sample", InvalidAnswersError(wrong)
            )
        return Score(
            value=dict(counts),
            answer=text,
            explanation=render_findings(findings) if findings else None,
            metadata={"prediction": line, "epoch": state.epoch},
        )

    return score


@metric(scores="unreduced")
def corpus_scores(
    signature: str, layer: str, gold: str | None = None, split: str | None = None, on_invalid: str = "auto"
) -> Metric:
    """Precision, recall and F1 of all answers together, of several epochs their means.

    No values where the result has another signature than `signature`, which is then another metric's. Where errors are
    refused there is only their number: inspect_ai would show an exception here as a task to be resumed.
    """
    with plain_refusals():
        policy = check_policy(on_invalid)

    def compute(scores: list[SampleScore]) -> Value:
        with plain_refusals():
            loaded = load_task_gold(gold, split, layer)
            possible = list_signatures(loaded, layer, policy)
            if signature not in possible:
                raise UsageError(
                    f"the answers were asked for under another signature ({signature}); today's is {possible[0]}: "
                    "the gold or goldassay has changed since, so make a new evaluation"
                )
        runs = _collect_runs(scores)
        try:
            files = score_runs(runs, loaded, layer, policy)
        except InvalidAnswersError as refused:
            return {"errors": sum(item.severity == "error" for item in refused.findings)}
        if not files or files[0].signature != signature:
            return {}
        answered = [sum(line is not None for line in lines.values()) for lines in runs]
        return _mean_values([read_headline(file, layer, n) for file, n in zip(files, answered, strict=True)])

    return compute


def _collect_runs(scores: list[SampleScore]) -> list[dict[str, str | None]]:
    """The prediction lines of each epoch by document."""
    runs: dict[int, dict[str, str | None]] = {}
    for item in scores:
        told = item.score.metadata or {}
        runs.setdefault(int(told["epoch"]), {})[str(item.sample_id)] = told["prediction"]
    return list(runs.values())


def _mean_values(runs: list[Headline]) -> dict[str, str | int | float | bool | None]:
    """By name; the ends of an interval only for one run that has one, under names that say which kind it is."""
    values: dict[str, str | int | float | bool | None] = {
        name: sum(float(getattr(run, name)) for run in runs) / len(runs)
        for name in ("f1", "precision", "recall", "answered")
    }
    interval = runs[0].interval
    if len(runs) == 1 and interval.low is not None and interval.high is not None:
        values |= {f"f1_{interval.kind}_low": interval.low, f"f1_{interval.kind}_high": interval.high}
    return values
