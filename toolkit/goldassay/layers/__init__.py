"""L3: one file a layer: its groups, views, alignment and the table of its measures."""

from goldassay.layers.base import Layer


def get_layers() -> dict[str, Layer]:
    """All layers by name, in the order of reports."""
    from goldassay.layers import coreference, entities, numeric_facts, stances

    return {layer.name: layer for layer in (entities.LAYER, coreference.LAYER, stances.LAYER, numeric_facts.LAYER)}
