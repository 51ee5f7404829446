"""Items in Label Studio: a region for each and for its stretches, relations between them, choices and text areas."""

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from goldassay.formats.label_studio import Region, RegionLink, Task
from goldassay.formats.yaml_write import Tree, flow
from goldassay.kit.brat_items import marks_of
from goldassay.kit.fragments import FRAGMENT, regions_of
from goldassay.kit.items import Field, Item, Kind, Kinds

MARKED = "marked"
"""The control that says what a region is."""


def label_studio_item_configuration(kinds: Kinds) -> str:
    """The labelling configuration: what there is to mark as labels, the rest asked at the regions that have it."""
    labels = "".join(
        f"    <Label value={quoteattr(name)}/>\n" for name in (*(kind.name for kind in kinds), *marks_of(kinds))
    )
    links = "".join(f"    <Relation value={quoteattr(name)}/>\n" for name in (FRAGMENT, *links_of(kinds)))
    controls = "".join(_control(one, kinds) for one in controls_of(kinds).values())
    return (
        f'<View>\n  <Relations>\n{links}  </Relations>\n  <Labels name="{MARKED}" toName="text">\n{labels}  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n{controls}</View>\n'
    )


def links_of(kinds: Kinds) -> list[str]:
    """The labels of the relations from an item to its stretches and to other items, each once."""
    return list(dict.fromkeys(one.shown for kind in kinds for one in kind.carried("words", "link")))


def controls_of(kinds: Kinds) -> dict[str, Field]:
    """What is chosen or typed at a region, by the name of the control, which is that of the field."""
    return {one.name: one for kind in kinds for one in kind.fields if one.is_typed or one.carrier in ("label", "flag")}


def _control(one: Field, kinds: Kinds) -> str:
    having = ",".join(kind.name for kind in kinds if any(other.name == one.name for other in kind.fields))
    each = f'name="{one.name}" toName="text" perRegion="true"'
    shown = f'  <View visibleWhen="region-selected" whenLabelValue={quoteattr(having)}>\n'
    if one.is_typed:
        wanted = one.name if one.plain else f"{one.name}, as in the authoring form"
        asked = f'maxSubmissions="1" editable="true" placeholder={quoteattr(wanted)}'
        return f"{shown}    <TextArea {each} {asked}/>\n  </View>\n"
    labels = one.labels if one.carrier == "label" else (one.name,)
    choices = "".join(f"      <Choice value={quoteattr(label)}/>\n" for label in labels)
    choice = "single" if one.carrier == "label" else "multiple"
    return (
        f'{shown}    <Header value={quoteattr(one.name)} size="6"/>\n'
        f'    <Choices {each} choice="{choice}" showInline="true">\n{choices}    </Choices>\n  </View>\n'
    )


def task_of_items(doc_id: str, text: str, items: Sequence[Item] | None, kinds: Kinds) -> tuple[Task, Counter[str]]:
    """A task, with the items as its annotation if there are any to show, and what the tool has no way to say."""
    data, lost = {"doc_id": doc_id, "text": text}, Counter[str]()
    if items is None:
        return Task(data=data, annotated=False), lost
    by_name = {kind.name: kind for kind in kinds}
    regions: list[Region] = []
    links: list[RegionLink] = []
    for item in items:
        for parts, between in _regions(item, by_name[item.kind], kinds, lost):
            regions += parts
            links += between
    for item in items:
        kind = by_name[item.kind]
        shown = {one.name: one.shown for one in kind.fields}
        ends = [(name, _stretch(item, name)) for name in item.words] + list(item.links)
        links += [RegionLink(start=item.id, end=end, labels=(shown[name],)) for name, end in ends]
    return Task(data=data, regions=tuple(regions), links=tuple(links)), +lost


def _stretch(item: Item, name: str) -> str:
    return f"{item.id}.{name}"


def _regions(
    item: Item, kind: Kind, kinds: Kinds, lost: Counter[str]
) -> Iterator[tuple[list[Region], list[RegionLink]]]:
    """The regions of an item and of its stretches, each with the links between its parts."""
    controls = controls_of(kinds)
    carriers = {name: "textarea" if one.is_typed else "choices" for name, one in controls.items()} | {MARKED: "labels"}
    values = {one.name: (item.labels[one.name],) for one in kind.carried("label") if one.name in item.labels}
    values |= {one.name: (one.name,) for one in kind.carried("flag") if one.name in item.labels}
    for name, value in item.notes.items():
        if name not in controls:
            lost["references to no record of the layer"] += 1
        elif value == "" and controls[name].plain:
            lost["empty texts"] += 1
        else:
            values[name] = (_typed(value, controls[name]),)
    yield regions_of(item.id, item.spans, {MARKED: (kind.name,)}, values, carriers)
    for one in kind.carried("words"):
        if one.name in item.words:
            label = {MARKED: (one.shown,)}
            yield regions_of(_stretch(item, one.name), item.words[one.name], label, {}, carriers)


def _typed(value: Tree, one: Field) -> str:
    return value if one.plain and isinstance(value, str) else flow(value)
