"""TAT-QA's answer scorer: exact match and F1 of one written-out string an answer, and the scale beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from goldassay.profiles.answers import bag_f1, normalise_answer
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.tatqa_numbers import write_answer, write_unrounded, write_word

SCALES = ("", "thousand", "million", "billion", "percent")
NUMERIC = ("arithmetic", "count")
"""Types of answer whose F1 is exact match."""

Answer = Mapping[str, Any]


class AnswerScore(NamedTuple):
    """What one question adds to the three sums; each 0 or 1, but F1 anything between."""

    em: float = 0.0
    f1: float = 0.0
    scale: float = 0.0


def normalise(text: str) -> str:
    """An answer as it is compared.

    >>> normalise("The 75th Summit"), normalise("12.5000"), normalise("about 5 ships")
    ('75th summit', '12.5', 'about 5 ships')
    """
    return normalise_answer(text, " ", write_word)


def compare_strings(gold: str, predicted: str) -> tuple[float, float]:
    """Exact match, and F1 of the bags of words to two decimals.

    >>> compare_strings("2018.0000 2019.0000", "2019.0000")
    (0.0, 0.67)
    """
    right, found = normalise(gold), normalise(predicted)
    return float(right == found), float(np.round(bag_f1(set(right.split()), set(found.split())), 2))


def list_parts(gold: Answer) -> list[Any] | NoAnswer:
    """The parts of a gold answer; a count is cut to a whole number.

    >>> list_parts({"answer_type": "count", "answer": 4.7})
    ['4']
    """
    answer, kind = gold["answer"], gold["answer_type"]
    if kind in ("span", "multi-span"):
        return answer if isinstance(answer, list) else NoAnswer("the spans are no list; the original stops")
    if kind != "count":
        return [str(answer)]
    try:
        return [str(int(answer))]
    except (TypeError, ValueError, OverflowError):
        return NoAnswer("a count is no number; the original raises")


def score_answer(gold: Answer, predicted: Answer | None) -> AnswerScore | NoAnswer:
    """One question. A prediction that is missing, 0, empty text or an empty list scores 0 everywhere.

    >>> gold = {"answer_type": "arithmetic", "answer": 5.2, "scale": "million"}
    >>> score_answer(gold, {"answer": 5200, "scale": "thousand"})
    AnswerScore(em=1.0, f1=1.0, scale=0.0)
    >>> score_answer({"answer_type": "count", "answer": 0, "scale": ""}, {"answer": 0, "scale": ""})
    AnswerScore(em=0.0, f1=0.0, scale=0.0)
    """
    if gold["scale"] not in SCALES:
        return NoAnswer(f"the scale {gold['scale']!r} of the gold is none of the five; the original raises")
    if predicted is None or not predicted["answer"]:
        return AnswerScore()
    right, scale = list_parts(gold), predicted.get("scale", "")
    if isinstance(right, NoAnswer):
        return right
    if not right:
        return AnswerScore()
    if not isinstance(scale, str):
        return NoAnswer("the scale of a prediction is no text; the original raises where the answer is a number")
    parts = predicted["answer"] if isinstance(predicted["answer"], list) else [predicted["answer"]]
    try:
        target, forms = write_answer(right, gold["scale"]), [write_answer(parts, scale)]
        forms += [form for part in parts[: len(parts) == 1] if (form := write_unrounded(part, scale)) is not None]
        em, f1 = max(compare_strings(target, form) for form in forms)
    except TypeError:
        return NoAnswer("an answer mixes text and numbers, which cannot be sorted; the original raises")
    except (OverflowError, ValueError):
        return NoAnswer("a number is too large; the original raises")
    return AnswerScore(em, em if gold["answer_type"] in NUMERIC else f1, float(scale == gold["scale"]))


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Means over the questions of the gold, 0 if there is none; a question that gold lacks is ignored."""
    read: list[AnswerScore] = []
    for document in documents:
        gold, predicted = document["gold"], document["predicted"] or [None]
        if gold is None:
            continue
        if len(gold) != 1 or len(predicted) != 1 or not isinstance(gold[0], Mapping):
            return NoAnswer(f"document {document['doc_id']!r} is no question with one answer a side")
        found = score_answer(gold[0], predicted[0])
        if isinstance(found, NoAnswer):
            return NoAnswer(f"document {document['doc_id']!r}: {found.reason}")
        read.append(found)
    sums = map(sum, zip(*read, strict=True)) if read else AnswerScore()
    return {key: total / max(1, len(read)) for key, total in zip(AnswerScore._fields, sums, strict=True)}


TATQA = Profile(
    name="tatqa",
    kind="answers",
    scorers=("tatqa",),
    tolerance=1e-9,
    quirks=(
        "The parts of each side's answer are sorted and joined to one string; numbers in it are rounded to two "
        "decimals before they are scaled. A scale word inside the number and the scale beside it multiply; a per cent "
        "sign leaves the scale beside it out. Brackets make a number negative. A number without a scale is tried "
        "unrounded as well, so 0.125 is 12.5 per cent. A prediction of 0, like an empty or missing one, scores 0 "
        "whatever the gold. F1 is over words of the joined string; that of counts and sums is exact match."
    ),
    score=score,
)
