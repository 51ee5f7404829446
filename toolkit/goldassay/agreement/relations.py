"""Agreement on attributions, numeric facts and times that stand in the same place, field by field."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from goldassay.agreement.figures import Figure, f1_figure
from goldassay.agreement.laid import Laid, both, count
from goldassay.measures.agreement import share_equal
from goldassay.slots.disagreements import SIDES
from goldassay.slots.likeness import overlap


def attribution_figures(laid: Sequence[Laid]) -> list[Figure]:
    """F1 of attribution relations: overlapping cues; the same source as well; overlapping contents as well."""
    rungs = {"cue": 0, "+source": 0, "+content": 0}
    for _, slot in both(laid, "attributions"):
        a, b = (slot.fields[side] for side in SIDES)
        right = (
            overlap(a["cue_spans"], b["cue_spans"]) > 0,
            a["source"] == b["source"],
            overlap(a["content_spans"], b["content_spans"]) > 0,
        )
        for depth, name in enumerate(rungs, start=1):
            rungs[name] += all(right[:depth])
    sizes = [count(laid, "attributions", side) for side in SIDES]
    return [
        f1_figure("stances", name, "attributions", f"F1 {name}, attributions", rungs[name], sizes[0], sizes[1])
        for name in rungs
    ]


def _counted(fields: dict[str, Any]) -> Hashable:
    counted = fields["counted"]
    return None if counted is None else str(counted["lemma"]).casefold()


def _value(fields: dict[str, Any]) -> Hashable:
    value = fields["value"]
    return (fields["magnitude"], None if value is None else tuple(sorted(value.items())))


FACT_FIELDS: tuple[tuple[str, Callable[[dict[str, Any]], Hashable]], ...] = (
    ("value", _value),
    ("unit", lambda fields: fields["unit"]),
    ("approx", lambda fields: fields["approx"]),
    ("counted", _counted),
    ("status", lambda fields: fields["status"]),
    ("subject", lambda fields: fields["subject"]),
)


def fact_figures(laid: Sequence[Laid]) -> list[Figure]:
    """Shares of equal fields on aligned facts and times, and F1 of value with status, and of times with their value."""
    facts = [tuple(slot.fields[side] for side in SIDES) for _, slot in both(laid, "numeric_facts")]
    times = [tuple(slot.fields[side] for side in SIDES) for _, slot in both(laid, "times")]
    figures = [
        _share(name, "numeric_facts", [read(a) for a, _ in facts], [read(b) for _, b in facts])
        for name, read in FACT_FIELDS
    ]
    right = sum(_value(a) == _value(b) and a["status"] == b["status"] for a, b in facts)
    sizes = [count(laid, "numeric_facts", side) for side in SIDES]
    figures.append(
        f1_figure("numeric_facts", "value+status", "facts", "F1 value+status, facts", right, sizes[0], sizes[1])
    )
    values = [[fields["value_text_only"] for fields in column] for column in zip(*times, strict=True)] or [[], []]
    figures.append(_share("value_text_only", "times", values[0], values[1]))
    same = sum(a == b for a, b in zip(values[0], values[1], strict=True))
    sizes = [count(laid, "times", side) for side in SIDES]
    figures.append(
        f1_figure("numeric_facts", "value_text_only", "times", "F1 value_text_only, times", same, sizes[0], sizes[1])
    )
    return figures


def _share(name: str, kind: str, left: Sequence[Hashable], right: Sequence[Hashable]) -> Figure:
    return Figure(
        layer="numeric_facts",
        measure=f"numeric_facts.share(field={name},items={kind})",
        title=f"share of equal {name}, {kind.replace('_', ' ')}",
        value=share_equal(left, right),
        counts={"pairs": len(left)},
    )
