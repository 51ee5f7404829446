"""Which errors `--top-errors` prints: kinds take turns, and what has no place in the text is not left out."""

from itertools import permutations

from goldassay.error_records import ErrorLog
from goldassay.model.error_record import ErrorRecord
from goldassay.report.errors import choose_blocks, error_blocks, render_top_errors


def record(doc_id: str, start: int | None, verdict: str, layer: str = "entities", said: str = "Oslo") -> ErrorRecord:
    """A gold item, a predicted one or, of any other verdict, a pair; in the sentence that starts there."""
    sides = {"missed": (True, False), "spurious": (False, True)}.get(verdict, (True, True))
    spans = () if start is None else ((start, start + 4),)
    return ErrorRecord(
        layer=layer,
        view={"entities": "names", "stances": "opinion"}[layer],
        doc_id=doc_id,
        gold="m1" if sides[0] else None,
        predicted=0 if sides[1] else None,
        verdict=verdict,
        gold_text="Oslo" if sides[0] else None,
        predicted_text=said if sides[1] else None,
        gold_label="GPE" if sides[0] else None,
        predicted_label="ORG" if sides[1] else None,
        gold_spans=spans if sides[0] else (),
        predicted_spans=spans if sides[1] else (),
        overlap=None,
        sentence=None if start is None else (start, start + 9),
        sentence_text=None if start is None else "Oslo won.",
        reason=None if start is not None else f"“{said}” does not stand in the text",
    )


# d1: sentences 0, 10 and 20 with 3, 2 and 1 missed names; 30 a spurious one; 40 a wrong type. Two without a place.
MISSED = [record("d1", start, "missed") for start, times in ((0, 3), (10, 2), (20, 1)) for _ in range(times)]
OTHERS = [record("d1", 30, "spurious"), record("d1", 40, "type")]
UNPLACED = [record("d1", None, "spurious", said="Bern"), record("d1", None, "spurious", "stances", "Elvis on fish")]


def chosen(records: list[ErrorRecord], limit: int) -> list[str]:
    blocks = choose_blocks(error_blocks(ErrorLog(records=records)), limit)
    return [str(one.records[0].predicted_text if one.records[0].sentence is None else one.weight) for one in blocks]


def test_kinds_take_turns_and_the_costliest_kind_begins() -> None:
    # Wrong items: missed 6, type 2, spurious 1 with a place and 1 without, 1 stance without.
    assert chosen([*MISSED, *OTHERS, *UNPLACED], 5) == ["3", "2", "Bern", "1", "Elvis on fish"]
    assert chosen([*MISSED, *OTHERS, *UNPLACED], 7) == ["3", "2", "Bern", "1", "Elvis on fish", "2", "1"]


def test_two_of_twenty_are_not_both_misses() -> None:
    records = [record("d1", 10 * n, "missed") for n in range(19)] + [record("d2", 0, "spurious")]
    kinds = [one.records[0].verdict for one in choose_blocks(error_blocks(ErrorLog(records=records)), 2)]
    assert kinds == ["missed", "spurious"]


def test_a_sentence_counts_as_a_turn_of_every_kind_in_it() -> None:
    both = [record("d1", 0, "missed"), record("d1", 0, "type")]
    records = [*both, record("d1", 10, "missed"), record("d1", 20, "spurious")]
    # Sentence 0 shows a miss and a wrong type; the spurious one has not been shown yet.
    blocks = choose_blocks(error_blocks(ErrorLog(records=records)), 2)
    assert [one.records[0].sentence for one in blocks] == [(0, 9), (20, 29)]


def test_the_choice_does_not_depend_on_the_order_of_records() -> None:
    shown = {render_top_errors(ErrorLog(records=list(order)), 3) for order in permutations([*OTHERS, *UNPLACED])}
    assert len(shown) == 1


def test_what_has_no_place_is_told_with_its_words_and_counted_if_left_out() -> None:
    text = render_top_errors(ErrorLog(records=UNPLACED), 1)
    assert "d1, no place in the text: 1 wrong item\n    entities: spurious {Bern|ORG}; “Bern” does not" in text
    assert text.endswith("\n1 more error has no place in the text\n")
