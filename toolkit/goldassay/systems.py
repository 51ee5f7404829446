"""L5: systems to compare: prediction files and folders, one run or many, read and scored on one gold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.checks.mapped_labels import check_gold_labels, read_mapped_predictions
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import Evaluation, evaluate
from goldassay.gold import Gold
from goldassay.item_outcomes import Outcomes, item_outcomes
from goldassay.layers import get_layers
from goldassay.layers.answers import says_nothing, unanswered_documents
from goldassay.layers.base import Options
from goldassay.measures.signature import format_signature
from goldassay.model.document import Document
from goldassay.model.finding import Finding
from goldassay.model.predictions import Prediction
from goldassay.naming import name_system
from goldassay.scoring import Ids, OnInvalid, check_layers, hash_predictions

PREDICTIONS, SCORES = "predictions.jsonl", "score.json"

SAME = ("corpus", "data", "fp", "split", "profile", "labels", "trim")
"""Parts of a signature in which results must agree to be compared."""

CHOSEN = {"profile": "none", "labels": "none", "trim": "none", "ids": "own"}
"""Parts of a signature that a command chooses anew, and their values where nothing is chosen."""


@dataclass(frozen=True, slots=True)
class System:
    """One system on one gold.

    runs        predictions by document id, one mapping a run (seed, sample)
    evaluations what each run scored
    """

    name: str
    runs: tuple[Mapping[str, Prediction], ...]
    evaluations: tuple[Evaluation, ...]
    findings: tuple[Finding, ...]

    def unanswered(self, gold: Gold) -> list[str]:
        """Documents of the gold for which some run has no line, or one without any layer; sorted."""
        ids = {item.document.doc_id for item in gold.documents}
        return sorted(
            doc_id for doc_id in ids if any(doc_id not in run or says_nothing(run[doc_id]) for run in self.runs)
        )

    def unanswered_in(self, layer: str, gold: Gold) -> list[str]:
        """Documents annotated in a layer to which some run has no answer there, sorted."""
        found = get_layers()[layer]
        return sorted({doc_id for run in self.runs for doc_id in unanswered_documents(found, gold.documents, run)})

    def hashes(self) -> list[str]:
        """What stands for the predictions of each run, as `predictions_sha256` of a score file does."""
        return [hash_predictions(run) for run in self.runs]

    def outcomes(self, gold: Gold, layers: Sequence[str] | None, options: Options) -> list[Outcomes]:
        """Item by item what each run got right."""
        return [item_outcomes(gold.documents, run, layers=layers, options=options) for run in self.runs]


def prediction_files(source: Path) -> list[Path]:
    """The prediction files of a system: the file itself, the one in its folder, or those of its run folders.

    Raises:
        UsageError: There is none.
    """
    if source.is_file():
        return [source]
    if (source / PREDICTIONS).is_file():
        return [source / PREDICTIONS]
    found = sorted(path for path in source.glob(f"*/{PREDICTIONS}") if path.is_file())
    if not found:
        raise UsageError(
            f"no predictions at {source}; expected a JSONL file, a folder with {PREDICTIONS}, "
            f"or a folder of runs that each hold {PREDICTIONS}"
        )
    return found


def read_system(
    source: Path,
    gold: Gold,
    *,
    layers: Sequence[str] | None = None,
    options: Options | None = None,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    others: Mapping[str, Document] | None = None,
) -> System:
    """Read a system's predictions and score every run of them.

    Args:
        source: A prediction file, a folder with one, or a folder of runs.
        gold: What they are scored on.
        layers: Layers to score; null for all that the predictions carry.
        options: Choices that can move a number.
        on_invalid: What happens to a file with errors.
        ids: Whose ids the predictions use.
        others: Documents that the gold lacks; predictions for them are left out instead of being errors.

    Raises:
        InvalidDataError: Predictions or gold have errors.
        UsageError: There are no predictions, or they were scored against another gold before.
    """
    check_layers(layers)
    chosen = options or Options()
    if unknown := check_gold_labels(gold.documents, chosen.labels):
        raise InvalidDataError(unknown)
    own = {item.document.doc_id: item.document for item in gold.documents}
    documents = {**(others or {}), **own}
    runs: list[Mapping[str, Prediction]] = []
    findings: list[Finding] = []
    files = prediction_files(source)
    for path in files:
        read = read_mapped_predictions(path, documents, chosen.labels, on_invalid=on_invalid, ids=ids)
        findings += read.findings
        names = list(dict.fromkeys(item.run for item in read.predictions)) or [None]
        kept = [item for item in read.predictions if item.doc_id in own]
        runs += [{item.doc_id: item for item in kept if item.run == name} for name in names]
    if on_invalid == "error" and any(item.severity == "error" for item in findings):
        raise InvalidDataError(findings)
    evaluations = tuple(evaluate(gold.documents, run, layers=layers, options=chosen) for run in runs)
    return System(name_system(source, files), tuple(runs), evaluations, tuple(findings))


def stored_signature(predictions: Path) -> str | None:
    """The signature of the score file that `goldassay score --out` wrote beside these predictions; null for none."""
    path = predictions.parent / SCORES
    if predictions.name != PREDICTIONS or not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=SignedHead).signature
    except (msgspec.DecodeError, OSError):
        return None


class SignedHead(msgspec.Struct, frozen=True):
    """The part of a score file that says what it was scored against."""

    signature: str


def signature_parts(signature: str) -> dict[str, str]:
    """The keys of a signature that must be the same in two results.

    >>> signature_parts("goldassay:entities|corpus:news|data:1.0.0|tool:0.3.0")
    {'corpus': 'news', 'data': '1.0.0'}
    """
    parts = dict(part.split(":", 1) for part in signature.split("|")[1:] if ":" in part)
    return {key: parts[key] for key in dict.fromkeys((*SAME, *CHOSEN)) if key in parts}


def refuse_mixed(sources: Sequence[Path], options: Options | None = None) -> None:
    """Refuse results that were scored against different gold, or by different rules, in any of their runs.

    Args:
        sources: Prediction files and folders, as `read_system` takes them.
        options: What is chosen now; a result that was scored with something else chosen is refused as well. Null where
            nothing of that is asked.

    Raises:
        UsageError: Shows the signatures that differ, one under the other; or names the option to give.
    """
    files = [file for source in sources for file in prediction_files(source)]
    signed = {file.parent: signature for file in files if (signature := stored_signature(file)) is not None}
    if len({tuple(signature_parts(signature).items()) for signature in signed.values()}) > 1:
        lines = "\n".join(f"  {source}: {signature}" for source, signature in signed.items())
        raise UsageError(
            f"these results cannot be compared: their signatures differ in gold or rules\n{lines}\n"
            "Score the predictions again against one gold (`goldassay score PRED --out DIR`)"
        )
    for source, signature in signed.items() if options is not None else ():
        _refuse_other_choice(source, signature_parts(signature), options or Options())


def _refuse_other_choice(source: Path, parts: Mapping[str, str], options: Options) -> None:
    """Refuse a result whose stored numbers came from a choice that would be dropped now without a word."""
    labels = "none" if options.labels is None else options.labels.name
    chosen = {"labels": labels, "trim": "+".join(options.trim) or "none", "ids": "gold" if options.gold_ids else "own"}
    now = CHOSEN | signature_parts(format_signature("none", chosen))
    for key, usual in CHOSEN.items():
        value = parts.get(key, usual)
        if value in (usual, now[key]):
            continue
        word = value.partition("@")[0].replace("+", ",") if key == "trim" else value.partition("@")[0]
        again = f"score it again without (`goldassay score {source} --out {source}`)"
        if key == "profile":
            name = value.rpartition(".")[0] or value
            raise UsageError(
                f"{source} was scored with --profile {name}; systems are compared by goldassay's own measures alone. "
                f"To compare by these, {again}"
            )
        raise UsageError(f"{source} was scored with --{key} {word}, which is not asked for now; give it, or {again}")
