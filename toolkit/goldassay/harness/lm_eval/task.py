"""The functions that the task files name: questions out, raw answers through, one division at the end."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from goldassay.errors import UsageError
from goldassay.extract.chat import build_messages
from goldassay.harness.answers import (
    Headline,
    check_policy,
    list_documents,
    load_task_gold,
    read_answer,
    read_headline,
    score_lines,
)
from goldassay.measures.signature import short_signature as shorten
from goldassay.report.table import format_interval

if TYPE_CHECKING:
    from datasets import Dataset

METRICS = ("f1", "precision", "recall", "f1_interval", "answered", "short_signature")
TOLD = ("layer", "gold", "split", "on_invalid", "fingerprint")
"""What every question carries along, so that its answer can be scored by itself."""

Answer = dict[str, Any]
"""`doc_id`, `answer` (the text as it came) and what `TOLD` names."""


def build_dataset(
    *, layer: str, gold: str | None = None, split: str | None = None, on_invalid: str = "auto", **_: Any
) -> "dict[str, Dataset]":
    """The questions, one a document.

    Args:
        layer: The layer to ask for.
        gold: A checkout, or a JSONL file of gold lines; by default the corpus.
        split: The split of the corpus; needed only where it has several.
        on_invalid: What becomes of answers that break the rules: auto, error, drop or repair.
        _: lm-eval also passes the metadata of the task and the arguments of the model.
    """
    from datasets import Dataset

    check_policy(on_invalid)
    loaded = load_task_gold(gold, split, layer)
    told = dict(zip(TOLD, (layer, gold, split, on_invalid, loaded.fingerprint), strict=True))
    rows = []
    for document in list_documents(loaded, layer):
        system, user = build_messages(document, [layer])
        rows.append({"doc_id": document.doc_id, "system": system["content"], "user": user["content"], **told})
    return {"test": Dataset.from_list(rows)}


def process_results(doc: dict[str, Any], results: Sequence[str]) -> dict[str, Answer]:
    """The answer as it came, under the name of every metric: nothing is counted until all are there."""
    answer = {"doc_id": doc["doc_id"], "answer": results[0], **{name: doc[name] for name in TOLD}}
    return dict.fromkeys(METRICS, answer)


@lru_cache(maxsize=1)
def _score(answers: tuple[tuple[str, str], ...], told: tuple[str | None, ...]) -> tuple[Headline, str]:
    """The headline and the signature of all answers together; kept for the metrics, which all ask for them."""
    layer, gold, split, on_invalid, fingerprint = told
    loaded = load_task_gold(gold, split, str(layer))
    if loaded.fingerprint != fingerprint:
        raise UsageError(f"the gold of {loaded.name} has changed while its questions were answered; start again")
    lines = {doc_id: read_answer(doc_id, text)[0] for doc_id, text in answers}
    file = score_lines(lines, loaded, str(layer), check_policy(str(on_invalid))).file
    answered_ = sum(line is not None for line in lines.values())
    return read_headline(file, str(layer), answered_), file.signature


def _score_all(items: Sequence[Answer]) -> tuple[Headline, str]:
    answers = tuple((str(item["doc_id"]), str(item["answer"])) for item in items)
    return _score(answers, tuple(items[0][name] for name in TOLD))


def f1(items: Sequence[Answer]) -> float:
    """F1 of the layer's headline number."""
    return _score_all(items)[0].f1


def precision(items: Sequence[Answer]) -> float:
    """Precision of the layer's headline number."""
    return _score_all(items)[0].precision


def recall(items: Sequence[Answer]) -> float:
    """Recall of the layer's headline number."""
    return _score_all(items)[0].recall


def f1_interval(items: Sequence[Answer]) -> str:
    """`[low, high]` of the bootstrap, `low…high` where one document is left out, a dash for neither."""
    return format_interval(_score_all(items)[0].interval)


def answered(items: Sequence[Answer]) -> float:
    """The share of documents with an answer that could be read."""
    return _score_all(items)[0].answered


def score_signature(items: Sequence[Answer]) -> str:
    """The signature of these numbers."""
    return _score_all(items)[1]


def short_signature(items: Sequence[Answer]) -> str:
    """The short form of their signature, for the table that lm-eval prints."""
    return shorten(score_signature(items))
