"""Offsets that are all off by one step are told by cut words and by the gold, and nothing is said of sound ones."""

import random

import msgspec
import pytest
from prediction_reading import document

from goldassay.formats.misplaced import MOVES, diagnose_moved
from goldassay.model.predictions import PredictedMention, Prediction
from goldassay.model.record import Span

WORDS = "Zenda", "Mora", "Strelsau", "Ruritania", "Dol"
TEXT = " met ".join(WORDS * 3) + "."
GOLD: list[Span] = []
for _word in WORDS * 3:
    _start = (GOLD[-1][1] + len(" met ")) if GOLD else 0
    GOLD.append((_start, _start + len(_word)))
DOCUMENT = msgspec.structs.replace(document("d1", TEXT), text=TEXT)
GOLD_SPANS = {"d1": {(span,) for span in GOLD}}


def said(*spans: Span) -> list[Prediction]:
    mentions = tuple(PredictedMention(spans=(span,), type="GPE") for span in spans)
    return [Prediction(doc_id="d1", mentions=mentions)]


def told(predictions: list[Prediction], *, gold: bool = True) -> str | None:
    found = diagnose_moved([DOCUMENT], predictions, GOLD_SPANS if gold else None)
    assert found is None or (found.code, found.severity) == ("E204", "info")
    return None if found is None else found.found


def test_the_example_is_what_it_says() -> None:
    assert [TEXT[start:end] for start, end in GOLD] == list(WORDS * 3)


def test_inclusive_ends() -> None:
    moved = [(start, end - 1) for start, end in GOLD]
    assert told(said(*moved[:14])) == (
        "14 of 14 mentions end inside a word; with every end moved by +1, 14 more would match the gold: inclusive ends?"
    )
    assert told(said(*moved[:14]), gold=False) == "14 of 14 mentions end inside a word"


def test_counting_from_one() -> None:
    # The first offset of the first word is 0, so that all but it can be given one too large.
    ones = [(start + 1, end + 1) for start, end in GOLD]
    words = "with every start and end moved by -1, 15 more would match the gold: counted from 1?"
    assert str(told(said(*ones))).endswith(words)
    inclusive = [(start + 1, end) for start, end in GOLD]
    found = str(told(said(*inclusive)))
    assert found.startswith("15 of 15 mentions begin inside a word; with every start moved by -1, 15 more")
    assert found.endswith(": counted from 1, with inclusive ends?")


def test_most_have_to_be_cut_and_two_at_least() -> None:
    cut = [(start, end - 1) for start, end in GOLD]
    assert told(said(*cut[:1])) is None
    assert told(said(*cut[:2])) is not None
    assert told(said(*cut[:2], *GOLD[2:4])) is None  # two of four are not most
    assert str(told(said(*cut[:3], *GOLD[3:5]))).startswith("3 of 5 mentions end inside a word")


def test_a_shift_between_words_is_told_by_the_gold_alone() -> None:
    """With the word before it each mention stands at whole words; the gold says that all start four too early."""
    wide = [(start - 4, end) for start, end in GOLD[1:]]
    assert told(said(*wide), gold=False) is None
    words = "0 of 14 mentions match the gold; with every start moved by +4, 14 more would match the gold"
    assert told(said(*wide)) == words
    # Seven right ones beside seven of these: half is not most.
    assert told(said(*wide[:7], *GOLD[8:])) is None


def test_gold_inside_words_is_no_sign_of_an_error() -> None:
    parts = [(start, end - 1) for start, end in GOLD]
    assert diagnose_moved([DOCUMENT], said(*parts), {"d1": {(span,) for span in parts}}) is None


def test_sound_and_empty_predictions_are_left_in_peace() -> None:
    assert told(said(*GOLD)) is None
    assert told(said(*GOLD), gold=False) is None
    assert told([]) is None
    assert told([Prediction(doc_id="d1", mentions=(PredictedMention(spans=(), type="GPE", text="Bern"),) * 4)]) is None
    assert told([Prediction(doc_id="d9", mentions=(PredictedMention(spans=((1, 2),), type="GPE"),) * 4)]) is None


@pytest.mark.parametrize("move", MOVES)
def test_every_move_is_found_and_undone(move: tuple[int, int]) -> None:
    text = "x " * 20 + TEXT + " x" * 20
    gold = [(start + 40, end + 40) for start, end in GOLD]
    spans = [(start - move[0], end - move[1]) for start, end in gold]
    spans = [span for span in spans if span[0] < span[1]]
    found = diagnose_moved(
        [msgspec.structs.replace(DOCUMENT, text=text)], said(*spans), {"d1": {(span,) for span in gold}}
    )
    assert found is not None
    assert f"{len(spans)} more would match the gold" in found.found


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [msgspec.structs.replace(DOCUMENT, doc_id=f"d{n}") for n in range(4)]
    cut = [(start, end - 1) for start, end in GOLD]
    predictions = [msgspec.structs.replace(said(*cut[n:])[0], doc_id=f"d{n}") for n in range(4)]
    gold = {f"d{n}": GOLD_SPANS["d1"] for n in range(4)}
    first = diagnose_moved(documents, predictions, gold)
    random.Random(3).shuffle(predictions)
    assert diagnose_moved(documents[::-1], predictions, gold) == first
