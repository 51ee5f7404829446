"""The numbers of an agreement as records, and who agreed."""

import msgspec

from goldassay.model.provenance import Annotator


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of agreement.

    value     null where it is undefined (constant labels, nothing to compare)
    swapped   the same with the second annotation as gold; null where the measure makes no difference between the two
    counts    what was compared: items of both sides, or aligned pairs
    """

    layer: str
    measure: str
    title: str
    value: float | None
    swapped: float | None = None
    counts: dict[str, float]


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """One side: a pass with its annotator and guidelines, or the gold, which has neither."""

    name: str
    annotator: Annotator | None = None
    guidelines: str | None = None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of two annotations of the same documents."""

    schema: int
    signature: str
    a: Annotation
    b: Annotation
    documents: list[str]
    layers: list[str]
    figures: list[Figure]


def f1_figure(layer: str, match: str, view: str, title: str, right: float, a: int, b: int) -> Figure:
    """F1 of what both annotations have in common: 2 right / (a + b).

    >>> f1_figure("times", "value", "all", "same place and value", 1, 1, 3).value
    0.5
    """
    return Figure(
        layer=layer,
        measure=f"{layer}.f1(match={match},view={view},avg=micro)",
        title=title,
        value=2 * right / (a + b) if a + b else None,
        counts={"a": a, "b": b, "right": right},
    )
