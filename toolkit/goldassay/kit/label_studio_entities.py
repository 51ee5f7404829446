"""The entities layer in Label Studio: a region a fragment, an entity's marks by a word that they share, both ways."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from goldassay.formats.label_studio import Region, RegionLink, Task
from goldassay.kit.markup import Links, Mark, Markup
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES, LEVELS
from goldassay.model.printable import quoted

TYPE, LEVEL, METONYM, ENTITY, NAME, KB_ID = "type", "level", "metonym", "entity", "name", "kb_id"
FRAGMENT, ROLLUP, MEMBER = "Fragment", "Rollup", "Member"
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
        ids = [mark.id, *(f"{mark.id}.{part}" for part in range(2, len(mark.spans) + 1))]
        for place, (id_, span) in enumerate(zip(ids, mark.spans, strict=True)):
            values: dict[str, tuple[str, ...]] = {TYPE: (mark.type,)} if place else _values(mark)
            regions.append(Region(id=id_, span=span, values=values, kinds={name: _KINDS[name] for name in values}))
        links += [RegionLink(start=one, end=other, labels=(FRAGMENT,)) for one, other in pairwise(ids)]
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
    following = _following(task, regions, findings, file)
    later = set(following.values())
    marks = []
    for region in task.regions:
        if region.id not in later:
            parts = _parts(region.id, following)
            marks.append(_mark([regions[part] for part in parts], task, findings, file))
    whole = {part: mark.id for mark in marks for part in _parts(mark.id, following)}
    if len(whole) != len(regions):
        loose = sorted(set(regions) - set(whole))
        findings.append(_report(task, file, "E303", f"{FRAGMENT} in a circle", "an end", loose[0]))
    links = {name: _links(task, name, whole) for name in (ROLLUP, MEMBER)}
    return Markup(tuple(marks), (), links[ROLLUP], links[MEMBER]), findings


def _report(task: Task, file: str, code: str, found: str, expected: str, field: str, fix: str | None = None) -> Finding:
    return finding(
        code, found=found, expected=expected, fix=fix, file=file, doc_id=task.data.get("doc_id"), field=field
    )


def _following(task: Task, regions: Mapping[str, Region], findings: list[Finding], file: str) -> dict[str, str]:
    """The next fragment of each region that has one; links of no use are reported on the way."""
    found: dict[str, str] = {}
    for link in task.links:
        field = f"{link.start} {link.end}"
        if link.start not in regions or link.end not in regions:
            findings.append(
                _report(task, file, "E302", "a relation to a region that is not there", "two regions", field)
            )
        elif len(link.labels) != 1 or link.labels[0] not in (FRAGMENT, ROLLUP, MEMBER):
            labels = ", ".join(link.labels) or "no label"
            findings.append(_report(task, file, "E106", quoted(labels), f"{FRAGMENT}, {ROLLUP} or {MEMBER}", field))
        elif link.labels[0] == FRAGMENT and (link.start in found or link.end in found.values()):
            expected = "each fragment linked to the next one"
            findings.append(_report(task, file, "E107", f"a second {FRAGMENT}", expected, field, "link them in a row"))
        elif link.labels[0] == FRAGMENT:
            found[link.start] = link.end
    return found


def _parts(id_: str, following: Mapping[str, str]) -> list[str]:
    parts = [id_]
    while following.get(parts[-1], id_) not in parts:
        parts.append(following[parts[-1]])
    return parts


def _mark(parts: list[Region], task: Task, findings: list[Finding], file: str) -> Mark:
    """One mention from its fragments; whichever of them says something says it for all."""
    said: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for name, values in part.values.items():
            if name not in _KINDS:
                findings.append(_report(task, file, "E106", quoted(name), ", ".join(_KINDS), part.id, "delete it"))
            said[name] += [value for value in values if value and value not in said[name]]
    for name in _KINDS:
        if len(said[name]) > 1:
            found = " and ".join(quoted(value) for value in said[name])
            findings.append(_report(task, file, "E107", found, f"one {name}", parts[0].id))
    one = {name: next(iter(said[name]), None) for name in _KINDS}
    if one[ENTITY] is None:
        fix = "write a word that all mentions of the entity share"
        findings.append(_report(task, file, "E407", "no entity", "a word for it", parts[0].id, fix))
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
