"""What is wrong with each aligned pair, in a word, by the headline match of its layer; null where nothing is."""

from collections.abc import Callable, Sequence

from goldassay.layers.base import Options, Pair
from goldassay.layers.identity import Identities, resolve_document
from goldassay.layers.numeric_comparison import compare_fact
from goldassay.layers.numeric_fields import gold_extents, jaccard
from goldassay.layers.stance_errors import Row, find_stance_errors
from goldassay.match.alignment import Alignment
from goldassay.match.slip import SLIPS
from goldassay.model.record import Span

Judge = Callable[[Alignment, Sequence[Pair], Options], list[str | None]]


def judge_mentions(alignment: Alignment, _: Sequence[Pair], __: Options) -> list[str | None]:
    """`boundary`, `type` or `boundary+type` (Chinchor and Sundheim, 1993: incorrect span, incorrect type, both)."""
    names = {(True, True): None, (False, True): "boundary", (True, False): "type", (False, False): "boundary+type"}
    exact, same_type = alignment.verdicts["exact"] == 1, alignment.verdicts["type"] == 1
    return [names[bool(one), bool(other)] for one, other in zip(exact, same_type, strict=True)]


def judge_stances(alignment: Alignment, _: Sequence[Pair], __: Options) -> list[str | None]:
    """`wrong sign`, unless the accepted grades of the gold cover all three signs."""
    closed = alignment.gold_side.sizes["gold_sign"][alignment.gold]
    wrong = closed & (alignment.verdicts["sign"] == 0)
    return ["wrong sign" if one else None for one in wrong]


def judge_facts(alignment: Alignment, pairs: Sequence[Pair], options: Options) -> list[str | None]:
    """Which of `value`, `unit` and `counted` are wrong, joined by `+`; a slip is named, as in `value (÷1000)`.

    A value is right here as it is in the match `core`: exactly, or inside the rounding interval of an approximate gold
    value; a value in a unit that does not convert is compared as it stands. A unit is wrong if it does not convert.
    """
    gold, predicted = alignment.gold_side, alignment.predicted_side
    known: dict[int, Identities] = {}
    judged: list[str | None] = []
    for i, j, right in zip(alignment.gold, alignment.predicted, alignment.verdicts["core"], strict=True):
        unit = int(gold.unit[i])
        if right:
            judged.append(None)
            continue
        pair = pairs[unit]
        if unit not in known:
            known[unit] = resolve_document(
                pair.gold, pair.predicted, gold_ids=options.gold_ids, threshold=options.proposition_f1
            )
        judged.append(_judge_fact(pair, int(gold.position[i]), int(predicted.position[j]), known[unit]))
    return judged


def _judge_fact(pair: Pair, position: int, other: int, known: Identities) -> str:
    assert pair.gold.numeric_facts is not None
    fact, said = pair.gold.numeric_facts.numeric_facts[position], (pair.predicted.numeric_facts or ())[other]
    found = compare_fact(fact, said, known, pair.gold.document.text, pair.predicted)
    right = {
        "value" if found.slip is None else f"value ({SLIPS[found.slip]})": found.right_value,
        "unit": found.converts,
        "counted": found.counted in (None, 1.0),
    }
    return "+".join(name for name, verdict in right.items() if not verdict)


def judge_attributions(alignment: Alignment, _: Sequence[Pair], __: Options) -> list[str | None]:
    """Which of `source` (the entity), `cue` and `content` (any overlap) are wrong, joined by `+`."""
    judged = []
    for n, (i, j) in enumerate(zip(alignment.gold, alignment.predicted, strict=True)):
        wrong = [] if alignment.verdicts["source_entity"][n] else ["source"]
        for part in ("cue", "content"):
            there = (
                alignment.gold_side.sizes[f"gold_{part}"][i] or alignment.predicted_side.sizes[f"predicted_{part}"][j]
            )
            wrong += [part] if there and not alignment.verdicts[f"{part}_overlap"][n] else []
        judged.append("+".join(wrong) or None)
    return judged


def judge_times(alignment: Alignment, _: Sequence[Pair], __: Options) -> list[str | None]:
    """What is wrong of `boundary`, `type` and the text-only `value`, joined by `+`.

    A value that the gold does not contradict is `over-resolved`, `under-resolved` or both instead.
    """
    of = alignment.verdicts
    judged = []
    for n in range(len(alignment.gold)):
        wrong = [] if of["exact"][n] else ["boundary"]
        wrong += [] if of["type"][n] else ["type"]
        if not of["same"][n]:
            partly = [name for name in ("over", "under") if of[name][n] and of["compatible"][n]]
            wrong += [f"{name}-resolved" for name in partly] or ["value"]
        judged.append("+".join(wrong) or None)
    return judged


JUDGES: dict[str, Judge] = {
    "entities": judge_mentions,
    "stances": judge_stances,
    "attributions": judge_attributions,
    "numeric_facts": judge_facts,
    "times": judge_times,
}
"""For each layer with an alignment, one verdict a pair. Verdicts of pairs that leave both counts do not matter."""

FURTHER: dict[str, Callable[[Alignment, Sequence[Pair], Options], list[Row]]] = {"stances": find_stance_errors}
"""Layers that tell more of what met nothing than that it is missed or spurious: all such rows, some of them pairs."""


def overlap_of(layer: str, pair: Pair, position: int, other: int) -> float | None:
    """Jaccard overlap of the characters of a gold and a predicted item, 0 to 1; null for stances.

    Of an attribution, those of cue and content; of a fact, the best of any two of its extents.
    """
    if layer == "entities" and pair.gold.entities is not None:
        own: Sequence[Span] = pair.gold.entities.mentions[position].spans
        return jaccard([own], [(pair.predicted.mentions or ())[other].spans])
    if layer == "attributions" and pair.gold.stances is not None:
        row, other_row = pair.gold.stances.attributions[position], (pair.predicted.attributions or ())[other]
        return jaccard([[*row.cue_spans, *row.content_spans]], [[*other_row.cue, *other_row.content]])
    if layer == "numeric_facts" and pair.gold.numeric_facts is not None:
        fact, said = pair.gold.numeric_facts.numeric_facts[position], (pair.predicted.numeric_facts or ())[other]
        return jaccard(gold_extents(fact), said.extents)
    if layer == "times" and pair.gold.numeric_facts is not None:
        return jaccard([pair.gold.numeric_facts.times[position].spans], [(pair.predicted.times or ())[other].spans])
    return None
