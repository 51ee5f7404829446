"""Agreement on where units stand and what they are, in one number."""

from collections.abc import Sequence

from goldassay.agreement.figures import Figure
from goldassay.agreement.laid import Laid, read_field, read_type
from goldassay.measures.gamma import Continuum, Unit, gamma

UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("entities", "mentions", "spans", "type"),
    ("stances", "attributions", "cue_spans", "quote"),
    ("stances", "stances", "expression_spans", "dimension"),
)
"""Layer, kind of record, field with the place and label of the units that gamma compares."""


def gamma_figures(laid: Sequence[Laid], layer: str, seed: int) -> list[Figure]:
    """Gamma of the places and labels of mentions, cues and expressions; a broken span reaches over its gaps."""
    figures = []
    for own, kind, place, label in UNITS:
        if own != layer:
            continue
        continua = [
            Continuum(_units(one, kind, place, label, "a"), _units(one, kind, place, label, "b"), _length(one))
            for one in laid
        ]
        sizes = {"a": sum(len(one.left) for one in continua), "b": sum(len(one.right) for one in continua)}
        figures.append(
            Figure(
                layer=layer,
                measure=f"{layer}.gamma(place={place},label={label},items={kind},seed={seed})",
                title=f"gamma of {place.replace('_', ' ')} and {label}, {kind}",
                value=gamma(continua, seed=seed),
                counts={side: float(size) for side, size in sizes.items()},
            )
        )
    return figures


def _length(one: Laid) -> int:
    return len(one.pair.document.text)


def _units(one: Laid, kind: str, place: str, label: str, side: str) -> list[Unit]:
    """The units of one side in text order; units of the same place and label are one."""
    read = read_type if label == "type" else read_field(label)
    found = {
        Unit(spans[0][0], spans[-1][1], str(read(one, slot, side)))
        for slot in one.slots
        if slot.kind == kind and side in slot.records and (spans := slot.fields[side][place])
    }
    return sorted(found)
