"""Answers to given holder-target pairs of a prediction line. Whether the gold asks a pair is checked elsewhere."""

from collections.abc import Sequence

from goldassay.formats.line_reading import LineReading
from goldassay.formats.prediction_line import StancePairItem
from goldassay.model.predictions import POLARITY_SIGN, PredictedPair
from goldassay.model.printable import quoted
from goldassay.model.stances import sign


def read_pairs(reading: LineReading, items: Sequence[StancePairItem]) -> tuple[PredictedPair, ...]:
    """The answers of the line; one without a side that can be read leaves its pair unanswered.

    A pair that is answered again is answered as the first time; the second answer stands for no pair.
    """
    answers: list[PredictedPair] = []
    first: dict[str, int] = {}
    for i, item in enumerate(items):
        at, before = f"stance_pairs[{i}]", reading.rejected
        invalid = ("stance_pairs", i) in reading.invalid
        answer = PredictedPair(id=item.id or None, sign=None) if invalid else _read_answer(reading, item, at)
        if item.id and first.setdefault(item.id, i) != i:
            found = f"{quoted(item.id)}, answered in stance_pairs[{first[item.id]}]"
            reading.reject("E301", at=f"{at}.id", found=found, expected="one answer a pair", fix="keep one of them")
            answer = PredictedPair(id=None, sign=answer.sign, grade=answer.grade)
        reading.dropped += invalid or reading.rejected > before
        answers.append(answer)
    return tuple(answers)


def _read_answer(reading: LineReading, item: StancePairItem, at: str) -> PredictedPair:
    said = POLARITY_SIGN[item.label] if item.label is not None else None
    graded = sign(item.grade) if item.grade is not None else None
    if said is None and graded is None:
        reading.reject("E104", at=at, found='neither "label" nor "grade"', expected="favor, neutral or against")
    elif said is not None and graded is not None and said != graded:
        found, expected = f"{item.label} with grade {item.grade}", "a label with the sign of the grade"
        reading.reject("E406", at=at, found=found, expected=expected, fix="leave one of them out")
        return PredictedPair(id=item.id or None, sign=None)
    return PredictedPair(id=item.id or None, sign=said if said is not None else graded, grade=item.grade)
