"""Regions of Label Studio as stretches of text: a region is one fragment, and relations put fragments together."""

from collections.abc import Collection, Mapping
from itertools import pairwise

from goldassay.formats.label_studio import Region, RegionLink, Task
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span

FRAGMENT = "Fragment"


def report_in_task(
    task: Task, file: str, code: str, found: str, expected: str, field: str, fix: str | None = None
) -> Finding:
    """A finding about a place of a task."""
    return finding(
        code, found=found, expected=expected, fix=fix, file=file, doc_id=task.data.get("doc_id"), field=field
    )


def regions_of(
    id_: str,
    spans: tuple[Span, ...],
    label: Mapping[str, tuple[str, ...]],
    values: Mapping[str, tuple[str, ...]],
    kinds: Mapping[str, str],
) -> tuple[list[Region], list[RegionLink]]:
    """A stretch as a region a fragment, with the links between them; the first says `values`, all of them `label`."""
    ids = [id_, *(f"{id_}.{part}" for part in range(2, len(spans) + 1))]
    regions = []
    for place, (one, span) in enumerate(zip(ids, spans, strict=True)):
        said = dict(label) if place else {**label, **values}
        regions.append(Region(id=one, span=span, values=said, kinds={name: kinds[name] for name in said}))
    return regions, [RegionLink(start=one, end=other, labels=(FRAGMENT,)) for one, other in pairwise(ids)]


def find_following(
    task: Task, regions: Mapping[str, Region], known: Collection[str], findings: list[Finding], file: str
) -> dict[str, str]:
    """The next fragment of each region that has one; links of no use are reported on the way.

    Args:
        task: The task.
        regions: Its regions by id.
        known: The labels of links that the layer knows beside that of fragments.
        findings: Where to report.
        file: The name that findings carry.
    """
    found: dict[str, str] = {}
    for link in task.links:
        field = f"{link.start} {link.end}"
        if link.start not in regions or link.end not in regions:
            message = "a relation to a region that is not there"
            findings.append(report_in_task(task, file, "E302", message, "two regions", field))
        elif len(link.labels) != 1 or link.labels[0] not in (FRAGMENT, *known):
            labels, expected = ", ".join(link.labels) or "no label", _listed((FRAGMENT, *known))
            findings.append(report_in_task(task, file, "E106", quoted(labels), expected, field))
        elif link.labels[0] == FRAGMENT and (link.start in found or link.end in found.values()):
            expected, fix = "each fragment linked to the next one", "link them in a row"
            findings.append(report_in_task(task, file, "E107", f"a second {FRAGMENT}", expected, field, fix))
        elif link.labels[0] == FRAGMENT:
            found[link.start] = link.end
    return found


def _listed(names: Collection[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def parts_of(id_: str, following: Mapping[str, str]) -> list[str]:
    """The fragments of a stretch from its first region on."""
    parts = [id_]
    while following.get(parts[-1], id_) not in parts:
        parts.append(following[parts[-1]])
    return parts


def find_wholes(task: Task, following: Mapping[str, str], findings: list[Finding], file: str) -> dict[str, list[str]]:
    """The fragments of each stretch by its first one; fragments in a circle are E303."""
    later = set(following.values())
    wholes = {region.id: parts_of(region.id, following) for region in task.regions if region.id not in later}
    loose = sorted({region.id for region in task.regions} - {part for parts in wholes.values() for part in parts})
    if loose:
        findings.append(report_in_task(task, file, "E303", f"{FRAGMENT} in a circle", "an end", loose[0]))
    return wholes
