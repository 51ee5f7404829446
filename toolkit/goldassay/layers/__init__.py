"""L3: one file a layer: its groups, views, alignment and the table of its measures."""

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
