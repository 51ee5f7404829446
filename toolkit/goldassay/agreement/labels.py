"""Agreement beyond chance on the labels of records that stand in the same place."""

from collections.abc import Hashable, Sequence

from goldassay.agreement.figures import Figure
from goldassay.agreement.laid import Laid, Read, both, read_field, read_type
from goldassay.measures.agreement import cohen_kappa, krippendorff_alpha
from goldassay.slots.disagreements import SIDES

GRADES = (-2, -1, 0, 1, 2)

LABELS: tuple[tuple[str, str, str, Read], ...] = (
    ("entities", "mentions", "type", read_type),
    ("entities", "mentions", "level", read_field("level")),
    ("stances", "attributions", "quote", read_field("quote")),
    ("stances", "stances", "dimension", read_field("dimension")),
    ("stances", "stances", "act", read_field("act")),
    ("stances", "stances", "status", read_field("status")),
    ("numeric_facts", "numeric_facts", "kind", read_field("kind")),
    ("numeric_facts", "numeric_facts", "status", read_field("status")),
)
"""Layer, kind of record, name and reading of each label."""


def label_figures(laid: Sequence[Laid], layer: str) -> list[Figure]:
    """Kappa and nominal alpha of each label of a layer on aligned records; of grades those that respect order."""
    figures: list[Figure] = []
    for own, kind, name, read in LABELS:
        if own == layer:
            left, right = _labels(laid, kind, read)
            figures += [
                _label_figure(layer, kind, name, "kappa", cohen_kappa(left, right), left),
                _label_figure(
                    layer, kind, name, "alpha", krippendorff_alpha(list(zip(left, right, strict=True))), left
                ),
            ]
    if layer == "stances":
        left, right = _labels(laid, "stances", read_field("grade"))
        pairs = list(zip(left, right, strict=True))
        kappa = cohen_kappa(left, right, weights="quadratic", order=GRADES)
        alpha = krippendorff_alpha(pairs, level="ordinal", order=GRADES)
        figures += [
            _label_figure(layer, "stances", "grade", "kappa_quadratic", kappa, left),
            _label_figure(layer, "stances", "grade", "alpha_ordinal", alpha, left),
        ]
    return figures


def _label_figure(
    layer: str, kind: str, name: str, statistic: str, value: float | None, pairs: Sequence[object]
) -> Figure:
    return Figure(
        layer=layer,
        measure=f"{layer}.{statistic}(field={name},items={kind})",
        title=f"{statistic.replace('_', ', ')} of {name}, {kind.replace('_', ' ')}",
        value=value,
        counts={"pairs": len(pairs)},
    )


def _labels(laid: Sequence[Laid], kind: str, read: Read) -> tuple[list[Hashable], list[Hashable]]:
    slots = list(both(laid, kind))
    left, right = ([read(one, slot, side) for one, slot in slots] for side in SIDES)
    return left, right
