"""L5: what a harness has in the end: one answer a document. All are scored together, like a file."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import msgspec

from goldassay.errors import InvalidDataError, UsageError
from goldassay.extract.chat import read_answers
from goldassay.gold import Gold, load_gold
from goldassay.layers import get_layers
from goldassay.layers.base import Options
from goldassay.measures.measure import Measure, suggest
from goldassay.measures.totals import ALL
from goldassay.model.document import Document
from goldassay.model.finding import Finding, Where, format_finding
from goldassay.model.printable import printable
from goldassay.model.scorefile import Interval, Score, ScoreFile
from goldassay.report.table import HEADLINES
from goldassay.resampling import Resampling
from goldassay.scoring import DEFAULT_RESAMPLING, NamedBytes, Scored, score_predictions
from goldassay.signing import sign_options

Policy = Literal["auto", "error", "drop", "repair"]
"""What becomes of answers that break the rules. error, drop, repair: as `goldassay score --on-invalid`. auto: `error`
where every answer keeps the rules, else `drop`, so that one bad item costs itself and not the whole evaluation."""

NAME = "<answers>"
"""What findings call the answers, which stand in no file."""

_SHOWN = 400
"""Characters of a finding in a sentence."""


class InvalidAnswersError(InvalidDataError):
    """Answers break the rules, and `on_invalid` is `error`."""

    def __str__(self) -> str:
        """What is wrong, and the way to a number.

        >>> from goldassay.model.finding import finding
        >>> bad = finding("E106", found='"CITY"', expected="GPE", file=NAME, line=3, doc_id="d1", field="mentions[0]")
        >>> str(InvalidAnswersError([bad])).split("; ")[0]
        '1 error in the answer about d1, so on_invalid=error gives no number'
        """
        errors = [item for item in self.findings if item.severity == "error"]
        doc_ids = list(dict.fromkeys(str(item.where.doc_id) for item in errors))
        about = f"answers about {len(doc_ids)} documents" if len(doc_ids) > 1 else f"answer about {doc_ids[0]}"
        # Answers stand in no file: the document is the place.
        where = Where(doc_id=errors[0].where.doc_id, field=errors[0].where.field)
        first = format_finding(msgspec.structs.replace(errors[0], where=where))
        end = "" if first.endswith("?") else "."
        return printable(
            f"{len(errors)} error{'s' if len(errors) > 1 else ''} in the {about}, so on_invalid=error gives no number; "
            f"the first: {first[:_SHOWN]}{end} on_invalid=drop counts such items as wrong",
            limit=_SHOWN * 2,
        )


@dataclass(frozen=True, slots=True)
class Headline:
    """The number to quote of one layer, 0 to 1, NaN where it is undefined (0/0).

    interval   that of F1
    answered   documents annotated in the layer with an answer that could be read, as a share
    """

    precision: float
    recall: float
    f1: float
    interval: Interval
    answered: float


def check_policy(name: str) -> Policy:
    """The policy of this name.

    Raises:
        UsageError: There is none.

    >>> check_policy("drop")
    'drop'
    """
    for policy in get_args(Policy):
        if policy == name:
            return policy  # type: ignore[no-any-return]
    raise UsageError(f"on_invalid={name!r} is no policy; {suggest(name, list(get_args(Policy)))}")


def load_task_gold(gold: str | None, split: str | None, layer: str) -> Gold:
    """The gold of a task, as `--gold` and `--split` name it.

    Raises:
        UsageError: There is none, or no document of it is annotated in the layer.
        InvalidDataError: It has errors.
    """
    loaded = load_gold(None if gold is None else Path(gold), split=split)
    if not list_documents(loaded, layer):
        raise UsageError(f"no document of {loaded.name} is annotated in {layer}; there is nothing to ask")
    return loaded


def list_documents(gold: Gold, layer: str) -> list[Document]:
    """The documents to ask about: those annotated in the layer."""
    annotated = get_layers()[layer].annotated
    return [item.document for item in gold.documents if annotated(item)]


def read_answer(doc_id: str, text: str) -> tuple[str | None, list[Finding]]:
    r"""The prediction line of an answer, and what is wrong with an answer that gives none.

    A whole prediction line about the document (it says the id, which no prompt does) is taken as it stands: so systems
    that are no chat models are replayed. Every other answer is read as `goldassay prompt read` reads it.

    >>> read_answer("d1", 'Here:\n{"stances": []}')[0]
    '{"doc_id": "d1", "stances": []}'
    >>> [finding.code for finding in read_answer("d1", "I cannot say.")[1]]
    ['E102']
    """
    if _is_line(doc_id, text):
        # Line ends inside JSON stand between its tokens only.
        return text.strip().replace("\r", " ").replace("\n", " "), []
    found = list(read_answers([json.dumps({"doc_id": doc_id, "answer": text}).encode()], file=NAME))
    lines = [json.dumps(item, ensure_ascii=False) for item in found if not isinstance(item, Finding)]
    return (lines[0] if lines else None), [item for item in found if isinstance(item, Finding)]


def _is_line(doc_id: str, text: str) -> bool:
    try:
        value = msgspec.json.decode(text)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("doc_id") == doc_id


def score_lines(lines: Mapping[str, str | None], gold: Gold, layer: str, on_invalid: Policy = "auto") -> Scored:
    """Score prediction lines, by document, against all of the gold; documents without one count as empty.

    Raises:
        InvalidAnswersError: The policy is `error` and lines have errors.
    """
    if on_invalid != "auto":
        return _score(lines, gold, layer, on_invalid, DEFAULT_RESAMPLING)
    try:
        return _score(lines, gold, layer, "error", DEFAULT_RESAMPLING)
    except InvalidAnswersError:
        return _score(lines, gold, layer, "drop", DEFAULT_RESAMPLING)


def score_runs(
    runs: Iterable[Mapping[str, str | None]], gold: Gold, layer: str, on_invalid: Policy = "auto"
) -> list[ScoreFile]:
    """Score several runs, all under one signature: where one has an answer that breaks the rules, all drop such items.

    Raises:
        InvalidAnswersError: The policy is `error` and lines have errors.
    """
    kept = list(runs)
    files = [score_lines(lines, gold, layer, on_invalid).file for lines in kept]
    if len({file.signature for file in files}) > 1:
        files = [score_lines(lines, gold, layer, "drop").file for lines in kept]
    return files


def _score(
    lines: Mapping[str, str | None],
    gold: Gold,
    layer: str,
    on_invalid: Literal["error", "drop", "repair"],
    resampling: Resampling | None,
) -> Scored:
    # A file without a line is a mistake, but that no answer could be read is a result: a line that says nothing has it.
    nothing = json.dumps({"doc_id": gold.documents[0].document.doc_id})
    written = "".join(f"{line}\n" for line in lines.values() if line is not None) or nothing
    source = NamedBytes(written.encode("utf-8", errors="surrogatepass"), NAME)
    try:
        return score_predictions(
            source, gold, layers=[layer], on_invalid=on_invalid, resampling=resampling, allow_empty=True
        )
    except InvalidDataError as error:
        raise InvalidAnswersError(error.findings) from None


def count_line(
    doc_id: str, line: str | None, gold: Gold, layer: str, on_invalid: Policy = "auto"
) -> tuple[dict[str, float], list[Finding]]:
    """The counts behind the headline number in one document, and what is wrong with its line.

    `gold`, `predicted`: sizes. `credit_gold`, `credit_predicted`: what of them is right. They add up over documents to
    those of the corpus.
    """
    alone = replace(gold, documents=tuple(item for item in gold.documents if item.document.doc_id == doc_id))
    # Answers that keep the rules count the same under every policy, and one that does not must not end the evaluation
    # here: whether it is refused is decided when all are there.
    try:
        file = _score({doc_id: line}, alone, layer, "repair" if on_invalid == "repair" else "error", None).file
        findings: Sequence[Finding] = file.findings
    except InvalidAnswersError as refused:
        file, findings = _score({doc_id: line}, alone, layer, "drop", None).file, refused.findings
    counts = _headline_scores(file, layer)["f1"].counts
    told = [item for item in findings if item.code != "E305"]  # that there is no line has another reason
    return {name: counts[name] for name in ("gold", "predicted", "credit_gold", "credit_predicted")}, told


def read_headline(file: ScoreFile, layer: str, answered: int) -> Headline:
    """The headline number of a layer with its precision and recall, from a score file.

    `answered` is the number of documents with an answer.
    """
    scores = _headline_scores(file, layer)
    precision, recall, f1 = (
        math.nan if scores[name].value is None else float(scores[name].value or 0.0)
        for name in ("precision", "recall", "f1")
    )
    return Headline(precision, recall, f1, scores["f1"].interval, answered / scores["f1"].n_documents)


def _headline_scores(file: ScoreFile, layer: str) -> dict[str, Score]:
    """By statistic."""
    measure = headline_measure(layer)
    found = {score.measure: score for score in file.scores if score.group == ALL}
    return {name: found[str(replace(measure, statistic=name))] for name in ("precision", "recall", "f1")}


def headline_measure(layer: str) -> Measure:
    """The measure to quote of a layer.

    >>> str(headline_measure("stances"))
    'stances.f1(match=sign,view=opinion,avg=micro)'
    """
    return next(measure for measure, _ in HEADLINES if measure.layer == layer)


def list_signatures(gold: Gold, layer: str, on_invalid: Policy) -> list[str]:
    """The signatures that a result can have: one for a policy, two for `auto`."""
    policies: Sequence[str] = ("error", "drop") if on_invalid == "auto" else (on_invalid,)
    return [sign_options(gold, [layer], Options(), DEFAULT_RESAMPLING, on_invalid=policy) for policy in policies]
