"""Each layer in each tool: what the tool is told, how a row is shown in it, and how a finished file becomes a row."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from goldassay.formats.label_studio import Task
from goldassay.kit.annotations import LayerRow
from goldassay.kit.brat_entities import brat_configuration, format_brat_entities, parse_brat_entities
from goldassay.kit.brat_item_reading import parse_brat_items
from goldassay.kit.brat_items import brat_item_configuration, format_brat_items
from goldassay.kit.item_records import Report, Sections
from goldassay.kit.items import Item, Kinds
from goldassay.kit.label_studio_entities import label_studio_configuration, markup_of_task, task_of_entities
from goldassay.kit.label_studio_item_reading import items_of_task
from goldassay.kit.label_studio_items import label_studio_item_configuration, task_of_items
from goldassay.kit.layout import CONFIGURATION, KitFormat
from goldassay.kit.markup import Markup, assemble_entities, mark_entities
from goldassay.kit.numbers import NUMBER_KINDS, facts_of_items, items_of_facts
from goldassay.kit.stances import STANCE_KINDS, items_of_stances, stances_of_items
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.stances import StancesRow

KINDS: dict[str, Kinds] = {"stances": STANCE_KINDS, "numeric_facts": NUMBER_KINDS}
"""What there is to mark, by layer; entities are marked in a way of their own."""

_PLACE = re.compile(r"(\w+)\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The row of a finished file and all that is wrong with the file; `sections` are the items behind its records."""

    row: LayerRow
    findings: list[Finding]
    sections: Sections = field(default_factory=dict)

    def locate(self, item: Finding, file: str) -> Finding:
        """A finding about the row as one about the file, at the item that its record was read from."""
        match = _PLACE.match(item.where.field or "")
        items = self.sections.get(match[1], []) if match else []
        where = msgspec.structs.replace(item.where, file=file)
        if match and int(match[2]) < len(items):
            line = items[int(match[2])].lines.get("")
            where = msgspec.structs.replace(where, line=line, field=f"{items[int(match[2])].id} {item.where.field}")
        return msgspec.structs.replace(item, where=where)


def configure(layer: str, form: KitFormat) -> dict[str, str]:
    """The files that tell the tool what there is to annotate, by their path in the kit."""
    if form == "brat":
        files = brat_configuration() if layer == "entities" else brat_item_configuration(KINDS[layer])
        return {f"brat/{name}": content for name, content in files.items()}
    entities = layer == "entities"
    return {CONFIGURATION: label_studio_configuration() if entities else label_studio_item_configuration(KINDS[layer])}


def show_in_brat(layer: str, row: LayerRow | None, text: str) -> tuple[str, Counter[str]]:
    """An `.ann` file with the row, empty without one, and how much of it brat cannot carry."""
    if layer == "entities":
        markup, lost = _mark(row)
        content, more = format_brat_entities(markup or Markup(()), text)
    else:
        items, lost = _itemize(row, text)
        content, more = format_brat_items(items or [], KINDS[layer], text)
    return content, lost + more


def show_in_label_studio(layer: str, row: LayerRow | None, document: Document) -> tuple[Task, Counter[str]]:
    """A task with the row as its annotation, without one if there is none, and how much of it cannot be carried."""
    if layer == "entities":
        markup, lost = _mark(row)
        return task_of_entities(document.doc_id, document.text, markup), lost
    items, lost = _itemize(row, document.text)
    task, more = task_of_items(document.doc_id, document.text, items, KINDS[layer])
    return task, lost + more


def read_from_brat(layer: str, source: str, document: Document, file: str) -> ReadRow:
    """The row that an `.ann` file says."""
    if layer == "entities":
        markup, findings = parse_brat_entities(source, document.text, file=file)
        return _assemble(markup, findings, document, file)
    items, findings = parse_brat_items(source, KINDS[layer], document.text, file=file)
    return _convert(layer, items, findings, document, file)


def read_from_label_studio(layer: str, task: Task, document: Document, file: str) -> ReadRow:
    """The row that a task says."""
    if layer == "entities":
        markup, findings = markup_of_task(task, file)
        return _assemble(markup, findings, document, file)
    items, findings = items_of_task(task, KINDS[layer], file)
    return _convert(layer, items, findings, document, file)


def _mark(row: LayerRow | None) -> tuple[Markup | None, Counter[str]]:
    return mark_entities(row) if isinstance(row, EntitiesRow) else (None, Counter())


def _itemize(row: LayerRow | None, text: str) -> tuple[list[Item] | None, Counter[str]]:
    if row is None or isinstance(row, EntitiesRow):
        return None, Counter()
    return items_of_stances(row, text) if isinstance(row, StancesRow) else items_of_facts(row, text)


def _assemble(markup: Markup, findings: list[Finding], document: Document, file: str) -> ReadRow:
    row, more = assemble_entities(markup, document, file)
    return ReadRow(row, findings + more)


def _convert(layer: str, items: Sequence[Item], findings: list[Finding], document: Document, file: str) -> ReadRow:
    report = Report(file, document.doc_id, document.text, findings)
    row, sections = stances_of_items(items, report) if layer == "stances" else facts_of_items(items, report)
    return ReadRow(row, findings, sections)
