"""L3: one file a layer: its groups, views, alignment and the table of its measures."""

from goldassay.layers.base import Layer


def get_layers() -> dict[str, Layer]:
    """All layers by name, in the order of reports."""
    from goldassay.layers import coreference, entities, linking, numeric_facts, stances

    modules = (entities, coreference, linking, stances, numeric_facts)
    return {module.LAYER.name: module.LAYER for module in modules}
