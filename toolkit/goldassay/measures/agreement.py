"""Agreement of annotators beyond chance on labels of aligned items. Undefined (null) on constant data, never 0 or 1."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import fsum
from typing import Literal

Weights = Literal["none", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]


def share_equal(left: Sequence[Hashable], right: Sequence[Hashable]) -> float | None:
    """Share of items with equal labels. Range 0 to 1, best 1; null without items.

    >>> share_equal(["a", "b", "b", "a"], ["a", "b", "a", "a"])
    0.75
    """
    return sum(a == b for a, b in zip(left, right, strict=True)) / len(left) if left else None


def cohen_kappa(
    left: Sequence[Hashable],
    right: Sequence[Hashable],
    *,
    weights: Weights = "none",
    order: Sequence[Hashable] | None = None,
) -> float | None:
    """Cohen's kappa of two annotators: 1 - observed / expected disagreement. Best 1, chance 0, may be negative.

    Args:
        left: Labels of one annotator, one an item.
        right: Labels of the other, of the same items in the same order.
        weights: Disagreement of two labels: 1 (`none`), or their distance in `order`, plain or squared.
        order: All labels from lowest to highest; only for weights.

    Returns:
        Null without items, and where chance alone agrees fully (both annotators use one label, the same).

    Source: Cohen (1960); weighted: Cohen (1968).

    >>> cohen_kappa(list("aabb"), list("aaab"))  # observed 1/4, expected (2 x 1 + 2 x 3) / 16 = 1/2
    0.5
    >>> cohen_kappa([1, 2, 3], [1, 2, 2], weights="quadratic", order=[1, 2, 3])  # 1 - (1/3) / (9/9)
    0.6666666666666667
    >>> cohen_kappa(["a", "a"], ["a", "a"]) is None
    True
    """
    place = {label: index for index, label in enumerate(order or ())}

    def weigh(a: Hashable, b: Hashable) -> float:
        if weights == "none":
            return float(a != b)
        return float(abs(place[a] - place[b]) ** (1 if weights == "linear" else 2))

    if not left:
        return None
    rows, columns = Counter(left), Counter(right)
    expected = fsum(weigh(a, b) * n * m for a, n in rows.items() for b, m in columns.items()) / len(left)
    observed = fsum(weigh(a, b) for a, b in zip(left, right, strict=True))
    return 1 - observed / expected if expected else None


def krippendorff_alpha(
    units: Sequence[Sequence[Hashable | None]], *, level: Level = "nominal", order: Sequence[Hashable] | None = None
) -> float | None:
    """Krippendorff's alpha: 1 - observed / expected disagreement. Best 1, chance 0, may be negative.

    Args:
        units: For each item the labels of its annotators; null where one gave none. Items with fewer than two labels
            do not count.
        level: Whether labels only differ (`nominal`), have an order (`ordinal`), or a distance (`interval`: numbers).
        order: All labels from lowest to highest; only for `ordinal`.

    Returns:
        Null without two comparable labels, and where all of them are equal.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b")])  # n_a = n_b = 3: 1 - 5 x 2 / (2 x 9)
    0.4444444444444444
    >>> krippendorff_alpha([("a", "a"), ("a", None)]) is None
    True
    """
    shares: dict[tuple[Hashable, Hashable], list[float]] = {}
    for unit in units:
        labels = [label for label in unit if label is not None]
        for i, a in enumerate(labels):
            for j, b in enumerate(labels):
                if i != j:
                    shares.setdefault((a, b), []).append(1 / (len(labels) - 1))
    totals: dict[Hashable, float] = {}
    for (a, _), parts in shares.items():
        totals[a] = totals.get(a, 0.0) + fsum(parts)
    distance = _distance(level, totals, order)
    n = fsum(totals.values())
    expected = fsum(distance(a, b) * x * y for a, x in totals.items() for b, y in totals.items())
    observed = fsum(distance(a, b) * fsum(parts) for (a, b), parts in shares.items())
    return 1 - (n - 1) * observed / expected if expected else None


def _distance(
    level: Level, totals: dict[Hashable, float], order: Sequence[Hashable] | None
) -> Callable[[Hashable, Hashable], float]:
    """Squared difference of two labels at a level of measurement."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: float(a - b) ** 2  # type: ignore[operator]
    ranked = list(order or ())
    place = {label: index for index, label in enumerate(ranked)}

    def ordinal(a: Hashable, b: Hashable) -> float:
        low, high = sorted((place[a], place[b]))
        between = fsum(totals.get(label, 0.0) for label in ranked[low : high + 1])
        return (between - (totals.get(a, 0.0) + totals.get(b, 0.0)) / 2) ** 2

    return ordinal
