"""The authoring form: one document's annotations in YAML, with quotes for offsets (docs/design/authoring-form.md)."""

from itertools import chain

import msgspec
import yaml

from goldassay.formats.strict_json import Problem
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.formats.yaml_records import read_record
from goldassay.formats.yaml_scalars import Place, Reading
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import Finding
from goldassay.model.numeric_facts import NumericFact, NumericFactsRow, Time
from goldassay.model.printable import quoted
from goldassay.model.provenance import Annotator, PassProvenance
from goldassay.model.record import Id, Record
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow

SECTIONS: dict[str, tuple[str, ...]] = {
    "entities": ("entities", "mentions"),
    "stances": ("propositions", "attributions", "stances"),
    "numeric_facts": ("numeric_facts", "times"),
}
"""The lists of the form by layer."""

HEAD = ("annotator", "guidelines", "date", "seen")
"""The provenance of a pass; a working copy of the gold has none of these keys."""

_IMPLIED: dict[tuple[type, str], object] = {(Mention, "id"): "", (Mention, "entity"): None}


class AuthoredEntity(Entity, frozen=True, kw_only=True):
    """An entity with its mentions under it."""

    mentions: list[Mention] = msgspec.field(default_factory=list)


class Form(Record, frozen=True, kw_only=True):
    """The keys of the form."""

    doc: Id
    annotator: Annotator | None = None
    guidelines: str | None = None
    date: str | None = None
    seen: list[str] | None = None
    entities: list[AuthoredEntity] = msgspec.field(default_factory=list)
    mentions: list[Mention] = msgspec.field(default_factory=list)
    propositions: list[Proposition] = msgspec.field(default_factory=list)
    attributions: list[Attribution] = msgspec.field(default_factory=list)
    stances: list[Stance] = msgspec.field(default_factory=list)
    numeric_facts: list[NumericFact] = msgspec.field(default_factory=list)
    times: list[Time] = msgspec.field(default_factory=list)


class AuthoredDocument(Record, frozen=True, kw_only=True):
    """What an authoring file says; `layers` are those it speaks of at all, the rows of the others are empty."""

    doc_id: Id
    provenance: PassProvenance | None
    layers: tuple[str, ...]
    entities: EntitiesRow
    stances: StancesRow
    numeric_facts: NumericFactsRow


def parse_authoring(text: str, document: Document, *, file: str) -> tuple[AuthoredDocument | None, list[Finding]]:
    """Read an authoring file: the annotations with offsets, or null and everything that is wrong with the file.

    Args:
        text: the YAML.
        document: the document it annotates; a file of another one is E304.
        file: the name that findings carry.
    """
    node, findings = compose_yaml(text, file)
    if node is None:
        return None, findings
    authored, more = read_authoring(node, document, file=file)
    findings = sorted([*findings, *more], key=lambda item: item.where.line or 0)
    return (None if findings else authored), findings


def read_authoring(node: yaml.Node, document: Document, *, file: str) -> tuple[AuthoredDocument | None, list[Finding]]:
    """`parse_authoring` on a text that was composed before."""
    reading = Reading(text=document.text, file=file, doc_id=document.doc_id, implied=_IMPLIED)
    form = read_record(node, Form, reading)
    named = find_doc_id(node)
    if named is not None and named != document.doc_id:
        other = Problem("", "E304", quoted(named), document.doc_id, "correct `doc`")
        Place(reading, "doc", None).report(node, other)
    keys = {key.value for key, _ in node.value} if isinstance(node, yaml.MappingNode) else set()
    if form is not None and not keys.isdisjoint(HEAD):
        _require_head(node, form, reading)
    if form is None or reading.findings:
        return None, reading.findings
    _refuse_entity_under_entity(node, form, reading)
    layers = tuple(layer for layer, sections in SECTIONS.items() if not keys.isdisjoint(sections))
    return (None if reading.findings else _authored(form, layers)), reading.findings


def find_doc_id(node: yaml.Node) -> str | None:
    """The value of `doc`, to look the document up by before the rest is read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "doc" and isinstance(value, yaml.ScalarNode):
                named: str = value.value
                return named
    return None


def _require_head(node: yaml.Node, form: Form, reading: Reading) -> None:
    for name in HEAD:
        if getattr(form, name) is None:
            missing = Problem("", "E104", f"no key {quoted(name)}", "the whole head of the pass, or none of it")
            Place(reading, name, None).report(node, missing)


def _refuse_entity_under_entity(node: yaml.Node, form: Form, reading: Reading) -> None:
    for i, entity in enumerate(form.entities):
        for j, mention in enumerate(entity.mentions):
            if mention.entity is not None:
                found = f"entity: {quoted(mention.entity)} in a mention under an entity"
                extra = Problem("", "E103", found, "mentions under their entity", "leave it out")
                Place(reading, f"entities[{i}].mentions[{j}].entity", None).report(_at(node, "entities", i), extra)


def _at(node: yaml.Node, section: str, index: int) -> yaml.Node:
    """The node of one item of a list of the form."""
    items = next(value for key, value in node.value if key.value == section)
    item: yaml.Node = items.value[index]
    return item


def _authored(form: Form, layers: tuple[str, ...]) -> AuthoredDocument:
    doc_id = form.doc
    provenance = None
    if form.annotator and form.guidelines is not None and form.date is not None and form.seen is not None:
        provenance = PassProvenance(
            annotator=form.annotator, guidelines=form.guidelines, date=form.date, seen=form.seen
        )
    entities = [Entity(**{name: getattr(one, name) for name in Entity.__struct_fields__}) for one in form.entities]
    mentions = [
        msgspec.structs.replace(mention, entity=entity.id) for entity in form.entities for mention in entity.mentions
    ]
    numbered = number_mentions([*mentions, *form.mentions], written_ids(form))
    return AuthoredDocument(
        doc_id=doc_id,
        provenance=provenance,
        layers=layers,
        entities=EntitiesRow(doc_id=doc_id, entities=entities, mentions=sorted(numbered, key=mention_order)),
        stances=StancesRow(
            doc_id=doc_id, propositions=form.propositions, attributions=form.attributions, stances=form.stances
        ),
        numeric_facts=NumericFactsRow(doc_id=doc_id, numeric_facts=form.numeric_facts, times=form.times),
    )


def written_ids(form: Form) -> set[str]:
    """All ids that records of a form have, so that a numbered mention never takes one."""
    mentions = chain(form.mentions, *(entity.mentions for entity in form.entities))
    records = chain[Entity | Mention | Proposition | Attribution | Stance | NumericFact | Time](
        form.entities, mentions, form.propositions, form.attributions, form.stances, form.numeric_facts, form.times
    )
    return {one.id for one in records if one.id}


def number_mentions(mentions: list[Mention], taken: set[str]) -> list[Mention]:
    """Give the mentions without an id `m1`, `m2`, … in text order, passing over ids that are taken."""
    numbered = list(mentions)
    number = 0
    for place in sorted(range(len(mentions)), key=lambda i: (mentions[i].spans[0][0], mentions[i].spans[-1][1])):
        if mentions[place].id:
            continue
        number += 1
        while f"m{number}" in taken:
            number += 1
        numbered[place] = msgspec.structs.replace(mentions[place], id=f"m{number}")
    return numbered


def mention_order(mention: Mention) -> tuple[int, int, str]:
    """The canonical order of mentions: first start, last end, id."""
    return mention.spans[0][0], mention.spans[-1][1], mention.id
