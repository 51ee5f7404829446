"""L3: one file a layer: its groups, views, alignment and the table of its measures."""

from collections.abc import Iterable

from goldassay.layers.base import Layer


def get_layers() -> dict[str, Layer]:
    """All layers by name, in the order of reports."""
    from goldassay.layers import (
        attributions,
        coreference,
        entities,
        linking,
        numeric_facts,
        stance_pairs,
        stances,
        times,
    )

    modules = (entities, coreference, linking, stances, stance_pairs, attributions, numeric_facts, times)
    return {module.LAYER.name: module.LAYER for module in modules}


def order_layers(names: Iterable[str]) -> list[str]:
    """The names in the order of reports, each once; names that are no layers come last.

    >>> order_layers(["stances", "entities", "stances"])
    ['entities', 'stances']
    """
    given = set(names)
    known = [name for name in get_layers() if name in given]
    return known + sorted(given.difference(known))
