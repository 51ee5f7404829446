"""The entities layer in Label Studio: a region a fragment, an entity's marks by a word that they share, both ways."""

from collections import defaultdict
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from goldassay.formats.label_studio import Region, RegionLink, Task
from goldassay.kit.fragments import FRAGMENT, find_following, find_wholes, regions_of, report_in_task
from goldassay.kit.markup import Links, Mark, Markup
from goldassay.model.finding import Finding
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.printable import quoted

TYPE, LEVEL, METONYM, ENTITY, NAME, KB_ID = "type", "level", "metonym", "entity", "name", "kb_id"
ROLLUP, MEMBER = "Rollup", "Member"
_KINDS = {TYPE: "labels", LEVEL: "choices", METONYM: "choices", ENTITY: "textarea", NAME: "textarea", KB_ID: "textarea"}
_ASKED = {
    ENTITY: "entity: one word of yours that all its mentions share, such as e1 (required)",
    NAME: "name of the entity, at one of its mentions",
    KB_ID: "kb_id of the entity, at one of its mentions",
}


def label_studio_configuration() -> str:
    """The labelling configuration: types as labels, the rest asked for each region."""
    labels = "".join(f"    <Label value={quoteattr(name)}/>\n" for name in ENTITY_TYPES)
    levels = "".join(f"    <Choice value={quoteattr(name)}/>\n" for name in LEVELS)
    links = "".join(f"    <Relation value={quoteattr(name)}/>\n" for name in (FRAGMENT, ROLLUP, MEMBER))
    each = 'toName="text" perRegion="true"'
    areas = "".join(
        f'  <TextArea name="{name}" {each} maxSubmissions="1" editable="true" placeholder={quoteattr(asked)}/>\n'
        for name, asked in _ASKED.items()
    )
    return (
        f'<View>\n  <Relations>\n{links}  </Relations>\n  <Labels name="{TYPE}" toName="text">\n{labels}  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n'
        f'  <Choices name="{LEVEL}" {each} choice="single" required="true">\n{levels}  </Choices>\n'
        f'  <Choices name="{METONYM}" {each} choice="multiple">\n    <Choice value="{METONYM}"/>\n  </Choices>\n'
        f"{areas}</View>\n"
    )


def task_of_entities(doc_id: str, text: str, markup: Markup | None) -> Task:
    """A task, with the marks as its annotation if there are any to show.

    A discontinuous mention becomes a region a fragment, each linked to the next by `Fragment`; the first says the rest.
    """
    data = {"doc_id": doc_id, "text": text}
    if markup is None:
        return Task(data=data, annotated=False)
    regions: list[Region] = []
    links: list[RegionLink] = []
    for mark in markup.marks:
        parts, between = regions_of(mark.id, mark.spans, {TYPE: (mark.type,)}, _values(mark), _KINDS)
        regions += parts
        links += between
    for name, pairs in ((ROLLUP, markup.rollups), (MEMBER, markup.members)):
        links += [RegionLink(start=one, end=other, labels=(name,)) for one, other in pairs]
    return Task(data=data, regions=tuple(regions), links=tuple(links))


def _values(mark: Mark) -> dict[str, tuple[str, ...]]:
    said = {TYPE: mark.type, LEVEL: mark.level, METONYM: METONYM if mark.metonym else None}
    # A mention without an entity gets a word of its own, which its id is.
    said |= {ENTITY: mark.chain or f"_{mark.id}", NAME: mark.name, KB_ID: mark.kb_id}
    return {name: (value,) for name, value in said.items() if value is not None}


def markup_of_task(task: Task, file: str) -> tuple[Markup, list[Finding]]:
    """The marks of a task; regions and links that the layer has no use for are findings."""
    findings: list[Finding] = []
    regions = {region.id: region for region in task.regions}
    following = find_following(task, regions, (ROLLUP, MEMBER), findings, file)
    wholes = find_wholes(task, following, findings, file)
    marks = [_mark([regions[part] for part in parts], task, findings, file) for parts in wholes.values()]
    whole = {part: id_ for id_, parts in wholes.items() for part in parts}
    links = {name: _links(task, name, whole) for name in (ROLLUP, MEMBER)}
    return Markup(tuple(marks), (), links[ROLLUP], links[MEMBER]), findings


def _mark(parts: list[Region], task: Task, findings: list[Finding], file: str) -> Mark:
    """One mention from its fragments; whichever of them says something says it for all."""
    said: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for name, values in part.values.items():
            if name not in _KINDS:
                findings.append(
                    report_in_task(task, file, "E106", quoted(name), ", ".join(_KINDS), part.id, "delete it")
                )
            said[name] += [value for value in values if value and value not in said[name]]
    for name in _KINDS:
        if len(said[name]) > 1:
            found = " and ".join(quoted(value) for value in said[name])
            findings.append(report_in_task(task, file, "E107", found, f"one {name}", parts[0].id))
    one = {name: next(iter(said[name]), None) for name in _KINDS}
    if one[ENTITY] is None:
        fix = "write a word that all mentions of the entity share"
        findings.append(report_in_task(task, file, "E407", "no entity", "a word for it", parts[0].id, fix))
    return Mark(
        id=parts[0].id,
        spans=tuple(sorted(part.span for part in parts)),
        type=one[TYPE] or "",
        level=one[LEVEL],
        metonym=one[METONYM] is not None,
        chain=one[ENTITY],
        name=one[NAME],
        kb_id=one[KB_ID],
    )


def _links(task: Task, name: str, whole: Mapping[str, str]) -> Links:
    found = [(link.start, link.end) for link in task.links if link.labels == (name,)]
    return tuple((whole[one], whole[other]) for one, other in found if one in whole and other in whole)
